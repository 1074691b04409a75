import dataclasses
import datetime as dt
import re

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.confidence.decision import RERANKED
from pullquote.corpus.spans import Span
from pullquote.errors import RequestError
from pullquote_bot.terminal.answer_text import answer_text, article_text, context_text
from pullquote_bot.terminal.conversation import Conversation
from pullquote_bot.terminal.explanation_text import explanation_text
from pullquote_bot.terminal.screen import Screen
from support.archives import HARBOUR

PLAIN = Screen(None, colour=False)


def test_each_quote_is_followed_by_a_citation_that_can_be_checked(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    text = answer_text(found, PLAIN)
    quote = found.shown[0]
    assert text.count("[1] │ ") == 1
    assert (
        f"The Quay · 5 March 2024 · paragraph {2 if quote.span.start else 1}, characters {quote.span.start}-{quote.span.end}"
        in text
    )
    assert "https://example.org/harbour" in text
    assert "Harbour bridge reopens after eleven months" in text


def test_every_line_of_a_quote_stands_behind_an_edge_that_no_article_can_forge(
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
        dataclasses.replace(found, quotes=(forged,), nearest=(), refusal=None), PLAIN
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


def test_a_refusal_says_so_gives_its_reason_and_marks_the_nearest_as_no_answer(
    town: OpenIndex,
) -> None:
    about, not_about = (
        answer_text(answer(town, understand(question)), PLAIN)
        for question in (
            "Which king opened the harbour bridge in 1902?",
            "Who won the 2022 World Cup?",
        )
    )
    assert about.startswith(
        "Nothing in the archive answers this.\nSome passages are about the subject, but none seems to answer the question."
    )
    assert not_about.startswith(
        "Nothing in the archive answers this.\nNothing in it seems to be about the subject."
    )
    assert "Nearest passages, which are no answer:" in about


@pytest.mark.parametrize(
    ("question", "limits", "told"),
    [
        (
            "What did the bridge cables cost?",
            {"since": dt.date(2025, 1, 1)},
            "from before the dates asked for seems to answer it, of 5 March 2024",
        ),
        (
            "What did the bridge cables cost?",
            {"until": dt.date(2024, 1, 1)},
            "from after the dates asked for seems to answer it, of 5 March 2024",
        ),
        (
            "How often does the tide turn at Elm Ford?",
            {"until": dt.date(2024, 3, 6)},
            "Only an article without a date seems to answer it.",
        ),
        (
            "Who won the 2022 World Cup?",
            {"since": dt.date(2030, 1, 1)},
            "No article is of the dates and the source that were asked for.",
        ),
    ],
)
def test_a_refusal_for_want_of_the_dates_says_on_which_side_the_answer_is(
    town: OpenIndex, question: str, limits: dict[str, dt.date], told: str
) -> None:
    query = understand(question, since=limits.get("since"), until=limits.get("until"))
    assert told in answer_text(answer(town, query), PLAIN).split("\n")[1]


@pytest.mark.parametrize(
    ("sure", "words"),
    [
        (1.0, "100%: almost certain"),
        (0.8, "80%: very likely"),
        (0.65, "65%: likely"),
        (0.5, "50%: possible"),
        (0.2, "20%: unlikely"),
        (0.0, "0%: v"),
    ],
)
def test_the_confidence_is_told_in_words_with_the_number_behind_them(
    town: OpenIndex, sure: float, words: str
) -> None:
    found = dataclasses.replace(answer(town, understand("bridge")), confidence=sure)
    assert f"confidence {words}" in answer_text(found, PLAIN)


def test_an_explanation_tells_ranks_parts_and_words_and_what_a_refusal_fell_short_of(
    town: OpenIndex,
) -> None:
    text = explanation_text(answer(town, understand("What did the bridge cables cost?")), PLAIN)
    assert f"an answer takes {RERANKED.threshold:.3f}" in text
    assert re.search(
        r"\[1\] passage 1st by words and 1st by meaning; holds bridge, cables, cost\n  score +\+\d\.\d{3}\n    \w",
        text,
    )
    assert re.search(
        r"Searched (\d) passages, looked into the best \1, scored \d+ spans of them\.", text
    )
    refused = explanation_text(
        answer(town, understand("Which king opened the harbour bridge in 1902?")), PLAIN
    )
    assert re.match(
        r"Confidence 0\.\d+ is 0\.\d+ short of the 0\.470 that an answer takes\.", refused
    )
    assert "would do, all else as it is)" in refused
    nothing = answer(town, understand("Who won the 2022 World Cup?", since=dt.date(2030, 1, 1)))
    assert (
        explanation_text(nothing, PLAIN) == "Nothing was searched, so there is nothing to explain."
    )
    forged = explanation_text(answer(town, understand("bridge \x1b[2J\nx cables?")), PLAIN)
    assert "\x1b" not in forged


def test_a_narrow_terminal_gets_narrow_lines(town: OpenIndex) -> None:
    text = answer_text(
        answer(town, understand("What did the bridge cables cost?")), Screen(60, colour=False)
    )
    assert max(len(line) for line in text.split("\n") if "│" in line) <= 60


def test_context_shows_the_paragraphs_around_and_marks_the_quote(town: OpenIndex) -> None:
    found = answer(town, understand("Who said it will outlast us all?"), 1)
    text = context_text(1, found.shown[0], PLAIN)
    marked = "\n".join(line.partition("│ ")[2] for line in text.split("\n") if "│ " in line)
    assert "".join(marked.split()) == "".join(found.shown[0].text.split())
    assert (
        "  1   The harbour bridge reopened" in text or "  1 │ The harbour bridge reopened" in text
    )


def test_an_article_is_shown_whole_with_its_paragraphs_numbered(town: OpenIndex) -> None:
    shown = article_text(answer(town, understand("bridge"), 1).shown[0].article, PLAIN)
    for number, paragraph in enumerate(str(HARBOUR["text"]).split("\n\n"), start=1):
        assert f"{number:>3}   {paragraph}" in shown
    assert "Ana Ortiz" in shown


def test_a_conversation_answers_shows_context_and_tells_what_it_does_not_know(
    town: OpenIndex,
) -> None:
    talk = Conversation(lambda: town, PLAIN)
    assert talk.hear("  ") == ""
    assert ":context N" in talk.hear(":help")
    with pytest.raises(RequestError, match="Ask a question first"):
        talk.hear(":explain")
    first = talk.hear("What did the bridge cables cost?")
    assert "[1] │ " in first
    assert "Engineer Lidia Kovac" in talk.hear(":context 1")
    assert "SHA-256" in talk.hear(":article")
    assert "[1] passage 1st by words" in talk.hear(":explain")
    assert "[4] │ " in talk.hear(":more")
    assert "The Quay: 2 articles, 2024-03-05 to 2025-01-15" in talk.hear(":sources")
    assert not talk.over
    talk.hear(":quit")
    assert talk.over
