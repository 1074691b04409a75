"""Reads a message in the HTML archive of a mailing list: Hypermail, Pipermail, MHonArc.

What the message quotes of other messages is marked there by ">" alone, as in the message itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pullquote.english.dates import parse_date
from pullquote_index.readers.documents.message_text import message_blocks
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_elements import BLOCKS, HEADINGS
from pullquote_index.readers.html_tree import Element, Words, parse_fragment

_BODY_START = re.compile(
    r'<!--\s*body="start"\s*-->|(?P<pipermail><!--beginarticle-->)|<!--X-Body-of-Message-->'
)
_BODY_END = re.compile(r'<!--\s*body="end"\s*-->|<!--endarticle-->|<!--X-Body-of-Message-End-->')
"""The comments that Hypermail, Pipermail and MHonArc put before and after a message."""
_PIPERMAIL_SENDER = re.compile(r"<b>(?P<name>[^<>]{1,200})</b>", re.IGNORECASE)
_PIPERMAIL_DATE = re.compile(
    r"<i>\w{3} (?P<month>\w{3})\s+(?P<day>\d{1,2}) [\d:]{8} \w+ (?P<year>\d{4})\s*</i>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*\([^()\s]*\)\s*$")
"""An address after a name."""
_LEFT_OUT = frozenset(("address", "script", "style"))
_RECEIVED = "received"
"""Hypermail's id of the line below a message."""


def message_page(html: str) -> tuple[Mapping[str, object], list[ExtractedBlock]] | None:
    """The fields and the blocks of a message.

    Args:
        html: a page.

    Returns:
        Values by the names of `read_metadata`'s fields, as far as `page_fields` lacks them, and
        the blocks; None if the page is not of an archive of messages.
    """
    start = _BODY_START.search(html)
    ends = list(_BODY_END.finditer(html, start.end())) if start else []
    if start is None or not ends:
        return None
    markup = html[start.end() : ends[-1].start()]
    text = "".join(_pieces(parse_fragment(markup), in_pre=False))
    fields: dict[str, object] = {}
    if start["pipermail"]:
        before = html[: start.start()]
        if sender := _PIPERMAIL_SENDER.search(before):
            fields["authors"] = [" ".join(sender["name"].split())]
        if sent := _PIPERMAIL_DATE.search(before):
            day = parse_date(f"{sent['day']} {sent['month']} {sent['year']}")
            fields["published"] = day.isoformat() if day else ""
    return fields, message_blocks(text)


def without_address(name: str) -> str:
    """A sender's name without the address that Hypermail puts after it."""
    return _ADDRESS.sub("", name)


def _pieces(element: Element, *, in_pre: bool) -> Iterator[str]:
    """Yield the text of an element with its line ends."""
    for child in element.children:
        if isinstance(child, Words):
            yield child.text if in_pre else re.sub(r"\s+", " ", child.text).removeprefix(" ")
        elif child.tag == "br":
            yield "\n"
        elif child.tag not in _LEFT_OUT and child.attributes.get("id") != _RECEIVED:
            is_block = child.tag in BLOCKS or child.tag in HEADINGS
            yield "\n\n" if is_block else ""
            yield from _pieces(child, in_pre=in_pre or child.tag == "pre")
            yield "\n\n" if is_block else ""
