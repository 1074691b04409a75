"""The tables of the file of articles and passages, and their rows as values."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.corpus.articles import Article, ArticleId, Origin
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.spans import Span
from pullquote.storage.block_columns import block_values, blocks_from
from pullquote.storage.column_values import text, texts

SCHEMA = """
CREATE TABLE files (
    row INTEGER PRIMARY KEY, name TEXT, path TEXT, root TEXT, bytes INTEGER, modified_ns INTEGER,
    sha256 TEXT, settled INTEGER
);
CREATE TABLE problems (file INTEGER, place TEXT, what TEXT, skipped INTEGER);
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, text TEXT, prose_start INTEGER,
    prose_end INTEGER, published TEXT, section TEXT, source TEXT, url TEXT, authors TEXT,
    path TEXT, line INTEGER, record_sha256 TEXT, origin TEXT, blocks BLOB, block_places BLOB,
    language TEXT, sha256 TEXT, file INTEGER, source_key TEXT
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, article INTEGER, start INTEGER, end INTEGER, first_sentence INTEGER,
    sentences BLOB, content BLOB, words BLOB, analysed BLOB
);
CREATE TABLE repeats (
    sentence INTEGER, article INTEGER, PRIMARY KEY (sentence, article)
) WITHOUT ROWID;
CREATE TABLE recurring (sentence INTEGER PRIMARY KEY);
CREATE TABLE attributions (
    article INTEGER, number INTEGER, speaker TEXT, places BLOB, PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE TABLE signatures (article INTEGER PRIMARY KEY, minhash BLOB);
CREATE TABLE copies (article INTEGER, other INTEGER, PRIMARY KEY (article, other)) WITHOUT ROWID;
CREATE TABLE notes (article INTEGER, start INTEGER, end INTEGER, kind TEXT, subject TEXT,
    PRIMARY KEY (article, start)) WITHOUT ROWID;
CREATE TABLE corrections (corrected INTEGER, article INTEGER, start INTEGER,
    PRIMARY KEY (corrected, article, start)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX passages_by_content ON passages (content);
CREATE INDEX articles_by_source ON articles (source_key);
CREATE INDEX articles_by_file ON articles (file);
CREATE INDEX articles_by_date ON articles (published);
CREATE INDEX attributions_by_speaker ON attributions (speaker) WHERE speaker IS NOT NULL;
"""
ARTICLE_COLUMNS = (
    "id, title, text, prose_start, prose_end, published, section, source, url, authors, path, "
    "line, record_sha256, origin, blocks, block_places, language"
)
PASSAGE_COLUMNS = 'row, article, start, "end", first_sentence, sentences'
FILE_COLUMNS = "name, path, root, bytes, modified_ns, sha256, settled"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A source file, as the build read it.

    Attributes:
        name: its name in citations.
        path: its absolute path.
        root: the file or folder that was to be indexed, as an absolute path.
        bytes: its size.
        modified_ns: its modification time, in nanoseconds since 1970.
        sha256: SHA-256 of its bytes, in hexadecimal.
        settled: whether its articles depend on its bytes alone. If not, the next build reads it
            again: an article was left out because another file has its id, or the file changed
            while it was read.
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
    """A passage with everything that is stored about it.

    Attributes:
        passage: the passage.
        content_hash: a hash of the text that was embedded, by which later builds find its vectors.
        sentence_hashes: a hash of each sentence's words, by which repeats are found.
        sentence_features: as `encode_sentence_features` writes them.
    """

    passage: Passage
    content_hash: bytes
    sentence_hashes: tuple[int, ...]
    sentence_features: bytes


def article_values(article: Article) -> tuple[object, ...]:
    """An article as a row of ARTICLE_COLUMNS."""
    return (
        article.id,
        article.title,
        article.text,
        *article.prose,
        article.published.isoformat() if article.published else None,
        article.section,
        article.source,
        article.url,
        json.dumps(article.authors, ensure_ascii=False),
        article.path,
        article.line,
        article.record_sha256,
        article.origin,
        *block_values(article.blocks),
        article.language,
    )


# Longer than 40 lines because an article has a column for each of its fields.
def article_from(values: Sequence[object]) -> Article:
    """The article in a row of ARTICLE_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    (
        article_id,
        title,
        body,
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
        origin,
        blocks,
        block_places,
        language,
    ) = values
    return Article(
        id=ArticleId(text(article_id)),
        title=text(title),
        text=text(body),
        prose=Span(int(str(start)), int(str(end))),
        published=dt.date.fromisoformat(text(published)) if published else None,
        section=text(section),
        source=text(source),
        url=text(url),
        authors=texts(authors),
        path=text(path),
        line=int(str(line)),
        record_sha256=text(record_sha256),
        origin=Origin(text(origin)),
        blocks=blocks_from(blocks, block_places),
        language=text(language),
    )


def passage_from(values: Sequence[object]) -> Passage:
    """The passage in a row of PASSAGE_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    row, article, start, end, first_sentence, sentences = values
    places = sentences if isinstance(sentences, bytes) else b""
    offsets = np.frombuffer(places, dtype="<u4").reshape(-1, 2).tolist()
    return Passage(
        id=PassageId(int(str(row))),
        article=ArticleRow(int(str(article))),
        span=Span(int(str(start)), int(str(end))),
        sentences=tuple(Span(*pair) for pair in offsets),
        first_sentence=int(str(first_sentence)),
    )


def passage_in_prose_from(values: Sequence[object]) -> Passage:
    """A passage from the start and the end of its article's prose, and its own columns.

    Raises:
        ValueError: it does not lie in the prose of its article.
    """
    prose_start, prose_end, *columns = values
    passage = passage_from(columns)
    prose = Span(int(str(prose_start)), int(str(prose_end)))
    if not prose.contains(passage.span) or not passage.has_valid_sentences:
        raise ValueError(f"passage {passage.id} does not lie in its article")
    return passage


def passage_values(stored: StoredPassage) -> tuple[object, ...]:
    """A passage as a row of the table of passages."""
    passage = stored.passage
    return (
        passage.id,
        passage.article,
        *passage.span,
        passage.first_sentence,
        np.asarray(passage.sentences, dtype="<u4").tobytes(),
        stored.content_hash,
        np.asarray(stored.sentence_hashes, dtype="<i8").tobytes(),
        stored.sentence_features,
    )


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
    """The file in a row of FILE_COLUMNS.

    Raises:
        ValueError: the row is not as it was written.
    """
    name, path, root, size, modified_ns, sha256, settled = values
    return FileRecord(
        name=text(name),
        path=Path(text(path)),
        root=Path(text(root)),
        bytes=int(str(size)),
        modified_ns=int(str(modified_ns)),
        sha256=text(sha256),
        settled=bool(settled),
    )
