"""Sentences about articles, their sources and places in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from pullquote.corpus.name_keys import single_names
from pullquote.english.dates import written_moment
from pullquote.storage.store_values import ArticleName, SourceCount
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted, day
from pullquote_bot.visible_text import one_line

UNTITLED = "(no headline)"
NO_SOURCE = "no source named"
_LONGEST_NAME = 40
"""Characters of the name of another printing."""
_MOST_AUTHORS = 3
"""Authors that a citation names; of one more, all."""
_MOST_COMPARED, _LONGEST_COMPARED = 20, 400
"""Authors, and characters of each, among which one may be the others run together."""
_LONGEST_AUTHOR = 40
"""Characters of an author's name."""
_LINES = (".jsonl", ".ndjson")
_RECORDS = (".json", ".csv", ".tsv", ".mbox", ".rss", ".atom", ".xml")
"""Endings of files that hold several articles, none of them a line."""


def paragraph(number: int) -> str:
    """A paragraph of an article, by its number from 1."""
    return say("paragraph {number}", number=number)


def characters(start: int, end: int) -> str:
    """A place in an article by its characters, end exclusive."""
    return say("characters {start}-{end}", start=start, end=end)


def place(number: int, start: int, end: int) -> str:
    """A place in an article: the paragraph where it begins, and its characters, end exclusive.

    The number is 0 if the paragraphs are not counted.
    """
    return f"{paragraph(number)}, {characters(start, end)}" if number else characters(start, end)


def under(heading: str, shown: Callable[[str], str] = one_line) -> str:
    """The heading above a quote; empty if there is none. `shown` makes it safe to show."""
    return say("under *{heading}*", heading=shown(heading)) if heading else ""


def columns(header_row: str, shown: Callable[[str], str] = one_line) -> str:
    """The header row of the table that a quote is from, likewise."""
    return say("columns *{header_row}*", header_row=shown(header_row)) if header_row else ""


def said_by(name: str, description: str, shown: Callable[[str], str] = one_line) -> str:
    """Who says a quote, and what the article says that they are; empty if nobody is named.

    Args:
        name: of the speaker, a span of the article.
        description: likewise; empty if it does not say.
        shown: makes words of an article safe to show.
    """
    return f"— {', '.join(map(shown, filter(None, (name, description))))}" if name else ""


def written_by(authors: Sequence[str], shown: Callable[[str], str] = one_line) -> str:
    """Who wrote an article; empty if it names nobody. `shown` makes a name safe to show."""
    authors = [name[:_LONGEST_COMPARED] for name in authors if name.strip()]
    if len(authors) <= _MOST_COMPARED:
        authors = single_names(authors)
    if not authors:
        return ""
    count = len(authors) if len(authors) <= _MOST_AUTHORS + 1 else _MOST_AUTHORS
    names = [shown(name[:_LONGEST_AUTHOR]) for name in authors[:count]]
    *first, last = (
        names
        if count == len(authors)
        else [*names, say("{count} others", count=len(authors) - count)]
    )
    return (
        say("by {first} and {last}", first=", ".join(first), last=last)
        if first
        else say("by {last}", last=last)
    )


def as_of(date: dt.date | None) -> str:
    """The date as of which an older statement holds; empty for one that no newer one follows."""
    return say("as of {date}", date=day(date)) if date else ""


def page(number: int) -> str:
    """The page of a quote in its file, from 1; empty for 0, which means that there are no pages."""
    return say("page {number}", number=number) if number else ""


def also_printed(
    count: int, names: Sequence[ArticleName] = (), shown: Callable[[str], str] = one_line
) -> str:
    """Which other articles print the sentences of a quote; empty if none do.

    Args:
        count: their number.
        names: the names of some of them.
        shown: makes the name of an article safe to show.
    """
    return say("also printed in {listed}", listed=_listed(count, names, shown)) if count else ""


def _listed(count: int, names: Sequence[ArticleName], shown: Callable[[str], str]) -> str:
    """Some articles by their names, and the others by their number."""
    more = count - len(names)
    shown_names = [shown(printing_name(name)) for name in names]
    *parts, last = [*shown_names, *([counted(more, "other article")] if more else [])]
    return say("{first} and {last}", first=", ".join(parts), last=last) if parts else last


def printing_name(name: ArticleName) -> str:
    """The name of an article that prints the words of a quote: its source and its date."""
    of = one_line(name.source or name.title) or say(UNTITLED)
    cut = of if len(of) <= _LONGEST_NAME else f"{of[: _LONGEST_NAME - 1]}…"
    return f"{cut} ({day(name.published)})" if name.published else cut


def also_told(
    count: int, names: Sequence[ArticleName] = (), shown: Callable[[str], str] = one_line
) -> str:
    """Which articles say the same in nearly the same words; empty if none do.

    The arguments are those of `also_printed`.
    """
    return (
        say("in nearly the same words in {listed}", listed=_listed(count, names, shown))
        if count
        else ""
    )


def source_line(count: SourceCount, shown: Callable[[str], str] = one_line) -> str:
    """A source with the number and the dates of its articles.

    Args:
        count: the source, as the archive counts it.
        shown: makes its name safe to show.
    """
    days = list(filter(None, map(_day_of, (count.first, count.last))))
    dates = say(", {first} to {last}", first=days[0], last=days[-1]) if days else ""
    return f"{shown(count.source) or say(NO_SOURCE)}: {counted(count.articles, 'article')}{dates}"


def _day_of(text: str | None) -> str:
    """A date of the index in words; empty for what is none."""
    try:
        return day(dt.date.fromisoformat(text or ""))
    except ValueError:
        return ""


def file_line(path: str, line: int) -> str:
    """The file of an article and its place there.

    Args:
        path: the file.
        line: the line of a JSON Lines file, or the number of the record in a file of several
            articles, from 1; 0 in a file of one.
    """
    name = path.lower().removesuffix(".gz")
    shown = one_line(path)
    if line and name.endswith(_LINES):
        return say("{shown}, line {line}", shown=shown, line=line)
    return (
        say("{shown}, record {line}", shown=shown, line=line)
        if line and name.endswith(_RECORDS)
        else shown
    )


def id_line(article_id: str) -> str:
    """An article's id."""
    return say("id {article_id}", article_id=one_line(article_id))


def sha256_line(sha256: str) -> str:
    """The SHA-256 of an article's text, in hexadecimal."""
    return say("SHA-256 {sha256}", sha256=one_line(sha256))


def changed_in_source(path: str, built: dt.datetime) -> str:
    """The notice beside an article whose source has changed since the index was built."""
    return say(
        "{path} changed since the index was built ({built}). This is the article as it "
        "was then. Run: pullquote index",
        path=one_line(path),
        built=written_moment(built),
    )


def source_elsewhere(path: str) -> str:
    """The notice beside an article whose source is not on this machine."""
    return say("{path} is not on this machine. This is the copy in the index.", path=one_line(path))


translate_constants(__name__)
