"""The day from which relative dates are counted: "last month", "3 days ago"."""

from __future__ import annotations

import datetime as dt

from pullquote.english.calendar_periods import DAY
from pullquote.settings import Settings
from pullquote.settings_types import zone_named
from pullquote.storage.article_store import ArticleStore

_FRESH = 7 * DAY
"""The newest article of an archive that is kept fresh is at most this old."""


def archive_day(store: ArticleStore, settings: Settings) -> dt.date:
    """The day from which relative dates are counted if the question names none.

    By the setting `answer.today` that is today, or the date of the newest article. It is today for
    an archive that is kept fresh, too, and for one without dates. Today is that of the archive's
    time zone.
    """
    now = dt.datetime.now(zone_named(settings.articles.time_zone)).date()
    _, newest = store.dates()
    if settings.answer.today == "today" or newest is None:
        return now
    return now if now - newest <= _FRESH else newest
