"""Every metric of an evaluation against its definition, on invented questions and answers."""

import json
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Origin
from pullquote.evaluation.judged_answer import JudgedAnswer
from pullquote.evaluation.judging import judge
from pullquote.evaluation.metrics import MEANINGS, metric_statistics
from pullquote.evaluation.questions import read_questions
from pullquote.json_output.answer import AnswerJson, AnswerQuoteJson
from support.archives import plain_article, write_jsonl

WORDS = [
    "Ash",
    "Ash Hill",
    "the $1.5 mill",
    "Mill’s End",
    "3,000",
    "3000 oaks",
    "Oak",
    "12%",
    "elm.",
]
TEXTS = {
    f"a{n}": text
    for n, text in enumerate(
        [
            "Ash Hill burned, and 3000 oaks fell.",
            "The $1.5 mill stood at Mill's End.",
            "Oak, oak and elm: 12% of them, or 3,000.",
            "Nothing grew there, not ash nor Elm.",
            "ASH! The mill’s end came.",
        ]
    )
}


ARTICLES = {name: plain_article(text, name) for name, text in TEXTS.items()}


def normalised(text: str) -> str:
    """Normalisation restated from its definition, character by character."""
    kept = "".join(
        c if c in "abcdefghijklmnopqrstuvwxyz0123456789$%." else " "
        for c in text.lower().replace(",", "")
    )
    return " ".join(kept.split()).strip(" .")


def found_in(choice: str, text: str) -> bool:
    return re.search(rf"(?<!\S){re.escape(normalised(choice))}(?!\S)", normalised(text)) is not None


Row = tuple[Mapping[str, Any], Mapping[str, Any], Sequence[Mapping[str, Any]]]
"""A question, its answer, and the quotes of the answer or the nearest passages of a refusal."""


def mean(total: float, count: int) -> float | None:
    return round(total / count, 4) if count else None


def is_hit(question: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]]) -> bool:
    right = question["choices"][question["gold"]]
    return any(found_in(right, quote["text"]) for quote in quotes)


def expected_ranking(answerable: Sequence[Row], k: int) -> dict[str, float | None]:
    """The metrics of the first k quotes by their definitions, question by question."""
    hits = articles = distractors = wins = 0.0
    for question, _, quotes in answerable:
        first, gold = quotes[:k], question["gold"]
        hits += is_hit(question, first)
        articles += any(quote["article_id"] in question["gold_articles"] for quote in first)
        wrong = [choice for n, choice in enumerate(question["choices"]) if n != gold]
        distractors += sum(
            any(found_in(choice, quote["text"]) for quote in first) for choice in wrong
        ) / len(wrong)
        sums = [
            sum(found_in(choice, quote["text"]) / n for n, quote in enumerate(first, start=1))
            for choice in question["choices"]
        ]
        wins += (sums[gold] == max(sums)) / Counter(sums)[max(sums)]
    totals = {"hit": hits, "article": articles, "distractor": distractors, "mc": wins}
    return {f"{name}@{k}": mean(total, len(answerable)) for name, total in totals.items()}


def expected_outcomes(
    answerable: Sequence[Row], unanswerable: Sequence[Row]
) -> dict[str, float | None]:
    """The shares of the outcomes by their definitions."""

    def share(rows: Sequence[Row], outcome: str, *, right: bool = False) -> float | None:
        count = sum(
            answer["outcome"] == outcome and (is_hit(question, quotes[:3]) or not right)
            for question, answer, quotes in rows
        )
        return mean(count, len(rows))

    return {
        "unsure": share(answerable, "unsure"),
        "refused": share(answerable, "refused"),
        "denied": share(answerable, "refused", right=True),
        "answered_right": share(answerable, "answered", right=True),
        "false_unsure": share(unanswerable, "unsure"),
    }


def expected_metrics(
    questions: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]
) -> dict[str, float | None]:
    """The metrics by their definitions, in plain loops."""
    rows = [(q, a, a["quotes"] or a["nearest"]) for q, a in zip(questions, answers, strict=True)]
    answerable = [row for row in rows if row[0]["answerable"]]
    unanswerable = [row for row in rows if not row[0]["answerable"]]
    metrics: dict[str, float | None] = {}
    for k in (1, 3, 5, 10):
        metrics |= expected_ranking(answerable, k)
    lengths = [sum(len(quote["text"].split()) for quote in quotes[:3]) for *_, quotes in answerable]
    metrics["words@3"] = statistics.median(lengths) if lengths else None
    first_lengths = sum(len(quote["text"].split()) for *_, own in answerable for quote in own[:1])
    metrics["words@1"] = mean(first_lengths, len(answerable))
    if answerable and unanswerable:
        in_order = sum(
            (a["confidence"] > b["confidence"]) + (a["confidence"] == b["confidence"]) / 2
            for _, a, _ in answerable
            for _, b, _ in unanswerable
        )
        metrics["auroc"] = mean(in_order, len(answerable) * len(unanswerable))
    answered = [row for row in answerable if row[1]["answered"]]
    metrics["coverage"] = mean(len(answered), len(answerable))
    right = sum(is_hit(question, quotes[:3]) for question, _, quotes in answered)
    metrics["right_when_answered"] = mean(right, len(answered))
    metrics |= expected_outcomes(answerable, unanswerable)
    false_answers = sum(answer["answered"] for _, answer, _ in unanswerable)
    metrics["false_answer"] = mean(false_answers, len(unanswerable))
    times = sorted(answer["elapsed_ms"] for answer in answers)
    metrics["p50_ms"], metrics["p95_ms"] = times[len(times) // 2], times[int(len(times) * 0.95)]
    return metrics


def quote_json(article: str) -> AnswerQuoteJson:
    text = TEXTS[article]
    return AnswerQuoteJson(
        text=text,
        article_id=article,
        title="",
        source="",
        authors=(),
        url="",
        path="",
        line=None,
        published=None,
        section="",
        paragraph=1,
        start=0,
        end=len(text),
        passage_start=0,
        passage_end=len(text),
        origin=Origin.FILE,
        article_sha256="",
        text_sha256="",
        source_sha256="",
        source_lines=None,
        page=None,
        heading=None,
        header_row=None,
        speaker=None,
        score=0.0,
    )


def answer_of(
    number: int,
    articles: Sequence[str],
    confidence: float,
    *,
    outcome: Outcome = Outcome.ANSWERED,
    elapsed_ms: float = 1.0,
) -> AnswerJson:
    refused = outcome is Outcome.REFUSED
    quotes = tuple(quote_json(article) for article in articles)
    return AnswerJson(
        id=number,
        question="?",
        outcome=outcome,
        answered=outcome is Outcome.ANSWERED,
        confidence=confidence,
        quotes=() if refused else quotes,
        nearest=quotes if refused else (),
        generation="g",
        elapsed_ms=elapsed_ms,
        refusal="subject_only" if refused else None,
    )


ROWS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
        st.integers(0, 1),
        st.lists(st.sampled_from(sorted(TEXTS)), max_size=3),
        st.booleans(),
        st.lists(st.sampled_from(sorted(TEXTS)), max_size=10),
        st.sampled_from([0.0, 0.1234, 0.5, 0.65, 0.9999]),
        st.sampled_from(Outcome),
        st.integers(1, 90_000),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(rows=ROWS)
def test_every_metric_equals_its_definition_to_the_last_digit(
    rows: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    records = [
        {
            "id": n,
            "question": "Which tree?",
            "choices": choices,
            "gold": gold,
            "gold_articles": articles,
            "answerable": answerable,
        }
        for n, (choices, gold, articles, answerable, *_) in enumerate(rows)
    ]
    answers = [
        answer_of(
            n,
            quoted,
            confidence,
            outcome=outcome if quoted else Outcome.REFUSED,
            elapsed_ms=time / 1000,
        )
        for n, (*_, quoted, confidence, outcome, time) in enumerate(rows)
    ]
    questions = read_questions(
        write_jsonl(tmp_path_factory.mktemp("set") / "q.jsonl", *records)
    ).questions
    judged = [
        judge(question, answer, ARTICLES)
        for question, answer in zip(questions, answers, strict=True)
    ]
    metrics = {
        name: round(statistic.value(), 4) for name, statistic in metric_statistics(judged).items()
    }
    for name, value in expected_metrics(
        records, [json.loads(answer.model_dump_json()) for answer in answers]
    ).items():
        assert metrics.get(name) == (
            value if name not in ("p50_ms", "p95_ms") else round(value or 0, 4)
        ), name
    assert metrics.keys() <= MEANINGS.keys()
    assert sum(answer.not_verbatim for answer in judged) == 0
    ranks = [answer.rank for answer in judged if answer.answerable]
    if ranks:
        assert metrics["mrr"] == round(
            sum(1 / rank if rank else 0 for rank in ranks) / len(ranks), 4
        )


def test_a_quote_that_is_not_in_its_article_is_counted(tmp_path: Path) -> None:
    questions = read_questions(
        write_jsonl(tmp_path / "q.jsonl", {"question": "Which?", "expected": "ash"})
    ).questions
    judged = judge(
        questions[0],
        answer_of(1, ["a0", "a1"], 0.9),
        {"a0": ARTICLES["a0"], "a1": plain_article("Other words.", "a1")},
    )
    assert (judged.quotes, judged.not_verbatim, judged.rank, judged.right) == (2, 1, 1, True)


def placed(article_id: str, start: int, end: int) -> AnswerQuoteJson:
    """A quote of a place in an article."""
    text = PARAGRAPHS[start:end]
    return quote_json("a0").model_copy(
        update={"article_id": article_id, "text": text, "start": start, "end": end}
    )


PARAGRAPHS = "The first one.\n\nThe second paragraph."
EVIDENCE = {"question": "Which?", "article": "p", "evidence": [[0, 14], [16, 36]]}


def judged_by_evidence(
    tmp_path: Path, *quotes: AnswerQuoteJson, outcome: Outcome = Outcome.ANSWERED, **fields: Any
) -> JudgedAnswer:
    """An answer that is judged by the evidence in an article of two paragraphs."""
    file = write_jsonl(tmp_path / "q.jsonl", {**EVIDENCE, **fields})
    field = "nearest" if outcome is Outcome.REFUSED else "quotes"
    answer = answer_of(1, [], 0.5, outcome=outcome).model_copy(update={field: quotes})
    articles = {name: plain_article(PARAGRAPHS, name) for name in ("p", "q")}
    return judge(read_questions(file).questions[0], answer, articles)


@pytest.mark.parametrize(
    ("place", "is_right"),
    [
        (("p", 0, 14), True),
        (("p", 7, 16), True),
        (("p", 8, 16), False),
        (("p", 8, 25), False),
        (("p", 8, 26), True),
        (("p", 18, 28), True),
        (("q", 0, 14), False),
        (("p", 14, 16), False),
    ],
)
def test_a_quote_is_right_if_it_covers_half_of_one_evidence_span(
    tmp_path: Path, place: tuple[str, int, int], *, is_right: bool
) -> None:
    judged = judged_by_evidence(tmp_path, placed("q", 0, 36), placed(*place))
    assert (judged.rank, judged.right) == (2 if is_right else None, is_right)
    assert [span.text for span in judged.evidence] == ["The first one.", "The second paragraph"]


def test_evidence_and_expected_words_may_be_combined(tmp_path: Path) -> None:
    quotes = placed("q", 16, 37), placed("p", 0, 14)
    assert judged_by_evidence(tmp_path, *quotes).rank == 2
    assert judged_by_evidence(tmp_path, *quotes, expected="second").rank == 1
    assert judged_by_evidence(tmp_path, *quotes, answerable=False).right is False


def test_evidence_in_an_article_that_is_not_in_the_index_is_never_found(tmp_path: Path) -> None:
    judged = judged_by_evidence(tmp_path, placed("p", 0, 14), article="gone")
    assert (judged.right, judged.evidence[0].text) == (False, "")


def test_quotes_with_text_of_more_than_one_paragraph_are_counted(tmp_path: Path) -> None:
    judged = judged_by_evidence(
        tmp_path, placed("p", 0, 16), placed("p", 0, 17), placed("q", 0, 36), placed("q", 0, 36)
    )
    assert judged.crossings == 2, "of the first three"
    one = judged_by_evidence(tmp_path, placed("p", 16, 30))
    crossings = metric_statistics([judged, one])["crossings"]
    assert crossings.value() == 2 / 4, "a share of quotes, not of questions"


def test_a_denial_is_a_refusal_whose_nearest_passages_are_right(tmp_path: Path) -> None:
    right, wrong = placed("p", 0, 14), placed("q", 0, 14)
    judged = [
        judged_by_evidence(tmp_path, right, outcome=Outcome.REFUSED),
        judged_by_evidence(tmp_path, wrong, outcome=Outcome.REFUSED),
        judged_by_evidence(tmp_path, right, outcome=Outcome.UNSURE),
        judged_by_evidence(tmp_path, right),
    ]
    values = {name: statistic.value() for name, statistic in metric_statistics(judged).items()}
    shares = [values[name] for name in ("denied", "refused", "unsure", "answered_right")]
    assert shares == [0.25, 0.5, 0.25, 0.25]
    assert (values["coverage"], values["hit@3"]) == (0.25, 0.75)


def test_what_the_confidence_predicts_is_what_is_right_or_else_answerable(tmp_path: Path) -> None:
    wrong = placed("q", 0, 14)
    assert judged_by_evidence(tmp_path, wrong).predicted is False
    silent = judged_by_evidence(tmp_path, wrong, evidence=[], answerable=True)
    assert (silent.right, silent.predicted) == (None, True)
    unanswerable = judged_by_evidence(tmp_path, wrong, evidence=[], answerable=False)
    assert "ece_right" not in metric_statistics([silent, unanswerable])
    assert "ece_right" in metric_statistics([judged_by_evidence(tmp_path, wrong), unanswerable])


def test_questions_on_one_article_are_drawn_together(tmp_path: Path) -> None:
    by_article = judged_by_evidence(tmp_path, id="x")
    by_gold = judged_by_evidence(tmp_path, id="y", article=None, evidence=[], gold_articles="p")
    assert by_article.drawn_with == by_gold.drawn_with
    several = judged_by_evidence(
        tmp_path, id="p", article=None, evidence=[], gold_articles=["p", "q"]
    )
    assert several.drawn_with == ("question", "p")
