"""Parses a fragment of HTML into a tree, with the standard library alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr param".split())
_ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr main nav ol p pre section table ul".split()
)
"""Elements whose start ends an open paragraph."""
_ENDED_BY = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
"""Elements whose start ends an open one of these, in the same list or table."""
_CONTAINERS = frozenset("ul ol dl table".split())
_MAX_DEPTH = 200
"""Elements that are nested deeper are left out of the tree; their words are kept."""


@dataclass(slots=True)
class Element:
    """An element of HTML.

    Attributes:
        tag: its name in lower case.
        attributes: their values by their names in lower case.
        children: the elements and the texts in it, in order.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | Words] = field(default_factory=list)

    def texts(self) -> Iterator[Words]:
        """Every text in it, in order."""
        for child in self.children:
            if isinstance(child, Words):
                yield child
            else:
                yield from child.texts()

    def elements(self) -> Iterator[Element]:
        """Every element in it, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()


@dataclass(frozen=True, slots=True)
class Words:
    """A text between two tags.

    Attributes:
        text: the text, without character references.
        line: the line on which it begins, from 1.
    """

    text: str
    line: int


def parse_fragment(html: str) -> Element:
    """The tree of a fragment. Comments and declarations are left out."""
    end = html.rfind(">") + 1
    builder = _TreeBuilder()
    # Without an end no tag begins. The parser would look for one from each place.
    builder.feed(html[:end] + html[end:].replace("<", "&lt;"))
    builder.close()
    return builder.root


class _TreeBuilder(HTMLParser):
    """Builds the tree.

    Attributes:
        root: an element with everything in it.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _ENDS_PARAGRAPH:
            self._close_nearest(("p",))
        self._close_nearest(_ENDED_BY.get(tag, ()))
        if len(self._open) > _MAX_DEPTH:
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element that is closed at once, as `<Tabs />`; a block stays open as in HTML."""
        self.handle_starttag(tag, attrs)
        if tag not in _ENDS_PARAGRAPH and self._open[-1].tag == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element and those in it that were left open."""
        tags = [element.tag for element in self._open]
        if tag in tags[1:]:
            last = len(tags) - 1 - tags[::-1].index(tag)
            del self._open[last:]

    def handle_data(self, data: str) -> None:
        """Add a text."""
        self._open[-1].children.append(Words(data, self.getpos()[0]))

    def _close_nearest(self, tags: tuple[str, ...]) -> None:
        """Close the nearest open element of each tag, if it is in the same list or table."""
        for number in range(len(self._open) - 1, 0, -1):
            tag = self._open[number].tag
            if tag in _CONTAINERS:
                return
            if tag in tags:
                del self._open[number:]
                tags = tuple(other for other in tags if other != tag)
                if not tags:
                    return
