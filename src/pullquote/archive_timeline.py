"""What the Python door returns for a timeline: its quotes by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pullquote.answering.answers import Refusal
from pullquote.answering.dated_sentences import DateOf
from pullquote.answering.timeline import Timeline, TimelineEntry
from pullquote.archive_answer import ArchiveQuote
from pullquote.json_output.timeline import timeline_entry_json, timeline_notices


@dataclass(frozen=True, slots=True)
class DatedQuote:
    """A quote of a timeline.

    Attributes:
        date: the date that it speaks of, in ISO form: a day, a month or a year ("2025-10-18",
            "2025-10", "2025").
        date_of: "text" if the quote itself names the date, else "publication".
        quote: the quote.
    """

    date: str
    date_of: DateOf
    quote: ArchiveQuote
    _entry: TimelineEntry = field(repr=False)

    def to_json(self) -> str:
        """The entry as one line of JSON, in the form of `pullquote timeline --format json`."""
        return timeline_entry_json(self.quote.number, self._entry).model_dump_json()


@dataclass(frozen=True, slots=True)
class ArchiveTimeline:
    """The quotes that report a subject. Iterating over it gives its entries.

    Attributes:
        subject: the subject, as it was typed.
        entries: a `DatedQuote` each, oldest first, one or two of a date; empty if it is refused.
        refusal: why there are none; None if there are some.
        undated: the number of articles that are left out because they have no date.
        notices: what else the reader should know, such as articles that changed.
        generation: the id of the index generation.
    """

    subject: str
    entries: tuple[DatedQuote, ...]
    refusal: Refusal | None
    undated: int
    notices: tuple[str, ...]
    generation: str

    def __iter__(self) -> Iterator[DatedQuote]:
        """The entries, oldest first."""
        return iter(self.entries)

    def __len__(self) -> int:
        """The number of entries."""
        return len(self.entries)


def archive_timeline(timeline: Timeline) -> ArchiveTimeline:
    """A timeline as the Python door returns it."""
    return ArchiveTimeline(
        subject=timeline.query.text,
        entries=tuple(
            DatedQuote(entry.date.iso, entry.date_of, ArchiveQuote(number, entry.quote), entry)
            for number, entry in enumerate(timeline.entries, start=1)
        ),
        refusal=timeline.refusal,
        undated=timeline.undated,
        notices=timeline_notices(timeline),
        generation=timeline.generation,
    )
