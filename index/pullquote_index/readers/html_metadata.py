"""The metadata that an HTML page states: in JSON-LD, Open Graph and other `meta` elements.

Nothing is guessed: a page that does not say when it was published has no date.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pullquote.english.dates import parse_date
from pullquote_index.readers.field_values import names_utc

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|Story|Opinion)$", re.IGNORECASE)
_ISO_DATE = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s].*)?\s*", re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BY = re.compile(r"\s*by\s+", re.IGNORECASE)
_TITLE_SEPARATOR = re.compile(r"\s+[|–—·»-]\s+")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
)
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
)
_SITES = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title")
_SECTIONS = ("article:section", "og:article:section", "parsely-section", "section")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language")
_MAX_DEPTH = 20
"""The deepest object of JSON-LD that is read."""


def page_fields(tree: Any) -> Mapping[str, object]:
    """The metadata of a page, by the names of `read_metadata`'s fields.

    Args:
        tree: the page, as an element of lxml's.
    """
    meta = _meta(tree)
    article = next(stated_articles(tree), {})
    source = _first(*_names(article.get("publisher")), *_values(meta, _SITES))
    title = _first(*_texts(article.get("headline")), *_values(meta, _TITLES), *_titles(tree))
    dates = [*_texts(article.get("datePublished")), *_values(meta, _DATES), *_times(tree)]
    fields: dict[str, object] = {
        "title": _without_site(title, source),
        "published": _date(dates),
        "authors": _authors([_names(article.get("author")), *_author_lists(meta)]),
        "source": source,
        "url": _address([*_links(tree), *_values(meta, ("og:url",)), *_texts(article.get("url"))]),
        "language": _first(
            *_root_languages(tree), *_texts(article.get("inLanguage")), *_values(meta, _LANGUAGES)
        ),
        "section": _first(*_texts(article.get("articleSection")), *_values(meta, _SECTIONS)),
    }
    return {name: value for name, value in fields.items() if value}


def _first(*texts: str) -> str:
    return next(filter(None, texts), "")


def _date(texts: Iterable[str]) -> str:
    """The first text that is a date, in ISO form; empty if none is.

    It has the time of day only if that is in UTC: any other is that of the page's own time zone.
    """
    for text in texts:
        iso = _ISO_DATE.fullmatch(text)
        if date := parse_date(iso[1] if iso else text.strip()):
            return iso[0].strip() if iso and names_utc(text) else date.isoformat()
    return ""


def _authors(lists: Iterable[Sequence[str]]) -> list[str]:
    """The first list that has names, without addresses and repetitions."""
    for names in lists:
        named = [_BY.sub("", name) for name in names if not _ADDRESS.search(name)]
        if named := list(dict.fromkeys(filter(None, named))):
            return named
    return []


def _address(texts: Iterable[str]) -> str:
    return _first(*(text for text in texts if _ADDRESS.fullmatch(text)))


def _texts(value: object) -> list[str]:
    """The texts in a value of JSON-LD: it is a text or a list of texts."""
    values = value if isinstance(value, list) else [value]
    return [line for item in values if isinstance(item, str) and (line := _line(item))]


def _names(value: object) -> list[str]:
    """The names in a value of JSON-LD: texts, or objects with a name."""
    values = value if isinstance(value, list) else [value]
    named = [item.get("name") if isinstance(item, dict) else item for item in values]
    return [name for item in named for name in _texts(item)]


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())


def stated_articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of JSON-LD that are articles."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            try:
                value = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _typed(value, 0)


def _typed(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _typed(item, depth + 1)
    elif isinstance(value, dict):
        if any(map(_ARTICLE_TYPE.search, _texts(value.get("@type")))):
            yield value
        yield from _typed(value.get("@graph"), depth + 1)
        yield from _typed(value.get("mainEntity"), depth + 1)


def _meta(tree: Any) -> Mapping[str, list[str]]:
    """The contents of `meta` elements, by their names in lower case."""
    contents: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _line(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            if content and (name := (element.get(attribute) or "").strip().lower()):
                contents.setdefault(name, []).append(content)
    return contents


def _values(meta: Mapping[str, list[str]], names: Iterable[str]) -> list[str]:
    return [content for name in names for content in meta.get(name, ())]


def _author_lists(meta: Mapping[str, list[str]]) -> Iterator[list[str]]:
    for name in _AUTHORS:
        yield meta.get(name, [])


def _root_languages(tree: Any) -> Iterator[str]:
    """Yield the languages that the root element states."""
    for attribute in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"):
        yield (tree.get(attribute) or "").strip()


def _titles(tree: Any) -> Iterator[str]:
    """Yield the only first-level heading, and the title in the page's head."""
    headings = [_line("".join(heading.itertext())) for heading in tree.iter("h1")]
    if len(set(headings)) == 1:
        yield headings[0]
    for title in tree.iter("title"):
        yield _line("".join(title.itertext()))


def _times(tree: Any) -> Iterator[str]:
    """Yield what elements of the page give as its date, and the only time that it names."""
    for element in tree.iter():
        if isinstance(element.tag, str) and element.get("itemprop") == "datePublished":
            yield element.get("datetime") or element.get("content") or ""
    times = {element.get("datetime") or "" for element in tree.iter("time")}
    days = {match[1]: time for time in times if (match := _ISO_DATE.fullmatch(time))}
    if len(days) == 1:
        ((day, time),) = days.items()
        yield time if len(times) == 1 else day


def _links(tree: Any) -> Iterator[str]:
    """Yield the canonical addresses of the page."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            yield (element.get("href") or "").strip()


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site at its end."""
    parts = _TITLE_SEPARATOR.split(title)
    if site and len(parts) > 1 and parts[-1].casefold() == site.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»-")
    return title
