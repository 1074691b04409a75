"""Extracted articles on the terminal and in Discord: headings, items, rows, and citations."""

from __future__ import annotations

from pullquote.answering.quotes import Quote, cite
from pullquote.corpus.articles import Article, ArticleId, Origin
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote.storage.source_check import SourceState
from pullquote_bot.discord_bot.messages.article_messages import article_message, context_message
from pullquote_bot.discord_bot.messages.citations import citation_line
from pullquote_bot.discord_bot.messages.components import Text
from pullquote_bot.terminal.answer_text import citation_lines
from pullquote_bot.terminal.article_text import article_text
from pullquote_bot.terminal.context_text import context_text
from pullquote_bot.terminal.screen import Screen
from support.checked_messages import check_message

PLAIN, COLOURED = Screen(None, colour=False), Screen(None, colour=True)
TEXT = "By Ana\n\n*Votes* @here\n\nOne.\n\nTwo.\n\nName | Votes\n\nAnn | 3\n\nBo | 2"
KINDS = (
    (BlockKind.FURNITURE, 0),
    (BlockKind.HEADING, 2),
    (BlockKind.ITEM, 1),
    (BlockKind.ITEM, 2),
    (BlockKind.HEADER_ROW, 0),
    (BlockKind.ROW, 0),
    (BlockKind.ROW, 0),
)


def blocks() -> tuple[Block, ...]:
    found, start = [], 0
    for part, (kind, level) in zip(TEXT.split("\n\n"), KINDS, strict=True):
        found.append(Block(Span(start, start + len(part)), kind, level, page=3))
        start += len(part) + 2
    return tuple(found)


ARTICLE = Article(
    id=ArticleId("a.pdf"),
    title="The count",
    text=TEXT,
    prose=Span(0, len(TEXT)),
    published=None,
    section="",
    source="",
    url="",
    authors=(),
    path="a.pdf",
    line=0,
    record_sha256="",
    origin=Origin.EXTRACTED,
    blocks=blocks(),
)
QUOTE = Quote(
    article=ARTICLE,
    span=ARTICLE.blocks[5].span,
    passage=ARTICLE.prose,
    score=1.0,
    source_state=SourceState.SAME,
    also_printed_in=0,
    row=ArticleRow(0),
)
GENERATION = GenerationId("000001-0123abcd")


def test_a_citation_names_the_heading_the_columns_and_the_page() -> None:
    citation = cite(1, QUOTE)
    place = "paragraph 6, characters 49-56"
    assert str(citation) == f"The count · under *Votes* @here · page 3 · {place} · a.pdf"
    assert citation_lines(citation, QUOTE, PLAIN)[1].strip() == (
        f"no date · under **Votes* @here* · columns *Name | Votes* · page 3 · {place}"
    )


def test_a_heading_in_discord_is_escaped() -> None:
    line = citation_line(cite(1, QUOTE), QUOTE)
    assert "under *\\*Votes\\* \\@here* · columns *Name \\| Votes* · page 3 · paragraph 6" in line


def test_an_article_on_the_terminal_shows_lists_and_tables_as_such() -> None:
    rows = article_text(ARTICLE, PLAIN).split("\n")
    assert rows[rows.index("") :] == [
        "",
        "  1   By Ana",
        "",
        "  2   *Votes* @here",
        "",
        "  3   • One.",
        "  4     • Two.",
        "",
        "  5   Name | Votes",
        "  6   Ann | 3",
        "  7   Bo | 2",
    ]
    coloured = article_text(ARTICLE, COLOURED)
    assert "\x1b[1m  2   *Votes* @here\x1b[0m" in coloured
    assert "\x1b[2m  1   By Ana\x1b[0m" in coloured


def test_an_article_in_discord_shows_headings_and_items() -> None:
    message = article_message(ARTICLE, ArticleRow(0), GENERATION, 0)
    check_message(message)
    shown = "\n".join(part.content for part in message.parts if isinstance(part, Text))
    assert "**\\*Votes\\* \\@here**" in shown
    assert "• One." in shown
    check_message(context_message(ARTICLE, ArticleRow(0), GENERATION, QUOTE.span))


def test_a_row_is_marked_in_its_context() -> None:
    assert "│ Ann | 3" in context_text(1, QUOTE, PLAIN)
