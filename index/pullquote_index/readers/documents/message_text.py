"""Which words of a plain message are its author's, and its paragraphs.

Quoted replies, forwarded messages and signatures become furniture: they are shown with the
message and never quoted, because they are another's words or nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.time_limit import OverBudgetError

_QUOTE = re.compile(r"^\s{0,2}(?:[A-Z]{0,3}>|\|\s)")
_WROTE = re.compile(
    r"(?:on |am |le |el |il |op )?.{0,300}(?:wrote|writes|schrieb|a écrit|escribió|ha scritto)"
    r"\s?:?$|.{1,200}<[^<>@\s]{1,100}@[^<>\s]{1,200}>\s?:$",
    re.IGNORECASE,
)
_SIGNATURE = "-- "
_MAX_LINES = 100_000
_REST_IS_QUOTED = re.compile(
    r"-{2,20} ?(?:original message|forwarded message|next part)\b.{0,80}$|"
    r"_{20,}$|[-~]{20,}$|begin forwarded message:$",
    re.IGNORECASE,
)
_LIST_FOOTER = re.compile(r"mailing list|unsubscribe|listinfo|^From:|^Sent:", re.IGNORECASE)
_MOBILE = re.compile(r"(?:sent from my \w+|get outlook for \w+).{0,40}$", re.IGNORECASE)
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*•+]|\(?\d{1,2}[.)])\s+(?=\S)")
_INDENTED = re.compile(r"\s{2,}|\t")


def message_blocks(text: str, *, is_flowed: bool = False) -> list[ExtractedBlock]:
    """The blocks of a plain message.

    Args:
        text: the message's text.
        is_flowed: a line with a space at its end goes on in the next line (RFC 3676).

    Raises:
        OverBudgetError: it has more lines than any message.
    """
    if text.count("\n") > _MAX_LINES:
        raise OverBudgetError(f"has more than {_MAX_LINES:,} lines")
    lines = [line.rstrip("\r") for line in text.expandtabs(8).split("\n")]
    if is_flowed:
        lines = list(_unflowed(lines))
    end = _end_of_words(lines)
    blocks: list[ExtractedBlock] = []
    for paragraph in _paragraphs(lines[:end]):
        if paragraph[0].startswith("\0"):
            words = " ".join(_QUOTE.sub("", line[1:], 1).strip() for line in paragraph)
            blocks.append(ExtractedBlock(words, BlockKind.FURNITURE))
        else:
            blocks += _own_blocks(paragraph)
    blocks += [
        ExtractedBlock(" ".join(paragraph).replace("\0", ""), BlockKind.FURNITURE)
        for paragraph in _paragraphs(lines[end:])
    ]
    return blocks


def _unflowed(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines with those joined that were broken with a space at the end."""
    start: list[str] = []
    for line in lines:
        plain = line[1:] if line.startswith(" ") and not line.startswith("  ") else line
        start.append(plain)
        if not line.endswith(" ") or line == _SIGNATURE or line.startswith(">"):
            yield "".join(start)
            start = []
    if start:
        yield "".join(start)


def _end_of_words(lines: Sequence[str]) -> int:
    """The first line of the signature or of what was forwarded; all lines if there is none."""
    for number, line in enumerate(lines):
        if line == _SIGNATURE or _MOBILE.match(line.strip()):
            return number
        if _REST_IS_QUOTED.match(line.strip()):
            following = "\n".join(lines[number + 1 : number + 5])
            is_named = bool(line.strip().strip("-_"))
            if is_named or _LIST_FOOTER.search(following):
                return number
    return len(lines)


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph. Quoted lines begin with NUL, and are apart."""
    marked = [f"\0{line}" if _QUOTE.match(line) else line for line in lines]
    _mark_broken_lines(marked)
    _mark_attributions(marked)
    paragraph: list[str] = []
    for line in marked:
        is_blank = not _QUOTE.sub("", line.lstrip("\0"), 1).strip()
        if paragraph and (is_blank or line.startswith("\0") != paragraph[0].startswith("\0")):
            yield paragraph
            paragraph = []
        if not is_blank:
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _mark_broken_lines(lines: list[str]) -> None:
    """Mark the end of a quoted line that a program broke: it lies between quoted lines."""
    for number in range(1, len(lines) - 1):
        before, line, after = lines[number - 1 : number + 2]
        if before.startswith("\0") and after.startswith("\0") and line[:1].islower():
            lines[number] = f"\0{line}"


def _mark_attributions(lines: list[str]) -> None:
    """Mark "On Monday, Ada wrote:" before a quotation, of one or two lines."""
    for number, line in enumerate(lines):
        previous = [at for at in range(max(0, number - 3), number) if lines[at].strip()]
        if not line.startswith("\0") or not previous or lines[previous[-1]].startswith("\0"):
            continue
        last = previous[-1]
        if _WROTE.match(lines[last].strip()):
            first = lines[last - 1].strip() if last else ""
            is_second = first.lower().startswith(("on ", "am ", "le ")) and not first.endswith(".")
            for at in [last - 1, last] if is_second else [last]:
                lines[at] = f"\0{lines[at]}"


def _own_blocks(lines: Sequence[str]) -> Iterator[ExtractedBlock]:
    """Yield the blocks of one paragraph's lines: items if they are marked, else one paragraph."""
    parts: list[list[str]] = []
    for line in lines:
        if parts and not _ITEM.match(line):
            parts[-1].append(line)
        else:
            parts.append([line])
    is_list = all(_ITEM.match(part[0]) for part in parts[1:]) and len(parts) > 1
    for part in parts:
        text = " ".join(part)
        item = _ITEM.match(text)
        if item and (is_list or not _ITEM.match(lines[-1]) or len(lines) == 1):
            level = 1 + len(item["indent"]) // 2
            yield ExtractedBlock(text[item.end() :], BlockKind.ITEM, level)
        else:
            yield ExtractedBlock(text)
