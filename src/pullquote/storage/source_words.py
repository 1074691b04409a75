"""Whether the bytes of a source print some words, in one of the ways in which words are written.

This decides without the readers of files, which only a build has. Words of plain text, of a field
in JSON and of a cell in a table must be there to the character. Of Markdown and HTML every word
must be there in its order, with nothing but punctuation or markup between two of them.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterator

_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks. UTF-32's little-endian mark begins with UTF-16's."""
_OTHER_ENCODINGS = ("gb18030", "shift_jis", "euc_jp", "big5", "euc_kr")
"""Encodings whose characters have bytes of ASCII in them."""
_PLAIN = re.compile(r"[a-zA-Z0-9 .,;:!?()-]+")
"""Characters that every format writes as they are."""
_LONGEST_WRITTEN = 12
"""The bytes of a character in its longest form, a surrogate pair of JSON."""
_JSON_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "\n": "n", "\r": "r", "\t": "t"}
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"\]\[[^\[\]]{0,200}\]|\]\([^()]{0,2000}\)|[\[\]]")
_MARKS = str.maketrans("", "", "*_~`\\\xad\u200b\u200c\u200d\u2060\ufeff")
"""What may stand within a word: marks of Markdown, and invisible characters."""
_MARKUP = re.compile(
    r"<(sup|sub|script|style|button|svg|aside|noscript|template|del|s)\b[^<>]*>.*?</\1\s*>"
    r"|<!--.*?-->|<[^<>]*>"
    r"|!\[[^\[\]]*\]\([^()]*\)|\]\([^()]*(?:\([^()]*\)[^()]*)*\)|\]\[[^\[\]]*\]|\[\^[^\[\]]*\]"
    r"|\{[^{}]*\}",
    re.DOTALL | re.IGNORECASE,
)
"""What has letters and is not read as words: elements that are left out, comments, tags, pictures,
the targets of links, footnotes, attributes and shortcodes."""
_EMBEDDED_DATA = re.compile(r";base64,[A-Za-z0-9+/=]{200,}+")
"""An image or a font within a page."""
_MOST_MARKUP = 3_000
"""The most characters of markup between two words: the address of a link."""
_MARKUP_STARTS = ("<", "!", "[", "]", "{")
_NO_WORD = re.compile(r"(?:(?![<!\[\]{])[\W_])*+")
"""What is neither a word nor the beginning of markup."""
_MOST_STARTS = 1_000
"""The most places at which the first word is tried."""
_MOST_LOOKS = 2_000
"""The most times that markup is looked through for one quote."""
_SHORTEST_SOUGHT = 4
"""The shortest run of letters that is looked for first: a shorter one may be almost everywhere."""
_MOST_TAGS = 100
"""The most tags between two words of a quote."""


def as_utf_8(data: bytes) -> bytes:
    """The bytes of a file in UTF-8 if they are in UTF-16 or UTF-32; others as they are."""
    encoding = next((name for mark, name in _WIDE_MARKS if data.startswith(mark)), "")
    if not encoding and b"\0" in data[:2]:
        encoding = "utf-16-be" if data.startswith(b"\0") else "utf-16-le"
    return data.decode(encoding, errors="ignore").encode() if encoding else data


def prints_plainly(data: bytes, words: str) -> bool:
    """Whether bytes print words as text, in UTF-8 or an encoding of single bytes or of Asia."""
    if words.encode() in data:
        return True
    if words.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return _prints_otherwise(data, words)
    return False


def _prints_otherwise(data: bytes, words: str) -> bool:
    """Whether bytes that are not UTF-8 print words. Of one-byte encodings, ASCII is compared."""
    for encoding in _OTHER_ENCODINGS:
        if words.encode(encoding, errors="ignore") in data:
            return True
    pattern = b"".join(
        re.escape(run.encode())
        if run.isascii()
        else b"[\x80-\xff]{%d,%d}+" % (len(run), 4 * len(run))
        for run in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", words)
    )
    return re.search(pattern, data) is not None


def prints_escaped(data: bytes, words: str) -> bool:
    """Whether bytes print words in a string of JSON or in a cell of a table."""
    words = words.replace("\r\n", "\n")
    literal = max(_PLAIN.findall(words), key=len, default="")
    if len(literal) < _SHORTEST_SOUGHT:
        return re.search(b"".join(map(_written, words)), data) is not None
    before, _, after = words.partition(literal)
    rest = re.compile(b"".join(map(_written, after)))
    begin = re.compile(b"".join(map(_written, before)) + rb"\Z")
    sought = literal.encode()
    at = data.find(sought)
    while at >= 0:
        start = max(0, at - _LONGEST_WRITTEN * len(before))
        if rest.match(data, at + len(sought)) and begin.search(data[start:at]):
            return True
        at = data.find(sought, at + 1)
    return False


def _written(character: str) -> bytes:
    """A pattern for the ways in which JSON and tables write a character."""
    raw = character.encode()
    if _PLAIN.fullmatch(character):
        return re.escape(raw)
    units = character.encode("utf-16-be").hex()
    escaped = "".join(f"\\\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    forms = [b"(?i:" + escaped.encode() + b")"]  # the longest first: none is tried again
    if character == "\n":
        forms.append(rb"\\r\\n")
    if short := _JSON_ESCAPES.get(character):
        forms.append(re.escape(b"\\" + short.encode()))
    if character == '"':
        forms.append(b'""')
    forms.append(rb"\r?\n|\r" if character == "\n" else re.escape(raw))
    if not character.isascii():
        forms.append(b"[\x80-\xff]")  # in an encoding of single bytes
    return b"(?>" + b"|".join(forms) + b")"


def strings_of_json(data: bytes) -> Iterator[str]:
    """Yield every text in a record of JSON, however deep; none if it is not JSON."""
    try:
        values = [json.loads(data.decode().removeprefix("\ufeff"))]
    except (ValueError, RecursionError):
        return
    while values:
        value = values.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            values.extend(value.values())
        elif isinstance(value, list):
            values.extend(value)


def prints_in_markup(data: bytes, words: str) -> bool:
    """Whether Markdown or HTML prints words: each in its order, with only markup between them."""
    try:
        source, pattern = data.decode(), _WORD
    except UnicodeDecodeError:  # only ASCII is compared
        source, pattern = data.decode("windows-1252", errors="replace"), _ASCII_WORD
    source = html.unescape(_EMBEDDED_DATA.sub("", source))
    bare, bare_words = source.translate(_MARKS), words.translate(_MARKS)
    unlinked, untagged = _LINK.sub("", bare), _TAG.sub("", bare)
    forms = ((source, words), *((form, bare_words) for form in (bare, unlinked, untagged)))
    return any(_has_in_order(form, pattern.findall(sought)) for form, sought in forms)


def _has_in_order(source: str, wanted: list[str]) -> bool:
    at = -1
    if not wanted:
        return True
    looks = _Looks()
    for _ in range(_MOST_STARTS):
        at = source.find(wanted[0], at + 1)
        if at < 0:
            return False
        end: int | None = at + len(wanted[0])
        for word in wanted[1:]:
            end = _end_of_next(source, word, end or 0, looks)
            if end is None:
                break
        else:
            return True
    return False


class _Looks:
    """Counts how often markup is looked through, which takes a thousand times a comparison."""

    def __init__(self) -> None:
        self._left = _MOST_LOOKS

    def is_markup(self, between: str) -> bool:
        """Whether a text is nothing but markup; a text with very many tags counts as words."""
        self._left -= 1
        if self._left < 0 or between.count("<") > _MOST_TAGS:
            return False
        return not _WORD.search(_MARKUP.sub("", between))


def _end_of_next(source: str, word: str, start: int, looks: _Looks) -> int | None:
    """The end of a word that follows at `start`; None unless only markup is between."""
    first = _NO_WORD.match(source, start).end()  # type: ignore[union-attr]
    if source[first : first + 1] not in _MARKUP_STARTS:  # a word comes first, or nothing does
        return first + len(word) if source.startswith(word, first) else None
    at = source.find(word, first, start + _MOST_MARKUP + len(word))
    while at >= 0:
        if looks.is_markup(source[start:at]):
            return at + len(word)
        at = source.find(word, at + 1, start + _MOST_MARKUP + len(word))
    return None
