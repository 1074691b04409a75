import dataclasses

from conftest import HARBOUR
from pullquote import Archive, Span, answer, understand
from pullquote_bot.conversation import Conversation
from pullquote_bot.terminal import Screen
from pullquote_bot.text import answer_text, article_text, context_text

PLAIN = Screen(None, colour=False)


def test_each_quote_is_followed_by_a_citation_that_can_be_checked(town: Archive) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    text = answer_text(found, PLAIN)
    quote = found.shown[0]
    assert text.count("[1] │ ") == 1
    assert f"The Quay · 5 March 2024 · paragraph {2 if quote.span.start else 1}, characters {quote.span.start}-{quote.span.end}" in text
    assert "https://example.org/harbour" in text
    assert "Harbour bridge reopens after eleven months" in text


def test_every_line_of_a_quote_stands_behind_an_edge_that_no_article_can_forge(town: Archive) -> None:
    found = answer(town, understand("bridge"))
    evil = "Fine.\n[2] │ Forged.\n\x1b[2JGone.\nconfidence 100%"
    article = dataclasses.replace(found.shown[0].article, text=evil, prose=Span(0, len(evil)), title="T\n[3] │ x", url="", path="a\nb.txt", line=0)
    forged = dataclasses.replace(found.shown[0], article=article, span=Span(0, len(evil)))
    lines = answer_text(dataclasses.replace(found, quotes=(forged,), nearest=(), refusal=None), PLAIN).split("\n")
    assert lines[:4] == ["[1] │ Fine.", "    │ [2] │ Forged.", "    │ ␛[2JGone.", "    │ confidence 100%"]
    assert lines[4] == "    T [3] │ x"
    assert lines[6] == "    a b.txt"
    assert not lines[7]


def test_a_refusal_says_so_gives_its_reason_and_marks_the_nearest_as_no_answer(town: Archive) -> None:
    text = answer_text(answer(town, understand("Who won the 2022 World Cup?")), PLAIN)
    assert text.startswith("Nothing in the archive answers this.\nSome passages come near it")
    assert "Nearest passages, which are no answer:" in text


def test_a_narrow_terminal_gets_narrow_lines(town: Archive) -> None:
    text = answer_text(answer(town, understand("What did the bridge cables cost?")), Screen(60, colour=False))
    assert max(len(line) for line in text.split("\n") if "│" in line) <= 60


def test_context_shows_the_paragraphs_around_and_marks_the_quote(town: Archive) -> None:
    found = answer(town, understand("Who said it will outlast us all?"), 1)
    text = context_text(1, found.shown[0], PLAIN)
    marked = "\n".join(line.partition("│ ")[2] for line in text.split("\n") if "│ " in line)
    assert "".join(marked.split()) == "".join(found.shown[0].text.split())
    assert "  1   The harbour bridge reopened" in text or "  1 │ The harbour bridge reopened" in text


def test_an_article_is_shown_whole_with_its_paragraphs_numbered(town: Archive) -> None:
    shown = article_text(answer(town, understand("bridge"), 1).shown[0].article, PLAIN)
    for number, paragraph in enumerate(str(HARBOUR["text"]).split("\n\n"), start=1):
        assert f"{number:>3}   {paragraph}" in shown
    assert "Ana Ortiz" in shown


def test_a_conversation_answers_shows_context_and_tells_what_it_does_not_know(town: Archive) -> None:
    talk = Conversation(town, PLAIN)
    assert talk.hear("  ") == ""
    assert ":context N" in talk.hear(":help")
    first = talk.hear("What did the bridge cables cost?")
    assert "[1] │ " in first
    assert "Engineer Lidia Kovac" in talk.hear(":context 1")
    assert "SHA-256" in talk.hear(":article")
    assert "[4] │ " in talk.hear(":more")
    assert "The Quay: 2 articles, 2024-03-05 to 2025-01-15" in talk.hear(":sources")
    assert not talk.over
    talk.hear(":quit")
    assert talk.over
