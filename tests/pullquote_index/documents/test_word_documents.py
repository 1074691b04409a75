"""DOCX: styles, lists, tables, tracked changes, properties."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pullquote_index.readers.documents import limits, word_documents
from pullquote_index.readers.problems import Problem
from support.document_files import read_article, read_problem, shown_blocks


def report() -> bytes:
    """A report with all kinds of blocks."""
    document = docx.Document()
    document.core_properties.title = "report_v3.docx"
    document.core_properties.author = "Ada Lind; Bo Ek"
    document.core_properties.created = dt.datetime(2024, 5, 2, 10, 0)
    document.add_heading("Bridge to open in June", 0)
    document.add_heading("Cost", 1)
    changed = document.add_paragraph("The bridge cost ")
    for xml in (
        '<w:del {} w:id="1" w:author="x"><w:r><w:delText>nine</w:delText></w:r></w:del>',
        '<w:ins {} w:id="2" w:author="x"><w:r><w:t>four million crowns.</w:t></w:r></w:ins>',
    ):
        changed._p.append(parse_xml(xml.format(nsdecls("w"))))
    document.add_paragraph("steel", style="List Bullet")
    document.add_paragraph("from the north", style="List Bullet 2")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, [("Year", "Cost"), ("2020", "4")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_document_is_read_by_its_styles(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(report())
    article = read_article(path)
    assert shown_blocks(article) == [
        ("heading", 1, "Cost"),
        ("paragraph", 0, "The bridge cost four million crowns."),
        ("item", 1, "steel"),
        ("item", 2, "from the north"),
        ("header_row", 0, "Year | Cost"),
        ("row", 0, "2020 | 4"),
    ]
    assert article.title == "Bridge to open in June"
    assert article.authors == ("Ada Lind", "Bo Ek")
    assert article.published == dt.date(2024, 5, 2)


def test_the_date_of_a_template_is_not_the_documents(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The bridge is open.")
    document.save(str(tmp_path / "plain.docx"))
    article = read_article(tmp_path / "plain.docx")
    assert (article.published, article.title, article.authors) == (None, "", ())


def test_a_document_that_is_only_its_title_has_no_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Bridge to open in June", 0)
    path = tmp_path / "report.docx"
    document.save(str(path))
    assert str(read_problem(path)).endswith("has no text; skipped")


def packed(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (report()[:3000], "is not a whole DOCX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "is encrypted, or of Word before 2007"),
        (packed({"word/document.xml": b"<w/>"}), "is not a Word document"),
    ],
)
def test_what_is_no_word_document_says_so(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(data)
    assert read_problem(path).startswith(f"archive/broken.docx: {reason}")


def test_a_document_that_unpacks_to_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DOCX_UNPACKED_BYTES", 1 << 20)
    path = tmp_path / "bomb.docx"
    path.write_bytes(packed({"word/document.xml": b" " * (2 << 20)}))
    (problem,) = word_documents.documents(path, "bomb.docx", 1000)
    assert problem == Problem("bomb.docx", "unpacks to more than 1 MB")


def test_entities_in_its_xml_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    entries = {}
    with zipfile.ZipFile(io.BytesIO(report())) as package:
        for name in package.namelist():
            entries[name] = package.read(name)
    body = entries["word/document.xml"].decode()
    start = body.index("<w:document")
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    body = body[:start] + doctype + body[start:].replace("four million", "four &s; million")
    path = tmp_path / "entity.docx"
    path.write_bytes(packed({**entries, "word/document.xml": body.encode()}))
    assert "secret words" not in read_article(path).text
