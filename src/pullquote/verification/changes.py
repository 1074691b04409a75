"""Changes: how words that are said to be quoted differ from those that are printed."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pullquote.corpus.spans import Span


class ChangeKind(enum.StrEnum):
    """What a change is."""

    NUMBER = "number"
    """Another number."""
    NAME = "name"
    """Another name, or a name for another word."""
    NEGATION = "negation"
    """A negation is added or lost."""
    QUANTIFIER = "quantifier"
    """Another quantity in words: all for some, more for less."""
    DATE = "date"
    """Another day, month, year or "yesterday"."""
    WORD = "word"
    """Another word."""
    OMISSION = "omission"
    """Words are left out, and nothing marks it."""
    ELISION = "elision"
    """Words are left out, and an ellipsis marks it."""
    INSERTION = "insertion"
    """Words are put in."""
    ORDER = "order"
    """Words or sentences are in another order, or joined from places that are apart."""
    TYPOGRAPHY = "typography"
    """Quotation marks, dashes, spaces, case, punctuation, another writing of the same number, or
    words in an editor's brackets."""

    @property
    def keeps_meaning(self) -> bool:
        """Whether a text with no other changes is quoted word for word."""
        return self in {ChangeKind.TYPOGRAPHY, ChangeKind.ELISION}


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between a text and what an article prints.

    Attributes:
        kind: what it is.
        given: the place in the text; empty where something is missing there.
        printed: the place in the article's text, or in its headline; empty where nothing is there.
    """

    kind: ChangeKind
    given: Span
    printed: Span
