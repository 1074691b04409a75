"""Timelines in the form that scripts rely on: one object for each quote."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pullquote.answering.dated_sentences import DateOf
from pullquote.answering.timeline import Timeline, TimelineEntry
from pullquote.json_output.answer import QuoteJson, quote_json
from pullquote.json_output.notices import of_files, searched_for


class TimelineEntryJson(BaseModel):
    """A quote of a timeline. The date is a day, a month or a year: 2025-10-18, 2025-10, 2025."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    date: str
    date_of: DateOf
    quote: QuoteJson


class TimelineJson(BaseModel):
    """A whole timeline, oldest first. `refusal` and `notices` are left out if there are none."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    subject: str
    entries: tuple[TimelineEntryJson, ...]
    has_more: bool
    undated: int
    generation: str
    refusal: str | None = Field(default=None, exclude_if=lambda value: value is None)
    notices: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)


def timeline_json(timeline: Timeline) -> TimelineJson:
    """A timeline, with how much is left out and why it is refused."""
    return TimelineJson(
        subject=timeline.query.text,
        entries=tuple(
            timeline_entry_json(number, entry)
            for number, entry in enumerate(timeline.entries, start=1)
        ),
        has_more=timeline.has_more,
        undated=timeline.undated,
        generation=timeline.generation,
        refusal=timeline.refusal,
        notices=timeline_notices(timeline),
    )


def timeline_entry_json(number: int, entry: TimelineEntry) -> TimelineEntryJson:
    """An entry, with its number in its timeline."""
    return TimelineEntryJson(
        date=entry.date.iso, date_of=entry.date_of, quote=quote_json(number, entry.quote)
    )


def timeline_notices(timeline: Timeline) -> tuple[str, ...]:
    """The notices beside a timeline; most need none."""
    corrections = timeline.query.corrections
    sentences = [searched_for(corrections)] if corrections else []
    states = [entry.quote.source_state for entry in timeline.entries]
    return (*sentences, *of_files(timeline.withheld, timeline.built, states))
