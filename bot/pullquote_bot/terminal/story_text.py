"""What became of a quote's story as text: the newest version, and corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pullquote.answering.later_versions import VersionChange
from pullquote.answering.quote_stories import HasStory
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import stories as strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.terminal.margin import beside_margin, indented
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line


def story_lines(quote: HasStory, named: Collection[ArticleRow], screen: Screen) -> Iterator[str]:
    """The newest version of a quote's story, and the notes about its article.

    Args:
        quote: the quote.
        named: articles that are named beside the quote already, as they print its words.
        screen: how it is shown.
    """
    later = quote.later
    if later and not (later.change is VersionChange.UNCHANGED and later.row in named):
        yield from indented(strings.version(later), screen.bold, screen)
        for span in later.spans:
            yield from beside_margin("", span.of(later.article.text), screen, quoted=True)
        yield from _place_line(later.article, later.spans, screen)
    for note in quote.notes:
        yield from indented(strings.NOTES[note.kind], screen.bold, screen)
        yield from beside_margin("", note.text, screen, quoted=True)
        if note.row == quote.row:
            yield from indented(_place(note.article, note.span), screen.dim, screen)
        else:
            yield from _place_line(note.article, [note.span], screen)
    if further := strings.further_notes(quote.further_notes):
        yield from indented(further, screen.dim, screen)


def _place_line(article: Article, spans: Sequence[Span], screen: Screen) -> Iterator[str]:
    """The headline of an article, its date, the first of some places in it, and its address."""
    details = [
        strings.headline(article),
        day(article.published),
        _place(article, spans[0]) if spans else "",
        one_line(article.url or article_strings.file_line(article.path, article.line)),
    ]
    yield from indented(" · ".join(filter(None, details)), screen.dim, screen)


def _place(article: Article, span: Span) -> str:
    return article_strings.place(paragraph_number(article.paragraphs, span.start), *span)
