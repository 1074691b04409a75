"""Labels of what became of a quote's story: later versions, corrections."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.answering.later_versions import LaterVersion, VersionChange
from pullquote.corpus.articles import Article
from pullquote.corpus.corrections import NoteKind
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.articles import UNTITLED
from pullquote_bot.strings.quantities import counted, day
from pullquote_bot.visible_text import one_line

NOTES = {
    NoteKind.CORRECTION: "Correction:",
    NoteKind.CLARIFICATION: "Clarification:",
    NoteKind.EDITORS_NOTE: "Editor's note:",
    NoteKind.RETRACTION: "Retraction:",
}
"""The labels of notes, by what they are."""
NO_DATE = "a later date"
"""Stands for the date of a version that has none."""
_VERSIONS = {
    VersionChange.UNCHANGED: "also in the version of {day}",
    VersionChange.CHANGED: "changed on {day}:",
    VersionChange.CUT: "not all of it in the version of {day}",
    VersionChange.DROPPED: "not in the version of {day}",
}
_LONGEST_TITLE = 100
"""Characters of a headline beside a place."""


def version(later: LaterVersion, shown: Callable[[str], str] = one_line) -> str:
    """What a later version did to the words of a quote. Its sentences follow a colon.

    Args:
        later: the version.
        shown: makes words of an article safe to show.
    """
    date = day(later.article.published)
    if later.is_of_same_source:
        return say(_VERSIONS[later.change], day=date or say(NO_DATE))
    where = headline(later.article, shown) + (f" ({date})" if date else "")
    return say("with another number in {where}:", where=where)


def further_notes(count: int, *, are_shown: bool = True) -> str:
    """How many notes are not shown; empty for none.

    Args:
        count: their number.
        are_shown: whether newer ones are shown.
    """
    if not count:
        return ""
    if are_shown:
        return say("and {count} more", count=count)
    return say("{notes} about this article", notes=counted(count, "note"))


def headline(article: Article, shown: Callable[[str], str] = one_line) -> str:
    """The source and the headline of an article that is not the quote's."""
    named = ": ".join(filter(None, (one_line(article.source), one_line(article.title))))
    is_cut = len(named) > _LONGEST_TITLE
    return shown(f"{named[: _LONGEST_TITLE - 1]}…" if is_cut else named or say(UNTITLED))


translate_constants(__name__)
