"""PDF: columns, headers, hyphens, paragraphs over pages, the document's own properties."""

import datetime as dt
import textwrap
import time
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.hashing import sha256_of
from pullquote_index.readers.documents.document import Document
from pullquote_index.readers.documents.pdf import documents
from pullquote_index.readers.documents.worker_process import read_in_worker
from pullquote_index.readers.problems import ReadingOptions, SourceFile
from support.document_files import Text, pdf_bytes, read_article, read_problem, shown_blocks

QUAY = (
    "The harbour council agreed on Monday to lengthen the northern quay by ninety metres before"
    " the winter storms arrive. Work begins in March and is expected to take two years, according"
    " to the engineer who drew the plan."
)
BOATS = (
    "Fishermen had asked for the change since 2019, when a well-known trawler was lost against the"
    " old wall. They say that the mouth of the harbour is too narrow for modern boats in a"
    " southerly gale and that nobody listened to them."
)
COST = (
    "The cost is put at four million crowns. A third comes from the state, and the rest from fees"
    " that the harbour has saved over ten years. No tax will rise because of it, the treasurer"
    " said in a written answer on Tuesday."
)
INFO = {"Title": "Microsoft Word - quay_final.doc", "Author": "Ada Lind; admin"}


def column(paragraphs: list[str], width: int = 38) -> list[str]:
    """Lines of at most `width` characters; a paragraph's first line is indented by two."""
    lines: list[str] = []
    for text in paragraphs:
        lines += textwrap.wrap(f"  {text}", width, break_on_hyphens=True, drop_whitespace=True)
    return lines


def placed(lines: list[str], left: float, top: float) -> list[Text]:
    """Lines of 10 points, 12 points apart, their indentation as an offset."""
    return [
        (left + 6.0 * (len(line) - len(line.lstrip())), top - 12 * at, 10, line.strip())
        for at, line in enumerate(lines)
    ]


def two_column_article() -> bytes:
    """Three paragraphs in two columns on two pages, with a header and a footer on each."""
    lines = column([QUAY, BOATS, COST])
    assert len(lines) == 20
    pages = [
        [*placed(lines[:7], 72, 660), *placed(lines[7:14], 324, 660)],
        [*placed(lines[14:17], 72, 720), *placed(lines[17:], 324, 720)],
    ]
    for number, page in enumerate(pages, start=1):
        page += [(72, 760, 8, "The Harbour Gazette"), (300, 30, 8, f"Page {number} of 2")]
    pages[0].append((72, 700, 20, "Longer quay for the harbour"))
    return pdf_bytes(pages, {**INFO, "CreationDate": "D:20240502101500+02'00'"})


def test_two_columns_are_read_in_order_and_joined_over_columns_and_pages(tmp_path: Path) -> None:
    path = tmp_path / "quay.pdf"
    path.write_bytes(two_column_article())
    article = read_article(path)
    assert shown_blocks(article) == [
        ("paragraph", 0, QUAY),
        ("paragraph", 0, BOATS),
        ("paragraph", 0, COST),
    ]
    assert [block.page for block in article.blocks] == [1, 1, 1]  # the first line's
    assert article.title == "Longer quay for the harbour"  # not the name of a Word file
    assert (article.published, article.authors) == (dt.date(2024, 5, 2), ("Ada Lind",))
    assert (article.path, article.line, article.origin) == (
        "archive/quay.pdf",
        0,
        Origin.EXTRACTED,
    )
    assert article.record_sha256 == sha256_of(path.read_bytes())


def test_hyphens_at_line_ends_are_undone_unless_the_word_has_one(tmp_path: Path) -> None:
    lines = [
        "The well-known ferry to the outer is-",
        "lands sails daily, and the well-",
        "known captain of the Anglo-",
        "Swedish line stays on board.",
    ]
    path = tmp_path / "hyphens.pdf"
    path.write_bytes(pdf_bytes([placed(lines, 72, 700)]))
    assert read_article(path).text == (
        "The well-known ferry to the outer islands sails daily, and the well-known captain of"
        " the Anglo-Swedish line stays on board."
    )


def test_headings_items_and_tables_are_blocks_of_their_own(tmp_path: Path) -> None:
    page: list[Text] = [
        (72, 740, 18, "Annual report"),
        (72, 700, 14, "Cargo"),
        *placed(["The port took in more timber than in any", "year before it."], 72, 680),
        *placed(["• timber from the north"], 72, 640),
        (72, 627, 12, "•"),
        (90, 628, 10, "salt"),
        *[
            (left, 600.0 - 12 * at, 10.0, text)
            for at, row in enumerate([("Year", "Tons"), ("2021", "400"), ("2022", "650")])
            for left, text in zip((72.0, 250.0), row, strict=True)
        ],
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_bytes([page], {"Title": "Annual report of the port"}))
    article = read_article(path)
    assert article.title == "Annual report of the port"
    assert shown_blocks(article) == [
        ("heading", 1, "Annual report"),
        ("heading", 2, "Cargo"),
        ("paragraph", 0, "The port took in more timber than in any year before it."),
        ("item", 1, "timber from the north"),
        ("item", 1, "salt"),
        ("header_row", 0, "Year | Tons"),
        ("row", 0, "2021 | 400"),
        ("row", 0, "2022 | 650"),
    ]


def test_a_block_has_the_page_on_which_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(pdf_bytes([placed([QUAY[:60] + "."], 72, 700), placed(["It blew."], 72, 700)]))
    assert [block.page for block in read_article(path).blocks] == [1, 2]


@pytest.mark.parametrize("stated", ["D:19700101000000Z", "D:20241301", "yesterday"])
def test_a_date_that_cannot_be_is_left_out(stated: str, tmp_path: Path) -> None:
    path = tmp_path / "dated.pdf"
    path.write_bytes(pdf_bytes([placed([QUAY], 72, 700)], {"CreationDate": stated}))
    assert read_article(path).published is None


def test_lines_with_dots_before_a_page_number_are_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "contents.pdf"
    lines = ["Cargo . . . . . . . . . . 4", "Passengers . . . . . . . . 9"]
    path.write_bytes(pdf_bytes([[*placed(lines, 72, 700), (72, 600, 10, "The port grew.")]]))
    kinds = [block.kind for block in read_article(path).blocks]
    assert kinds == [BlockKind.FURNITURE, BlockKind.FURNITURE, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("leaf", pdf_bytes([[]]), "has 1 page without text: a scan; recognise its text"),
        ("scan", pdf_bytes([[], []]), "has 2 pages without text: a scan; recognise its text"),
        (
            "locked",
            pdf_bytes([placed([QUAY], 72, 700)], encrypted=True),
            "is encrypted: save it without a password",
        ),
        ("cut", two_column_article()[:300], "is not a whole PDF file"),
        ("words", b"no PDF at all", "is not a whole PDF file"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(data)
    assert read_problem(path).startswith(f"archive/{name}.pdf: {reason}")


def test_text_beyond_the_limit_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(two_column_article())
    problem = read_problem(path, max_bytes=100)
    assert problem.endswith("has more than 100 bytes of text (articles.max_bytes); skipped")


def test_a_pdf_of_more_text_than_an_article_is_several_of_whole_pages(tmp_path: Path) -> None:
    words = ("The quay is long.", "A ferry waits.", "It rains.", "The bell rings.", "All go home.")
    pages = [[(72.0, 680.0, 10.0, sentence)] for sentence in words]
    pages[0].insert(0, (72.0, 710.0, 20.0, "A quay"))
    path = tmp_path / "quay.pdf"
    path.write_bytes(pdf_bytes(pages))
    file = SourceFile("quay.pdf", path, tmp_path, ReadingOptions(max_characters=45))
    articles = [item for item in read_in_worker("pdf", file, 10_000) if isinstance(item, Article)]
    assert [(article.id, article.title) for article in articles] == [
        ("quay.pdf:1", "A quay"),
        ("quay.pdf:2", "A quay"),
    ]
    assert articles[0].text == "The quay is long.\n\nA ferry waits."
    assert articles[1].text == "It rains.\n\nThe bell rings.\n\nAll go home."
    assert [block.page for block in articles[1].blocks] == [3, 4, 5]


def test_the_time_for_a_line_does_not_grow_with_the_square_of_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "line.pdf"
    letters = [(72.0, 700.0, 1.0, "a" * 30_000)]
    path.write_bytes(pdf_bytes([letters, [(72.0, 700.0, 1.0, "the end-")]]))
    began = time.process_time()
    (document,) = documents(path, "line.pdf", 100_000)
    assert isinstance(document, Document)
    assert time.process_time() - began < 2, "5 to 6 seconds where each letter may begin a word"
    assert [block.text for block in document.blocks] == [f"{'a' * 30_000} the end-"]
