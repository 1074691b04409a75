"""What became of a quote's story for Discord: the newest version, and corrections."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pullquote.answering.later_versions import VersionChange
from pullquote.answering.quote_stories import HasStory
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.messages.components import Text, text_length
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import stories as strings
from pullquote_bot.strings.quantities import day


def story_text(quote: HasStory, named: Collection[ArticleRow], room: int) -> str:
    """The newest version of a quote's story, and the notes about its article.

    Where there is no room for all notes, the older ones are counted; without room for the newest
    version it is left out as well.

    Args:
        quote: the quote.
        named: articles that are named beside the quote already, as they print its words.
        room: the most characters, as Discord counts them.
    """
    for most in range(len(quote.notes), -1, -1):
        text = "\n".join(_story_lines(quote, named, most))
        if text_length((Text(text),)) <= room:
            return text
    return ""


def _story_lines(quote: HasStory, named: Collection[ArticleRow], most_notes: int) -> Iterator[str]:
    later = quote.later
    if later and not (later.change is VersionChange.UNCHANGED and later.row in named):
        yield f"**{strings.version(later, escape_line)}**"
        for span in later.spans:
            yield block_quote(span.of(later.article.text))
        yield f"-# {_place(later.article, later.spans, is_own=False)}"
    for note in quote.notes[:most_notes]:
        yield f"**{strings.NOTES[note.kind]}**"
        yield block_quote(note.text)
        yield f"-# {_place(note.article, [note.span], is_own=note.row == quote.row)}"
    further = quote.further_notes + len(quote.notes[most_notes:])
    if further:
        yield f"-# {strings.further_notes(further, are_shown=most_notes > 0)}"


def _place(article: Article, spans: Sequence[Span], *, is_own: bool) -> str:
    """The headline of another article with its date and link, and the first of some places."""
    details = [] if is_own else [strings.headline(article, escape_line), day(article.published)]
    if spans:
        number = paragraph_number(article.paragraphs, spans[0].start)
        details.append(article_strings.paragraph(number))
    if not is_own:
        details.append(open_link(article, spans[0] if spans else None))
    return " · ".join(filter(None, details))
