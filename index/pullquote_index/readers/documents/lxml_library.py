"""The only module that imports lxml: HTML as a stream of events, XML element by element.

lxml is imported when the first HTML or XML is met, so that plain messages are read without it.
Neither way of reading builds a tree, so the depth of a document costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

_XML_OPTIONS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class HtmlTarget(Protocol):
    """Receives the events of an HTML document."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text, possibly a part of it."""

    def comment(self, text: str) -> None:
        """A comment."""

    def close(self) -> None:
        """The document ends."""


class XmlError(ValueError):
    """A file is not XML, or not XML that is read. The message says why."""


def parse_html(html: str, target: HtmlTarget) -> None:
    """Send the events of a document or a fragment to `target`. Broken HTML is mended.

    Raises:
        ModuleNotFoundError: lxml is missing.
    """
    from lxml import etree  # noqa: PLC0415 - see above

    if not html.strip():
        return
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    # The parser takes its input in pieces: one piece of 50 MB would be copied whole.
    data = html.encode("utf-8", "replace")
    for at in range(0, len(data), 1 << 16):
        parser.feed(data[at : at + (1 << 16)])
    parser.close()


def local_name(element: Any) -> str:
    """An element's name in lower case, without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def namespace(element: Any) -> str:
    """An element's namespace in lower case; empty without one."""
    tag = element.tag
    return tag[1:].split("}", 1)[0].lower() if isinstance(tag, str) and tag[:1] == "{" else ""


def inner_markup(element: Any) -> str:
    """The markup within an element."""
    from lxml import etree  # noqa: PLC0415 - see above

    pieces = [element.text or ""]
    pieces += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(pieces)


def outer_markup(element: Any) -> str:
    """An element's markup, without the text after it."""
    from lxml import etree  # noqa: PLC0415 - see above

    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def xml_elements(path: Path, names: frozenset[str]) -> Iterator[Any]:
    """Yield the root at its start, and each element below it of these local names at its end.

    What was yielded is emptied afterwards, so memory does not grow with the file. Entities that
    the file declares are not read, and nothing is fetched.

    Args:
        path: the file.
        names: local names in lower case.

    Raises:
        XmlError: the file is not XML, declares entities, or is broken; what came before the
            broken place was yielded.
        OSError: the file cannot be read.
        ModuleNotFoundError: lxml is missing.
    """
    from lxml import etree  # noqa: PLC0415 - see above

    with path.open("rb") as stream:
        events = etree.iterparse(stream, events=("start", "end"), **_XML_OPTIONS)
        root = None
        try:
            for event, element in events:
                if root is None:
                    root = element
                    _refuse_entities(root)
                    yield root
                elif event == "end" and local_name(element) in names:
                    yield element
                    _forget(element, names)
        except etree.XMLSyntaxError as error:
            what = "is not XML" if root is None else "is broken XML"
            raise XmlError(f"{what} ({error.msg})") from error


def _refuse_entities(root: Any) -> None:
    """Raises XmlError if the document declares entities."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise XmlError("declares XML entities, which are not read")


def _forget(element: Any, names: frozenset[str]) -> None:
    """Empty an element, and remove the one before it."""
    element.clear()
    previous = element.getprevious()
    if previous is not None and local_name(previous) in names:
        element.getparent().remove(previous)
