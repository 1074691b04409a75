"""A timeline as text for a terminal or a pipe."""

from __future__ import annotations

import itertools

from pullquote.answering.dated_sentences import DateOf
from pullquote.answering.quotes import cite
from pullquote.answering.timeline import Timeline, TimelineEntry
from pullquote.english.dates import written_moment
from pullquote.json_output.timeline import timeline_notices
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import timelines as timeline_strings
from pullquote_bot.terminal.answer_text import citation_lines, speaker_lines
from pullquote_bot.terminal.margin import beside_margin
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line


def timeline_text(timeline: Timeline, screen: Screen, more_hint: str = "") -> str:
    """A timeline: dates, and under each its numbered quotes with their citations.

    Args:
        timeline: the timeline.
        screen: how it is shown.
        more_hint: how to see further dates.
    """
    lines: list[str] = []
    if timeline.refusal:
        lines += [screen.bold(refusal_text(timeline)), ""]
    numbered = enumerate(timeline.entries, start=1)
    for date, entries in itertools.groupby(numbered, key=lambda numbered: dated(numbered[1])):
        lines.append(screen.bold(date))
        for number, entry in entries:
            quote = entry.quote
            lines += beside_margin(f"[{number}]", quote.text, screen, quoted=True)
            lines += speaker_lines(quote, screen)
            lines += [*citation_lines(cite(number, quote), quote, screen), ""]
    lines += [screen.bold(one_line(notice)) for notice in timeline_notices(timeline)]
    footer = [
        *footer_parts(timeline, more_hint),
        answer_strings.index_of(written_moment(timeline.built)),
    ]
    lines.append(screen.dim(" · ".join(footer)))
    return "\n".join(lines)


def refusal_text(timeline: Timeline) -> str:
    """Why a timeline is refused."""
    assert timeline.refusal is not None
    query = timeline.query
    is_limited = bool(any(query.limits) or query.source or query.dates)
    return timeline_strings.nothing(timeline.refusal, timeline.undated, is_limited=is_limited)


def dated(entry: TimelineEntry) -> str:
    """The date above a quote."""
    return timeline_strings.dated(
        entry.date.written,
        entry.announced,
        by_publication=entry.date_of is DateOf.PUBLICATION,
    )


def footer_parts(timeline: Timeline, more_hint: str = "") -> list[str]:
    """How much is shown, what is left out, and what was searched."""
    dates = {entry.date for entry in timeline.entries}
    count = ""
    if dates:
        count = timeline_strings.shown(
            len(timeline.entries), len(dates), has_more=timeline.has_more
        )
    hint = more_hint if timeline.has_more else ""
    parts = [
        count,
        hint,
        timeline_strings.left_out(timeline.undated),
        answer_strings.searched_of(timeline.query),
        answer_strings.dates_of(timeline.query).removesuffix("."),
    ]
    return list(filter(None, parts))
