"""Text escaped for Discord, so that Discord shows exactly its characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from pullquote.corpus.spans import Span
from pullquote_bot.visible_text import one_line, visible

_ACTIVE = re.compile(r"[\\`*_~|<>\[:@#/]")
"""Characters that begin or end markup, mentions, links, emoji or commands in any place."""
_LINE_START = re.compile(r"^([^\S\n]*)(?:([-+])|(\d+)([.)]))", re.MULTILINE)
"""What begins a list at the start of a line."""
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINES = re.compile(rf"(?:(?!{_LINE_BREAKS.pattern}).)+|{_LINE_BREAKS.pattern}", re.DOTALL)
"""Lines, and the breaks between them."""
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_SAFE_IN_ADDRESS = "/:?#[]@!$&'*+,;=%~-._"
"""Characters of an address that are not percent-encoded."""
_SCHEMES = ("http", "https")
_LONGEST_ADDRESS = 500
"""Characters. A longer address would leave too little room for quotes."""


def escape(text: str) -> str:
    """Escape a text; invisible characters are spelled out.

    Discord shows the result as it is: nothing in it becomes markup.
    """
    spelled = "\n".join(visible(line) for line in _LINE_BREAKS.split(text))
    return _LINE_START.sub(_escape_list_start, _ACTIVE.sub(r"\\\g<0>", spelled))


def _escape_list_start(match: re.Match[str]) -> str:
    indent, bullet, number, point = match.groups()
    return f"{indent}\\{bullet}" if bullet else f"{indent}{number}\\{point}"


def unescape(markdown: str) -> str:
    """The text that `escape` was given, apart from invisible characters."""
    return _ESCAPED.sub(r"\1", markdown)


def escape_line(text: str) -> str:
    """Escape a text and join its lines.

    Bidirectional isolates keep right-to-left letters from reordering the text beside them.
    """
    line = " ".join(escape(" ".join(text.split())).split("\n"))
    return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}" if line and not line.isascii() else line


def cut_line(text: str, longest: int) -> str:
    """A text escaped and on one line, cut to `longest` characters before it is escaped."""
    line = one_line(text)
    return escape_line(line if len(line) <= longest else f"{line[: longest - 1]}…")


def block_quote(text: str, bold: Sequence[Span] = ()) -> str:
    """Escape a text and quote each of its lines, so that none leaves the block quote.

    Args:
        text: the text.
        bold: the parts of it that stand out, such as the words that answer.
    """
    return "\n".join(f"> {line}" for line in with_bold(text, bold).split("\n"))


def with_bold(text: str, bold: Sequence[Span]) -> str:
    """A text escaped, with parts of it in bold. Markup in the text stays text."""
    pieces, at = [], 0
    for start, end in sorted(set(bold)):
        if at <= start < end <= len(text):
            pieces += [escape(text[at:start]), *map(_bold, _LINES.findall(text[start:end]))]
            at = end
    return "".join([*pieces, escape(text[at:])])


def _bold(line: str) -> str:
    """Part of a line in bold; the white space around it is not."""
    words = line.strip()
    before, _, after = line.partition(words) if words else (line, "", "")
    return f"{escape(before)}**{escape(words)}**{escape(after)}" if words else escape(line)


def link(label: str, url: str) -> str:
    """A link; empty if the address is too long, no web address, or has a user name.

    Args:
        label: a text of the interface, which is not escaped.
        url: the address, as the article gives it.
    """
    try:
        address = urlsplit(url.strip())
        is_web = address.scheme in _SCHEMES and bool(address.hostname) and "@" not in address.netloc
        encoded = quote(address.geturl(), safe=_SAFE_IN_ADDRESS)
    except ValueError:
        return ""
    return f"[{label}](<{encoded}>)" if is_web and len(encoded) <= _LONGEST_ADDRESS else ""
