"""Recognises corrections, clarifications and editor's notes among the paragraphs of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.corrections import Note, NoteKind, NoteSubject
from pullquote.corpus.spans import Span
from pullquote.english.dates import MONTH_NAMES

_MAX_CHARACTERS = 600
"""Of a longer note only the first sentences are shown."""
_LABEL = r"""
    (?P<label>
        corrections?(?:\s*(?:&|and|/)\s*clarifications?)? | clarifications?
        | editors?['’]?s?['’]?\s+note | retractions? | errat(?:um|a)
    )
"""
_DATE_WORD = rf"(?:{MONTH_NAMES}|\d{{1,4}}(?:st|nd|rd|th)?|on|at|added|appended|[ap]\.?m\b|:\d\d)"
_LABELLED = re.compile(
    rf"[\W_]*{_LABEL}(?:[\s,(]+{_DATE_WORD}[.,)]*){{0,8}}\s*(?::|\s[—–-]|[—–])\s*",
    re.IGNORECASE | re.VERBOSE,
)
"""A label before a note: "Correction:", "CLARIFICATION (3 March) —", "Editor's note:"."""
_LABEL_ALONE = re.compile(rf"[\W_]*{_LABEL}[\W_]*", re.IGNORECASE | re.VERBOSE)
"""A label on a line of its own: the next paragraph is the note."""
_STORY = r"(?:article|story|report|piece|post|column|page|headline|caption|list|version|photo)"
_VERSION = rf"(?:earlier|previous|prior|original|initial)\s+versions?\s+of\s+this\s+{_STORY}\b"
_CORRECTED = r"(?:correct(?:ed|s)?|clarif(?:y|ied|ies)|amended|retracted)\b"
_ABOUT_ITSELF = re.compile(
    rf"""[\W_]*(?:
        (?:[^.\n]{{0,120}}\W)?{_VERSION}(?!\s+(?:was\s+)?(?:\w+ly\s+|first\s+)?(?:appeared|ran|published))
        | this\s(?:[\w.]+\s){{0,3}}?{_STORY}\s(?:has\sbeen|have\sbeen|was|is)\s
            (?:updated\s(?:and|to)\s)?{_CORRECTED}
        | this\s{_STORY}\s(?:has\sbeen|was)\s(?:updated|changed|edited)\sto\s
            (?:correct|clarify|fix|remove|accurately)\b
        | (?<=\()(?:corrects|clarifies)\b
        | a\s(?:correction|clarification)\swas\smade\son\b
        | we\shave\s(?:since\s)?{_CORRECTED}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a note about the article that prints it begins, with or without a label."""
_OF_INTEREST = re.compile(
    r"""\b(?: version | correct(?:ed|ion|s|ly)? | clarif\w+ | misstat\w+ | incorrect\w*
    | inaccura\w+ | errors? | erroneous\w* | retract\w* | amended | withdr\w+
    | misidentif\w+ | misquot\w+ | misspell\w* | mischaracteri\w+ | fabricat\w+ | plagiari\w+
    | standards | (?:originally|first)\spublished | updated\s(?!here)(?:to|in|on|with|since|by)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""An editor's note is about the article only with such a word: others present the author."""
_NEWSLETTER = re.compile(
    r"\b(?:newsletter|sign\s+up|subscribe|opinions?\s+expressed)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*(?=\s)")
_TITLE = re.compile(rf"[\W_]*{_LABEL}\b(?P<rest>.*)", re.IGNORECASE | re.VERBOSE | re.DOTALL)
_TITLE_REST = re.compile(
    rf"""(?:[\s,(]+(?:for|of|to|from|{_DATE_WORD})\b[.,)]*)*\s*(?:[:—–-]+\s*(?P<headline>.*)|\Z)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_HINTS = ("correct", "clarif", "editor", "version", "amend", "retract", "errat")
"""Every note has one of these; most paragraphs have none."""


def find_notes(text: str, paragraphs: Sequence[Span]) -> Iterator[Note]:
    """Yield the notes of an article, in the order of its text.

    Args:
        text: the article's text.
        paragraphs: its paragraphs.
    """
    heading: NoteKind | None = None
    for span in paragraphs:
        paragraph = span.of(text)
        if heading is None and not any(map(paragraph.casefold().__contains__, _HINTS)):
            continue
        labelled = _LABELLED.match(paragraph)
        kind = _kind(labelled["label"]) if labelled else heading
        heading = None
        if labelled and labelled.end() == len(paragraph):
            heading = kind
            continue
        if alone := _LABEL_ALONE.fullmatch(paragraph):
            heading = _kind(alone["label"])
            continue
        is_own = _ABOUT_ITSELF.match(paragraph, labelled.end() if labelled else 0) is not None
        if kind is NoteKind.EDITORS_NOTE and not _is_of_interest(paragraph):
            continue
        if kind or is_own:
            subject = NoteSubject.OWN if is_own else NoteSubject.UNCLEAR
            yield Note(kind or NoteKind.CORRECTION, _shown(text, span), subject)


def correction_headline(title: str) -> tuple[NoteKind, str] | None:
    """What the headline of an article that corrects another says: "Correction: Ferry aground".

    Returns:
        The kind of the notes in it, and the rest of the headline, which may name what it corrects;
        None for other articles.
    """
    match = _TITLE.match(title)
    rest = _TITLE_REST.match(match["rest"]) if match else None
    if match is None or rest is None:
        return None
    return _kind(match["label"]), (rest["headline"] or "").strip()


def notes_of_correction(text: str, paragraphs: Sequence[Span], kind: NoteKind) -> Iterator[Note]:
    """Yield the paragraphs of an article that corrects others, each of them a note.

    The first of them is about the article that the headline names, if it names none itself.
    """
    for number, span in enumerate(paragraphs):
        subject = NoteSubject.NAMED if number else NoteSubject.HEADLINE
        yield Note(kind, _shown(text, span), subject)


def _kind(label: str) -> NoteKind:
    first = label.casefold()
    if first.startswith("editor"):
        return NoteKind.EDITORS_NOTE
    if first.startswith("clarif"):
        return NoteKind.CLARIFICATION
    return NoteKind.RETRACTION if first.startswith("retract") else NoteKind.CORRECTION


def _is_of_interest(paragraph: str) -> bool:
    return bool(_OF_INTEREST.search(paragraph)) and not _NEWSLETTER.search(paragraph)


def _shown(text: str, span: Span) -> Span:
    """The part of a paragraph that is shown: the first sentences of a long one."""
    if span.end - span.start <= _MAX_CHARACTERS:
        return span
    ends = [match.end() for match in _SENTENCE_END.finditer(text, span.start, span.end)]
    fitting = [end for end in ends if end - span.start <= _MAX_CHARACTERS]
    return Span(span.start, (fitting or ends or [span.end])[-1 if fitting else 0])
