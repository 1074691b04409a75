"""Places where words are printed, with what stands around them in their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span, trimmed
from pullquote.languages.sentences import sentences
from pullquote.storage.source_check import SourceState
from pullquote.verification.candidates import Candidate
from pullquote.verification.verdicts import PrintedPlace
from pullquote.verification.words import Words, words_of

_LEADING = "\"'“‘«([{"


def occurrences(given: Words, printed: Words) -> Iterator[Span]:
    """Yield the places at which all words stand in a row."""
    count = len(given)
    wanted = list(given.spelt)
    first = wanted[0]
    for at in range(len(printed) - count + 1):
        if printed.spelt[at] == first and printed.spelt[at : at + count] == wanted:
            yield printed.span(at, at + count)


_OPENS = frozenset('“‘„«"')
_CLOSING = re.compile(r"[,.!?…]?[”’»\"]")


def printed_place(
    candidate: Candidate, span: Span, source_state: SourceState, likeness: float
) -> PrintedPlace:
    """A place with the rest of its sentence.

    Args:
        candidate: the article, and whether its headline is meant.
        span: the place of the words in its text or headline.
        source_state: whether the article's source is unchanged.
        likeness: of the given words with the printed ones.
    """
    article, in_headline = candidate.article, candidate.in_headline
    text = article.title if in_headline else article.text
    begin, end = _sentence_around(article, span, in_headline=in_headline)
    before, after = trimmed(text, Span(begin, span.start)), trimmed(text, Span(span.end, end))
    begins, ends = not len(words_of(text, before)), not len(words_of(text, after))
    if begins:
        span = Span(_with_leading(text, span.start, begin), span.end)
    if ends:
        span = Span(span.start, max(span.end, trimmed(text, Span(span.start, end)).end))
    elif closing := begins and _CLOSING.match(text, span.end, end):
        # The mark that opens the words is shown, so is the one that closes them.
        is_open = text[span.start] in _OPENS and text[span.start] != text[span.end - 1]
        span = Span(span.start, closing.end() if is_open else span.end)
        after = trimmed(text, Span(span.end, end))
    return PrintedPlace(
        row=candidate.row,
        article=article,
        span=span,
        in_headline=in_headline,
        before=None if begins else before,
        after=None if ends else after,
        source_state=source_state,
        likeness=likeness,
    )


def _with_leading(text: str, start: int, begin: int) -> int:
    """The start of a span with the quotation marks and brackets right before it."""
    while start > begin and text[start - 1] in _LEADING:
        start -= 1
    return start


def _sentence_around(article: Article, span: Span, *, in_headline: bool) -> Span:
    """From the beginning of the sentence in which a span begins to the end of its last one."""
    if in_headline:
        return Span(0, len(article.title))
    text = article.text
    start, end = span
    for paragraph in article.paragraphs:
        if paragraph.overlaps(span):
            for sentence in sentences(text, paragraph, article.language):
                if sentence.overlaps(span):
                    start, end = min(start, sentence.start), max(end, sentence.end)
    if (start, end) == span:
        line = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        return trimmed(text, Span(line[0], line[1] if line[1] >= 0 else len(text)))
    return Span(start, end)
