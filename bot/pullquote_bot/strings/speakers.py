"""Sentences about speakers and what they said."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import LONGEST_NAME, one_line

NAME_A_SPEAKER = 'name a speaker, such as "Ann Low", or print all with --all'
SPEAKER_WITH_ALL = "--all prints what every speaker said and takes no name and no other filter"
NAME_AFTER_SAID = "Type a name after :said, such as :said Ann Low"
ABOUT = " about "
"""What stands between a name and a subject after :said."""
_MOST_SPEAKERS = 8
"""The most speakers of one name that are listed."""


def nobody(name: str) -> str:
    """The archive quotes nobody of this name."""
    return f"The archive quotes nobody named {one_line(name, LONGEST_NAME)}."


def not_on_this(names: Sequence[str]) -> str:
    """The archive quotes a speaker, but nothing that was asked for."""
    shown = [one_line(name, LONGEST_NAME) for name in names[:_MOST_SPEAKERS]]
    return f"The archive quotes {', '.join(shown)}, but not on this."


def several(speakers: Sequence[tuple[str, int]]) -> str:
    """Several speakers have the name.

    Args:
        speakers: the name of each and the number of its attributions.
    """
    shown = [
        f"{one_line(name, LONGEST_NAME)} ({count})" for name, count in speakers[:_MOST_SPEAKERS]
    ]
    further = len(speakers) - len(shown)
    more = [f"{further} more"] if further else []
    return f"Speakers of this name: {', '.join(shown + more)}"


def found(shown: int, total: int) -> str:
    """How many statements are shown."""
    statements = counted(total, "statement")
    return (
        statements
        if shown == total
        else f"{shown} of {statements}; pullquote said --top N shows more"
    )


def withheld(count: int) -> str:
    """Statements are left out because their articles changed since the index was built."""
    return f"{counted(count, 'statement')} withheld: the article changed since the index was built."
