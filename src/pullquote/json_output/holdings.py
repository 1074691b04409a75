"""What an archive holds, as JSON: its sources, its dates and its size. No paths of the machine."""

from __future__ import annotations

import datetime as dt

from pydantic import AwareDatetime, BaseModel, ConfigDict

from pullquote.answering.open_index import OpenIndex


class SourceJson(BaseModel):
    """A source: its name, empty for articles without one, and the number of its articles."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    source: str
    articles: int
    first: dt.date | None
    last: dt.date | None


class MonthJson(BaseModel):
    """A month, as 2025-10, and the number of articles published in it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    month: str
    articles: int


class HoldingsJson(BaseModel):
    """What an archive holds. Sources are in the order of their size, months in that of time."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    generation: str
    built: AwareDatetime
    articles: int
    passages: int
    first_published: dt.date | None
    last_published: dt.date | None
    sources: tuple[SourceJson, ...]
    months: tuple[MonthJson, ...]


def holdings_json(archive: OpenIndex) -> HoldingsJson:
    """What an archive holds, as readers may see it."""
    store = archive.store
    first, last = store.dates()
    return HoldingsJson(
        generation=archive.generation,
        built=archive.manifest.created,
        articles=store.visible_articles,
        passages=store.passages - len(store.hidden.passages),
        first_published=first,
        last_published=last,
        sources=tuple(
            SourceJson(
                source=count.source,
                articles=count.articles,
                first=dt.date.fromisoformat(count.first) if count.first else None,
                last=dt.date.fromisoformat(count.last) if count.last else None,
            )
            for count in store.sources()
        ),
        months=tuple(
            MonthJson(month=month, articles=count) for month, count in store.months().items()
        ),
    )
