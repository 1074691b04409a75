"""Reads the live blog of an HTML page, entry by entry.

A reader of pages for one article keeps one entry of such a page, or mixes the headlines of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.documents.lxml_library import outer_markup
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_fragment import fragment_blocks
from pullquote_index.readers.live_entries import MIN_ENTRIES, is_time

_SIGN = re.compile(
    r"LiveBlogPosting|live-?blog|live-?ticker|lx-stream|<title[^<>]*>[^<]*\blive\b", re.IGNORECASE
)
"""What only a live blog has: a type of JSON-LD, a class, a word of the title."""
_FOREIGN = re.compile(
    r"comment|related|recommend|share|social|promo|newsletter|sidebar", re.IGNORECASE
)
"""Classes of elements that are not entries, or not words of one."""
_TIME_TAGS = ("time", "span", "div", "p", "a", "b", "strong", "small")
_LEFT_OUT = ("nav", "aside", "footer", "form", "button", "figure", "script", "style")
_CLOCK = re.compile(r"T(\d\d:\d\d)")
_MIN_WORDS = 8
"""An entry has at least this number of words that are not in links."""
_LONGEST_TIME = 60
"""In characters."""
_MOST_CHILDREN = 3
"""The most elements right within one that is a time."""


def take_live_entries(tree: Any, html: str) -> list[ExtractedBlock]:
    """Take the entries of a live blog out of a page.

    Args:
        tree: the page, as an element of lxml's. The entries are removed from it.
        html: its source.

    Returns:
        The blocks of the entries, each beginning with its time; none if the page is no live blog.
    """
    if not _SIGN.search(html):
        return []
    blocks: list[ExtractedBlock] = []
    for entry, time in _entries(tree):
        blocks.append(ExtractedBlock(_shown_time(time), BlockKind.ENTRY))
        time.drop_tree()
        for element in [*entry.iterdescendants()]:
            if element.tag in _LEFT_OUT or _FOREIGN.search(_names(element)):
                element.drop_tree()
        blocks += fragment_blocks(outer_markup(entry))
        entry.drop_tree()
    return blocks


def stated_entries(postings: Sequence[Mapping[str, Any]], characters: int) -> list[ExtractedBlock]:
    """The entries that a page states as data, if it shows less text than they have.

    Args:
        postings: the objects of JSON-LD that are articles.
        characters: the length of the text that the page shows.
    """
    blocks: list[ExtractedBlock] = []
    for update in (update for posting in postings for update in _updates(posting)):
        clock = _CLOCK.search(str(update.get("datePublished")))
        blocks.append(ExtractedBlock(clock[1] if clock else "", BlockKind.ENTRY))
        blocks.append(ExtractedBlock(str(update.get("headline") or ""), BlockKind.HEADING, 2))
        blocks += fragment_blocks(update["articleBody"], blank_lines_separate=True)
    return blocks if sum(len(block.text) for block in blocks) > characters else []


def _updates(posting: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the entries of a live blog that have a text."""
    updates = posting.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else ():
        if isinstance(update, dict) and isinstance(update.get("articleBody"), str):
            yield update


def _entries(tree: Any) -> Sequence[tuple[Any, Any]]:
    """The entries of a page, each with the element of its time: siblings that have one each."""
    by_parent: dict[Any, dict[Any, Any]] = {}
    for time in _times(tree):
        child = time
        for parent in time.iterancestors():
            by_parent.setdefault(parent, {}).setdefault(child, time)
            child = parent
    candidates = []
    for children in by_parent.values():
        entries = [(child, time) for child, time in children.items() if child is not time]
        sizes = [_unlinked_words(child) for child, _ in entries]
        if len(entries) >= MIN_ENTRIES and min(sizes) >= _MIN_WORDS:
            candidates.append((len(entries), entries))
    return max(candidates, key=lambda candidate: candidate[0], default=(0, []))[1]


def _times(tree: Any) -> Iterator[Any]:
    """Yield the elements that are a time of day, in order."""
    for element in tree.iter(*_TIME_TAGS):
        if len(element) > _MOST_CHILDREN:
            continue
        words = _words(element)
        if len(words) > _LONGEST_TIME or any(
            _FOREIGN.search(_names(around)) for around in element.iterancestors()
        ):
            continue
        if is_time(words) or (element.tag == "time" and _CLOCK.search(element.get("datetime", ""))):
            yield element


def _shown_time(time: Any) -> str:
    """The time as the page shows it, or as it states it if it shows how long ago that was."""
    words = _words(time)
    clock = _CLOCK.search(time.get("datetime", ""))
    return words if is_time(words) or not clock else clock[1]


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _unlinked_words(element: Any) -> int:
    """The number of an element's words that are not in links, as those of a teaser are."""
    linked = sum(len(_words(link).split()) for link in element.iter("a"))
    return len(_words(element).split()) - linked


def _names(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"
