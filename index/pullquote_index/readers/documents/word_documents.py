"""Reads DOCX: the only module that imports python-docx.

python-docx was chosen over mammoth: it gives the properties and the styles, and takes its XML
without entities. The body is read here, because its paragraphs leave out tracked insertions and
content controls. Headers, footers, footnotes, comments and text boxes are left out.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.hashing import file_sha256
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import Document, iso_day
from pullquote_index.readers.documents.stated_metadata import sane_authors, sane_title
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.problems import Problem

_BROKEN = (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, zlib.error)
"""What python-docx raises at broken files; XML that cannot be parsed is a SyntaxError."""
_OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How a file of Word before 2007 begins, and an encrypted one."""
_HEADING = re.compile(r"heading (?P<level>[1-9])$", re.IGNORECASE)
_ITEM = re.compile(r"list (?:bullet|number)(?: (?P<level>\d))?$", re.IGNORECASE)
_TEMPLATE_CREATED = dt.datetime(2013, 12, 23, 23, 15, tzinfo=dt.UTC)
"""The date of the template of python-docx, which programs leave in their documents."""
_NOT_SHOWN = frozenset(
    qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:rPr", "w:pPr")
)
_SPACES = frozenset(qn(name) for name in ("w:tab", "w:br", "w:cr"))
_CELL_SEPARATOR = " | "


def documents(path: Path, name: str, max_characters: int) -> Iterator[Document | Problem]:
    """Yield the document of a DOCX file, or why it cannot be read.

    Raises:
        OSError: the file cannot be read.
    """
    del max_characters  # each document is measured when it is whole
    if problem := _unusable(path):
        yield Problem(name, problem)
        return
    try:
        document = docx.Document(str(path))
    except _BROKEN as error:
        yield Problem(name, f"is not a Word document ({type(error).__name__})")
        return
    body = _Body(document.styles)
    blocks = tuple(body.blocks(document.element.body))
    yield Document(blocks, _fields(document.core_properties, blocks, body.title), file_sha256(path))


def _unusable(path: Path) -> str:
    """Why a file is not opened; empty if it can be."""
    with path.open("rb") as stream:
        if stream.read(len(_OLD_WORD)) == _OLD_WORD:
            return "is encrypted, or of Word before 2007: save it as .docx without a password"
    if path.stat().st_size > limits.DOCUMENT_BYTES:
        return f"is larger than {limits.DOCUMENT_BYTES >> 20:,} MB"
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(
                part.file_size
                for part in package.infolist()
                if part.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        return f"is not a whole DOCX file ({error})"
    if unpacked > limits.DOCX_UNPACKED_BYTES:
        return f"unpacks to more than {limits.DOCX_UNPACKED_BYTES >> 20:,} MB"
    return ""


def _fields(properties: Any, blocks: tuple[ExtractedBlock, ...], title: str) -> dict[str, object]:
    """The metadata that the document states, where it is sane."""
    fields: dict[str, object] = {}
    headings = (block.text for block in blocks[:1] if block.kind is BlockKind.HEADING)
    if headline := title or sane_title(properties.title) or next(headings, ""):
        fields["title"] = headline
    if authors := sane_authors(properties.author):
        fields["authors"] = authors
    created = properties.created
    if created and created.replace(tzinfo=dt.UTC) != _TEMPLATE_CREATED:
        fields["published"] = iso_day(created)
    return fields


class _Body:
    """Reads the body of a document.

    Attributes:
        title: the first paragraph of the style Title; empty if there is none.
    """

    def __init__(self, styles: Any) -> None:
        self.title = ""
        self._style_names = {style.style_id: str(style.name) for style in styles}

    def blocks(self, parent: Any) -> Iterator[ExtractedBlock]:
        """Yield the blocks of an element's paragraphs and tables, in order."""
        for element in parent:
            if element.tag == qn("w:p"):
                yield self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo")}:
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> ExtractedBlock:
        text = " ".join("".join(_words(element)).split())
        properties = element.find(qn("w:pPr"))
        style = self._style_name(properties)
        if style.lower() in {"title", "subtitle"}:
            self.title = self.title or (text if style.lower() == "title" else "")
            return ExtractedBlock(text, BlockKind.HEADING, 1 if style.lower() == "title" else 2)
        if heading := _HEADING.match(style):
            return ExtractedBlock(text, BlockKind.HEADING, min(6, int(heading["level"])))
        if level := _item_level(properties, style):
            return ExtractedBlock(text, BlockKind.ITEM, level)
        return ExtractedBlock(text)

    def _style_name(self, properties: Any) -> str:
        style = None if properties is None else properties.find(qn("w:pStyle"))
        return "" if style is None else self._style_names.get(style.get(qn("w:val")), "")

    def _table(self, table: Any) -> Iterator[ExtractedBlock]:
        """Yield a table's rows. A row of one cell is layout: its paragraphs are blocks."""
        for number, row in enumerate(table.iter(qn("w:tr"))):
            if next(row.iterancestors(qn("w:tbl"))) is not table:
                continue  # a row of a table in a cell
            cells = [list(self.blocks(cell)) for cell in row.iter(qn("w:tc")) if _is_of(cell, row)]
            texts = [" ".join(block.text for block in cell).strip() for cell in cells]
            if len(cells) < 2:  # noqa: PLR2004 - one cell, or none
                yield from (block for cell in cells for block in cell)
                continue
            is_header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            is_header = is_header or (number == 0 and _is_bold(row))
            kind = BlockKind.HEADER_ROW if is_header else BlockKind.ROW
            yield ExtractedBlock(_CELL_SEPARATOR.join(filter(None, texts)), kind)


def _is_of(cell: Any, row: Any) -> bool:
    """Whether a cell is of this row, and not of a table in one of its cells."""
    return next(cell.iterancestors(qn("w:tr"))) is row


def _words(element: Any) -> Iterator[str]:
    """Yield the pieces of a paragraph's text: with tracked insertions, without deletions."""
    for child in element:
        if child.tag in _NOT_SHOWN or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _words(child)


def _item_level(properties: Any, style: str) -> int:
    """How deep a list item is nested, from 1; 0 for other paragraphs."""
    numbering = None if properties is None else properties.find(qn("w:numPr"))
    if numbering is not None:
        number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
        if number is None or number.get(qn("w:val")) == "0":
            return 0
        stated = "0" if level is None else level.get(qn("w:val"), "0")
        return int(stated) + 1 if stated.isascii() and stated.isdecimal() else 1
    item = _ITEM.match(style)
    return int(item["level"] or 1) if item else 0


def _is_bold(row: Any) -> bool:
    """Whether all words of a row are bold."""
    runs = [run for run in row.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    return bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
