"""Recognises pages that are lists of links: the index of a site, the archive of a month."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.extraction import ExtractedBlock

_PROSE_WORDS = 20
"""A paragraph with at least this number of words is prose."""
_LINKED_SHARE = 0.8
"""Of the words of a list of links, the least share that is in links."""
_MIN_LINKS = 3
_SHORT_WORDS = 2
"""A link with at most this number of words, such as "News" in a menu, is only searched for at the
beginning of a block."""
_MAX_SEARCHED = 20_000_000
"""The most characters that are searched in vain for the links of a page."""


def is_list_of_links(blocks: Sequence[ExtractedBlock], links: Iterable[str]) -> bool:
    """Whether a page has no paragraph of prose, and nearly all its words are links.

    Headings and numbers, such as the years of an archive, do not count unless they are links.

    Args:
        blocks: the blocks of the page, in order.
        links: the words of its links, in order; used only where there is no paragraph of prose.
    """
    texts = [" ".join(block.text.split()) for block in blocks]
    counts = [_word_count(text) for text in texts]
    kinds = [block.kind for block in blocks]
    paragraphs = zip(kinds, counts, strict=True)
    if any(kind is BlockKind.PARAGRAPH and count >= _PROSE_WORDS for kind, count in paragraphs):
        return False
    found = _linked_words(texts, links)
    linked = {number for number, _ in found}
    total = sum(
        count
        for number, (kind, count) in enumerate(zip(kinds, counts, strict=True))
        if kind is not BlockKind.HEADING or number in linked
    )
    linked_count = sum(count for _, count in found)
    return len(found) >= _MIN_LINKS and linked_count >= _LINKED_SHARE * total > 0


def _linked_words(texts: Sequence[str], links: Iterable[str]) -> list[tuple[int, int]]:
    """For each link that is found in the texts, the number of its text and of its words."""
    whole = "".join(f"\n{text}" for text in texts)
    starts, start = [], 0
    for text in texts:
        starts.append(start)
        start += len(text) + 1
    found, end, searched = [], 0, 0
    for link in links:
        words = " ".join(link.split())
        sought = words if words.count(" ") >= _SHORT_WORDS else f"\n{words}"
        position = whole.find(sought, end) if words else -1
        if position >= 0:
            end = position + len(sought)
            found.append((bisect_right(starts, position) - 1, _word_count(words)))
        elif words:
            searched += len(whole) - end
        if searched > _MAX_SEARCHED:
            break
    return found


def _word_count(text: str) -> int:
    """The number of words that begin with a letter."""
    return sum(1 for word in text.split() if word[0].isalpha())
