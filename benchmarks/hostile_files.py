# ruff: noqa: E501 - tables of kinds
"""Files that are hostile to readers, one of each kind, many as large as an article may be."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping

SIZE = 9_900_000
"""Bytes of a large file; `articles.max_bytes` is 10,000,000."""
FIELD = 4_000_000
"""Characters of a large field."""
_FRONT_MATTER = {
    "merges of merges": "".join(
        f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 4)}], x{level}: 1}}\n"
        if level
        else "a0: &a0 {x0: 1}\n"
        for level in range(20)
    ),
    "aliases of aliases": "a0: &a0 [lol, lol]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    + "title: *a9\nauthors: *a9\n",
    "an alias in itself": "a: &a [*a]\nauthors: *a\ntitle: *a\n",
    "a sexagesimal number": "title: 1" + ":59" * 200 + ".5\n",
    "a long sexagesimal number": "title: 1" + ":59" * 200_000 + ".5\n",
    "a tagged sexagesimal number": "title: !!float 1" + ":59" * 200 + ".5\n",
    "a hexadecimal number": 'title: !!int "0x' + "f" * 5_000 + '"\n',
    "a long number": 'title: !!int "' + "9" * 100_000 + '"\n',
    "a list of 1 MB": "a: [" + "b," * 500_000 + "]\n",
    "a list of 99 kB": "a: [" + "b," * 49_000 + "]\n",
    "99 kB of keys": "".join(f"k{n}: {n}\n" for n in range(9_000)),
    "1 MB of keys": "".join(f"k{n}: {n}\n" for n in range(90_000)),
    "deep lists": "a: " + "[" * 90_000 + "\n",
    "deep mappings": "".join(f"{' ' * depth}a:\n" for depth in range(400)),
    "anchors": "".join(f"k{n}: &a{n} x\n" for n in range(7_000)),
    "a broken value of 1 MB": "title: @" + "a" * 1_000_000 + "\nb: c: d\n",
    "90,000 broken lines": "title: a: b\n" + "x\n" * 45_000,
    "many broken fields": "title: a: b\n" * 8_000,
    "tags": "title: !!set {a, b}\nauthors: !!omap [a: 1]\nb: !!binary " + "QUFB" * 20_000 + "\n",
    "fences that are none": "--- x\n" * 300_000,
    "a headline of 4 MB": "title: " + "word " * (FIELD // 5) + "\n",
}
MARKDOWN_UNITS = {
    "brackets": "[", "closing brackets": "]", "links": "[a](", "images": "![", "stars": "*",
    "stars and letters": "*a ", "underscores and letters": "_a", "backticks": "`",
    "backticks of many lengths": "", "quotation": "> ", "bullets": "- ", "nested bullets": "",
    "tags": "<a ", "open tags": "<a>", "comments": "<!--", "instructions": "<?", "CDATA": "<![CDATA[",
    "autolinks": "<http:", "entities": "&", "backslashes": "\\", "footnotes": "[^1]",
    "footnote definitions": "[^a]: b\n", "definitions": "[a]: b\n", "broken definitions": "[a]: \n",
    "tables": "a|b\n-|-\n", "cells": "|", "tildes": "~~", "braces": "{", "templates": "{{",
    "statements": "{% ", "raw": "{% raw %}", "obsidian": "[[", "marks": "==", "comments of obsidian": "%%",
    "shortcodes": "{{< ", "attributes": "{:", "headings": "# ", "heading lines": "# a\n",
    "rules": "-\n", "underlines": "a\n=\n", "lines": "a\n", "blank lines": "a\n\n", "spaces": " ",
    "tabs": "\t", "fences": "```\n", "definition lists": "a\n: b\n", "admonitions": "!!! a\n",
    "imports": "import a from 'b\n", "exports": "export const a\n", "colons": ":::\n",
    "contents": "{: .a ", "quoted lines": "> a\n", "items": "1. a\n", "long line": "word ",
    "one word": "a", "emphasis": "**a", "mixed emphasis": "*_", "hard breaks": "a  \n",
    "html blocks": "<div>\n", "html lists": "<ul><li>\n", "line feeds": "\n", "returns": "\r",
}  # fmt: skip
HTML_UNITS = {
    "paragraphs": "<p>a", "divisions": "<div>", "spans": "<span>a", "bold": "<b>", "links": "<a href=b>c</a> ",
    "open links": "<a href=b>", "comments": "<!--", "tags": "<", "half tags": "<a b", "entities": "&",
    "references": "&#x10ffff;", "lists": "<ul><li>a", "items": "<li>a", "tables": "<table><tr><td>a",
    "cells": "<td>a", "rows": "<tr><td>a</td></tr>", "breaks": "<br>", "scripts": "<script>",
    "styles": "<style>a", "CDATA": "<![CDATA[", "headings": "<h1>a", "metas": "<meta name=a content=b>",
    "attributes": "<a b=c ", "quotes": "<a b='", "declarations": "<!a>", "instructions": "<?a>",
    "text": "word ", "sentences": "A word stands here. ", "terms": "<dt>a<dd>b", "captions": "<table><caption>a",
    "hidden": "<p hidden>a</p>", "times": "<time datetime=2020-01-01>", "frames": "<iframe>", "titles": "<title>a",
    "forms": "<form><input>", "textareas": "<textarea>", "templates": "<template>", "svg": "<svg><g>",
    "noscript": "<noscript>a", "empty elements": "<p></p>", "plaintext": "<plaintext>", "pre": "<pre>a\n\n",
}  # fmt: skip
TEXT_UNITS = {
    "letters": "a", "full stops": "a. ", "capitals": "A. ", "dots": ".", "spaced dots": ". ",
    "exclamation": "!", "quotation marks": '"', "closers": '.)"', "enumeration": "1. ",
    "enumerations": "1. a 2. b 3. c ", "letters of a list": "a. b. c. ", "paragraphs": "a\n\n",
    "lines": "a\n", "line feeds": "\n", "returns": "\r", "blank lines": "\r\n \r\n", "spaces": " ",
    "no-break spaces": "\u00a0", "tabs": "\t", "combining marks": "\u0301", "emoji": "👩‍🚀",
    "bidirectional marks": "\u202e", "Chinese": "漢", "Chinese sentences": "漢。", "escapes": "\x1b[31m",
    "separators": "a\u2028", "form feeds": "a\x0c", "abbreviations": "Mr. A. B. ", "openers": '("“‘',
    "dashes": "— ", "bullets": "• ", "numbered bullets": "• 1. ", "ellipses": "… ", "digits": "1 ",
    "long words": "a" * 199 + " ", "hard-wrapped lines": "word " * 19 + "\n", "bylines": "By A B\n",
    "speech": "He said. “No.” ", "dates": "Published: 1 May 2020, ", "times": "12:00 ", "tags": "\U000e0041",
    "prose": "The minister said on Monday that the bridge would open again in May, for the first time. ",
    "German": "Der Minister sagte am 3. Mai, dass die Brücke z. B. im Mai wieder offen ist. ",
    "lower-case lines": "a,\nb ", "related links": "Read more: a\n", "appeals": "sign up for ", "credits": "photo: ",
}  # fmt: skip
_FIELDS = ("title", "id", "source", "section", "url", "published", "language", "authors", "status")


def hostile_files() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield the name of each kind, the end of its files' names, and what makes its bytes."""
    for name, block in _FRONT_MATTER.items():
        yield f"front matter: {name}", ".md", _made(f"---\n{block}---\nThe text of it.\n")
    for suffix, kinds, start in (
        (".md", MARKDOWN_UNITS, "Some text.\n\n"),
        (".mdx", MARKDOWN_UNITS, "Some text.\n\n"),
        (".html", HTML_UNITS, "<html><body><p>The first of all sentences.</p>"),
        (".txt", TEXT_UNITS, "The headline\n\nThe first sentence. "),
    ):
        for name, unit in kinds.items():
            yield f"{suffix[1:]}: {name}", suffix, _repeated(name, start, unit)
    for name, unit in HTML_UNITS.items():
        yield f"HTML in a field: {name}", ".jsonl", _record({"text": _filled("<p>A text.", unit)})
        yield f"HTML in a feed: {name}", ".rss", _feed(_filled("<p>A text.", unit))
    for field in _FIELDS:
        for name, unit in (
            ("words", "word "),
            ("one word", "a"),
            ("spaces", " "),
            ("marks", "<{{"),
        ):
            value = (
                ("https://" if field == "url" and unit == "a" else "x")
                + unit * (FIELD // len(unit))
                + "x"
            )
            yield f"{field} of {name}", ".jsonl", _record({"text": "A text.", field: value})
    yield from _starts_of_texts()
    yield from _gzip_files()
    yield from _json_files()
    yield from _odd_values()
    yield from _nested_values()
    yield from _tables()
    yield from _front_matters()
    yield from _mails()
    yield from _feeds_and_archives()


def _starts_of_texts() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield texts with odd beginnings."""
    yield "heading of spaces", ".md", _made("# a" + " " * SIZE + "b\n\nText.\n")
    yield "heading of tabs", ".md", _made("# a" + "\t#" * 50_000 + "b\n\nText.\n")
    yield "text that begins with spaces", ".txt", _made(" \n" * (SIZE // 2) + "a")
    yield "Markdown that begins with spaces", ".md", _made(" \n" * (SIZE // 2) + "a")
    yield "date with spaces", ".txt", _made("30 October 2025," + " " * SIZE + "x\n\nHead\n\nText.")
    yield "date with times", ".txt", _made("2025-10-30" + " T," * (SIZE // 3) + "\n\nHead\n\nText.")
    yield "first line of today", ".txt", _made("Today : " + "1 " * (SIZE // 2))


def _gzip_files() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield gzip files that unpack to much."""
    yield "gzip of empty lines", ".jsonl.gz", lambda: gzip.compress(b"\n" * 100_000_000)
    yield "gzip of lines of x", ".jsonl.gz", lambda: gzip.compress(b"x\n" * 25_000_000)
    yield "gzip of zeros", ".jsonl.gz", lambda: gzip.compress(bytes(1 << 30))
    yield (
        "gzip of empty lines, CSV",
        ".csv.gz",
        lambda: gzip.compress(b"text\n" + b"\n" * 50_000_000),
    )
    yield "gzip of an array of spaces", ".json.gz", lambda: gzip.compress(b"[" + b" " * 300_000_000)
    yield "gzip of an array of 1", ".json.gz", lambda: gzip.compress(b"[1" + b",1" * 10_000_000)
    yield "gzip of text", ".txt.gz", lambda: gzip.compress(b"a" * 300_000_000)
    yield "gzip members", ".jsonl.gz", lambda: gzip.compress(b'{"text":"a"}\n') * 100_000


def _json_files() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield JSON with very many parts."""
    yield "array of arrays", ".json", _made("[" * SIZE)
    yield "object of objects", ".json", _made('{"a":' * (SIZE // 5))
    yield "array without an end", ".json", _made('[{"text":"' + "a" * SIZE)
    yield (
        "object of 10 MB with 1-character keys",
        ".json",
        _made("{" + ",".join(f'"{n}":1' for n in range(900_000)) + "}"),
    )
    yield "array of empty records", ".json", _made("[" + "{}," * 2_000_000 + "{}]")
    yield "array of numbers", ".json", _made("[" + "1," * (SIZE // 2) + "1]")
    yield "lines of braces", ".jsonl", _made("{\n" * 1_000_000)
    yield "deep record", ".jsonl", _made('{"text":"a","b":' + "[" * SIZE + "\n")


def _odd_values() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield records with odd numbers, keys and names."""
    yield (
        "long numbers",
        ".jsonl",
        _made(
            '{"text":"abc def.","id":'
            + "9" * 4_000
            + "}\n"
            + '{"text":"abc.","id":'
            + "9" * 9_000
            + "}\n"
            '{"text":"abc.","published":'
            + "9" * 4_000
            + "}\n"
            + '{"text":"abc.","published":1e400}\n'
        ),
    )
    yield (
        "many keys",
        ".jsonl",
        _made('{"text":"a",' + ",".join(f'"k{n}":1' for n in range(600_000)) + "}\n"),
    )
    yield "many authors", ".jsonl", _record({"text": "A text.", "authors": ["a b"] * 1_000_000})
    yield (
        "many distinct authors",
        ".jsonl",
        _record({"text": "A text.", "authors": [f"a {n}" for n in range(600_000)]}),
    )
    yield (
        "authors in words",
        ".jsonl",
        _record({"text": "A text.", "author": "By " + "a and " * 1_000_000}),
    )
    yield "authors as text", ".jsonl", _record({"text": "A text.", "authors": "[" * 19_999 + "]"})


def _nested_values() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield records whose fields are lists and objects, or escapes."""
    yield "paragraphs in a list", ".jsonl", _record({"text": ["a"] * 2_000_000})
    yield "tags in a list", ".jsonl", _record({"text": "A text.", "tags": [1] * 3_000_000})
    yield (
        "a name in objects",
        ".jsonl",
        _made('{"text":"A text.","title":' + '{"name":' * 900 + '"a"' + "}" * 900 + "}\n"),
    )
    yield (
        "an address of a section in lists",
        ".jsonl",
        _made('{"text":"A text.","url":' + "[" * 900 + '"a"' + "]" * 900 + "}\n"),
    )
    yield (
        "id of escapes, twice",
        ".jsonl",
        _made((json.dumps({"id": "\x1b[31m" * 200_000, "text": "A text."}) + "\n") * 2),
    )


def _tables() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield tables with very many columns, rows and lines."""
    yield "CSV of commas", ".csv", _made("text,title\n" + "," * SIZE)
    yield (
        "CSV of columns",
        ".csv",
        _made(",".join(f"c{n}" for n in range(1_000_000)) + ",text\na\n"),
    )
    yield "CSV of quotes", ".csv", _made("text,title\n" + '"' * SIZE)
    yield "CSV with one cell", ".csv", _made('text,title\n"' + "a\n" * (SIZE // 2))
    yield "CSV of short rows", ".csv", _made("text,title\n" + "a,b,c\n" * 500_000)
    yield "CSV of returns", ".csv", _made("text,title\r" + "\r" * SIZE)


def _front_matters() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield front matter of TOML and JSON."""
    yield (
        "TOML of 1 MB",
        ".md",
        _made("+++\n" + "".join(f"k{n} = 1\n" for n in range(90_000)) + "+++\nText.\n"),
    )
    yield "TOML of lists", ".md", _made("+++\na = " + "[" * 100_000 + "\n+++\nText.\n")
    yield "TOML of dotted keys", ".md", _made("+++\na" + ".a" * 50_000 + " = 1\n+++\nText.\n")
    yield (
        "TOML of tables",
        ".md",
        _made("+++\n[a" + ".a" * 900 + "]\n" + "b = 1\n" * 9_000 + "+++\nText.\n"),
    )
    yield "JSON front matter", ".md", _made('{"a": ' + "[" * 200_000 + "\n}\nText.\n")
    yield (
        "JSON front matter of keys",
        ".md",
        _made("{" + ",".join(f'"k{n}": 1' for n in range(600_000)) + "}\nText.\n"),
    )


def _mails() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield mail with very many parts."""
    yield (
        "mail of headers",
        ".eml",
        _made("Subject: a\n" + "X-A: b\n" * 1_000_000 + "\nThe text of it.\n"),
    )
    yield (
        "mail of a long subject",
        ".eml",
        _made("Subject: " + "a " * FIELD + "\n\nThe text of it.\n"),
    )
    yield (
        "mail of encoded words",
        ".eml",
        _made("Subject: " + "=?utf-8?q?a?= " * 500_000 + "\n\nText.\n"),
    )
    yield "mail of addresses", ".eml", _made("From: " + "a@b, " * 500_000 + "\n\nThe text.\n")
    yield (
        "mail of parts",
        ".eml",
        _made("Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nb\n" * 500_000),
    )
    yield "mail of quotations", ".eml", _made("Subject: a\n\n" + "> a\n" * (SIZE // 4))
    yield "mailbox", ".mbox", _made("From a Thu Jan  1 00:00:00 1970\n\n" * 200_000)


def _feeds_and_archives() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield feeds, zip files and PDF."""
    yield (
        "feed of entries",
        ".rss",
        _made("<rss><channel>" + "<item><title>a</title></item>" * 200_000),
    )
    yield "feed of depth", ".rss", _made("<rss><channel><item>" + "<a>" * 1_000_000)
    yield (
        "feed of entities",
        ".rss",
        _made(
            '<!DOCTYPE a [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>'
        ),
    )
    yield "zip of small files", ".zip", lambda: _zip({f"{n}.txt": b"" for n in range(20_000)})
    yield "zip of empty lines", ".zip", lambda: _zip({"a.jsonl": b"\n" * 15_000_000})
    yield "PDF that is none", ".pdf", _made("%PDF-1.4\n" + "1 0 obj\n" * 1_000_000)
    yield "PDF of one line", ".pdf", lambda: _pdf(b"(a) Tj\n" * 100_000)
    yield "PDF of forms", ".pdf", lambda: _pdf(b"/X Do\n" * 1_000)


def _made(text: str) -> Callable[[], bytes]:
    return text.encode


def _pdf(content: bytes) -> bytes:
    """A PDF file of a page, whose form X holds a form of a thousand letters each time it is used.

    Readers find the objects without a table of them.
    """
    page = b"BT /F1 1 Tf 10 700 Td\n%b\nET" % content
    form, letters = b"/Y Do\n" * 1_000, b"BT /F1 1 Tf 10 500 Td (%b) Tj ET" % (b"a" * 1_000)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 5 0 R >>",
        b"<< /Length %d >> stream\n%b\nendstream" % (len(page), page),
        b"<< /Font << /F1 6 0 R >> /XObject << /X 7 0 R /Y 8 0 R >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        *(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources 5 0 R /Length %d >>"
            b" stream\n%b\nendstream" % (len(drawn), drawn)
            for drawn in (form, letters)
        ),
    ]
    numbered = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return b"%%PDF-1.4\n%b\ntrailer << /Root 1 0 R >>\n" % numbered


def _filled(start: str, unit: str) -> str:
    return start + unit * ((SIZE - 100_000) // max(1, len(json.dumps(unit)) - 2))


def _repeated(name: str, start: str, unit: str) -> Callable[[], bytes]:
    def make() -> bytes:
        if name == "backticks of many lengths":
            return (start + " ".join("`" * length for length in range(1, 4_400))).encode()[:SIZE]
        if name == "nested bullets":
            lines = "".join(f"{' ' * depth}- a\n" for depth in range(4_400))
            return (start + lines).encode()[:SIZE]
        return (start + unit * (SIZE // len(unit.encode()))).encode()

    return make


def _record(fields: Mapping[str, object]) -> Callable[[], bytes]:
    return lambda: json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _feed(content: str) -> Callable[[], bytes]:
    escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    head = "<rss><channel><title>a</title><item><title>b</title><description>"
    return f"{head}{escaped}</description></item></channel></rss>".encode


def _zip(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()
