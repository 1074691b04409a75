"""Corrections, clarifications and editor's notes are told from other paragraphs."""

import pytest

from pullquote.corpus.corrections import NoteKind, NoteSubject
from pullquote.corpus.spans import Span
from pullquote.english.correction_notes import correction_headline, find_notes

CORRECTION, CLARIFICATION = NoteKind.CORRECTION, NoteKind.CLARIFICATION
EDITORS_NOTE, OWN, UNCLEAR = NoteKind.EDITORS_NOTE, NoteSubject.OWN, NoteSubject.UNCLEAR
LONG = "Correction: An earlier version of this story was wrong. " + "It had many errors. " * 40


@pytest.mark.parametrize(
    ("paragraph", "kind", "subject"),
    [
        ("Correction: An earlier version of this story misstated his age.", CORRECTION, OWN),
        ("*An earlier version of this article contained incorrect names.", CORRECTION, OWN),
        ("CORRECTION (March 3, 2025): The library opens at ten.", CORRECTION, UNCLEAR),
        ("Correction 3 March 2025 — The library opens at ten.", CORRECTION, UNCLEAR),
        ("Corrections & Clarifications: The date was wrong.", CORRECTION, UNCLEAR),
        ("Clarification: This story has been updated to clarify a date.", CLARIFICATION, OWN),
        ("* This article was amended on 3 March 2025 to remove a name.", CORRECTION, OWN),
        ("(This March 3 story has been corrected to fix the name in paragraph 2)", CORRECTION, OWN),
        ("(Corrects paragraph 3 to say million, not billion)", CORRECTION, OWN),
        ("Because of an error, an earlier version of this article was wrong.", CORRECTION, OWN),
        ("The firm was misspelled in a previous version of this story.", CORRECTION, OWN),
        ("Editor’s note: A previous version of this story misstated his age.", EDITORS_NOTE, OWN),
        ("Editor's note: This story was originally published in 2018.", EDITORS_NOTE, UNCLEAR),
        ("Retraction: We withdraw our report on the mill.", NoteKind.RETRACTION, UNCLEAR),
    ],
)
def test_a_note_is_recognised_by_how_it_begins(
    paragraph: str, kind: NoteKind, subject: NoteSubject
) -> None:
    (note,) = find_notes(paragraph, [Span(0, len(paragraph))])
    assert (note.kind, note.subject) == (kind, subject)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Corrections officers did not notice that two men were missing.",
        "Corrections officers said: we saw nothing.",
        "The market correction: stocks fell by a tenth.",
        "The minister corrected an earlier version of the bill on Monday.",
        "An updated version of the phone is sold from March.",
        "A version of this story appeared in our newsletter.",
        "This story has been updated with additional reporting.",
        "Editor's note: Ann Low is a writer in Norrvik. The opinions expressed here are her own.",
        "Editor's note: Sign up for our newsletter, now in a new version.",
    ],
)
def test_other_paragraphs_are_no_notes(paragraph: str) -> None:
    assert list(find_notes(paragraph, [Span(0, len(paragraph))])) == []


def test_a_label_on_a_line_of_its_own_belongs_to_the_next_paragraph() -> None:
    text = "The library opens.\nClarification\nIt opens at ten.\nIt closes at six."
    spans = [Span(0, 18), Span(19, 32), Span(33, 49), Span(50, len(text))]
    (note,) = find_notes(text, spans)
    assert (note.kind, note.span.of(text)) == (CLARIFICATION, "It opens at ten.")


def test_of_a_long_note_the_first_whole_sentences_are_shown() -> None:
    (note,) = find_notes(LONG, [Span(0, len(LONG))])
    words = note.span.of(LONG)
    assert 500 < len(words) <= 600
    assert words.endswith("errors.")


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Correction: Ferry aground off Storholm", (CORRECTION, "Ferry aground off Storholm")),
        ("Corrections and clarifications", (CORRECTION, "")),
        ("Clarification for 3 March 2025: Harbour", (CLARIFICATION, "Harbour")),
        ("Corrections officers strike: what to know", None),
        ("CORRECTED-UPDATE 1-Ferry aground", None),
    ],
)
def test_the_headline_of_a_correction_names_what_it_corrects(
    title: str, found: tuple[NoteKind, str] | None
) -> None:
    assert correction_headline(title) == found
