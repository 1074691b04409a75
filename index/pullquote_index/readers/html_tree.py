"""Parses a fragment of HTML into a tree, with the standard library alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pullquote_index.readers.time_limit import OverBudgetError, check_time

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
_MARKED_SECTION = re.compile(r"<!\[CDATA\[|<!\[[^<>\[\]]{0,200}\]>|\]\]>")
"""Marks of XML and of Microsoft Word around words."""
_MAX_CHARACTERS = 5_000_000
_MAX_TAGS = 250_000
"""A tree of so many elements takes about 100 MB; a page of a thousand paragraphs has 10,000."""
_LONG_REFERENCE = re.compile(r"&#(?=[0-9]{10}|[xX][0-9a-fA-F]{10})")


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
        return (node for node in self._nodes() if isinstance(node, Words))

    def elements(self) -> Iterator[Element]:
        """Every element in it, in order."""
        return (node for node in self._nodes() if isinstance(node, Element))

    def _nodes(self) -> Iterator[Element | Words]:
        waiting = self.children[::-1]
        while waiting:
            check_time()
            node = waiting.pop()
            yield node
            if isinstance(node, Element):
                waiting += node.children[::-1]


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
    """The tree of a fragment. Comments and declarations are left out.

    The time grows with the length of the fragment, whatever it holds.

    Raises:
        OverBudgetError: it takes more time than the article has, or is larger than one.
    """
    check_size(html)
    whole = _with_ends(html)
    check_size(whole)
    builder = _TreeBuilder()
    builder.feed(whole)
    builder.close()
    return builder.root


def check_size(html: str) -> None:
    """See that a tree of this HTML is not larger than that of any article.

    Raises:
        OverBudgetError: it is.
    """
    if len(html) > _MAX_CHARACTERS:
        raise OverBudgetError(f"has more than {_MAX_CHARACTERS:,} characters of HTML")
    if html.count("<") > _MAX_TAGS:
        raise OverBudgetError(f"has more than {_MAX_TAGS:,} tags")


def _with_ends(html: str) -> str:
    """HTML in which every mark that begins has an end. The parser would look for one each time.

    Nor has it references to characters whose numbers are too long for Python.
    """
    html = _LONG_REFERENCE.sub("&amp;#", html)
    if "<![" in html:
        html = _MARKED_SECTION.sub("", html).replace("<![", "&lt;![")
    end = html.rfind("-->")
    html = html[: end + 1] + html[end + 1 :].replace("<!--", "")
    end = html.rfind(">") + 1
    return html[:end] + html[end:].replace("<", "&lt;")


class _TreeBuilder(HTMLParser):
    """Builds the tree.

    Attributes:
        root: an element with everything in it.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]
        self._open_tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        check_time()
        if tag in _ENDS_PARAGRAPH:
            self._close_nearest(("p",))
        self._close_nearest(_ENDED_BY.get(tag, ()))
        element = Element(tag, {name: value or "" for name, value in attrs})
        parent = self._open[-1]
        if len(self._open) > _MAX_DEPTH:
            element.children = parent.children  # its words are those of the element around it
        else:
            parent.children.append(element)
        if tag not in _VOID:
            self._open.append(element)
            self._open_tags[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element that is closed at once, as `<Tabs />`; a block stays open as in HTML."""
        self.handle_starttag(tag, attrs)
        if tag not in _ENDS_PARAGRAPH and self._open[-1].tag == tag:
            self._close_from(len(self._open) - 1)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and those in it that were left open."""
        check_time()
        if self._open_tags[tag]:
            number = len(self._open) - 1
            while self._open[number].tag != tag:
                number -= 1
            self._close_from(number)

    def handle_data(self, data: str) -> None:
        """Add a text."""
        check_time()
        self._open[-1].children.append(Words(data, self.getpos()[0]))

    def _close_nearest(self, tags: tuple[str, ...]) -> None:
        """Close the nearest open element of each tag, if it is in the same list or table."""
        tags = tuple(tag for tag in tags if self._open_tags[tag])
        last = len(self._open) - 1
        for number in range(last, max(0, last - _MAX_DEPTH), -1):
            tag = self._open[number].tag
            if not tags or tag in _CONTAINERS:
                return
            if tag in tags:
                self._close_from(number)
                tags = tuple(other for other in tags if other != tag)

    def _close_from(self, number: int) -> None:
        while len(self._open) > number:
            self._open_tags[self._open.pop().tag] -= 1
