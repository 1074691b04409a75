"""What a citation says of a quote besides the headline, on a terminal and on a page."""

from __future__ import annotations

from pullquote.answering.quotes import Citation, Quote
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line


def citation_details(citation: Citation, quote: Quote) -> list[str]:
    """Source, authors, date, place, and where else it is printed; each in one line.

    Args:
        citation: the quote's citation.
        quote: the quote.
    """
    article = citation.article
    details = [
        one_line(article.source or article.section),
        article_strings.written_by(article.authors),
        day(article.published),
        article_strings.under(citation.heading),
        article_strings.columns(citation.header_row),
        article_strings.page(citation.place.page),
        article_strings.place(citation.paragraph, *citation.span),
        article_strings.also_printed(quote.also_printed_in, quote.other_printings),
        article_strings.also_told(quote.also_told_in, quote.other_tellings),
    ]
    return [detail for detail in details if detail]
