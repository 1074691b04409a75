"""The articles of a file, with what its path says about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pullquote.corpus.articles import Article
from pullquote.languages.recognition import ENGLISH, UNKNOWN, recognised_language
from pullquote_index.readers import Reader
from pullquote_index.readers.drafts import is_in_drafts
from pullquote_index.readers.entries import with_entries
from pullquote_index.readers.field_values import is_encodable
from pullquote_index.readers.furniture import with_furniture
from pullquote_index.readers.named_dates import date_in_path
from pullquote_index.readers.problems import (
    Problem,
    SourceFile,
    draft,
    location,
    unreadable,
)
from pullquote_index.readers.text_limits import length_problem


def file_articles(reader: Reader, file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a file and the problems with it, in the file's order.

    An article that is a file of its own, and has no date, has the date in its path. A language that
    is not stated is recognised, and one that is stated to be English and clearly is not. Marked are
    what is not an article's words, and what begins the entries of a live blog and the answers of an
    interview. Whatever a reader raises is a problem of its file.

    Args:
        reader: the reader of such files.
        file: the file.
        max_bytes: the maximum size of an article, in bytes.

    Raises:
        OSError: the file cannot be read.
    """
    if is_in_drafts(PurePosixPath(file.path.relative_to(file.root).as_posix())):
        yield draft(file.name, "is not published (in _drafts)")
        return
    try:
        most = file.options.max_characters
        for item in reader(file, max_bytes):
            yield item if isinstance(item, Problem) else _finished(item, most)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a reader raises costs its file alone
        yield unreadable(file.name, error)


def _finished(article: Article, max_characters: int) -> Article | Problem:
    """The article with its date, language, entries and furniture, or why it cannot be used."""
    where = location(article)
    if problem := length_problem(article.text, where, max_characters):
        return problem
    words = (article.id, article.title, article.text, article.section, article.source, article.url)
    if not all(map(is_encodable, (*words, *article.authors))):
        return Problem(where, "contains half of a surrogate pair, which is not text")
    try:
        if article.published is None and not article.line:
            article = replace(article, published=date_in_path(article.path))
        if article.language in (UNKNOWN, ENGLISH):  # templates state English for all pages
            language = recognised_language(article.text, article.prose.start) or article.language
            article = replace(article, language=language)
        return with_furniture(with_entries(article))
    except Exception as error:  # noqa: BLE001 - as above
        return unreadable(where, error)
