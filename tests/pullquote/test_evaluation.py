"""A question set from its file to its figures, on made-up questions and answers."""

import gzip
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

from pullquote.answering.open_index import OpenIndex
from pullquote.confidence.decision import RERANKED
from pullquote.errors import RequestError
from pullquote.evaluation.evaluation_json import EvaluationJson, compare, figures_json
from pullquote.evaluation.judging import Judged, judge
from pullquote.evaluation.metrics import MEANINGS, measures_of
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.evaluation.runner import ask_all
from pullquote.json_output.answer import AnswerJson, QuoteJson
from support.archives import write_jsonl

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


def plain(text: str) -> str:
    """A text as answers and choices are compared: written anew from the definition, character by character."""
    kept = "".join(
        c if c in "abcdefghijklmnopqrstuvwxyz0123456789$%." else " "
        for c in text.lower().replace(",", "")
    )
    return " ".join(kept.split()).strip(" .")


def stands_in(choice: str, text: str) -> bool:
    return re.search(rf"(?<!\S){re.escape(plain(choice))}(?!\S)", plain(text)) is not None


def expected_figures(
    questions: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]
) -> dict[str, float | None]:
    """The figures by their definitions, question by question, in plain loops."""
    found: dict[str, float | None] = {}
    pairs = [(q, a, a["quotes"] or a["nearest"]) for q, a in zip(questions, answers, strict=True)]
    good = [(q, a, shown) for q, a, shown in pairs if q["answerable"]]
    bad = [a for q, a, _ in pairs if not q["answerable"]]

    def share(total: float, of: int) -> float | None:
        return round(total / of, 4) if of else None

    def hit(q: Mapping[str, Any], shown: Sequence[Mapping[str, Any]], k: int) -> bool:
        return any(stands_in(q["choices"][q["gold"]], quote["text"]) for quote in shown[:k])

    for k in (1, 3, 5, 10):
        found[f"hit@{k}"] = share(sum(hit(q, shown, k) for q, _, shown in good), len(good))
        found[f"article@{k}"] = share(
            sum(
                any(quote["article_id"] in q["gold_articles"] for quote in shown[:k])
                for q, _, shown in good
            ),
            len(good),
        )
        floor = choice = 0.0
        for q, _, shown in good:
            wrong = [one for at, one in enumerate(q["choices"]) if at != q["gold"]]
            floor += sum(
                any(stands_in(one, quote["text"]) for quote in shown[:k]) for one in wrong
            ) / len(wrong)
            sums = [
                sum(
                    stands_in(one, quote["text"]) / rank
                    for rank, quote in enumerate(shown[:k], start=1)
                )
                for one in q["choices"]
            ]
            choice += (sums[q["gold"]] == max(sums)) / Counter(sums)[max(sums)]
        found[f"distractor@{k}"], found[f"mc@{k}"] = (
            share(floor, len(good)),
            share(choice, len(good)),
        )
    found["words@3"] = (
        statistics.median(
            sum(len(quote["text"].split()) for quote in shown[:3]) for _, _, shown in good
        )
        if good
        else None
    )
    if good and bad:
        pairwise = sum(
            (a["confidence"] > b["confidence"]) + (a["confidence"] == b["confidence"]) / 2
            for _, a, _ in good
            for b in bad
        )
        found["auroc"] = round(pairwise / (len(good) * len(bad)), 4)
    covered = [(q, shown) for q, a, shown in good if a["answered"]]
    found["coverage"] = share(len(covered), len(good))
    found["right_when_answered"] = share(
        sum(hit(q, shown, 3) for q, shown in covered), len(covered)
    )
    found["false_answer"] = share(sum(a["answered"] for a in bad), len(bad))
    times = sorted(a["elapsed_ms"] for a in answers)
    found["p50_ms"], found["p95_ms"] = times[len(times) // 2], times[int(len(times) * 0.95)]
    return found


def quote_json(article: str) -> QuoteJson:
    text = TEXTS[article]
    return QuoteJson(
        text=text, article_id=article, title="", source="", url="",
            path="",
            line=None, published=None, section="", paragraph=1, start=0, end=len(text),
        passage_start=0, passage_end=len(text), article_sha256="", score=0.0,
    )  # fmt: skip


def answer_of(
    number: int, articles: Sequence[str], confidence: float, *, answered: bool, elapsed_ms: float
) -> AnswerJson:
    quotes = tuple(quote_json(article) for article in articles)
    return AnswerJson(
        id=number, question="?", answered=answered, confidence=confidence, quotes=quotes if answered else (), nearest=() if answered else quotes,
        generation="g", elapsed_ms=elapsed_ms, refusal=None if answered else "not_sure",
    )  # fmt: skip


ROWS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
        st.integers(0, 1),
        st.lists(st.sampled_from(sorted(TEXTS)), max_size=3),
        st.booleans(),
        st.lists(st.sampled_from(sorted(TEXTS)), max_size=10),
        st.sampled_from([0.0, 0.1234, 0.5, 0.65, 0.9999]),
        st.booleans(),
        st.integers(1, 90_000),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(rows=ROWS)
def test_every_figure_is_what_its_definition_gives_to_the_last_digit(
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
        answer_of(n, shown, sure, answered=answered and bool(shown), elapsed_ms=time / 1000)
        for n, (*_, shown, sure, answered, time) in enumerate(rows)
    ]
    questions = read_questions(
        write_jsonl(tmp_path_factory.mktemp("set") / "q.jsonl", *records)
    ).questions
    judged = [
        judge(question, said, TEXTS) for question, said in zip(questions, answers, strict=True)
    ]
    figures = {name: round(measure.point(), 4) for name, measure in measures_of(judged).items()}
    for name, value in expected_figures(
        records, [json.loads(said.model_dump_json()) for said in answers]
    ).items():
        assert figures.get(name) == (
            value if name not in ("p50_ms", "p95_ms") else round(value or 0, 4)
        ), name
    assert figures.keys() <= MEANINGS.keys()
    assert sum(one.not_verbatim for one in judged) == 0
    good = [one for one in judged if one.answerable]
    if good:
        assert figures["mrr"] == round(
            sum(1 / one.rank if one.rank else 0 for one in good) / len(good), 4
        )


def test_a_quote_that_is_not_in_its_article_is_counted(tmp_path: Path) -> None:
    questions = read_questions(
        write_jsonl(tmp_path / "q.jsonl", {"question": "Which?", "expected": "ash"})
    ).questions
    judged = judge(
        questions[0],
        answer_of(1, ["a0", "a1"], 0.9, answered=True, elapsed_ms=1),
        {"a0": TEXTS["a0"], "a1": "Other words."},
    )
    assert (judged.quotes, judged.not_verbatim, judged.rank, judged.right) == (2, 1, 1, True)


class TestAQuestionSet:
    """What may stand in it, and how a mistake is told."""

    def test_may_say_as_much_or_as_little_as_is_known(self, tmp_path: Path) -> None:
        file = write_jsonl(
            tmp_path / "q.jsonl",
            {"question": "Bare?"},
            {"question": "Words?", "expected": "elm"},
            {"id": "x", "question": "Several?", "expected": ["elm", "ash"], "gold_articles": "a1"},
            {"question": "Choices?", "choices": ["a", "b"], "gold": 1, "asked": "2023/01/05"},
            {"question": "None?", "answerable": False, "since": "2024-01-01"},
            {"question": "Articles?", "gold_articles": ["a1", "a2"]},
        )
        found = read_questions(file).questions
        assert [one.answerable for one in found] == [None, True, True, True, False, True]
        assert [one.id for one in found] == [1, 2, "x", 4, 5, 6]
        assert [one.expected for one in found[1:4]] == [("elm",), ("elm", "ash"), ()]
        assert found[3].right_choice == ("b",)
        assert (found[2].articles, found[1].articles) == (frozenset({"a1"}), None)
        assert str(found[4].query.since) == "2024-01-01"

    def test_may_be_gzipped_begin_with_a_mark_and_hold_empty_lines(self, tmp_path: Path) -> None:
        data = '\ufeff{"question": "Where?"}\r\n\n{"question": "Who?"}'.encode()
        (tmp_path / "q.jsonl").write_bytes(data)
        (tmp_path / "q.jsonl.gz").write_bytes(gzip.compress(data))
        assert (
            read_questions(tmp_path / "q.jsonl").questions
            == read_questions(tmp_path / "q.jsonl.gz").questions
        )
        assert [one.id for one in read_questions(tmp_path / "q.jsonl").questions] == [1, 3]

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (b"not json", "Invalid JSON"),
            (b"\xff\xfe", "JSON"),
            (b"[]", "object"),
            (b"{}", "question: Field required"),
            (b'{"question": 3}', "question: "),
            (b'{"question": "?"}', "the question has no words"),
            (b'{"question": "Who?", "choices": ["a", "b"]}', "come together"),
            (b'{"question": "Who?", "gold": 1}', "come together"),
            (b'{"question": "Who?", "choices": ["a"], "gold": 0}', "fewer than two"),
            (b'{"question": "Who?", "choices": ["a", "b"], "gold": 2}', "numbered 0 to 1"),
            (b'{"question": "Who?", "choices": ["a", "b"], "gold": -1}', "numbered 0 to 1"),
            (
                b'{"question": "Who?", "choices": [1, 2], "gold": 0}',
                "choices: is not a list of texts",
            ),
            (b'{"question": "Who?", "expected": 7}', "expected: is not text or a list of texts"),
            (b'{"question": "Who?", "expected": ["..."]}', "no letter or digit"),
            (b'{"question": "Who?", "answerable": "yes"}', "answerable: "),
            (b'{"question": "Who?", "since": "soon"}', "since: 'soon' is not a date"),
            (b'{"question": "Who?", "id": 1.5}', "id: is not text or a number"),
            (b'{"question": "Who?", "id": 7}', "the id 7 stands in line 1 already"),
        ],
    )
    def test_tells_the_file_and_the_line_of_a_mistake(
        self, tmp_path: Path, line: bytes, told: str
    ) -> None:
        file = tmp_path / "q.jsonl"
        file.write_bytes(b'{"question": "Who?", "id": 7}\n\n' + line + b"\n")
        with pytest.raises(RequestError, match=re.escape(told)) as caught:
            read_questions(file)
        assert str(caught.value).startswith(f"{file}:3: ")

    def test_that_is_not_there_is_empty_or_is_no_gzip_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "empty.jsonl").write_text("\n\n")
        (tmp_path / "q.jsonl.gz").write_bytes(b"plain")
        for name, told in (
            ("none.jsonl", "cannot be read"),
            ("empty.jsonl", "holds no question"),
            ("q.jsonl.gz", "cannot be read"),
        ):
            with pytest.raises(RequestError, match=told):
                read_questions(tmp_path / name)


TOWN = (
    {
        "id": "cost",
        "question": "What did the bridge cables cost?",
        "expected": "14 million euros",
        "gold_articles": ["harbour"],
    },
    {
        "id": "hours",
        "question": "How late is the town library open?",
        "choices": ["nine", "ten in the evening"],
        "gold": 1,
        "gold_articles": "library",
    },
    {"id": "cup", "question": "Who won the 2022 World Cup?", "answerable": False},
    {
        "id": "tide",
        "question": "How often does the tide turn at Elm Ford?",
        "gold_articles": "undated",
    },
)


@pytest.fixture(scope="module")
def town_set(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return read_questions(write_jsonl(tmp_path_factory.mktemp("set") / "town.jsonl", *TOWN))


def evaluation(judged: Sequence[Judged]) -> EvaluationJson:
    return EvaluationJson(
        pullquote="0", generation="g", articles=4, passages=9, questions="town.jsonl", questions_sha256="", asked=len(judged), answerable=3,
        unanswerable=1, threshold=0.65, calibrated=False, quotes=1, not_verbatim=0, figures=figures_json(judged), results=tuple(judged),
    )  # fmt: skip


def test_an_archive_is_asked_every_question_and_judged(
    town: OpenIndex, town_set: QuestionSet
) -> None:
    told: list[None] = []
    asked = list(ask_all(town, town_set, lambda: told.append(None)))
    judged = {one.judged.id: one.judged for one in asked}
    assert (len(told), len(judged)) == (4, 4)
    assert [one.judged.answered for one in asked] == [True, True, False, True]
    assert [RERANKED.shown(one.raw) for one in asked] == pytest.approx(
        [one.judged.confidence for one in asked], abs=1e-4
    )
    assert (judged["cost"].rank, judged["cost"].article_rank, judged["cost"].right) == (1, 1, True)
    assert judged["tide"].right, "without expected words the expected article counts"
    assert (judged["cup"].right, judged["cup"].rank, judged["cup"].refusal) == (
        False,
        None,
        "nothing_about",
    )
    assert judged["hours"].choice[3] == 1
    figures = figures_json(list(judged.values()))
    assert (
        figures["hit@3"].of,
        figures["article@3"].of,
        figures["mc@3"].of,
        figures["auroc"].of,
    ) == (2, 3, 1, 4)
    assert (figures["false_answer"].value, figures["auroc"].value) == (0, 1)


def test_an_evaluation_survives_its_json_and_differs_in_nothing_from_itself(
    town: OpenIndex, town_set: QuestionSet
) -> None:
    judged = [one.judged for one in ask_all(town, town_set, lambda: None)]
    again = EvaluationJson.model_validate_json(evaluation(judged).model_dump_json())
    assert again == evaluation(judged)
    same = compare(judged, again, "before.json")
    assert same.questions == 4
    assert {(one.value, one.low, one.high) for one in same.differences.values()} == {(0, 0, 0)}


def test_a_comparison_is_over_the_questions_that_both_asked_and_only_of_the_same(
    town: OpenIndex, town_set: QuestionSet
) -> None:
    judged = [one.judged for one in ask_all(town, town_set, lambda: None)]
    missed = judged[0].model_copy(update={"rank": None})
    before = evaluation([missed, *judged[1:3]])
    found = compare(judged, before, "before.json")
    assert (found.questions, found.differences["hit@3"].of) == (3, 2)
    assert (found.differences["hit@3"].value, found.differences["hit@3"].other) == (0.5, 0.5)
    assert found.differences["hit@3"].low <= 0.5 <= found.differences["hit@3"].high
    with pytest.raises(RequestError, match="no question in common"):
        compare(judged[3:], before, "before.json")
    with pytest.raises(RequestError, match="'cost' is not the same there"):
        compare([judged[0].model_copy(update={"question": "Other?"})], before, "before.json")
