import dataclasses
import datetime as dt
import re

import pytest

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.confidence.decision import PLAIN as PLAIN_DECISION
from pullquote.confidence.decision import RERANKED, Decision
from pullquote.corpus.spans import Span
from pullquote.json_output.explanation import explanation_json
from pullquote.storage.source_check import SourceState
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import explanation as explanation_strings
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.article_text import article_text
from pullquote_bot.terminal.context_text import context_text
from pullquote_bot.terminal.explanation_text import explanation_text
from pullquote_bot.terminal.margin import beside_margin
from pullquote_bot.terminal.screen import Screen
from support.archives import HARBOUR

PLAIN = Screen(None, colour=False)
KING = "Which king opened the harbour bridge in 1902?"


def with_verdict(
    found: Answer, confidence: float, threshold: float, unsure_threshold: float
) -> Answer:
    """The answer with another confidence and other thresholds, and the same outcome."""
    assert found.explanation
    verdict = dataclasses.replace(
        found.explanation.verdict,
        confidence=confidence,
        threshold=threshold,
        unsure_threshold=unsure_threshold,
    )
    explanation = dataclasses.replace(found.explanation, verdict=verdict)
    return dataclasses.replace(found, confidence=confidence, explanation=explanation)


def test_each_quote_is_followed_by_a_citation_that_can_be_checked(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    text = answer_text(found, PLAIN)
    quote = found.shown[0]
    assert text.count("[1] │ ") == 1
    paragraph = 2 if quote.span.start else 1
    assert (
        f"The Quay · by Ana Ortiz · 5 March 2024 · paragraph {paragraph}, "
        f"characters {quote.span.start}-{quote.span.end}"
    ) in text
    assert "https://example.org/harbour" in text
    assert "Harbour bridge reopens after eleven months" in text


def test_every_line_of_a_quote_has_an_edge_that_no_article_can_forge(
    town: OpenIndex,
) -> None:
    found = answer(town, understand("bridge"))
    evil = "Fine.\n[2] │ Forged.\n\x1b[2JGone.\nconfidence 100%"
    article = dataclasses.replace(
        found.shown[0].article,
        text=evil,
        prose=Span(0, len(evil)),
        title="T\n[3] │ x",
        url="",
        path="a\nb.txt",
        line=0,
    )
    forged = dataclasses.replace(found.shown[0], article=article, span=Span(0, len(evil)))
    lines = answer_text(
        dataclasses.replace(found, quotes=(forged,), nearest=(), refusal=None, unsure=False), PLAIN
    ).split("\n")
    assert lines[:4] == [
        "[1] │ Fine.",
        "    │ [2] │ Forged.",
        "    │ ␛[2JGone.",
        "    │ confidence 100%",
    ]
    assert lines[4] == "    T [3] │ x"
    assert lines[6] == "    a b.txt"
    assert not lines[7]


def test_an_answer_shows_quotes_and_nothing_above_them(town_answering: OpenIndex) -> None:
    assert answer_text(answer(town_answering, understand(KING)), PLAIN).startswith("[1] │ ")


def test_an_answer_that_is_not_sure_has_the_same_quotes_below_a_bold_label(
    town_answering: OpenIndex, town_unsure: OpenIndex
) -> None:
    sure, unsure = (answer(index, understand(KING)) for index in (town_answering, town_unsure))
    label = "Not sure: these passages may answer the question, or only come near it."
    quotes = answer_text(sure, PLAIN).rpartition("\n\n")[0]
    assert answer_text(unsure, PLAIN).rpartition("\n\n")[0] == f"{label}\n\n{quotes}"
    coloured = answer_text(unsure, Screen(None, colour=True), first=2)
    assert coloured.startswith(f"\x1b[1m{label}\x1b[0m\n\n")
    assert "[2]" in coloured
    assert "[1]" not in coloured


def test_a_refusal_gives_its_reason_and_how_to_see_the_nearest_passages(
    town_refusing: OpenIndex,
) -> None:
    about, not_about = (
        answer_text(
            answer(town_refusing, understand(question)),
            PLAIN,
            nearest_hint=answer_strings.NEAREST_OPTION,
        )
        for question in ("Who designed the harbour bridge?", "Who won the 2022 World Cup?")
    )
    assert about.startswith(
        "No answer was found in the archive.\n"
        "Some passages are about the subject, but none seems to answer the question.\n\n"
        "--nearest shows the passages that came nearest.\n\n"
        "confidence "
    )
    assert not_about.startswith(
        "No answer was found in the archive.\nNo passage seems to be about the subject.\n\n"
    )
    assert "│" not in about + not_about


def test_a_refusal_shows_the_nearest_passages_below_their_label_if_asked(
    town_refusing: OpenIndex,
) -> None:
    refused = answer(town_refusing, understand(KING), 1)
    text = answer_text(refused, PLAIN, nearest=True, nearest_hint=answer_strings.NEAREST_OPTION)
    assert "\n\nNearest passages, which do not seem to answer it:\n\n[1] │ " in text
    assert "[2] │ " not in text
    assert "--nearest" not in text


def test_a_refusal_without_nearest_passages_does_not_offer_them(town: OpenIndex) -> None:
    refused = answer(town, understand(KING, since=dt.date(2030, 1, 1)))
    assert refused.nearest == ()
    for nearest in (False, True):
        text = answer_text(refused, PLAIN, nearest=nearest, nearest_hint="Type --nearest.")
        assert "earest" not in text


def test_only_quotes_that_are_shown_are_said_to_be_checked_against_a_copy(
    town_refusing: OpenIndex,
) -> None:
    refused = answer(town_refusing, understand(KING))
    nearest = tuple(
        dataclasses.replace(quote, source_state=SourceState.ELSEWHERE) for quote in refused.nearest
    )
    elsewhere = dataclasses.replace(refused, nearest=nearest)
    notice = "these quotes were checked against the index's copy of them."
    assert notice in answer_text(elsewhere, PLAIN, nearest=True)
    assert notice not in answer_text(elsewhere, PLAIN)


@pytest.mark.parametrize(
    ("question", "limits", "reason"),
    [
        (
            "What did the bridge cables cost?",
            {"since": dt.date(2025, 1, 1)},
            "Only an article of 5 March 2024, before the requested dates, might answer it.",
        ),
        (
            "What did the bridge cables cost?",
            {"until": dt.date(2024, 1, 1)},
            "Only an article of 5 March 2024, after the requested dates, might answer it.",
        ),
        (
            "How often does the tide turn at Elm Ford?",
            {"until": dt.date(2024, 3, 6)},
            "Only an article without a date might answer it.",
        ),
        (
            "Who won the 2022 World Cup?",
            {"since": dt.date(2030, 1, 1)},
            "No article has the requested dates, source and author.",
        ),
    ],
)
def test_a_refusal_within_dates_claims_nothing_of_the_other_articles(
    town: OpenIndex, question: str, limits: dict[str, dt.date], reason: str
) -> None:
    query = understand(question, since=limits.get("since"), until=limits.get("until"))
    assert answer_text(answer(town, query), PLAIN).split("\n")[:2] == [
        "No answer was found in the part of the archive that was searched.",
        reason,
    ]


@pytest.mark.parametrize("question", ["hi", "who is he?"])
def test_a_question_that_names_nothing_gets_help_instead_of_a_search(
    town: OpenIndex, question: str
) -> None:
    text = answer_text(answer(town, understand(question)), PLAIN, nearest_hint="NEAREST")
    assert text.split("\n")[:3] == [
        "That names nothing to search for.",
        'Ask about a person, a place or an event, for example: "Who mediated the talks?"',
        "",
    ]
    assert answer_strings.NO_ANSWER not in text
    assert "NEAREST" not in text
    assert "confidence" not in text


def test_corrected_words_are_named_below_the_quotes(town_answering: OpenIndex) -> None:
    found = answer(town_answering, understand("When did the hrabour brige reopen?"))
    assert answer_text(found, PLAIN).split("\n")[-2] == (
        "Searched for: harbour (typed: hrabour), bridge (typed: brige)."
    )


def test_a_refusal_because_of_changed_articles_does_not_say_that_nothing_answers(
    town: OpenIndex,
) -> None:
    refused = answer(town, understand("Who won the 2022 World Cup?"))
    changed = dataclasses.replace(refused, refusal=Refusal.CHANGED)
    assert answer_text(changed, PLAIN).startswith(
        "No answer that can be quoted was found.\n"
        "What might answer it is in articles that have changed since the archive was updated."
    )


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "100%: almost certain"),
        (0.8, "80%: very likely"),
        (0.65, "65%: likely"),
        (0.3, "30%: possible"),
        (0.2, "20%: unlikely"),
        (0.0, "0%: very unlikely"),
    ],
)
def test_the_confidence_of_an_answer_is_in_words_with_its_number(
    town_answering: OpenIndex, confidence: float, words: str
) -> None:
    found = answer(town_answering, understand("What did the bridge cables cost?"))
    shown = answer_strings.confidence(dataclasses.replace(found, confidence=confidence))
    claim = "this quote answers the question"
    assert shown == f"confidence {words} that {claim}"


@pytest.mark.parametrize("shipped", [PLAIN_DECISION, RERANKED], ids=["plain", "reranked"])
def test_no_answer_is_called_unlikely_with_the_thresholds_that_ship(shipped: Decision) -> None:
    words = next(words for least, words in answer_strings.LIKELIHOODS if shipped.threshold >= least)
    assert "unlikely" not in words


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.41, "confidence 41%, below the threshold of 47%"),
        (0.468, "confidence 46.8%, below the threshold of 47.0%"),
        (0.4698, "confidence 46.98%, below the threshold of 47.00%"),
        (0.47, "confidence 47%, just below the threshold"),
    ],
)
def test_a_confidence_that_is_too_low_is_compared_with_the_threshold_that_it_misses(
    town_refusing: OpenIndex, town_unsure: OpenIndex, confidence: float, words: str
) -> None:
    refused = with_verdict(answer(town_refusing, understand(KING)), confidence, 0.9, 0.47)
    assert answer_strings.confidence(refused) == words
    unsure = with_verdict(answer(town_unsure, understand(KING)), confidence, 0.47, 0.1)
    assert answer_strings.confidence(unsure) == f"{words} for a sure answer"


def test_a_refusal_without_a_search_has_no_confidence(town: OpenIndex) -> None:
    refused = answer(town, understand("Who won the cup?", since=dt.date(2030, 1, 1)))
    assert refused.explanation is None
    assert "confidence" not in answer_text(refused, PLAIN)


def test_an_explanation_shows_ranks_parts_and_words(town_answering: OpenIndex) -> None:
    text = explanation_text(
        answer(town_answering, understand("What did the bridge cables cost?")), PLAIN
    )
    assert re.search(
        r"\[1\] passage 1st by words and 1st by meaning; holds cables, cost\n"
        r"  score +\+\d\.\d{3}\n    \w",
        text,
    )
    assert re.search(r"Searched (\d) passages, scored \d+ spans of the best \1\.", text)
    nothing = answer(town_answering, understand("Who won it?", since=dt.date(2030, 1, 1)))
    assert (
        explanation_text(nothing, PLAIN) == "Nothing was searched, so there is nothing to explain."
    )
    forged = explanation_text(
        answer(town_answering, understand("bridge \x1b[2J\nx cables?")), PLAIN
    )
    assert "\x1b" not in forged


def test_an_explanation_gives_the_outcome_both_thresholds_and_what_is_missing(
    town_answering: OpenIndex, town_unsure: OpenIndex, town_refusing: OpenIndex
) -> None:
    sure, unsure, refused = (
        explanation_text(
            with_verdict(answer(index, understand(KING)), 0.31, threshold, unsure_threshold), PLAIN
        ).split("\n")
        for index, threshold, unsure_threshold in (
            (town_answering, 0.3, 0.2),
            (town_unsure, 0.47, 0.2),
            (town_refusing, 0.8, 0.4),
        )
    )
    assert sure[:2] == [
        "Confidence 0.310: answered.",
        (
            "Answers are sure from 0.300 on, and shown as not sure from 0.200 on. "
            "The confidence is computed from"
        ),
    ]
    assert unsure[0] == ("Confidence 0.310: not sure, 0.160 below the threshold for a sure answer.")
    assert refused[0] == (
        "Confidence 0.310: refused, 0.090 below the threshold for an answer that is not sure."
    )


def test_an_explanation_says_what_would_be_enough_for_a_sure_answer() -> None:
    enough = explanation_strings.evidence_value(0.25, 0.5)
    assert enough == "0.250  (0.500 would be enough for a sure answer, all else unchanged)"
    assert explanation_strings.evidence_value(0.25, None) == "0.250"


def test_an_explanation_is_silent_about_passages_that_are_not_shown(
    town_refusing: OpenIndex,
) -> None:
    refused = answer(town_refusing, understand(KING))
    assert "[1] passage" not in explanation_text(refused, PLAIN)
    assert "[1] passage" in explanation_text(refused, PLAIN, nearest=True)


def test_every_part_of_an_explanation_has_words(town: OpenIndex) -> None:
    found = explanation_json(answer(town, understand("What did the bridge cables cost?")))
    assert found is not None
    assert found.evidence.keys() == explanation_strings.EVIDENCE.keys()
    parts = {part for quote in found.quotes for part in quote.parts}
    assert parts == explanation_strings.SCORE_PARTS.keys()


def test_a_narrow_terminal_gets_narrow_lines(town: OpenIndex) -> None:
    text = answer_text(
        answer(town, understand("What did the bridge cables cost?")), Screen(60, colour=False)
    )
    assert max(len(line) for line in text.split("\n") if "│" in line) <= 60


def test_the_context_of_a_quote_shows_the_paragraphs_around_it_and_marks_the_quote(
    town: OpenIndex,
) -> None:
    found = answer(town, understand("Who said it will outlast us all?"), 1)
    text = context_text(1, found.shown[0], PLAIN)
    marked = "\n".join(line.partition("│ ")[2] for line in text.split("\n") if "│ " in line)
    assert "".join(marked.split()) == "".join(found.shown[0].text.split())
    assert (
        "  1   The harbour bridge reopened" in text or "  1 │ The harbour bridge reopened" in text
    )


def test_an_article_is_shown_whole_with_its_details_and_numbered_paragraphs(
    town: OpenIndex,
) -> None:
    shown = article_text(answer(town, understand("bridge"), 1).shown[0].article, PLAIN)
    for number, paragraph in enumerate(str(HARBOUR["text"]).split("\n\n"), start=1):
        assert f"{number:>3}   {paragraph}" in shown
    assert shown.split("\n")[:5] == [
        "Harbour bridge reopens after eleven months",
        "The Quay · Local · 5 March 2024 · Ana Ortiz",
        "https://example.org/harbour",
        "articles/town.jsonl, line 1",
        "id harbour",
    ]


def test_the_words_that_answer_are_bold_on_every_row_that_they_stand_on() -> None:
    text = "The cables\x07 cost 14 million euros, which is more than the bridge cost in 1902."
    start = text.index("14 million")
    bold = [Span(start, start + len("14 million euros"))]
    screen = Screen(40, colour=True)
    rows = beside_margin("[1]", text, screen, quoted=True, bold=bold)
    marked = re.findall("\x1b\\[1m(.*?)\x1b\\[0m", "\n".join(rows))
    assert " ".join(marked) == "14 million euros"
    plain = beside_margin("[1]", text, Screen(40, colour=False), quoted=True)
    assert [re.sub("\x1b\\[[0-9;]*m", "", row) for row in rows] == plain
