"""Sentences about articles, their sources and places in them."""

from __future__ import annotations

import datetime as dt

from pullquote.english.dates import written_moment
from pullquote.storage.article_store import SourceCount
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import one_line

UNTITLED = "(no headline)"
NO_SOURCE = "no source named"
_LINES = (".jsonl", ".ndjson")
_RECORDS = (".json", ".csv", ".tsv", ".mbox", ".rss", ".atom", ".xml")
"""Endings of files that hold several articles, none of them a line."""


def paragraph(number: int) -> str:
    """A paragraph of an article, by its number from 1."""
    return f"paragraph {number}"


def place(number: int, start: int, end: int) -> str:
    """A place in an article: the paragraph where it begins, and its characters, end exclusive."""
    return f"{paragraph(number)}, characters {start}-{end}"


def under(heading: str) -> str:
    """The heading above a quote; empty if there is none."""
    return f"under *{heading}*" if heading else ""


def columns(header_row: str) -> str:
    """The header row of the table that a quote is from; empty if there is none."""
    return f"columns *{header_row}*" if header_row else ""


def said_by(name: str, description: str) -> str:
    """Who says a quote, and what the article says that they are; empty if nobody is named."""
    return f"— {', '.join(filter(None, (name, description)))}" if name else ""


def page(number: int) -> str:
    """The page of a quote in its file, from 1; empty for 0, which means that there are no pages."""
    return f"page {number}" if number else ""


def also_printed(count: int) -> str:
    """How many other articles print the sentences of a quote; empty if none do."""
    return f"also printed in {counted(count, 'other article')}" if count else ""


def also_told(count: int) -> str:
    """How many articles say the same in nearly the same words; empty if none do."""
    return f"in nearly the same words in {counted(count, 'other article')}" if count else ""


def source_line(count: SourceCount, name: str = "") -> str:
    """A source with the number and the dates of its articles.

    Args:
        count: the source, as the archive counts it.
        name: its name as it is to be shown; its own name if empty.
    """
    dates = f", {count.first} to {count.last}" if count.first else ""
    shown = name or one_line(count.source) or NO_SOURCE
    return f"{shown}: {counted(count.articles, 'article')}{dates}"


def file_line(path: str, line: int) -> str:
    """The file of an article and its place there.

    Args:
        path: the file.
        line: the line of a JSON Lines file, or the number of the record in a file of several
            articles, from 1; 0 in a file of one.
    """
    name = path.lower().removesuffix(".gz")
    if line and name.endswith(_LINES):
        return f"{path}, line {line}"
    return f"{path}, record {line}" if line and name.endswith(_RECORDS) else path


def id_line(article_id: str) -> str:
    """An article's id."""
    return f"id {article_id}"


def sha256_line(sha256: str) -> str:
    """The SHA-256 of an article's text, in hexadecimal."""
    return f"SHA-256 {sha256}"


def changed_in_source(path: str, built: dt.datetime) -> str:
    """The notice beside an article whose source has changed since the index was built."""
    return (
        f"{path} changed since the index was built ({written_moment(built)}). "
        "This is the article as it was then. Run: pullquote index"
    )


def source_elsewhere(path: str) -> str:
    """The notice beside an article whose source is not on this machine."""
    return f"{path} is not on this machine. This is the copy in the index."
