"""The text of Markdown as a reader of the page sees it.

Left out are fenced and indented code, comments, tags (their words stay), addresses of links,
definitions of links, marks of footnotes, and words that are struck out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.emoji_codes import with_emoji
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_fragment import CELL_SEPARATOR, TERM_SEPARATOR, fragment_blocks
from pullquote_index.readers.markdown_emphasis import is_emphasised_question, is_title
from pullquote_index.readers.markdown_parser import parse_markdown
from pullquote_index.readers.time_limit import check_time

_CALLOUT = re.compile(r"\[!(?P<kind>[\w-]+)\][+-]?[^\S\n]*(?P<title>[^\n]*)(?:\n|\Z)")
_TASK = re.compile(r"\[[ xX/-]\]\s+")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]{1,200}\]")
_UNREAD_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\](?:\[[^\[\]]*\]|\(\s*(?:https?:|/|#)[^()]*\))")
"""A link that the parser leaves as it is: it is not defined, or its author made a mistake."""
_STRAY_MARKS = re.compile(r"(?<!\w)\*\*+|\*\*+(?!\w)|(?<!\w)~~|~~(?!\w)")
_LINE_ANCHOR = re.compile(r"\s\^[A-Za-z0-9]{6}$")
_BREAK_TAG = re.compile(r"<(?:br|p|/p|/?div|hr)\b", re.IGNORECASE)
_ELEMENT_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)")
_HIDDEN_ELEMENTS = frozenset(("script", "style", "del", "s", "strike", "template", "svg"))


def markdown_blocks(
    markdown: str, first_line: int = 1, *, is_mdx: bool = False
) -> list[ExtractedBlock]:
    """The blocks of Markdown.

    Args:
        markdown: the text, without front matter.
        first_line: the number of its first line in the source file.
        is_mdx: whether it is MDX.

    Raises:
        OverBudgetError: it takes more time than an article has, or is larger than one.
    """
    return token_blocks(parse_markdown(markdown, is_mdx=is_mdx), first_line)


def token_blocks(tokens: Sequence[Token], first_line: int = 1) -> list[ExtractedBlock]:
    """The blocks of Markdown that is parsed.

    Args:
        tokens: as `parse_markdown` gives them.
        first_line: the number of the first line in the source file.

    Raises:
        OverBudgetError: it takes more time than an article has.
    """
    return list(_Walk(tokens, first_line).blocks())


def token_links(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of each link that leads elsewhere, in Markdown that is parsed."""
    for inline in tokens:
        words: list[str] | None = None
        for token in inline.children or ():
            if token.type == "link_open" and not str(token.attrs.get("href")).startswith("#"):
                words = []
            elif token.type == "link_close" and words is not None:
                yield "".join(words)
                words = None
            elif words is not None:
                words.append(token.content)


class _Walk:
    """Walks through the tokens of a document, and remembers what is open."""

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self._tokens = tokens
        self._first_line = first_line
        self._lists = 0
        self._item_begins = False
        self._quote_begins = False
        self._heading_level = 0
        self._term = ""
        self._in_term = False
        self._in_table_head = False
        self._cells: list[str] | None = None
        self._lines: Sequence[int] | None = None

    def blocks(self) -> Iterator[ExtractedBlock]:
        """Yield the blocks, some of them without words."""
        for token in self._tokens:
            if token.map and token.nesting >= 0:
                self._lines = token.map
            match token.type:
                case "inline" if self._cells is not None:
                    self._cells.append(" ".join(_words(token).split()))
                case "inline" if self._in_term:
                    self._term = " ".join(_words(token).split())
                case "inline":
                    yield from self._of_inline(token)
                case "html_block":
                    html = fragment_blocks(token.content, self._line_after(token.map))
                    yield from (replace(block, text=_plain(block.text)) for block in html)
                case "tr_close":
                    yield self._row()
                case _:
                    self._enter_or_leave(token)

    def _enter_or_leave(self, token: Token) -> None:
        opens = token.nesting > 0
        match token.type.removesuffix("_open").removesuffix("_close"):
            case "bullet_list" | "ordered_list" | "dl":
                self._lists += token.nesting
            case "list_item" | "dd":
                self._item_begins = opens
            case "blockquote":
                self._quote_begins = opens
            case "heading":
                self._heading_level = int(token.tag[1:]) if opens else 0
            case "dt":
                self._in_term = opens
            case "thead":
                self._in_table_head = opens
            case "tr":
                self._cells = []
            case "footnote_block":
                self._lines = None

    def _of_inline(self, token: Token) -> Iterator[ExtractedBlock]:
        """Yield the block of a heading, a paragraph or an item."""
        text = _words(token)
        if self._heading_level:
            yield self._block(text, BlockKind.HEADING, self._heading_level)
            return
        if self._quote_begins:
            self._quote_begins = False
            if callout := _CALLOUT.match(text):
                yield self._block(callout["title"], BlockKind.FURNITURE)
                text = text[callout.end() :]
        if self._item_begins:
            self._item_begins = False
            text = _TASK.sub("", text, count=1) if _TASK.match(text) else text
            if self._term:
                text, self._term = f"{self._term}{TERM_SEPARATOR}{text}", ""
            yield self._block(text, BlockKind.ITEM, max(1, self._lists))
        elif not text.strip():
            yield from map(self._caption, _images(token))
        elif not self._lists and is_title(token, text):
            yield self._block(text, BlockKind.HEADING, 6)
        elif not self._lists and is_emphasised_question(token, text):
            yield self._block(text, BlockKind.ENTRY)
        else:
            yield self._block(text, BlockKind.PARAGRAPH)

    def _caption(self, image: Token) -> ExtractedBlock:
        """The caption of an image that is a paragraph of its own, or what it is described with."""
        caption = str(image.attrs.get("title") or "")
        if caption:
            return self._block(caption, BlockKind.PARAGRAPH)
        return self._block(image.content, BlockKind.FURNITURE)

    def _row(self) -> ExtractedBlock:
        cells, self._cells = self._cells or [], None
        kind = BlockKind.HEADER_ROW if self._in_table_head else BlockKind.ROW
        return self._block(CELL_SEPARATOR.join(cells) if any(cells) else "", kind)

    def _block(self, text: str, kind: BlockKind, level: int = 0) -> ExtractedBlock:
        if self._lines is None:
            return ExtractedBlock(text, kind, level)
        first, end = self._lines
        before = self._first_line - 1
        return ExtractedBlock(text, kind, level, before + first + 1, before + max(first + 1, end))

    def _line_after(self, lines: Sequence[int] | None) -> int:
        return self._first_line + (lines[0] if lines else 0)


def _words(inline: Token) -> str:
    """The words of an inline token. Line ends of the source stay."""
    pieces: list[str] = []
    hidden: list[str] = []
    code_pieces: set[int] = set()
    for token in inline.children or ():
        check_time()
        match token.type:
            case "html_inline":
                _follow_tag(token.content, hidden)
                if _BREAK_TAG.match(token.content):
                    pieces.append(" ")
            case "s_open":
                hidden.append("~~")
            case "s_close":
                hidden.remove("~~")
            case _ if hidden:
                continue
            case "text":
                pieces.append(_plain(token.content))
            case "code_inline":
                code_pieces.add(len(pieces))
                pieces.append(token.content)
            case "softbreak" | "hardbreak":
                pieces.append("\n")
    return _LINE_ANCHOR.sub("", _without_unread_links(pieces, code_pieces))


def _without_unread_links(pieces: Sequence[str], code_pieces: Container[int]) -> str:
    """The joined pieces of a text, with the links around code that the parser left as they are.

    Args:
        pieces: the pieces.
        code_pieces: the numbers of those that are code, whose brackets are no links.
    """
    text = "".join(pieces)
    if "[" not in text:
        return text
    masked = "".join(
        "x" * len(piece) if number in code_pieces else piece for number, piece in enumerate(pieces)
    )
    kept, end = [], 0
    for match in _UNREAD_LINK.finditer(masked):
        kept += [text[end : match.start()], text[slice(*match.span("words"))]]
        end = match.end()
    return "".join((*kept, text[end:]))


def _follow_tag(html: str, hidden: list[str]) -> None:
    """Open or close an element whose words are left out."""
    tag = _ELEMENT_TAG.match(html)
    if tag is None or tag["name"].lower() not in _HIDDEN_ELEMENTS or html.endswith("/>"):
        return
    name = tag["name"].lower()
    if not tag["end"]:
        hidden.append(name)
    elif name in hidden:
        hidden.remove(name)


def _plain(text: str) -> str:
    """A text without marks that the parser left because they have no partner."""
    text = _UNREAD_LINK.sub(lambda match: match["words"], _NOTE_MARK.sub("", text))
    return with_emoji(_STRAY_MARKS.sub("", text))


def _images(inline: Token) -> list[Token]:
    return [token for token in inline.children or () if token.type == "image"]
