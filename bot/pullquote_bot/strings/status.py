"""The rows of `pullquote status`: a label and a value each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pullquote.english.dates import written_moment
from pullquote.storage.store_values import SourceCount
from pullquote.translation import say
from pullquote_bot.strings.articles import NO_SOURCE
from pullquote_bot.strings.quantities import counted, day
from pullquote_bot.visible_text import LONGEST_NAME, one_line

Row = tuple[str, str]

_MAX_SOURCES = 10
"""Number of sources that are listed by name."""
_MAX_NAMES = 3
"""Number of files that are listed by name, of each kind of difference."""


def articles(count: int, first: dt.date | None, last: dt.date | None) -> Row:
    """The number of articles, and their first and last day of publication."""
    return say("articles"), say(
        "{count:,}, published {first} to {last}", count=count, first=day(first), last=day(last)
    )


def hidden(count: int) -> Row:
    """The articles that nothing shows."""
    return say("hidden"), say(
        "{articles}, withdrawn or dated in the future", articles=counted(count, "article")
    )


def sources(counts: Sequence[SourceCount]) -> Row:
    """The sources with the most articles."""
    listed = ", ".join(
        f"{one_line(count.source, LONGEST_NAME) or say(NO_SOURCE)} ({count.articles:,})"
        for count in counts[:_MAX_SOURCES]
    )
    more = len(counts) - _MAX_SOURCES
    return say("sources"), say(
        "{listed}, and {more:,} more", listed=listed, more=more
    ) if more > 0 else listed


def passages(count: int, words: int, sentences: int) -> Row:
    """The number of passages, their target length in words, and the number of sentences."""
    return say("passages"), say(
        "{count:,} of about {words} words, {sentences:,} sentences",
        count=count,
        words=words,
        sentences=sentences,
    )


def generation(name: str, created: dt.datetime, age: dt.timedelta) -> Row:
    """The live generation."""
    return say("generation"), say(
        "{name}, built {created} ({age} ago)",
        name=one_line(name),
        created=written_moment(created),
        age=_age(age),
    )


def encoder(model: str, runtime: str, dimension: int) -> Row:
    """The encoder of the index."""
    return say("encoder"), say(
        "{model}, {runtime}, {dimension} dimensions",
        model=one_line(model),
        runtime=one_line(runtime),
        dimension=dimension,
    )


def reranker(model: str) -> Row:
    """The reranker in force."""
    return say("reranker"), one_line(model)


def vectors(kind: str) -> Row:
    """The kind of vector index."""
    return say("vectors"), say("{kind} index", kind=one_line(kind))


def size(count: int, folder: str, *, is_folder: bool) -> Row:
    """The size of the generation with its encoder, in bytes."""
    if not is_folder:
        return say("size on disk"), say(
            "{count:,.1f} MB in {folder}, with what other generations have in the same tables",
            count=count / 1e6,
            folder=one_line(folder),
        )
    return say("size on disk"), say(
        "{count:,.1f} MB in {folder}", count=count / 1e6, folder=one_line(folder)
    )


def roots(paths: Sequence[str]) -> Row:
    """The files and folders that the index was built from."""
    return say("read from"), one_line(", ".join(paths))


def kept(generations: int) -> Row:
    """The number of generations that are kept."""
    return say("kept"), say(
        "{generations}; pullquote index --list shows them",
        generations=counted(generations, "generation"),
    )


def confidence(text: str) -> Row:
    """What the confidence was fitted on."""
    return say("confidence"), one_line(text)


def unsure(threshold: float) -> Row:
    """The lowest confidence whose quotes are shown as not sure."""
    return say("not sure"), say(
        "quotes are shown as not sure from {threshold:.3f} on", threshold=threshold
    )


def being_built(builder: str) -> Row:
    """The process that is building the index."""
    return say("being built"), say("by {builder}", builder=one_line(builder))


def settings(mismatch: str) -> Row:
    """How the settings differ from those of the index."""
    return say("settings"), one_line(mismatch)


def up_to_date(
    differences: Mapping[str, Sequence[str]], *, away: bool, elsewhere: bool, withdrawn: int
) -> Row:
    """Whether the articles are as they were when the index was built.

    Args:
        differences: the names of files by how they differ (changed, gone, new).
        away: whether a folder that was read is not on this machine.
        elsewhere: whether the index was built by another user or on another machine.
        withdrawn: the number of withdrawn articles whose words are still in the index.
    """
    listed = [
        f"{len(names):,} {one_line(kind)} ({', '.join(map(_name, names[:_MAX_NAMES]))}"
        f"{' …' if len(names) > _MAX_NAMES else ''})"
        for kind, names in differences.items()
        if names
    ]
    if withdrawn:
        listed.append(
            say(
                "words of {articles} are in the index",
                articles=counted(withdrawn, "withdrawn article"),
            )
        )
    if listed:
        value = say("no: {parts}. Run: pullquote index", parts="; ".join(listed))
    elif elsewhere:
        value = say("not known: the index was built by another user or on another machine")
    elif away:
        value = say("not known: the articles' folder is not on this machine")
    else:
        value = say("yes")
    return say("up to date"), value


def _name(file: str) -> str:
    return one_line(file, LONGEST_NAME)


def _age(age: dt.timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    for length, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= length:
            return counted(minutes // length, unit)
    return say("less than a minute")
