"""Writes small PDF files by hand, and reads documents as the build does."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pullquote.corpus.articles import Article
from pullquote_index.readers import reader_for
from pullquote_index.readers.problems import Problem, SourceFile

Text = tuple[float, float, float, str]
"""Left, baseline and size in points, and the words. The type is Courier, 0.6 of its size wide."""


def pdf_bytes(
    pages: Sequence[Sequence[Text]],
    info: Mapping[str, str] | None = None,
    *,
    encrypted: bool = False,
) -> bytes:
    """A PDF file of text on pages of 612 by 792 points."""
    return pdf_of_contents([pdf_content(page) for page in pages], info, encrypted=encrypted)


def pdf_content(page: Sequence[Text]) -> bytes:
    """The content stream of a page."""
    return "".join(
        f"BT /F1 {size} Tf {left} {baseline} Td ({_escaped(words)}) Tj ET\n"
        for left, baseline, size, words in page
    ).encode("cp1252")


def pdf_of_contents(
    contents: Sequence[bytes],
    info: Mapping[str, str] | None = None,
    *,
    encrypted: bool = False,
    packed: bool = False,
    times: int = 1,
) -> bytes:
    """A PDF file of pages with these content streams.

    Args:
        contents: a page's content stream each.
        info: the document's properties.
        encrypted: a password is needed to open it.
        packed: the streams are deflated.
        times: how often each stream is a page.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
    )
    entries = "".join(f"/{key} ({_escaped(value)}) " for key, value in (info or {}).items())
    objects.append(f"<< {entries}>>".encode("latin-1"))
    kids = []
    for content in contents:
        kind = b"/Filter /FlateDecode " if packed else b""
        objects.append(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (kind, len(content), content))
        stream = len(objects)
        for _ in range(times):
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
                b" /Resources << /Font << /F1 3 0 R >> >> >>" % stream
            )
            kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    if encrypted:
        key = b"41" * 32
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >>" % (key, key))
    return _file(objects, encrypted=encrypted)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: Sequence[bytes], *, encrypted: bool) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    encrypt = b"/Encrypt %d 0 R /ID [<41> <41>] " % len(objects) if encrypted else b""
    trailer = b"<< /Size %d /Root 1 0 R /Info 4 0 R %b>>" % (len(objects) + 1, encrypt)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, trailer, len(data))
    )


def read_file(path: Path, max_bytes: int = 10_000_000) -> list[Article | Problem]:
    """What the reader for a file's name yields, as for a file of the indexed folder `archive`."""
    reader = reader_for(path)
    assert reader is not None, path.name
    return list(reader(SourceFile(f"archive/{path.name}", path, path.parent), max_bytes))


def read_article(path: Path) -> Article:
    """The only article of a file without problems."""
    (article,) = read_file(path)
    assert isinstance(article, Article), article
    return article


def read_problem(path: Path, max_bytes: int = 10_000_000) -> str:
    """The only problem of a file without articles."""
    (problem,) = read_file(path, max_bytes)
    assert isinstance(problem, Problem), problem
    return str(problem)


def shown_blocks(article: Article) -> list[tuple[str, int, str]]:
    """Each block's kind, level and words, which tile the text."""
    words = [block.span.of(article.text) for block in article.blocks]
    assert "\n\n".join(words) == article.text
    return [
        (block.kind.value, block.level, text)
        for block, text in zip(article.blocks, words, strict=True)
    ]
