"""A timeline as messages for Discord."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pullquote.answering.dated_sentences import DateOf
from pullquote.answering.timeline import Timeline, TimelineEntry
from pullquote.json_output.notices import searched_for
from pullquote_bot.discord_bot.messages.answer_messages import ANSWER_EDGE, REFUSAL_EDGE
from pullquote_bot.discord_bot.messages.citations import file_notices
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Divider,
    Message,
    Part,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.discord_bot.messages.shown_quotes import (
    ShownQuote,
    context_menu,
    length_of,
    quote_texts,
    without_story,
)
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import timelines as timeline_strings
from pullquote_bot.visible_text import one_line

DATES = 8
"""The most dates of a timeline in Discord."""
_QUOTES_IN_MESSAGE = 8
_MOST_MESSAGES = 2
_LONGEST_NOTICE = 200
"""Characters of a notice, and of what was searched."""


def timeline_messages(timeline: Timeline) -> list[Message]:
    """The messages of a timeline, one or two. Of more quotes those that tell least are left out.

    No quote is cut.
    """
    header = question_text(timeline.query.text, discord_contents.TIMELINE_MARK)
    footer = _footer(timeline)
    if timeline.refusal:
        is_limited = bool(any(timeline.query.limits) or timeline.query.source)
        reason = timeline_strings.nothing(timeline.refusal, timeline.undated, is_limited=is_limited)
        return [Message((header, Text(f"**{reason}**"), *footer), (), REFUSAL_EDGE)]
    note = Text(f"-# {discord_contents.TIMELINE_SHORTENED}")
    part_note = Text(f"-# {discord_contents.CONTINUES_BELOW}")
    room = TEXT_ROOM - text_length((header, *footer, note, part_note))
    kept = list(timeline.entries)
    while (groups := _groups(kept, room)) is None:
        kept.remove(max(kept, key=lambda entry: entry.rank))
    notes = (note,) if len(kept) < len(timeline.entries) else ()
    messages = [
        Message(
            (header, *quote_texts(group), part_note),
            context_menu(group, timeline.generation),
            ANSWER_EDGE,
        )
        for group in groups[:-1]
    ]
    last = groups[-1] if groups else []
    menu = context_menu(last, timeline.generation)
    parts = (header, *quote_texts(last), *notes, *footer)
    return [*messages, Message(parts, menu, ANSWER_EDGE)]


def _groups(entries: Sequence[TimelineEntry], room: int) -> list[list[ShownQuote]] | None:
    """The quotes in groups, one for each message; None if there is no room for all of them.

    Args:
        entries: those to show, oldest first.
        room: the number of characters that a group may have.
    """
    groups: list[list[ShownQuote]] = [[]]
    for dated in _dated(entries):
        if length_of([dated]) > room:
            return None
        if length_of([*groups[-1], dated]) > room or len(groups[-1]) == _QUOTES_IN_MESSAGE:
            groups.append([])
        if len(groups) > _MOST_MESSAGES:
            return None
        groups[-1].append(dated)
    return [group for group in groups if group]


def _dated(entries: Sequence[TimelineEntry]) -> Iterator[ShownQuote]:
    """The quotes with their citations, the first of each date under it."""
    numbered = enumerate(entries, start=1)
    for date, dated in itertools.groupby(numbered, key=lambda entry: _date(entry[1])):
        heading = f"**{date}**"
        for number, entry in dated:
            yield replace(without_story(number, entry.quote), above=heading)
            heading = ""


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
        discord_contents.archive_updated(timeline.built),
    ]
    lines = [escape_line(one_line(notice)[:_LONGEST_NOTICE]) for notice in notices]
    lines.append(" · ".join(filter(None, details)))
    return Divider(), Text("\n".join(f"-# {line}" for line in lines), FOOTER_TEXT)
