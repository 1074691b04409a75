"""Links that open an article's page at the quoted words, by a text directive.

The directive is that of the URL Fragment Text Directives specification of the WICG
(wicg.github.io/scroll-to-text-fragment): `#:~:text=FIRST WORDS,LAST WORDS`. A browser that does not
know it opens the page at its top.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span

_DIRECTIVE = ":~:"
"""What separates directives from the rest of a fragment."""
_WHOLE_QUOTE = 60
"""Characters of a quote that is named whole; of a longer one, its first and its last words are."""
_WORD_COUNTS = (4, 7, 12)
"""Words at each end of a quote: as few as find it."""
_LONGEST_ARTICLE = 1_000_000
"""Characters. Longer articles would take too long to search."""


def quote_address(article: Article, span: Span) -> str:
    """The address of an article, at a quote where its words lead there; empty if it has none."""
    address = article.url.strip()
    directive = text_directive(article.text, span) if address and _DIRECTIVE not in address else ""
    if not directive:
        return address
    mark = "" if "#" in address else "#"
    return f"{address}{mark}{_DIRECTIVE}{directive}"


def text_directive(text: str, span: Span) -> str:
    """The directive that finds a span of a text, and nothing else of it; empty if there is none.

    Case and white space do not count, because they do not in a browser.
    """
    words = span.of(text)
    if len(text) > _LONGEST_ARTICLE or not words.strip():
        return ""
    lines = [line for line in words.splitlines() if line.strip()]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    if len(lines) == 1 and end - start <= _WHOLE_QUOTE:
        return _directive(words) if _places(words, text) == [(start, end)] else ""
    first_line, last_line = lines[0].split(), lines[-1].split()
    for count in _WORD_COUNTS:
        first, last = " ".join(first_line[:count]), " ".join(last_line[-count:])
        beginnings = _places(first, text)
        if [at for at, _ in beginnings] != [start]:
            continue
        endings = _places(last, text, beginnings[0][1])
        if endings and endings[0][1] == end:
            return _directive(first, last)
    return ""


def _places(words: str, text: str, after: int = 0) -> list[tuple[int, int]]:
    """Where words are in a text, from a place on; two places at most, because one is wanted."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
    places: list[tuple[int, int]] = []
    for found in pattern.finditer(text, after):
        places.append(found.span())
        if len(places) > 1:
            break
    return places


def _directive(*ends: str) -> str:
    """The directive of a quote's words; empty if a character of them cannot be seen."""
    shown = [" ".join(words.split()) for words in ends]
    if not all(words.isprintable() for words in shown):
        return ""
    # "-" and "," have a meaning in a directive; `quote` leaves the first.
    return f"text={','.join(quote(words, safe='').replace('-', '%2D') for words in shown)}"
