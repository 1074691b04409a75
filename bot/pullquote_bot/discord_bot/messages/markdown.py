"""Text for Discord: shown as the very characters that it is made of, whatever they are."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from pullquote_bot.visible_text import visible

_ACTIVE = re.compile(r"[\\`*_~|<>\[:@#/]")
"""Characters that begin or end markup, mentions, links, emoji or commands, anywhere in a line."""
_LINE_START = re.compile(r"^([^\S\n]*)(?:([-+])|(\d+)([.)]))", re.MULTILINE)
"""What makes a list, at the beginning of a line."""
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_SAFE_IN_ADDRESS = "/:?#[]@!$&'*+,;=%~-._"


def escape(text: str) -> str:
    """The text so written that Discord shows it as it is, with invisible characters made visible."""
    seen = "\n".join(visible(line) for line in _LINE_BREAKS.split(text))
    return _LINE_START.sub(_escaped_start, _ACTIVE.sub(r"\\\g<0>", seen))


def _escaped_start(match: re.Match[str]) -> str:
    indent, bullet, number, point = match.groups()
    return f"{indent}\\{bullet}" if bullet else f"{indent}{number}\\{point}"


def unescape(markdown: str) -> str:
    """What was escaped."""
    return _ESCAPED.sub(r"\1", markdown)


def escape_line(text: str) -> str:
    """The same on one line, and with its letters' direction kept from reordering what stands beside it."""
    line = " ".join(escape(" ".join(text.split())).split("\n"))
    return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}" if line and not line.isascii() else line


def block_quote(text: str) -> str:
    """The text as a block quote; none of its lines can leave it."""
    return "\n".join(f"> {line}" for line in escape(text).split("\n"))


def link(label: str, url: str) -> str:
    """A link with a label of the interface, or nothing where the address is none that a reader should be sent to."""
    try:
        address = urlsplit(url.strip())
        fits = address.scheme in _SCHEMES and bool(address.hostname) and "@" not in address.netloc
        safe = quote(address.geturl(), safe=_SAFE_IN_ADDRESS)
    except ValueError:
        return ""
    return f"[{label}](<{safe}>)" if fits and len(safe) <= _LONGEST_ADDRESS else ""


_SCHEMES = ("http", "https")


_LONGEST_ADDRESS = 500
"""In characters. Longer ones would leave too little room for quotes."""
