"""Citations as messages for Discord show them. What comes from an article is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pullquote.answering.quotes import Citation, Quote
from pullquote.corpus.articles import Article
from pullquote.storage.source_check import SourceState
from pullquote.verification.verdicts import PrintedPlace
from pullquote_bot.discord_bot.messages.markdown import cut_line, escape_line
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.visible_text import one_line

_LONGEST_TITLE = 200
"""Characters of a headline."""
_LONGEST_SOURCE = 80
"""Characters of a source's name in a citation."""
_LONGEST_SPEAKER = 160
"""Characters of a speaker's name, and of the description."""
_LONGEST_LISTED_SPEAKER = 60
"""The same in a list."""
_LONGEST_HEADING = 80
"""Characters of a heading or a header row in a citation."""


def speaker_line(quote: Quote | PrintedPlace) -> str:
    """Who says a quote, or the words at a place; empty if the article names nobody."""
    return article_strings.said_by(quote.speaker_name, quote.speaker_description, _speaker)


def headline(article: Article) -> str:
    """What stands above the quotes of an article: headline, source, authors and date, one line."""
    details = [
        f"**{short_title(article.title)}**",
        escape_line(one_line(article.source or article.section)[:_LONGEST_SOURCE]),
        article_strings.written_by(article.authors, escape_line),
        quantities.day(article.published),
    ]
    return f"-# {' · '.join(filter(None, details))}"


def dated_headline(published: dt.date | None, title: str) -> str:
    """A headline in a list: the date first, so that dates stand below one another."""
    return f"{quantities.day(published)} · **{short_title(title)}**"


def citation_line(citation: Citation, quote: Quote) -> str:
    """What stands below a quote, on one line: its number, who says it, its place, and a link."""
    who = speaker_line(quote)
    details = [
        f"**{citation.number}** {who}".rstrip(),
        article_strings.as_of(quote.as_of),
        article_strings.under(citation.heading, short_name),
        article_strings.columns(citation.header_row, short_name),
        article_strings.page(citation.place.page),
        article_strings.paragraph(citation.paragraph),
        open_link(citation.article, citation.span),
        article_strings.also_printed(
            quote.also_printed_in,
            quote.other_printings,
            escape_line,
        ),
        article_strings.also_told(quote.also_told_in, quote.other_tellings, escape_line),
    ]
    return f"-# {' · '.join(filter(None, details))}"


def file_notices(
    withheld: Sequence[Article], built: dt.datetime, states: Iterable[SourceState]
) -> list[str]:
    """The notices of articles that are not quoted, and of files that are not there.

    Args:
        withheld: the articles that changed since the index was built.
        built: when it was built.
        states: the state of the source of each quote that is shown.
    """
    notices = [
        discord_contents.not_quoted(article.title or article.path, built) for article in withheld
    ]
    if SourceState.ELSEWHERE in states:
        notices.append(discord_contents.CHECKED_AGAINST_COPY)
    return notices


def short_name(name: str) -> str:
    """A heading or a header row, escaped, and cut if it is long; empty if there is none."""
    return cut_line(name, _LONGEST_HEADING)


def short_title(title: str) -> str:
    """A headline, cut if it is very long: it names the article and is not quoted."""
    return cut_line(title, _LONGEST_TITLE) or article_strings.UNTITLED


def short_speaker(words: str) -> str:
    """A speaker's name or description in a list, escaped, and cut if it is long."""
    return cut_line(words, _LONGEST_LISTED_SPEAKER)


def _speaker(words: str) -> str:
    return cut_line(words, _LONGEST_SPEAKER)
