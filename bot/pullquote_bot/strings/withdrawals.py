"""The sentences of `pullquote withdraw`."""

from __future__ import annotations

import datetime as dt

from pullquote.english.dates import written_moment
from pullquote.translation import say, translate_constants
from pullquote_bot.visible_text import LONGEST_NAME, one_line

NONE = "Nothing was ever withdrawn."


def withdrawn(article_id: str) -> str:
    """An article is withdrawn now."""
    return say(
        "Withdrawn: {article_id}. Nothing of it is shown any more. To remove its words "
        "from the index: pullquote index, then pullquote index --prune",
        article_id=one_line(article_id),
    )


def shown_again(article_id: str) -> str:
    """A withdrawal was undone."""
    return say(
        "Shown again: {article_id}. If the index was built since the withdrawal, the "
        "article has to be read again: pullquote index",
        article_id=one_line(article_id),
    )


def log_line(article_id: str, when: dt.datetime, who: str, why: str, *, undone: bool) -> str:
    """A line of the log."""
    verb = say("shown again") if undone else say("withdrawn")
    reason = f": {one_line(why)}" if why else ""
    name = one_line(who, LONGEST_NAME)
    return say(
        "{when}  {article_id}  {verb} by {name}{reason}",
        when=written_moment(when),
        article_id=one_line(article_id),
        verb=verb,
        name=name,
        reason=reason,
    )


translate_constants(__name__)
