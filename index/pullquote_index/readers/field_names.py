"""The names under which archives keep the fields of an article.

Upper and lower case, spaces, underscores and hyphens in a name do not count: `pubDate`,
`PUB_DATE` and `pub-date` are one name. The names of a field are tried in the order in which they
are listed here, and the first value that can be used is taken: an article has its own date of
publication before the day it was written, and that before the day it was changed.

The names are those of Hugo, Zola, Jekyll, Eleventy, Astro, Obsidian, Pelican and MkDocs
(front matter), of newspaper3k, trafilatura, news-please and CC-News, of WordPress's and Ghost's
JSON and the JSON Feed, of the New York Times' and the Guardian's archives, and of the news sets
at Hugging Face.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\W_]+")
_ELASTIC_SOURCE = "_source"
_CACHED_RECORDS = 4_096
"""The number of different lists of keys whose fields are remembered."""

TITLE_NAMES = """title headline content_title article_title news_title post_title page_title
    headline_main og_title name""".split()
DATE_NAMES = """published published_at published_on published_date published_time date_published
    publish_date publish_time pub_date publication_date
    date_publish date_publication first_published first_publication_date web_publication_date
    article_published_time
    article_date news_date posting_date date datetime date_time posted posted_on posted_at
    posted_date date_posted post_date date_gmt post_date_gmt display_date issued timestamp
    created created_at created_on created_date date_created creation_date created_utc
    updated updated_at updated_on updated_date date_updated last_updated lastmod last_modified
    modified modified_at modified_date modified_gmt date_modified date_modify""".split()
SECTION_NAMES = """section sections section_name content_section article_section category categories
    primary_category channel rubric desk news_desk department primary_tag topic topics tag tags
    content_tags wp_term""".split()
SOURCE_NAMES = """source source_name publication publication_name publisher site site_name
    sitename website newspaper outlet news_outlet media_name provider agency brand
    og_site_name source_domain domain hostname""".split()
URL_NAMES = """url canonical canonical_url canonical_link permalink link web_url article_url
    page_url news_url short_url original_url og_url uri href""".split()
AUTHOR_NAMES = """authors author byline bylines by author_name author_names authors_name
    primary_author creator creators writer writers journalist reporter article_author
    contributors""".split()
LANGUAGE_NAMES = """language lang language_code lang_code content_language in_language locale
    og_locale dc_language""".split()
TEXT_NAMES = """text content body article_text main_text text_content content_text full_text
    article_body article_content body_text raw_text plain_text plaintext clean_text cleaned_text
    news_text story_text post_content page_content article story post news document paragraphs
    html content_html body_html article_html html_content raw_html""".split()
SUMMARY_NAMES = "lead_paragraph abstract standfirst summary description snippet excerpt".split()
"""Names of a summary. It is the text only of a record that has none of TEXT_NAMES."""
PATH_NAMES = "path permalink slug url canonical canonical_url link".split()
"""Names of the place of an article on its site, which often has its date: 2014/12/12/name."""
DRAFT_NAMES = "draft is_draft published publish is_published status post_status".split()
CONTAINER_NAMES = """article story post news record document item entry data attributes fields
    front_matter frontmatter metadata meta _source params extra
    taxonomies _embedded yoast_head_json""".split()
"""Names of an object within a record whose fields are the record's own, if it lacks them."""

_NAMES: Mapping[str, Iterable[str]] = {
    "title": TITLE_NAMES,
    "published": DATE_NAMES,
    "section": SECTION_NAMES,
    "source": SOURCE_NAMES,
    "url": URL_NAMES,
    "authors": AUTHOR_NAMES,
    "language": LANGUAGE_NAMES,
    "text": TEXT_NAMES,
    "summary": SUMMARY_NAMES,
    "draft": DRAFT_NAMES,
    "path": PATH_NAMES,
    "container": CONTAINER_NAMES,
}


@functools.lru_cache(maxsize=_CACHED_RECORDS)
def plain_name(name: str) -> str:
    """A name without what does not count. Elasticsearch's `_source` is not the source."""
    return name if name == _ELASTIC_SOURCE else _SEPARATORS.sub("", name).casefold()


_ORDER = {
    field: {plain_name(name): place for place, name in enumerate(names)}
    for field, names in _NAMES.items()
}


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """Which keys of a record hold which field, the preferred key first.

    Attributes:
        title, published, section, source, url, authors, language, text, summary, draft, path,
            container: the keys.
    """

    title: tuple[str, ...]
    published: tuple[str, ...]
    section: tuple[str, ...]
    source: tuple[str, ...]
    url: tuple[str, ...]
    authors: tuple[str, ...]
    language: tuple[str, ...]
    text: tuple[str, ...]
    summary: tuple[str, ...]
    draft: tuple[str, ...]
    path: tuple[str, ...]
    container: tuple[str, ...]

    def then(self, other: FieldKeys) -> FieldKeys:
        """These keys, and those of another record after them."""
        return FieldKeys(
            **{field: getattr(self, field) + getattr(other, field) for field in _ORDER}
        )


@functools.lru_cache(maxsize=_CACHED_RECORDS)
def field_keys(keys: tuple[str, ...]) -> FieldKeys:
    """Which of a record's keys hold which field."""
    plain = [(key, plain_name(key)) for key in keys]

    def of(field: str) -> tuple[str, ...]:
        order = _ORDER[field]
        found = [(order[name], key) for key, name in plain if name in order]
        return tuple(key for _, key in sorted(found, key=lambda pair: pair[0]))

    return FieldKeys(**{field: of(field) for field in _ORDER})


def known_names(keys: Iterable[str]) -> int:
    """How many of these names are names of a field."""
    names = {plain_name(key) for key in keys}
    return sum(1 for name in names if any(name in order for order in _ORDER.values()))
