"""A timeline as messages for Discord."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pullquote.answering.dated_sentences import DateOf
from pullquote.answering.quotes import cite
from pullquote.answering.timeline import Timeline, TimelineEntry
from pullquote.json_output.notices import searched_for
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import ANSWER_EDGE, REFUSAL_EDGE
from pullquote_bot.discord_bot.messages.citations import citation_line, file_notices, speaker_line
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Button,
    Divider,
    Message,
    Part,
    Row,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import timelines as timeline_strings
from pullquote_bot.visible_text import one_line

DATES = 8
"""The most dates of a timeline in Discord."""
_QUOTES_IN_MESSAGE = 8
_BUTTONS_IN_ROW = 4
"""The number of buttons that fit in a row on a phone."""
_MOST_MESSAGES = 2
_LONGEST_NOTICE = 200
"""Characters of a notice, and of what was searched."""


def timeline_messages(timeline: Timeline) -> list[Message]:
    """The messages of a timeline, one or two. Of more quotes those that tell least are left out.

    No quote is cut.
    """
    header = question_text(timeline.query.text, discord_strings.TIMELINE_MARK)
    footer = _footer(timeline)
    if timeline.refusal:
        is_limited = bool(any(timeline.query.limits) or timeline.query.source)
        reason = timeline_strings.nothing(timeline.refusal, timeline.undated, is_limited=is_limited)
        return [Message((header, Text(f"**{reason}**"), *footer), (), REFUSAL_EDGE)]
    note = Text(f"-# {discord_strings.TIMELINE_SHORTENED}")
    label = Text(f"-# {discord_strings.IN_CONTEXT}")
    room = TEXT_ROOM - text_length((header, *footer, note, label))
    kept = list(timeline.entries)
    while (groups := _groups(kept, timeline, room)) is None:
        kept.remove(max(kept, key=lambda entry: entry.rank))
    notes = (note,) if len(kept) < len(timeline.entries) else ()
    *first, last = [
        (header, *(shown.text for shown in group), label, *_rows(group)) for group in groups
    ] or [(header,)]
    messages = [*first, (*last, *notes, *footer)]
    return [Message(parts, (), ANSWER_EDGE) for parts in messages]


class _Shown(NamedTuple):
    """A quote with its citation, and the button that shows its context."""

    text: Text
    button: Button


def _groups(
    entries: Sequence[TimelineEntry], timeline: Timeline, room: int
) -> list[list[_Shown]] | None:
    """The quotes in groups, one for each message; None if there is no room for all of them.

    Args:
        entries: those to show, oldest first.
        timeline: the timeline that they belong to.
        room: the number of characters that a group may have.
    """
    groups: list[list[_Shown]] = [[]]
    room_left = room
    for shown in _shown(entries, timeline):
        size = text_length((shown.text,))
        if size > room_left or len(groups[-1]) == _QUOTES_IN_MESSAGE:
            groups.append([])
            room_left = room
        if size > room or len(groups) > _MOST_MESSAGES:
            return None
        groups[-1].append(shown)
        room_left -= size
    return [group for group in groups if group]


def _shown(entries: Sequence[TimelineEntry], timeline: Timeline) -> Iterator[_Shown]:
    """The quotes with their citations, the first of each date under it."""
    numbered = enumerate(entries, start=1)
    for date, dated in itertools.groupby(numbered, key=lambda entry: _date(entry[1])):
        heading = f"**{date}**"
        for number, entry in dated:
            quote = entry.quote
            lines = (
                heading,
                block_quote(quote.text),
                speaker_line(quote),
                citation_line(cite(number, quote), quote),
            )
            custom_id = CustomId(Action.CONTEXT, timeline.generation, (quote.row, *quote.span))
            yield _Shown(Text("\n".join(filter(None, lines))), Button(str(number), str(custom_id)))
            heading = ""


def _rows(group: Sequence[_Shown]) -> Iterator[Row]:
    """The buttons of a group: their numbers are those of the quotes, which keep all the width."""
    for at in range(0, len(group), _BUTTONS_IN_ROW):
        yield Row(tuple(shown.button for shown in group[at : at + _BUTTONS_IN_ROW]))


def _date(entry: TimelineEntry) -> str:
    by_publication = entry.date_of is DateOf.PUBLICATION
    return timeline_strings.dated(
        entry.date.written, entry.announced, by_publication=by_publication
    )


def _footer(timeline: Timeline) -> tuple[Part, ...]:
    """A line, the notices of the timeline, and what was searched and left out."""
    corrections = timeline.query.corrections
    states = [entry.quote.source_state for entry in timeline.entries]
    notices = [searched_for(corrections)] if corrections else []
    notices += filter(None, [answer_strings.dates_of(timeline.query)])
    notices += file_notices(timeline.withheld, timeline.built, states)
    dates = len({entry.date for entry in timeline.entries})
    count = timeline_strings.shown(len(timeline.entries), dates, has_more=True)
    details = [
        count if timeline.has_more else "",
        timeline_strings.left_out(timeline.undated),
        escape_line(one_line(answer_strings.searched_of(timeline.query))[:_LONGEST_NOTICE]),
        answer_strings.index_of(f"<t:{int(timeline.built.timestamp())}:R>"),
    ]
    lines = [escape_line(one_line(notice)[:_LONGEST_NOTICE]) for notice in notices]
    lines.append(" · ".join(filter(None, details)))
    return Divider(), Text("\n".join(f"-# {line}" for line in lines))
