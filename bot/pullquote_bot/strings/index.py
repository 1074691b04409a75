"""Sentences about building, watching, checking and switching the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pullquote.english.dates import written_moment
from pullquote.translation import say, translate_constants
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
    counts = one_line(
        ", ".join(
            (
                say("{skipped:,} skipped", skipped=skipped),
                say("{partly:,} read in part", partly=partly),
                *left_out,
            )
        )
    )
    return say(
        "Read {files} of {total:,} in {seconds:.1f} s ({counts}).",
        files=counted(read, "file"),
        total=files,
        seconds=seconds,
        counts=counts,
    )


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
    speed = (
        say(", {passages:,.0f} a second", passages=passages / seconds)
        if passages and seconds
        else ""
    )
    return say(
        "Embedded {passages} in {seconds:.1f} s{speed}; the vectors of {reused:,} were reused.",
        passages=counted(passages, "passage"),
        seconds=seconds,
        speed=speed,
        reused=reused,
    )


def built(generation: str, seconds: float) -> str:
    """A build that switched to a new generation, with its time in seconds."""
    return say(
        "Generation {generation} is live after {seconds:.1f} s.",
        generation=one_line(generation),
        seconds=seconds,
    )


def unchanged(generation: str) -> str:
    """A build that found nothing new."""
    return say(
        "Nothing has changed: generation {generation} stays live.", generation=one_line(generation)
    )


def refreshed(generation: str, read: int, embedded: int, articles: int, seconds: float) -> str:
    """A build of `pullquote watch`, with its time in seconds."""
    done = say(
        "{files} read, {passages} embedded",
        files=counted(read, "file"),
        passages=counted(embedded, "passage"),
    )
    return say(
        "{generation} is live: {done}, {articles}, {seconds:.1f} s",
        generation=one_line(generation),
        done=done,
        articles=counted(articles, "article"),
        seconds=seconds,
    )


def generation_line(
    generation: str, created: dt.datetime, articles: int, passages: int, size: int
) -> str:
    """A generation in the list of those that are kept; `size` in bytes."""
    return say(
        "{generation}  {created}  {articles:>9,} articles  {passages:>10,} passages  "
        "{size:>9,.1f} MB",
        generation=one_line(generation),
        created=written_moment(created),
        articles=articles,
        passages=passages,
        size=size / 1e6,
    )


def pruned(generations: int, encoders: int, rerankers: int) -> str:
    """How many generations and exported models were deleted."""
    return say(
        "Deleted {generations}, {encoders} and {rerankers}.",
        generations=counted(generations, "generation"),
        encoders=counted(encoders, "encoder"),
        rerankers=counted(rerankers, "reranker"),
    )


def copied(generation: str, address: str) -> str:
    """A generation was copied to a database."""
    return say(
        "Generation {generation} is live in {address}.",
        generation=one_line(generation),
        address=one_line(address),
    )


def rolled_back(generation: str, created: dt.datetime) -> str:
    """The index was switched to an older generation."""
    return say(
        "Generation {generation} of {created} is live. The next build reads the articles "
        "as they are now.",
        generation=one_line(generation),
        created=written_moment(created),
    )


def not_switched(reason: str) -> str:
    """A new generation cannot be used."""
    return say(
        "The index has a new generation that cannot be used; the old one stays open. {reason}",
        reason=one_line(reason),
    )


def more_findings(count: int) -> str:
    """The number of findings that are not printed."""
    return say("and {count:,} more; --format json has them all", count=count)


def checked(articles: int, passages: int, files: int, findings: int) -> str:
    """What `pullquote check` compared, and how much of it differs."""
    compared = (
        f"{counted(articles, 'article')}, {counted(passages, 'passage')}, {counted(files, 'file')}"
    )
    verdict = say("all as recorded.")
    if findings:
        found = counted(findings, "finding")
        verdict = say("{found}. Mend what changed or is damaged with: pullquote index", found=found)
    return say("Checked {compared}: {verdict}", compared=compared, verdict=verdict)


translate_constants(__name__)
