"""Reads JSON Feed and exports of Ghost. One article for each post.

They name authors, tags and the publication outside of the posts. Other JSON, such as that of
WordPress, is read by the names of fields (`json_array`).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.hashing import sha256_of
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import Document, encodable
from pullquote_index.readers.documents.entry_text import entry_blocks, plain_text
from pullquote_index.readers.problems import Problem, draft
from pullquote_index.readers.time_limit import OverBudgetError

_FEED_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_FEED_START = re.compile(
    rb'\s*\{[^\[]*?"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/'
)
_GHOST_START = re.compile(rb'\s*\{\s*"db"\s*:\s*\[\s*\{\s*"meta"\s*:\s*\{[^{}]*"exported_on"')
_PUBLISHED = frozenset({"publish", "published", "sent"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Post:
    """A post of an export.

    Attributes:
        record: its record, for the hash.
        content: its HTML or text.
        fields: its metadata, by the names that `read_metadata` reads.
        given_id: the id that the source gives.
        status: empty for a published post; else what it is.
    """

    record: Mapping[str, object]
    content: str
    fields: Mapping[str, object]
    given_id: str
    status: str = ""


def documents(path: Path, name: str, max_characters: int) -> Iterator[Document | Problem]:
    """Yield the posts of an export in order, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
    """
    del max_characters  # each document is measured when it is whole
    if path.stat().st_size > limits.JSON_BYTES:
        yield Problem(name, f"is larger than {limits.JSON_BYTES >> 20:,} MB")
        return
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield Problem(name, f"is not JSON ({error})")
        return
    if recognises(data):
        yield from export_documents(data, name)
    else:
        yield Problem(name, "is JSON of another kind, not a feed or an export")


def begins_export(start: bytes) -> bool:
    """Whether a file that begins so is a JSON Feed or an export of Ghost."""
    start = start.removeprefix(codecs.BOM_UTF8)
    return bool(_FEED_START.match(start) or _GHOST_START.match(start))


def recognises(data: object) -> bool:
    """Whether parsed JSON is a JSON Feed or an export of Ghost."""
    return _is_json_feed(data) or bool(_ghost_data(data))


def export_documents(data: object, name: str) -> Iterator[Document | Problem]:
    """Yield the posts of parsed JSON that `recognises` accepts.

    Args:
        data: the parsed file.
        name: the file's name, for problems.
    """
    number = 0
    for number, post in enumerate(_posts(data), start=1):
        if post.status:
            yield draft(f"{name}:{number}", f"is not published ({post.status})")
            continue
        try:
            blocks = entry_blocks(post.content)
        except OverBudgetError as error:
            yield Problem(f"{name}:{number}", str(error))
            continue
        if not blocks:
            yield Problem(f"{name}:{number}", "has no text")
            continue
        record = json.dumps(post.record, sort_keys=True).encode()
        fields = {key: value for key, value in post.fields.items() if value}
        yield Document(tuple(blocks), fields, sha256_of(record), number, post.given_id)
    if not number:
        yield Problem(name, "is an export without posts")


def _posts(data: object) -> Iterator[_Post]:
    if _is_json_feed(data):
        return _feed_posts(_mapping(data))
    return _ghost_posts(_ghost_data(data))


def _is_json_feed(data: object) -> bool:
    return bool(_FEED_VERSION.match(_text(_mapping(data), "version")))


def _feed_posts(feed: Mapping[str, object]) -> Iterator[_Post]:
    for item in _mappings(feed.get("items")):
        html, text = _text(item, "content_html"), _text(item, "content_text")
        people = _mappings(item.get("authors")) or _mappings([item.get("author")])
        people = people or _mappings(feed.get("authors")) or _mappings([feed.get("author")])
        tags = item.get("tags")
        yield _Post(
            record=item,
            content=html or _escaped(text) or _text(item, "summary"),
            fields={
                "title": plain_text(_text(item, "title")),
                "published": _day(_text(item, "date_published")),
                "authors": _names(people),
                "source": _text(feed, "title"),
                "url": _text(item, "url") or _text(item, "external_url"),
                "section": str(tags[0]) if isinstance(tags, list) and tags else "",
                "language": _text(item, "language") or _text(feed, "language"),
            },
            given_id=_text(item, "id"),
        )


def _ghost_data(data: object) -> Mapping[str, object]:
    """The tables of an export of Ghost, or of its Content API; empty for other data."""
    databases = _mappings(_mapping(data).get("db"))
    tables = _mapping(databases[0].get("data")) if databases else _mapping(data)
    posts = _mappings(tables.get("posts"))
    is_ghost = bool(posts) and {"slug", "html"} <= posts[0].keys() and "title" in posts[0]
    return tables if is_ghost else {}


def _ghost_posts(tables: Mapping[str, object]) -> Iterator[_Post]:
    users = {_text(user, "id"): _text(user, "name") for user in _mappings(tables.get("users"))}
    tags = {_text(tag, "id"): _text(tag, "name") for tag in _mappings(tables.get("tags"))}
    post_users = _related(tables.get("posts_authors"), "author_id", users)
    post_tags = _related(tables.get("posts_tags"), "tag_id", tags)
    settings = {_text(s, "key"): _text(s, "value") for s in _mappings(tables.get("settings"))}
    for post in _mappings(tables.get("posts")):
        key = _text(post, "id")
        status, kind = _text(post, "status") or "published", _text(post, "type") or "post"
        own_tags = post_tags.get(key) or _names(_mappings(post.get("tags")))
        url = _text(post, "canonical_url") or _text(post, "url")
        yield _Post(
            record=post,
            content=_text(post, "html") or _escaped(_text(post, "plaintext")),
            fields={
                "title": _text(post, "title"),
                "published": _day(_text(post, "published_at")),
                "authors": post_users.get(key) or _names(_mappings(post.get("authors"))),
                "source": settings.get("title", ""),
                "url": url if url.startswith(("http://", "https://")) else "",
                "section": own_tags[0] if own_tags else "",
                "language": settings.get("locale") or settings.get("lang", ""),
            },
            given_id=_text(post, "uuid") or key,
            status="" if status in _PUBLISHED else f"{status} {kind}"[:60],
        )


def _related(rows: object, column: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    """For each post's id, the names that a table relates to it, in their order."""
    related: dict[str, list[str]] = {}
    for row in sorted(_mappings(rows), key=lambda row: _text(row, "sort_order").zfill(9)):
        if name := names.get(_text(row, column), ""):
            related.setdefault(_text(row, "post_id"), []).append(name)
    return related


def _names(people: list[Mapping[str, object]]) -> list[str]:
    return [name for person in people if (name := _text(person, "name").strip())]


def _day(stated: str) -> str:
    match = _ISO_DAY.match(stated)
    return match[0] if match else stated


def _escaped(text: str) -> str:
    """A plain text as HTML, a paragraph for each of its paragraphs."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", escaped) if part.strip())


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(record: Mapping[str, object], name: str) -> str:
    """A field's text or number; empty for anything else."""
    value = record.get(name)
    is_plain = isinstance(value, str | int) and not isinstance(value, bool)
    return encodable(str(value)) if is_plain else ""
