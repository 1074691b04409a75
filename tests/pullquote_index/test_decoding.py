"""Encodings: what is marked, what is guessed, and what is said of it."""

import codecs
import gzip
import json
from pathlib import Path

import pytest

from pullquote_index.readers.decoding import decode
from pullquote_index.readers.mojibake import mojibake_in
from pullquote_index.readers.problems import Problem, ReadingOptions
from support.reading import articles_in, only_article, problems_in, read_file, write

TEXT = "Café owner fined\n\nThe owner of the café in Ålesund paid 4,000 crowns — “a joke”.\n"
RUSSIAN = "Мэр\n\nМэр города сказал, что мост будет открыт. Ёлка стоит у моста.\n"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding(
    tmp_path: Path, name: str, mark: bytes, encoding: str
) -> None:
    page = only_article(read_file(write(tmp_path, name, mark + TEXT.encode(encoding))))
    if name.endswith(".md"):
        assert page.text == TEXT.strip(), "the text is extracted"
    else:
        assert page.text == ("\ufeff" if mark else "") + TEXT, "the decoded file, unchanged"
    assert TEXT.strip().endswith(page.prose.of(page.text).strip())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_and_called_so(tmp_path: Path, encoding: str) -> None:
    items = read_file(write(tmp_path, "a.txt", TEXT.encode(encoding)))
    assert articles_in(items)[0].text == TEXT
    assert problems_in(items) == [
        "news/a.txt: has no byte order mark; it looks like UTF-16, and is read as such"
    ]


def test_windows_1252_is_read_with_a_warning_and_without_one_if_it_is_set(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT.encode("windows-1252"))
    items = read_file(path)
    assert articles_in(items)[0].text == TEXT
    assert problems_in(items) == [
        (
            "news/a.txt: is not UTF-8 (byte 0xe9 at 3): read as Windows-1252; "
            "name another with articles.encoding"
        )
    ]
    assert only_article(read_file(path, ReadingOptions(encoding="windows-1252"))).text == TEXT


def test_another_encoding_is_read_where_the_settings_name_it(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", RUSSIAN.encode("windows-1251"))
    assert only_article(read_file(path, ReadingOptions(encoding="windows-1251"))).text == RUSSIAN
    path = write(tmp_path, "b.txt", RUSSIAN)
    assert only_article(read_file(path, ReadingOptions(encoding="windows-1251"))).text == RUSSIAN


def test_a_stray_byte_in_utf_8_costs_nothing(tmp_path: Path) -> None:
    content = (TEXT * 40).encode() + b"The pilot\x92s licence was withdrawn."
    items = read_file(write(tmp_path, "a.txt", content))
    assert articles_in(items)[0].text == TEXT * 40 + "The pilot’s licence was withdrawn."
    assert problems_in(items) == [
        (
            f"news/a.txt: has 1 byte that is not UTF-8 (byte 0x92 at {content.index(0x92)}): "
            "read as Windows-1252"
        )
    ]


def test_bytes_that_windows_1252_does_not_define_are_kept(tmp_path: Path) -> None:
    content = "Café".encode("windows-1252") + b" and \x81 and \x9d.\n\nMore."
    assert articles_in(read_file(write(tmp_path, "a.txt", content)))[0].text == (
        "Café and \x81 and \x9d.\n\nMore."
    )


def test_a_declared_encoding_comes_before_a_guess_and_is_not_believed_if_it_is_wrong() -> None:
    def text(data: bytes, declared: str) -> str:
        decoded = decode(data, "a.html", declared=declared)
        assert not isinstance(decoded, Problem)
        return decoded.text

    assert text(RUSSIAN.encode("windows-1251"), "windows-1251") == RUSSIAN
    assert text(TEXT.encode(), "us-ascii") == TEXT
    assert text(TEXT.encode(), "no-such-encoding") == TEXT
    assert text(TEXT.encode(), "iso-8859-1") == TEXT
    assert text("It’s a café.".encode("windows-1252"), "latin1") == "It’s a café."
    for name in ("undefined", "punycode", "idna", "unicode_escape", "utf-7", "hex"):
        assert text(b"A <b>\\x41+AEE-</b>", name) == "A <b>\\x41+AEE-</b>"
    assert text(codecs.BOM_UTF8 + TEXT.encode(), "windows-1252") == "\ufeff" + TEXT


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04\x00\x00 and so on", "is binary, not text (it contains a NUL byte)"),
        (b"The bank opened.\0", "is binary"),
        (bytes(range(1, 32)) * 9, "is binary, not text (it contains control characters)"),
        (codecs.BOM_UTF16_LE + b"a\0b", "begins like UTF-16, but is not"),
        (codecs.BOM_UTF16_LE, "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
    ],
)
def test_what_is_no_text_says_so(tmp_path: Path, data: bytes, expected: str) -> None:
    (problem,) = problems_in(read_file(write(tmp_path, "a.txt", data)))
    assert expected in problem
    assert problem.endswith("skipped")


GARBLED = "The mayor said the dam’s walls hold – no cracks. Don’t believe it.".encode().decode(
    "windows-1252"
)


def test_garbled_text_is_quoted_as_it_stands_and_told_once(tmp_path: Path) -> None:
    items = read_file(write(tmp_path, "a.txt", f"Mayor\n\n{GARBLED}\n"))
    assert GARBLED in articles_in(items)[0].text
    assert problems_in(items) == [
        (
            "news/a.txt: looks like UTF-8 that was read as Windows-1252 (â€™); "
            "it is quoted as it stands"
        )
    ]
    lines = "".join(json.dumps({"text": GARBLED}) + "\n" for _ in range(3))
    items = read_file(write(tmp_path, "a.jsonl", lines))
    assert len(articles_in(items)) == 3
    assert [problem.split(": ")[0] for problem in problems_in(items)] == ["news/a.jsonl:1"]


@pytest.mark.parametrize(
    "text", ["Café Ålesund “a joke” — Ångström", "SÃO PAULO and JOÃO", "Â la carte", "naïve â"]
)
def test_accents_are_not_garbled_text(text: str) -> None:
    assert mojibake_in(text) == ""


RECORDS = [{"text": "The café in the park opens at nine.", "title": f"Café {n}"} for n in range(3)]
LINES = "".join(json.dumps(record, ensure_ascii=False) + "\r\n" for record in RECORDS)


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"\xef\xbb\xbf" + LINES.encode(), 0),
        (b"\xff\xfe" + LINES.encode("utf-16-le"), 0),
        (b"\xfe\xff" + LINES.encode("utf-16-be"), 0),
        (LINES.encode("utf-16-le"), 0),
        (LINES.encode("windows-1252"), 1),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json"])
def test_json_in_another_encoding_is_read(
    tmp_path: Path, name: str, data: bytes, problems: int
) -> None:
    path = write(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    items = read_file(path)
    assert [article.title for article in articles_in(items)] == ["Café 0", "Café 1", "Café 2"]
    assert [article.line for article in articles_in(items)] == [1, 2, 3]
    assert len(problems_in(items)) == problems


def test_a_record_of_utf_16_has_the_hash_of_its_line_in_utf_8(tmp_path: Path) -> None:
    plain = articles_in(read_file(write(tmp_path, "a.jsonl", LINES)))
    marked = articles_in(read_file(write(tmp_path, "b.jsonl", LINES.encode("utf-16-le"))))
    assert [article.record_sha256 for article in marked] == [
        article.record_sha256 for article in plain
    ]


def test_an_array_that_is_not_utf_8_is_read_with_one_warning(tmp_path: Path) -> None:
    data = json.dumps(RECORDS, ensure_ascii=False).encode("windows-1252")
    items = read_file(write(tmp_path, "a.json", data))
    assert [article.title for article in articles_in(items)] == ["Café 0", "Café 1", "Café 2"]
    (problem,) = problems_in(items)
    assert "read as Windows-1252" in problem
