"""Reads feeds and exports in XML: RSS, Atom, and WordPress's WXR. One article for each entry.

A mapping of our own was chosen over feedparser, which holds a whole feed in memory (the export of
a large blog has hundreds of megabytes) and does not read what WXR adds.
"""

from __future__ import annotations

import contextlib
import email.utils
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pullquote.corpus.hashing import sha256_of
from pullquote_index.readers import problems
from pullquote_index.readers.documents.document import Document, iso_day
from pullquote_index.readers.documents.entry_text import entry_blocks, plain_text
from pullquote_index.readers.documents.lxml_library import (
    XmlError,
    inner_markup,
    local_name,
    namespace,
    outer_markup,
    xml_elements,
)
from pullquote_index.readers.field_values import names_utc
from pullquote_index.readers.problems import Problem
from pullquote_index.readers.time_limit import OverBudgetError

_ROOTS = frozenset({"rss", "feed", "rdf"})
_ENTRIES = frozenset({"item", "entry"})
_CONTENT = "content"
_WORDPRESS = "wordpress.org/export"
_MEDIA = "search.yahoo.com/mrss"
_ITUNES = "itunes.com"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_POST_TYPES = frozenset({"post", "page"})
_ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?$")


def documents(path: Path, name: str, max_characters: int) -> Iterator[Document | Problem]:
    """Yield the entries of a feed in order, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
        ModuleNotFoundError: lxml is missing.
    """
    del max_characters  # each document is measured when it is whole
    feed = _Feed(name)
    try:
        for element in xml_elements(path, _ENTRIES):
            if problem := feed.begin(element):
                yield problem
                return
            if local_name(element) in _ENTRIES:
                yield from feed.entry(element)
    except XmlError as error:
        yield Problem(name, str(error))
        return
    yield from feed.summary()


class _Feed:
    """Reads one feed, entry by entry."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root: Any = None
        self._source = ""
        self._authors: list[str] = []
        self._language = ""
        self._number = 0

    def begin(self, element: Any) -> Problem | None:
        """Take the root element. Returns why the file is no feed, if it is none."""
        if self._root is not None:
            return None
        self._root = element
        if local_name(element) in _ROOTS:
            return None
        return Problem(self._name, f"is XML of another kind (<{local_name(element)[:40]}>)")

    def _set_source(self, entry: Any) -> None:
        """Take the feed's title, authors and language from the elements around its first entry."""
        around = [entry.getparent()]
        around += [child for child in self._root if local_name(child) == "channel"]
        for feed in around:
            fields = _Fields(feed)
            self._source = self._source or plain_text(fields.text("title"))
            self._authors = self._authors or fields.authors()
            self._language = self._language or feed.get(_XML_LANGUAGE) or fields.text("language")

    def entry(self, element: Any) -> Iterator[Document | Problem]:
        """Yield the document of an entry."""
        self._number += 1
        if self._number == 1:
            self._set_source(element)
        fields = _Fields(element)
        where = f"{self._name}:{self._number}"
        if reason := fields.left_out(where):
            yield reason
            return
        try:
            blocks = entry_blocks(fields.content(), is_wordpress=fields.is_wordpress)
        except OverBudgetError as error:
            yield Problem(where, str(error))
            return
        if not blocks:
            yield Problem(where, "has no text")
            return
        stated = {
            "title": plain_text(fields.text("title")),
            "published": fields.published(),
            "authors": fields.authors() or self._authors,
            "source": self._source,
            "url": fields.address(),
            "section": fields.section(),
            "language": element.get(_XML_LANGUAGE) or fields.text("language") or self._language,
        }
        yield Document(
            blocks=tuple(blocks),
            fields={key: value for key, value in stated.items() if value},
            record_sha256=sha256_of(outer_markup(element).encode()),
            line=self._number,
            given_id=fields.text("guid", "id") or fields.address(),
        )

    def summary(self) -> Iterator[Problem]:
        """Yield why the feed has no entries at all, if it has none."""
        if self._root is None:
            yield Problem(self._name, "is not XML")
        elif not self._number:
            yield Problem(self._name, "is a feed without entries")


class _Fields:
    """The fields of an entry.

    Attributes:
        is_wordpress: whether it is of an export of WordPress.
    """

    def __init__(self, entry: Any) -> None:
        self._children: list[Any] = [child for child in entry if isinstance(child.tag, str)]
        self.is_wordpress = any(_WORDPRESS in namespace(child) for child in self._children)

    def all(self, *names: str) -> Iterator[Any]:
        """Yield the children of the first of these names that occurs, in order."""
        for name in names:
            found = [
                child
                for child in self._children
                if local_name(child) == name
                and _MEDIA not in namespace(child)
                and _ITUNES not in namespace(child)
            ]
            if found:
                yield from found
                return

    def text(self, *names: str) -> str:
        """The text of the first child with text of these names, in the order of the names."""
        for name in names:
            for child in self.all(name):
                if text := "".join(child.itertext()).strip():
                    return text
        return ""

    def left_out(self, where: str) -> Problem | None:
        """Why an entry of an export is left out; None for a published post or page."""
        if not self.is_wordpress:
            return None
        kind, status = self.text("post_type") or "post", self.text("status") or "publish"
        if kind not in _POST_TYPES:
            return problems.without_text(where, f"is no post or page ({kind[:40]})")
        if status != "publish":
            return problems.draft(where, f"is not published ({status[:40]} {kind})")
        return None

    def content(self) -> str:
        """The entry's HTML or text: all of it if the feed has it, else its summary."""
        if encoded := self.text("encoded"):
            return encoded
        for child in self.all(_CONTENT, "summary", "description"):
            kind = child.get("type", "")
            markup = inner_markup(child) if kind == "xhtml" else "".join(child.itertext())
            if markup.strip():
                return (
                    markup if kind != "text" else markup.replace("&", "&amp;").replace("<", "&lt;")
                )
        return self.text("summary", "description")

    def published(self) -> str:
        """The date of publication as an ISO day; as it is stated if it cannot be read."""
        stated = self.text("post_date", "pubdate", "published", "date", "issued", "updated")
        if match := _ISO_DAY.match(stated):
            day = stated if names_utc(stated) else match[1]
            return day if not stated.startswith("0000") else ""
        with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
            return iso_day(email.utils.parsedate_to_datetime(stated))
        return stated

    def authors(self) -> list[str]:
        """The authors' names."""
        names: list[str] = []
        for child in self.all("creator", "author"):
            parts = [part for part in child if local_name(part) == "name"]
            text = "".join((parts[0] if parts else child).itertext())
            # RSS asks for an address with the name after it: ada@example.org (Ada Lindén).
            match = re.fullmatch(r"\s*\S+@\S+\s+\((?P<name>[^()]+)\)\s*", text)
            name = " ".join((match["name"] if match else text).split())
            names += [name] if name and name not in names else []
        return names

    def address(self) -> str:
        """The entry's address; empty if it is none of the web."""
        links = list(self.all("link"))
        stated = [
            link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"
        ]
        stated += [link.text or "" for link in links]
        stated += [
            guid.text or "" for guid in self.all("guid") if guid.get("isPermaLink") != "false"
        ]
        addresses = (address.strip() for address in stated)
        return next((a for a in addresses if a.startswith(("http://", "https://"))), "")

    def section(self) -> str:
        """The first category; of WordPress's, the first that is not a tag."""
        for child in self.all("category", "subject"):
            text = child.get("label") or child.get("term") or child.text or ""
            if child.get("domain", "category") == "category" and text.strip():
                return " ".join(text.split())
        return ""
