"""What the bot suggests while an option of a command is typed: headlines, sources and names."""

from __future__ import annotations

from pullquote.answering.speakers import quoted_speaker
from pullquote.corpus.name_keys import name_key
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    cut_to_length,
)
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.visible_text import one_line

Choices = list[tuple[str, str]]
"""Suggestions for an option of a command, as (name, value) pairs."""


def title_choices(opened: OpenArchive, typed: str) -> Choices:
    """The headlines that match what was typed, each after its date."""
    choices = []
    for headline in opened.headlines.find(typed, MOST_OPTIONS):
        title = one_line(headline.title) or article_strings.UNTITLED
        name = " · ".join(filter(None, (headline.published, title)))
        choices.append((_choice_name(name), f"{opened.archive.generation}#{headline.row}"))
    return choices


def source_choices(opened: OpenArchive, typed: str) -> Choices:
    """The sources whose names contain what was typed."""
    names = [name for name in opened.sources if name_key(typed) in name_key(name)]
    return _choices_of(names)


def author_choices(opened: OpenArchive, typed: str) -> Choices:
    """The authors with names whose words begin as what was typed; the most frequent first."""
    names, index = opened.authors
    found = index.find(typed, MOST_OPTIONS, beginnings_first=False)
    return _choices_of([names[place] for place in found])


def speaker_choices(opened: OpenArchive, typed: str) -> Choices:
    """The same of speakers, each with what they are.

    A choice gives the full name, as the last article that quotes the speaker prints it; if others
    have it too, with what they are.
    """
    counts, index = opened.speakers
    choices = []
    name, _, _ = typed.partition(",")  # behind it, what somebody is
    for place in index.find(name, MOST_OPTIONS, beginnings_first=False):
        quoted = quoted_speaker(opened.archive.store, counts[place])
        name = speaker_strings.named(quoted.name, quoted.description)
        has_namesakes = opened.archive.store.attributions.has_namesakes(counts[place])
        value = cut_to_length(name, LONGEST_OPTION) if has_namesakes else one_line(quoted.name)
        if len(value) <= LONGEST_OPTION:
            choices.append((_choice_name(name), value))
    return choices


def _choices_of(names: list[str]) -> Choices:
    """Names as suggestions; those that Discord would not take are left out."""
    fitting = [name for name in names if len(name) <= LONGEST_OPTION]
    return [(_choice_name(one_line(name)), name) for name in fitting[:MOST_OPTIONS]]


def _choice_name(name: str) -> str:
    return cut_to_length(name, LONGEST_OPTION)
