"""The only module that imports lxml: the tree of an HTML page, XML element by element.

lxml is imported when the first page or XML is met, so that other files are read without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

MAX_DEPTH = 250
"""The deepest element of a page that is read; libxml2 stops at 256."""
_XML_OPTIONS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class XmlError(ValueError):
    """A file is not XML, or not XML that is read. The message says why."""


def page_tree(html: str) -> Any:
    """The root element of an HTML page, or None if there is nothing in it. Broken HTML is mended.

    Raises:
        ModuleNotFoundError: lxml is missing.
        RecursionError: elements are nested deeper than `MAX_DEPTH`.
    """
    import lxml.html  # noqa: PLC0415 - see above
    from lxml import etree  # noqa: PLC0415 - see above

    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=parser)
    except etree.LxmlError:
        return None
    _check_depth(etree.iterwalk(tree, events=("start", "end")))
    return tree


def remove_elements(tree: Any, is_removed: Callable[[Mapping[str, str]], bool]) -> None:
    """Remove elements of a page's body, in place. The text after them stays.

    Args:
        tree: the root element.
        is_removed: whether an element with these attributes is removed.
    """
    body = tree.find("body")
    elements = [] if body is None else [*body.iterdescendants()]
    for element in elements:
        if is_removed(element.attrib):
            element.drop_tree()


def _check_depth(walk: Iterator[tuple[str, Any]]) -> None:
    """Count how deeply elements are nested.

    Args:
        walk: the starts and the ends of elements, in order.

    Raises:
        RecursionError: they are nested too deeply.
    """
    depth = 0
    for event, _ in walk:
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise RecursionError


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
            message = " ".join(
                str(error.msg).split()
            )  # libxml2 cites the text, with its line breaks
            raise XmlError(f"{what} ({message})") from error


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
