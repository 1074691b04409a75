"""A quote in its context as text: the paragraphs around it, with the quote marked."""

from __future__ import annotations

from pullquote.answering.quotes import Quote, cite
from pullquote.corpus.paragraphs import paragraph_number
from pullquote_bot.terminal.answer_text import citation_lines
from pullquote_bot.terminal.margin import beside_margin, paragraph_label
from pullquote_bot.terminal.screen import Screen

_CONTEXT = 2
"""Number of paragraphs that are shown before and after a quote."""


def context_text(number: int, quote: Quote, screen: Screen) -> str:
    """A quote in its context as text.

    Args:
        number: of the quote in its answer, from 1.
        quote: the quote.
        screen: how it is shown.
    """
    text = quote.article.text
    spans = quote.article.paragraphs
    first = paragraph_number(spans, quote.span.start) - 1
    last = paragraph_number(spans, quote.span.end - 1) - 1
    lines = [*citation_lines(cite(number, quote), quote, screen), ""]
    for index in range(max(0, first - _CONTEXT), min(len(spans), last + _CONTEXT + 1)):
        start, end = spans[index]
        quote_start = max(start, min(quote.span.start, end))
        quote_end = max(start, min(quote.span.end, end))
        for piece, quoted in (
            (text[start:quote_start], False),
            (text[quote_start:quote_end], True),
            (text[quote_end:end], False),
        ):
            if piece.strip():
                label = "" if lines[-1] else paragraph_label(index + 1)
                lines += beside_margin(label, piece.strip(), screen, quoted=quoted)
        lines.append("")
    return "\n".join(lines[:-1])
