"""Articles as messages for Discord: in the context of a quote, by pages, and as lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.answering.search import FoundPassage
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number, paragraphs
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import (
    LONGEST_QUESTION,
    PASSAGE_EDGE,
    question_text,
    short_title,
)
from pullquote_bot.discord_bot.messages.article_pages import (
    Piece,
    around,
    from_piece,
    pages_of,
    pieces_of,
    until_piece,
)
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_TEXT,
    Beside,
    Button,
    Divider,
    Message,
    Part,
    Row,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, Scope
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape, escape_line, link
from pullquote_bot.visible_text import one_line

_FORWARD, _BACKWARD = 1, 2
_TURNING = 1
"""Ends the figures of a press that turns a page, to tell it from one that opens something."""
_PASSAGES_IN_MESSAGE = 6
_MOST_AUTHORS = 5
_LONGEST_NAME = 60


def context_message(
    article: Article,
    row: ArticleRow,
    generation: GenerationId,
    span: Span,
    at: tuple[int, int] | None = None,
) -> Message:
    """The paragraphs around a quote, the quote marked.

    Args:
        article: where it stands.
        row: the article's row.
        generation: of the index.
        span: the quote's place.
        at: a piece and a direction, where the reader has gone on from the quote: pieces from it on (1) or up to it (2).
    """
    pieces = pieces_of(article)
    going_on = until_piece if at and at[1] == _BACKWARD else from_piece
    shown = going_on(article, pieces, at[0]) if at else around(article, pieces, span)
    moves = []
    if shown.start > 0:
        moves.append(
            Button(
                discord_strings.EARLIER_BUTTON,
                str(CustomId(Action.CONTEXT, generation, (row, *span, shown.start - 1, _BACKWARD))),
            )
        )
    if shown.stop < len(pieces):
        moves.append(
            Button(
                discord_strings.LATER_BUTTON,
                str(CustomId(Action.CONTEXT, generation, (row, *span, shown.stop, _FORWARD))),
            )
        )
    moves.append(
        Button(discord_strings.ARTICLE_BUTTON, str(CustomId(Action.READ, generation, (row, 0))))
    )
    place = f"-# {article_strings.place(_paragraph(article, span), *span)} · SHA-256 {article.sha256}"
    parts = (Text(f"{_card(article)}\n{place}"), Divider(), *_pieces(article, pieces, shown, span))
    return Message(parts, (Row(tuple(moves)),), PASSAGE_EDGE)


def article_message(
    article: Article, row: ArticleRow, generation: GenerationId, page: int
) -> Message:
    """One page of an article, with its card."""
    pieces = pieces_of(article)
    pages = pages_of(article, pieces)
    page = min(max(page, 0), len(pages) - 1)
    footer = f"-# {discord_strings.page_of(page + 1, len(pages))} · SHA-256 {article.sha256}"
    parts = (
        Text(_card(article)),
        Divider(),
        *_pieces(article, pieces, pages[page], None),
        Divider(),
        Text(footer),
    )
    rows = turning(Action.READ, generation, (row,), page, len(pages))
    return Message(parts, rows, PASSAGE_EDGE)


def turning(
    action: Action, generation: GenerationId, numbers: tuple[int, ...], page: int, pages: int
) -> tuple[Row, ...]:
    """The buttons that turn a page; none where there is one page."""
    buttons = []
    if page > 0:
        buttons.append(
            Button(
                discord_strings.EARLIER_BUTTON,
                str(CustomId(action, generation, (*numbers, page - 1, _TURNING))),
            )
        )
    if page + 1 < pages:
        buttons.append(
            Button(
                discord_strings.LATER_BUTTON,
                str(CustomId(action, generation, (*numbers, page + 1, _TURNING))),
            )
        )
    return (Row(tuple(buttons)),) if buttons else ()


def articles_message(
    articles: Sequence[tuple[ArticleRow, Article]], generation: GenerationId, note: str = ""
) -> Message:
    """Several articles to choose from."""
    head = (Text(note),) if note else ()
    for card in (_card, _card_without_link, _shortest_card):  # the fullest of which all fit
        listed = (
            Beside(
                Text(card(article)),
                Button(
                    discord_strings.READ_BUTTON, str(CustomId(Action.READ, generation, (row, 0)))
                ),
            )
            for row, article in articles
        )
        parts = (*head, *listed)
        if text_length(parts) <= LONGEST_TEXT:
            break
    return Message(parts, (), PASSAGE_EDGE)


def search_message(
    words: str, scope: Scope, generation: GenerationId, passages: Sequence[FoundPassage], page: int
) -> Message:
    """One page of the passages that were found, best first."""
    header = question_text(words, discord_strings.SEARCH_MARK)
    if not passages:
        return Message((header, Text(discord_strings.NOTHING_FOUND)), (), PASSAGE_EDGE)
    pages = list(_search_pages(passages, generation))
    page = min(max(page, 0), len(pages) - 1)
    footer = Text(f"-# {discord_strings.page_of(page + 1, len(pages))}")
    return Message(
        (header, *pages[page], Divider(), footer),
        turning(Action.SEARCH, generation, scope.numbers, page, len(pages)),
        PASSAGE_EDGE,
    )


def _search_pages(
    passages: Sequence[FoundPassage], generation: GenerationId
) -> Iterator[tuple[Part, ...]]:
    page: list[Part] = []
    room = most = LONGEST_TEXT - 2 * LONGEST_QUESTION - 200
    for number, found in enumerate(passages, start=1):
        row, article, span = found.row, found.article, found.span
        about = f"**{number}** · **{short_title(article.title)}**\n-# {_about(article)} · {article_strings.paragraph(_paragraph(article, span))}"
        press = CustomId(Action.CONTEXT, generation, (row, *span))
        button = Button(discord_strings.CONTEXT_BUTTON, str(press))
        part = Beside(Text(f"{block_quote(span.of(article.text))}\n{about}"), button)
        if text_length((part,)) > most:
            part = Beside(Text(f"-# {discord_strings.PASSAGE_TOO_LONG}\n{about}"), button)
        size = text_length((part,))
        if page and (size > room or len(page) == _PASSAGES_IN_MESSAGE):
            yield tuple(page)
            page, room = [], most
        page.append(part)
        room -= size
    if page:
        yield tuple(page)


def _paragraph(article: Article, span: Span) -> int:
    return paragraph_number(paragraphs(article.text, article.prose), span.start)


def _card(article: Article) -> str:
    return f"**{short_title(article.title)}**\n-# {_about(article)}"


def _card_without_link(article: Article) -> str:
    return f"**{short_title(article.title)}**\n-# {_about(article, linked=False)}"


def _shortest_card(article: Article) -> str:
    return f"**{short_title(article.title)}**\n-# {quantities.day(article.published)}"


def _about(article: Article, *, linked: bool = True) -> str:
    names = [
        one_line(name)[:_LONGEST_NAME]
        for name in (article.source, article.section, ", ".join(article.authors[:_MOST_AUTHORS]))
    ]
    about = [*map(escape_line, names), quantities.day(article.published)]
    about += [link(discord_strings.OPEN_ARTICLE, article.url)] if linked else []
    return " · ".join(part for part in about if part)


def _pieces(
    article: Article, pieces: Sequence[Piece], shown: range, span: Span | None
) -> Iterator[Part]:
    """Pieces as text, the part of them that is quoted as a block quote."""
    lines = []
    for piece in (pieces[at] for at in shown):
        lines.append(
            f"-# {piece.paragraph}{f' ({discord_strings.CONTINUED})' if piece.continued else ''}"
        )
        start, end = piece.span
        a, b = (max(start, min(edge, end)) for edge in span) if span else (end, end)
        for words, quoted in (
            (article.text[start:a], False),
            (article.text[a:b], True),
            (article.text[b:end], False),
        ):
            if words.strip():
                lines.append(block_quote(words.strip()) if quoted else escape(words.strip()))
    yield Text("\n".join(lines))
