"""Sentences about building, watching, checking and switching the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pullquote.english.dates import written_moment
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import one_line

WATCHING = "Watching. Ctrl-C ends it."
VERBOSE_HINT = "; --verbose shows them all"
"""Where the problems of a build are that are not printed."""


def files_read(
    read: int, files: int, seconds: float, *, skipped: int, partly: int, left_out: Sequence[str]
) -> str:
    """How many files a build read.

    Args:
        read: files that were read.
        files: files that hold articles.
        seconds: time of reading.
        skipped: articles that were left out because they cannot be read.
        partly: articles that were read in part.
        left_out: how many were left out on purpose, in words.
    """
    counts = one_line(", ".join((f"{skipped:,} skipped", f"{partly:,} read in part", *left_out)))
    return f"Read {counted(read, 'file')} of {files:,} in {seconds:.1f} s ({counts})."


def contents(articles: int, passages: int, sentences: int, *, differences: str) -> str:
    """What an index holds after a build, with the differences from the one before."""
    return (
        f"{counted(articles, 'article')}{f' ({one_line(differences)})' if differences else ''}: "
        f"{counted(passages, 'passage')}, {counted(sentences, 'sentence')}."
    )


def differences(counts: Mapping[str, int]) -> str:
    """How many articles are new, changed or gone; empty if none are."""
    return one_line(", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count))


def embedded(passages: int, seconds: float, reused: int) -> str:
    """How many passages a build embedded, how fast, and how many vectors it reused."""
    speed = f", {passages / seconds:,.0f} a second" if passages and seconds else ""
    return (
        f"Embedded {counted(passages, 'passage')} in {seconds:.1f} s{speed}; "
        f"the vectors of {reused:,} were reused."
    )


def built(generation: str, seconds: float) -> str:
    """A build that switched to a new generation, with its time in seconds."""
    return f"Generation {one_line(generation)} is live after {seconds:.1f} s."


def unchanged(generation: str) -> str:
    """A build that found nothing new."""
    return f"Nothing has changed: generation {one_line(generation)} stays live."


def refreshed(generation: str, read: int, embedded: int, articles: int, seconds: float) -> str:
    """A build of `pullquote watch`, with its time in seconds."""
    done = f"{counted(read, 'file')} read, {counted(embedded, 'passage')} embedded"
    return (
        f"{one_line(generation)} is live: {done}, {counted(articles, 'article')}, {seconds:.1f} s"
    )


def generation_line(
    generation: str, created: dt.datetime, articles: int, passages: int, size: int
) -> str:
    """A generation in the list of those that are kept; `size` in bytes."""
    return (
        f"{one_line(generation)}  {written_moment(created)}  {articles:>9,} articles  "
        f"{passages:>10,} passages  {size / 1e6:>9,.1f} MB"
    )


def pruned(generations: int, encoders: int, rerankers: int) -> str:
    """How many generations and exported models were deleted."""
    return (
        f"Deleted {counted(generations, 'generation')}, {counted(encoders, 'encoder')} "
        f"and {counted(rerankers, 'reranker')}."
    )


def rolled_back(generation: str, created: dt.datetime) -> str:
    """The index was switched to an older generation."""
    return (
        f"Generation {one_line(generation)} of {written_moment(created)} is live. "
        "The next build reads the articles as they are now."
    )


def not_switched(reason: str) -> str:
    """A new generation cannot be used."""
    return (
        "The index has a new generation that cannot be used; the old one stays open. "
        f"{one_line(reason)}"
    )


def more_findings(count: int) -> str:
    """The number of findings that are not printed."""
    return f"and {count:,} more; --format json has them all"


def checked(articles: int, passages: int, files: int, findings: int) -> str:
    """What `pullquote check` compared, and how much of it differs."""
    compared = (
        f"{counted(articles, 'article')}, {counted(passages, 'passage')}, {counted(files, 'file')}"
    )
    verdict = "all as recorded."
    if findings:
        found = counted(findings, "finding")
        verdict = f"{found}. Mend what changed or is damaged with: pullquote index"
    return f"Checked {compared}: {verdict}"
