"""What the file of articles and passages holds: its tables, and rows of them as values."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.spans import Span

SCHEMA = """
CREATE TABLE files (
    row INTEGER PRIMARY KEY, name TEXT, path TEXT, root TEXT, bytes INTEGER, modified_ns INTEGER, sha256 TEXT, settled INTEGER
);
CREATE TABLE problems (file INTEGER, place TEXT, what TEXT, skipped INTEGER);
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, text TEXT, prose_start INTEGER, prose_end INTEGER, published TEXT,
    section TEXT, source TEXT, url TEXT, authors TEXT, path TEXT, line INTEGER, record_sha256 TEXT, sha256 TEXT, file INTEGER, source_key TEXT
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, article INTEGER, start INTEGER, end INTEGER, first_sentence INTEGER, sentences BLOB, content BLOB, words BLOB,
    analysed BLOB
);
CREATE TABLE repeats (sentence INTEGER, article INTEGER, PRIMARY KEY (sentence, article)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX passages_by_content ON passages (content);
CREATE INDEX articles_by_source ON articles (source_key);
CREATE INDEX articles_by_file ON articles (file);
CREATE INDEX articles_by_date ON articles (published);
"""
ARTICLE_COLUMNS = "id, title, text, prose_start, prose_end, published, section, source, url, authors, path, line, record_sha256"
PASSAGE_COLUMNS = "row, article, start, end, first_sentence, sentences"
FILE_COLUMNS = "name, path, root, bytes, modified_ns, sha256, settled"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A source file as it was when the index was built.

    Attributes:
        name: as shown in citations.
        path: where it was, absolute.
        root: the folder that was asked for, absolute.
        bytes: its size.
        modified_ns: its modification time, in nanoseconds since 1970.
        sha256: of its bytes, in hexadecimal.
        settled: whether its articles follow from its bytes alone. Not so where one was left out because another
            file has its id, or where the file changed while it was read: then the next build reads it again.
    """

    name: str
    path: Path
    root: Path
    bytes: int
    modified_ns: int
    sha256: str
    settled: bool = True


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it is stored.

    Attributes:
        passage: where it lies.
        content: the hash of what was embedded for it, by which its vectors are found again.
        words: the hashes of its sentences' words, by which repeats are found.
        analysed: what questions need of its sentences, as `analyse_sentences` writes it.
    """

    passage: Passage
    content: bytes
    words: tuple[int, ...]
    analysed: bytes


def article_values(article: Article) -> tuple[object, ...]:
    """An article as a row of ARTICLE_COLUMNS."""
    return (
        article.id, article.title, article.text, *article.prose, article.published.isoformat() if article.published else None, article.section,
        article.source, article.url, json.dumps(article.authors, ensure_ascii=False), article.path, article.line, article.record_sha256,
    )  # fmt: skip


def article_from(values: Sequence[object]) -> Article:
    """The article of a row of ARTICLE_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    (
        article,
        title,
        text,
        start,
        end,
        published,
        section,
        source,
        url,
        authors,
        path,
        line,
        record_sha256,
    ) = values
    return Article(
        id=ArticleId(str(article)),
        title=str(title),
        text=str(text),
        prose=Span(int(str(start)), int(str(end))),
        published=dt.date.fromisoformat(str(published)) if published else None,
        section=str(section),
        source=str(source),
        url=str(url),
        authors=tuple(json.loads(str(authors))),
        path=str(path),
        line=int(str(line)),
        record_sha256=str(record_sha256),
    )


def passage_from(values: Sequence[object]) -> Passage:
    """The passage of a row of PASSAGE_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    row, article, start, end, first_sentence, sentences = values
    pairs = (
        np.frombuffer(sentences, dtype="<u4").reshape(-1, 2).tolist()
        if isinstance(sentences, bytes)
        else []
    )
    return Passage(
        id=PassageId(int(str(row))),
        article=ArticleRow(int(str(article))),
        span=Span(int(str(start)), int(str(end))),
        sentences=tuple(Span(a, b) for a, b in pairs),
        first_sentence=int(str(first_sentence)),
    )


def passage_values(stored: StoredPassage) -> tuple[object, ...]:
    """A passage as a row of its table."""
    passage = stored.passage
    sentences, words = (
        np.asarray(passage.sentences, dtype="<u4"),
        np.asarray(stored.words, dtype="<i8"),
    )
    return (
        passage.id, passage.article, *passage.span, passage.first_sentence, sentences.tobytes(), stored.content, words.tobytes(),
        stored.analysed,
    )  # fmt: skip


def file_values(file: FileRecord) -> tuple[object, ...]:
    """A file as a row of FILE_COLUMNS."""
    return (
        file.name,
        str(file.path),
        str(file.root),
        file.bytes,
        file.modified_ns,
        file.sha256,
        file.settled,
    )


def file_from(values: Sequence[object]) -> FileRecord:
    """The file of a row of FILE_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    name, path, root, size, modified_ns, sha256, settled = values
    return FileRecord(
        str(name),
        Path(str(path)),
        Path(str(root)),
        int(str(size)),
        int(str(modified_ns)),
        str(sha256),
        bool(settled),
    )
