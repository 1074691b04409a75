"""What is said of the index and its generations."""

from __future__ import annotations

import datetime as dt

from pullquote.english.dates import written_moment
from pullquote_bot.strings import counted

WATCHING = "Watching. Ctrl-C ends it."


def refreshed(generation: str, read: int, embedded: int, articles: int, seconds: float) -> str:
    """That a refresh is done."""
    done = f"{counted(read, 'file')} read, {counted(embedded, 'passage')} embedded"
    return f"{generation} is live: {done}, {counted(articles, 'article')}, {seconds:.1f} s"


def pruned(generations: int, encoders: int) -> str:
    """What was let go."""
    return f"Let go of {counted(generations, 'generation')} and {counted(encoders, 'encoder')}."


def rolled_back(generation: str, created: dt.datetime) -> str:
    """That an older generation is live."""
    return f"Generation {generation} of {written_moment(created)} is live. The next build reads the articles as they are now."


def not_switched(reason: str) -> str:
    """That a new generation cannot be used."""
    return f"The index has a new generation that cannot be used; the one in use stays. {reason}"
