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
from pullquote_index.readers.furniture import with_furniture
from pullquote_index.readers.named_dates import date_in_path
from pullquote_index.readers.problems import Problem, SourceFile, draft


def file_articles(reader: Reader, file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a file and the problems with it, in the file's order.

    An article that is a file of its own, and has no date, has the date in its path. A language that
    is not stated is recognised, and one that is stated to be English and clearly is not. Marked are
    what is not an article's words, and what begins the entries of a live blog and the answers of an
    interview.

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
    for item in reader(file, max_bytes):
        if isinstance(item, Problem):
            yield item
            continue
        if item.published is None and not item.line:
            item = replace(item, published=date_in_path(item.path))  # noqa: PLW2901 - the same one
        if item.language in (UNKNOWN, ENGLISH):  # templates state English for all pages
            language = recognised_language(item.text, item.prose.start) or item.language
            item = replace(item, language=language)  # noqa: PLW2901 - the same one
        yield with_furniture(with_entries(item))
