"""Answers as text for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Citation, Quote, cite
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number, paragraphs
from pullquote.english.dates import written_moment
from pullquote.json_output.notices import notices
from pullquote_bot import strings
from pullquote_bot.terminal.screen import Screen, quoted_lines
from pullquote_bot.visible_text import one_line

_EDGE = "│ "
_INDENT = 4
_AROUND = 2
"""How many paragraphs are shown before and after a quote in its context."""


def answer_text(answer: Answer, screen: Screen, first: int = 1) -> str:
    """An answer as text: numbered quotes, each followed by its citation.

    Args:
        answer: the answer.
        screen: how it is shown.
        first: the number of the first quote to show.
    """
    lines: list[str] = []
    if answer.refusal:
        lines += [screen.bold(strings.NOT_ANSWERED), strings.reason(answer)]
        if answer.nearest:
            lines += ["", strings.NEAREST]
        lines.append("")
    for number, quote in enumerate(answer.shown, start=1):
        if number >= first:
            lines += [*_quote_lines(number, quote, screen), ""]
    lines += [screen.bold(one_line(notice)) for notice in notices(answer)]
    footer = [
        strings.confidence(answer),
        strings.searched(answer),
        strings.index_of(written_moment(answer.built)),
    ]
    lines.append(screen.dim(" · ".join(part for part in footer if part)))
    return "\n".join(lines)


def context_text(number: int, quote: Quote, screen: Screen) -> str:
    """The paragraphs around a quote, the quote marked."""
    article = quote.article
    spans = paragraphs(article.text, article.prose)
    first = paragraph_number(spans, quote.span.start) - 1
    last = paragraph_number(spans, quote.span.end - 1) - 1
    lines = [*_citation_lines(cite(number, quote), quote, screen), ""]
    for at in range(max(0, first - _AROUND), min(len(spans), last + _AROUND + 1)):
        start, end = spans[at]
        a, b = max(start, min(quote.span.start, end)), max(start, min(quote.span.end, end))
        for piece, quoted in (
            (article.text[start:a], False),
            (article.text[a:b], True),
            (article.text[b:end], False),
        ):
            if piece.strip():
                lines += _margined(at + 1 if not lines[-1] else None, piece, screen, quoted=quoted)
        lines.append("")
    return "\n".join(lines[:-1])


def article_text(article: Article, screen: Screen) -> str:
    """A whole article: what is known of it, then its prose in numbered paragraphs."""
    lines = _card_lines(article, screen)
    for number, span in enumerate(paragraphs(article.text, article.prose), start=1):
        lines += ["", *_margined(number, span.of(article.text), screen, quoted=False)]
    return "\n".join(lines)


def _quote_lines(number: int, quote: Quote, screen: Screen) -> Iterator[str]:
    width = screen.width and screen.width - _INDENT - len(_EDGE)
    for at, line in enumerate(quoted_lines(quote.text, width)):
        label = f"[{number}]" if at == 0 else ""
        yield f"{screen.mark(f'{label:<{_INDENT}}{_EDGE}')}{line}"
    yield from _citation_lines(cite(number, quote), quote, screen)


def _citation_lines(citation: Citation, quote: Quote, screen: Screen) -> list[str]:
    article = citation.article
    about = [
        one_line(article.source or article.section),
        strings.day(article.published),
        strings.citation_place(citation),
        strings.also_printed(quote),
    ]
    return [
        *_indented(one_line(article.title) or strings.UNTITLED, screen.bold, screen),
        *_indented(" · ".join(part for part in about if part), screen.dim, screen),
        *_indented(_where(article), screen.dim, screen),
    ]


def _indented(text: str, style: Callable[[str], str], screen: Screen) -> list[str]:
    """Rows that begin where no quote's number can stand."""
    return [
        " " * _INDENT + style(row)
        for row in quoted_lines(text, screen.width and screen.width - _INDENT)
    ]


def _where(article: Article) -> str:
    """The address of an article, or the file it is in."""
    if article.url:
        return one_line(article.url)
    return one_line(f"{article.path}, line {article.line}" if article.line else article.path)


def _card_lines(article: Article, screen: Screen) -> list[str]:
    about = [
        article.source,
        article.section,
        strings.day(article.published),
        ", ".join(article.authors),
    ]
    return [
        screen.bold(one_line(article.title) or strings.UNTITLED),
        screen.dim(" · ".join(one_line(part) for part in about if part)),
        screen.dim(_where(article)),
        screen.dim(f"SHA-256 {article.sha256}"),
    ]


def _margined(number: int | None, text: str, screen: Screen, *, quoted: bool) -> list[str]:
    """Text beside a margin that holds its paragraph's number and, where it is quoted, an edge. No text can forge the margin."""
    width = screen.width and screen.width - _INDENT - len(_EDGE)
    edge = screen.mark(_EDGE) if quoted else " " * len(_EDGE)
    return [
        f"{number if number and at == 0 else '':>{_INDENT - 1}} {edge}{line}"
        for at, line in enumerate(quoted_lines(text.strip(), width))
    ]
