import dataclasses
import datetime as dt
import re

import pytest

from pullquote.answering.answers import Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.confidence.decision import RERANKED
from pullquote.corpus.spans import Span
from pullquote.errors import RequestError
from pullquote.json_output.explanation import explanation_json
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import explanation as explanation_strings
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.article_text import article_text
from pullquote_bot.terminal.context_text import context_text
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
    paragraph = 2 if quote.span.start else 1
    assert (
        f"The Quay · 5 March 2024 · paragraph {paragraph}, "
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


def test_a_refusal_gives_its_reason_and_marks_the_nearest_passages_as_no_answer(
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
        "Nothing in the archive answers this.\n"
        "Some passages are about the subject, but none seems to answer the question."
    )
    assert not_about.startswith(
        "Nothing in the archive answers this.\nNo passage seems to be about the subject."
    )
    assert "Nearest passages, which are not an answer:" in about


@pytest.mark.parametrize(
    ("question", "limits", "reason"),
    [
        (
            "What did the bridge cables cost?",
            {"since": dt.date(2025, 1, 1)},
            "Only an article of 5 March 2024, before the requested dates, seems to answer it.",
        ),
        (
            "What did the bridge cables cost?",
            {"until": dt.date(2024, 1, 1)},
            "Only an article of 5 March 2024, after the requested dates, seems to answer it.",
        ),
        (
            "How often does the tide turn at Elm Ford?",
            {"until": dt.date(2024, 3, 6)},
            "Only an article without a date seems to answer it.",
        ),
        (
            "Who won the 2022 World Cup?",
            {"since": dt.date(2030, 1, 1)},
            "No article has the requested dates and source.",
        ),
    ],
)
def test_a_refusal_within_dates_claims_nothing_of_the_other_articles(
    town: OpenIndex, question: str, limits: dict[str, dt.date], reason: str
) -> None:
    query = understand(question, since=limits.get("since"), until=limits.get("until"))
    assert answer_text(answer(town, query), PLAIN).split("\n")[:2] == [
        "Nothing in the part of the archive that was searched answers this.",
        reason,
    ]


def test_a_refusal_because_of_changed_articles_does_not_say_that_nothing_answers(
    town: OpenIndex,
) -> None:
    refused = answer(town, understand("Who won the 2022 World Cup?"))
    changed = dataclasses.replace(refused, refusal=Refusal.CHANGED)
    assert answer_text(changed, PLAIN).startswith(
        "Nothing that can be quoted answers this.\n"
        "What might answer it is in articles that changed since the index was built."
    )


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "100%: almost certain"),
        (0.8, "80%: very likely"),
        (0.65, "65%: likely"),
        (0.5, "50%: possible"),
        (0.2, "20%: unlikely"),
        (0.0, "0%: very unlikely"),
    ],
)
def test_the_confidence_of_an_answer_is_in_words_with_its_number(
    town: OpenIndex, confidence: float, words: str
) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    text = answer_text(dataclasses.replace(found, confidence=confidence), PLAIN)
    assert f"confidence {words} that the archive answers this" in text


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.41, "confidence 41%, below the threshold of 47%"),
        (0.468, "confidence 46.8%, below the threshold of 47.0%"),
        (0.4698, "confidence 46.98%, below the threshold of 47.00%"),
        (0.47, "confidence 47%, just below the threshold"),
    ],
)
def test_the_confidence_of_a_refusal_is_compared_with_the_threshold(
    town: OpenIndex, confidence: float, words: str
) -> None:
    refused = answer(town, understand("Which king opened the harbour bridge in 1902?"))
    shown = answer_strings.confidence(dataclasses.replace(refused, confidence=confidence))
    assert shown == words


def test_a_refusal_without_a_search_has_no_confidence(town: OpenIndex) -> None:
    refused = answer(town, understand("Who won the cup?", since=dt.date(2030, 1, 1)))
    assert refused.explanation is None
    assert "confidence" not in answer_text(refused, PLAIN)


def test_an_explanation_shows_ranks_parts_and_words_and_what_a_refusal_lacked(
    town: OpenIndex,
) -> None:
    text = explanation_text(answer(town, understand("What did the bridge cables cost?")), PLAIN)
    assert f"the threshold is {RERANKED.threshold:.3f}" in text
    assert re.search(
        r"\[1\] passage 1st by words and 1st by meaning; holds bridge, cables, cost\n"
        r"  score +\+\d\.\d{3}\n    \w",
        text,
    )
    assert re.search(r"Searched (\d) passages, scored \d+ spans of the best \1\.", text)
    refused = explanation_text(
        answer(town, understand("Which king opened the harbour bridge in 1902?")), PLAIN
    )
    assert re.match(r"Confidence 0\.\d+ is 0\.\d+ below the threshold of 0\.470\.", refused)
    assert "would be enough, all else unchanged)" in refused
    nothing = answer(town, understand("Who won the 2022 World Cup?", since=dt.date(2030, 1, 1)))
    assert (
        explanation_text(nothing, PLAIN) == "Nothing was searched, so there is nothing to explain."
    )
    forged = explanation_text(answer(town, understand("bridge \x1b[2J\nx cables?")), PLAIN)
    assert "\x1b" not in forged


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


def test_a_conversation_answers_questions_and_follows_commands(
    town: OpenIndex,
) -> None:
    talk = Conversation(lambda: town, PLAIN)
    assert talk.reply("  ") == ""
    assert ":context N" in talk.reply(":help")
    with pytest.raises(RequestError, match="Ask a question first"):
        talk.reply(":explain")
    first = talk.reply("What did the bridge cables cost?")
    assert "[1] │ " in first
    assert "Engineer Lidia Kovac" in talk.reply(":context 1")
    assert "SHA-256" in talk.reply(":article")
    assert "[1] passage 1st by words" in talk.reply(":explain")
    assert "[4] │ " in talk.reply(":more")
    assert "The Quay: 2 articles, 2024-03-05 to 2025-01-15" in talk.reply(":sources")
    assert not talk.ended
    talk.reply(":quit")
    assert talk.ended
