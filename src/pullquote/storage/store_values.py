"""Parts of articles and passages, as the file of articles gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow, PassageId

NAME_COLUMNS = "row, title, source, published, id"


class ArticleName(NamedTuple):
    """What names an article among others that print the same words.

    Attributes:
        row: its row.
        title, source: as in `Article`.
        published: its date, if known.
        id: its id.
    """

    row: ArticleRow
    title: str
    source: str
    published: dt.date | None
    id: ArticleId


class EmbeddedPassage(NamedTuple):
    """The rows of a passage's vectors.

    Attributes:
        passage: the passage's row.
        first_sentence: the row of its first sentence's vector.
        sentences: the number of its sentences.
    """

    passage: PassageId
    first_sentence: int
    sentences: int


def name_from(values: Sequence[object]) -> ArticleName:
    """The name in a row of NAME_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    row, title, source, published, article_id = values
    return ArticleName(
        row=ArticleRow(int(str(row))),
        title=str(title),
        source=str(source),
        published=dt.date.fromisoformat(str(published)) if published else None,
        id=ArticleId(str(article_id)),
    )


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The number of articles from one source, and their dates.

    Attributes:
        source: its name; empty for articles without a source.
        articles: the number of articles.
        first, last: their first and last date in ISO form, None if no article has one.
    """

    source: str
    articles: int
    first: str | None
    last: str | None
