"""What is suggested for the options of commands while they are typed."""

from __future__ import annotations

from pullquote_bot.discord_bot.messages.components import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    cut_to_length,
)
from pullquote_bot.serving.headline_index import normalise
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.visible_text import one_line

Choices = list[tuple[str, str]]
"""Suggestions for an option of a command, as (name, value) pairs."""
_LONGEST_TITLE = 80
"""Characters of a suggested headline; the article's date comes after it."""


def title_choices(opened: OpenArchive, typed: str) -> Choices:
    """The headlines that match what was typed, with their dates."""
    choices = []
    for headline in opened.headlines.find(typed, MOST_OPTIONS):
        title = cut_to_length(one_line(headline.title), _LONGEST_TITLE) or article_strings.UNTITLED
        name = f"{title} · {headline.published}".rstrip(" ·")
        choices.append((_choice_name(name), f"{opened.archive.generation}#{headline.row}"))
    return choices


def source_choices(opened: OpenArchive, typed: str) -> Choices:
    """The sources whose names contain what was typed."""
    names = [
        name
        for name in opened.sources
        if normalise(typed) in normalise(name) and len(name) <= LONGEST_OPTION
    ]
    return [(_choice_name(one_line(name)), name) for name in names[:MOST_OPTIONS]]


def _choice_name(name: str) -> str:
    return cut_to_length(name, LONGEST_OPTION)
