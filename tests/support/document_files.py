"""Writes small PDF files by hand, for tests."""

from collections.abc import Mapping, Sequence

Text = tuple[float, float, float, str]
"""Left, baseline and size in points, and the words. The type is Courier, 0.6 of its size wide."""


def pdf_bytes(
    pages: Sequence[Sequence[Text]],
    info: Mapping[str, str] | None = None,
    *,
    encrypted: bool = False,
) -> bytes:
    """A PDF file of text on pages of 612 by 792 points."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    entries = "".join(f"/{key} ({_escaped(value)}) " for key, value in (info or {}).items())
    objects.append(f"<< {entries}>>".encode("latin-1"))
    kids = []
    for page in pages:
        content = "".join(
            f"BT /F1 {size} Tf {left} {baseline} Td ({_escaped(words)}) Tj ET\n"
            for left, baseline, size, words in page
        ).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
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
