"""Corrections, clarifications and editor's notes: what an article says about an article."""

from __future__ import annotations

import enum
from typing import NamedTuple

from pullquote.corpus.spans import Span


class NoteKind(enum.StrEnum):
    """What a note is."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    EDITORS_NOTE = "editors_note"
    RETRACTION = "retraction"


class NoteSubject(enum.StrEnum):
    """Which article a note is about."""

    OWN = "own"
    """The one that prints it: "an earlier version of this story"."""
    UNCLEAR = "unclear"
    """Another one if the note names it, else the one that prints it."""
    NAMED = "named"
    """Another one, which the note names. If it names none of the archive, it is not shown."""
    HEADLINE = "headline"
    """Another one, which the note or the headline above it names."""


class Note(NamedTuple):
    """A correction, a clarification or an editor's note.

    Attributes:
        kind: what it is.
        span: its place in the text of the article that prints it.
        subject: which article it is about.
    """

    kind: NoteKind
    span: Span
    subject: NoteSubject
