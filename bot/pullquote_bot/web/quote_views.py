"""Quotes and their citations as values for the templates of the reading page.

The words of articles pass the templates as they are, and are escaped there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pullquote.answering.later_versions import LaterVersion, VersionChange
from pullquote.answering.quotes import Quote, cite
from pullquote.answering.shown_notes import ShownNote
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.spans import Span
from pullquote.verification.verdicts import PrintedPlace
from pullquote_bot.citation_details import citation_details
from pullquote_bot.serving.permalinks import Links
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import stories as story_strings
from pullquote_bot.strings import verification as verification_strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line


@dataclass(frozen=True, slots=True)
class BesideQuote:
    """Words of another article beside a quote: a later version, or a correction.

    Attributes:
        label: what they are.
        words: of each place, sliced from its article.
        title: the article's source and headline.
        href: the address of its page.
        language: the code of the article's language; empty if it is not known.
    """

    label: str
    words: tuple[str, ...]
    title: str
    href: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote as a page shows it.

    Attributes:
        number: its number on the page.
        text: its words, sliced from the article.
        above: what stands above it: whose words it is, as of when.
        title: the headline of its article.
        href: its permalink.
        details: the parts of its citation.
        url: the address of the article at its publisher; empty for none.
        beside: what became of its story.
        language: the code of the article's language; empty if it is not known.
        answering: the places in `text` of the words that answer, in order.
    """

    number: int
    text: str
    above: tuple[str, ...]
    title: str
    href: str
    details: tuple[str, ...]
    url: str
    beside: tuple[BesideQuote, ...]
    language: str
    answering: tuple[Span, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether its words answer."""
        at = 0
        for start, end in self.answering:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False


def quote_view(number: int, quote: Quote, links: Links) -> QuoteView:
    """A quote with its citation, as on the terminal.

    Args:
        number: its number on the page.
        quote: the quote.
        links: make its addresses.
    """
    citation, article = cite(number, quote), quote.article
    above = [article_strings.said_by(quote.speaker_name, quote.speaker_description)]
    above.append(article_strings.as_of(quote.as_of))
    named = {name.row for name in quote.other_printings}
    later = quote.later
    if later and later.change is VersionChange.UNCHANGED and later.row in named:
        later = None
    return QuoteView(
        number,
        quote.text,
        tuple(filter(None, above)),
        one_line(article.title) or article_strings.UNTITLED,
        links.to_quote(article.id, quote.span, article.sha256),
        tuple(citation_details(citation, quote)),
        web_address(article.url),
        tuple(_beside(later, quote.notes, links)),
        article.language,
        quote.answering,
    )


def place_view(number: int, place: PrintedPlace, links: Links) -> QuoteView:
    """A place where words are printed, with the rest of their sentence in the details."""
    article = place.article
    paragraph = paragraph_number(article.paragraphs, place.span.start)
    rest = [
        f"{label} {one_line(span.of(place.source_text))}"
        for label, span in (
            (verification_strings.BEFORE, place.before),
            (verification_strings.AFTER, place.after),
        )
        if span
    ]
    where = article_strings.place(paragraph, *place.span)
    details = [
        one_line(article.source or article.section),
        article_strings.written_by(article.authors),
        day(article.published),
        verification_strings.IN_HEADLINE if place.in_headline else where,
    ]
    above = article_strings.said_by(place.speaker_name, place.speaker_description)
    span = Span(0, 0) if place.in_headline else place.span
    return QuoteView(
        number,
        place.text,
        tuple(filter(None, [above, *rest])),
        one_line(article.title) or article_strings.UNTITLED,
        links.to_quote(article.id, span, article.sha256),
        tuple(filter(None, details)),
        web_address(article.url),
        tuple(_beside(place.later, place.notes, links)),
        article.language,
    )


def citation_line(view: QuoteView) -> str:
    """A citation on one line, as it is copied."""
    return " · ".join([view.title, *view.details, *filter(None, [view.url])])


def web_address(url: str) -> str:
    """An article's own address if a browser may follow it; else nothing."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def _beside(
    later: LaterVersion | None, notes: Sequence[ShownNote], links: Links
) -> Iterator[BesideQuote]:
    if later:
        label = story_strings.version(later)
        yield _beside_quote(label, later.article, later.spans, links)
    for note in notes:
        label = story_strings.NOTES[note.kind]
        yield _beside_quote(label, note.article, [note.span], links)


def _beside_quote(label: str, article: Article, spans: Iterable[Span], links: Links) -> BesideQuote:
    places = list(spans)
    first = places[0] if places else Span(0, 0)
    return BesideQuote(
        label,
        tuple(span.of(article.text) for span in places),
        story_strings.headline(article),
        links.to_quote(article.id, first, article.sha256),
        article.language,
    )
