# ruff: noqa: E501 - tables of kinds
"""Finds kinds of files whose reading takes time that grows faster than they do.

    python benchmarks/reading_growth.py [--only WORDS] [--bytes 40000] [--above 2.6]

A file of each kind is made three times, twice as large each time, and read, cut into passages,
searched for speakers and indexed as by a build (`hostile_articles`). Growth is the processor time
that the second doubling adds, for each second that the first one adds: 2 if time grows with the
size, 4 if it grows with its square. The sizes are below the limits of an article. A kind is printed
if the second doubling adds more than a tenth of a second. Exit status 1 if one grows too fast.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile_articles import in_process
from hostile_files import HTML_UNITS, MARKDOWN_UNITS, TEXT_UNITS
from pullquote_index.readers.documents import worker_process
from pullquote_index.readers.documents.document import Document
from pullquote_index.readers.documents.pages import import_libraries
from pullquote_index.readers.documents.worker import PARSERS, read_documents
from pullquote_index.readers.problems import Problem, SourceFile
from tables import markdown_table

_SECONDS = 60
"""Processor time after which a process is ended."""
_LEAST_SECONDS = 0.1
"""A smaller difference is noise."""
_Make = Callable[[int], str]
"""Makes the text of a file of about the given number of characters."""
_NUMBER = "#"
"""Stands in a unit for the unit's number."""

_YAML = (
    "- ", "? ", "{a: ", "[", "!a ", "- &a b\n", "- - a\n", "|\n", "a: ", '"a\n', "'a''\n", "a\n ", "# a\n", "--- \n",
    "\n", " ", "\t", '"\\n', ",", ": ", "- a: b\n", "- [a, b]\n", "- {a: b}\n", "? a\n: b\n", "<<: {a: b}\n",
    "k#: v\n", "k#: &a# v\n", "k#: [a, b]\n", "k#: {a: b}\n", "k#: v: w\n", "tags: [a]\n", "authors: A and B\n",
)  # fmt: skip
_TOML = (
    "a.", "[a]\n", "[[a]]\n", "# a\n", "a = [", '"', "a = '''", "k# = 1\n", "[k#]\n", "[[k#]]\na = 1\n", "k#.a.b = 1\n",
    "[a.b#.c]\n",
)  # fmt: skip
_JSON = ("[", '{"a":', "1,", '"a",', '"k#":1,', '{"name":"a"},', '"\\n', '"\\ud800', "9", '"a')
_FIELDS = ("title", "authors", "source", "section", "url", "published", "tags", "language", "text")
_FIELD = (
    "a",
    "a b ",
    " ",
    "<",
    "&",
    "{{",
    "A and B, ",
    "By ",
    "https://a.b/",
    "2020-01-01 ",
    "[",
    "a;",
    "/",
    "www.",
)
_HEADERS = ("Subject: ", "From: ", "Date: ", "Content-Type: ", "Message-ID: ", "List-Id: ", "X: a\nContent-Type: multipart/mixed; boundary=")  # fmt: skip
_HEADER = (
    "a",
    "a ",
    "=?utf-8?q?a?= ",
    "=?",
    "a@b, ",
    "<a@b> ",
    '"',
    "(",
    "\n ",
    ";a=b",
    ";a*0=b",
    "\\",
)
_MAIL = (
    "> a\n", "On a wrote:\n> b\n", "-- \n", "a\n", "\n", "> > ", "a: b\n", "--a\n", "=20\n", "a ", "* a\n", "From a\n",
    "On 1 May a wrote:\n", "____________________\n", "    a\n", "<a@b>:\n",
)  # fmt: skip
_CSV = (",", '"', '"",', "a\n", '"a\n', ";", "a,b,c\n", "\r", '"a"b,', "a|", "\t", "c#,")
_XML = (
    "<a>", "<item><title>a</title></item>", "<category>a</category>", "<!--a-->", "<![CDATA[a]]>", "<link>a</link>",
    "<author>a@b (c)</author>", "<a xmlns:n#='u#'/>",
)  # fmt: skip


def kinds() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the name of each kind, the end of its files' names, their start, unit and end."""
    for name, suffix, start, units, end in (
        ("YAML", ".md", "---\n", _YAML, "\n---\nThe text.\n"),
        ("a value of YAML", ".md", "---\ntitle: ", _YAML, "\n---\nThe text.\n"),
        ("broken YAML", ".md", "---\na: b: c\n", _YAML, "\n---\nThe text.\n"),
        ("TOML", ".md", "+++\n", _TOML, "\n+++\nThe text.\n"),
        ("JSON at the start", ".md", '{"a": [', _JSON, '"b"]\n}\nThe text.\n'),
        ("JSON line", ".jsonl", '{"text":"A text.","a":[', _JSON, "1]}\n"),
        ("JSON array", ".json", '[{"text":"A text.","a":[', _JSON, "1]}]"),
        *((field, ".jsonl", f'{{"body":"A text.","{field}":"', _FIELD, '"}\n') for field in _FIELDS),
        ("Markdown", ".md", "Some text.\n\n", MARKDOWN_UNITS.values(), ""),
        ("page", ".html", "<html><body><p>The first sentence.</p>", HTML_UNITS.values(), ""),
        ("text", ".txt", "The headline\n\nThe first sentence. ", TEXT_UNITS.values(), ""),
        ("HTML of mail", ".eml", "Content-Type: text/html\n\n<p>A text.", HTML_UNITS.values(), ""),
        *((f"{head.strip()!r}", ".eml", head, _HEADER, "\n\nThe text.\n") for head in _HEADERS),
        ("mail", ".eml", "Subject: a\n\nA text.\n\n", _MAIL, "\n"),
        ("table", ".csv", "text,title\nA text.,a\n", _CSV, "\n"),
        ("head of a table", ".csv", "text,", _CSV, "\nA text.\n"),
        ("feed", ".rss", "<rss><channel><item><description>A text.</description>", _XML, "</item></channel></rss>"),
    ):  # fmt: skip
        for unit in units:
            if unit:
                yield f"{name} of {unit!a}", suffix, start, unit, end


def _repeated(unit: str, size: int) -> str:
    """A unit, repeated up to about the given number of characters."""
    if _NUMBER not in unit:
        return unit * (size // len(unit))
    return "".join(unit.replace(_NUMBER, str(n)) for n in range(size // (len(unit) + 3)))


def _documents_here(
    kind: str, file: SourceFile, max_bytes: int, text: str = ""
) -> Iterator[Document | Problem]:
    """What the process for documents finds, without its start; nothing of large pages."""
    del max_bytes, text
    if kind not in PARSERS:
        return iter([Problem(file.name, "is a large page")])
    return read_documents(kind, file.path, file.name, file.options.max_characters)


def seconds_of(text: str, suffix: str) -> tuple[float, str]:
    """The processor time of a file, and its first problem."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "articles", f"hostile{suffix}")
        file.parent.mkdir()
        file.write_bytes(text.encode())
        found = in_process(file, Path(folder), _SECONDS)
    steps = [float(str(found.get(step, _SECONDS))) for step in ("read", "cut", "speakers", "words")]
    return sum(steps), str(found["first"])


def main() -> None:
    """Measure each kind, and print those that take time, the fastest growing first."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="", help="kinds with this in their names")
    parser.add_argument("--bytes", type=int, default=40_000, help="of the smallest file")
    parser.add_argument("--above", type=float, default=2.6, help="growth that is too fast")
    options = parser.parse_args()
    import_libraries()
    for module in PARSERS.values():
        importlib.import_module(f"pullquote_index.readers.documents.{module}")
    worker_process.documents_in_worker = _documents_here
    rows = []
    for name, suffix, start, unit, end in kinds():
        if options.only not in name:
            continue
        # Longer YAML is read line by line.
        base = options.bytes // 9 if name.startswith(("YAML", "a value")) else options.bytes
        made = (f"{start}{_repeated(unit, base * factor)}{end}" for factor in (1, 2, 4))
        measured = [seconds_of(text, suffix) for text in made]
        times = [seconds for seconds, _ in measured]
        first, second = times[1] - times[0], times[2] - times[1]
        print(
            f"{' '.join(f'{each:6.2f}' for each in times)} s  {name}", file=sys.stderr, flush=True
        )
        if second > _LEAST_SECONDS:
            growth = second / max(first, _LEAST_SECONDS / 10)
            shown = [f"{each:.2f}" for each in (*times, growth)]
            rows.append((growth, [name, *shown, measured[-1][1]]))
    rows.sort(key=lambda row: -row[0])
    head = ["kind", "s", "s of twice as much", "s of four times", "growth", "first problem"]
    print(markdown_table(head, [row for _, row in rows]))
    sys.exit(any(growth > options.above for growth, _ in rows))


if __name__ == "__main__":
    main()
