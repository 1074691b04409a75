"""Sends the words of passages: the posting lists of each shard that the database does not have.

A shard is that of the lexical index in the folder, so a changed article costs one shard.
"""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.corpus.passages import ArticleRow
from pullquote.english.stems import analyse
from pullquote.storage.lexical_shards import read_shards
from pullquote.storage.postgres.posting_lists import BLOCK_BITS, codes_of, part_bytes
from pullquote.storage.schema import PASSAGE_COLUMNS, passage_from
from pullquote_index.publication.content_upload import Source, copy_rows
from pullquote_index.publication.copy_format import ENCODERS, key_of, row_bytes
from pullquote_index.steps.index_words import words_of

_OF_ROWS = (
    f"SELECT article, {PASSAGE_COLUMNS} FROM passages WHERE row >= ? AND row < ? ORDER BY row"
)
_AT_ONCE = 2_000
"""Passages that are read at a time."""
_MOST_BYTES = 2_000
"""The longest stem that is stored, in bytes: PostgreSQL indexes no longer values. Longer stems are
not found."""
HASH_OF_SHARD = """
    SELECT sha256(string_agg(
        sha256(convert_to(stem, 'UTF8') || int4send(block) || boolsend(in_title) || data), ''
        ORDER BY stem, in_title, block))
    FROM pullquote.postings WHERE shard = {shard}
"""
"""A hash of all posting lists of a shard."""
_RECORD = """
    INSERT INTO pullquote.word_shards (shard, body_words, title_words, sha256)
    VALUES (%(shard)s, %(body)s, %(title)s, ({}))
""".format(HASH_OF_SHARD.format(shard="%(shard)s"))


class ShardRows(NamedTuple):
    """A shard in a generation.

    Attributes:
        key: follows from its content.
        rows: its passages.
    """

    key: int
    rows: range


def shards_of(folder: Path, passages: Sequence[int]) -> list[ShardRows]:
    """The shards of a lexical index.

    Args:
        folder: the folder of the index.
        passages: the key of each passage's content, in the order of rows.
    """
    shards = []
    for shard in read_shards(folder):
        rows = range(shard.first, min(shard.first + shard.count, len(passages)))
        keys = np.array(passages[rows.start : rows.stop], ">i8")
        shards.append(ShardRows(key_of(keys.tobytes()), rows))
    return shards


def send_words(connection: Any, source: Source, shards: Iterable[ShardRows]) -> None:
    """Send the posting lists of the shards that the database does not have."""
    known = {key for (key,) in connection.execute("SELECT shard FROM pullquote.word_shards")}
    for shard in shards:
        if shard.key not in known:
            known.add(shard.key)
            _send_shard(connection, source, shard)
    for name in ("postings", "word_shards"):
        connection.execute(f"ANALYZE pullquote.{name}")


def _send_shard(connection: Any, source: Source, shard: ShardRows) -> None:
    body, title = _Field(), _Field()
    for row, (text, headline) in enumerate(_texts(source, shard.rows)):
        body.add(row, analyse(text))
        title.add(row, analyse(headline))
    columns = ("bigint", "text", "bool", "int", "bytea")
    encoders = [ENCODERS[column] for column in columns]
    copy_rows(
        connection,
        "pullquote.postings (shard, stem, in_title, block, data)",
        (
            row_bytes((shard.key, stem, in_title, block, data), encoders)
            for in_title, field in enumerate((body, title))
            for stem, block, data in field.parts()
        ),
    )
    values = {"shard": shard.key, "body": body.stems, "title": title.stems}
    connection.execute(_RECORD, values)


def _texts(source: Source, rows: range) -> Iterator[tuple[str, str]]:
    """Yield the words of each passage, and the headline above it."""
    for first in range(rows.start, rows.stop, _AT_ONCE):
        end = min(rows.stop, first + _AT_ONCE)
        found = source.tables.rows(_OF_ROWS, first, end)
        for number, passages in itertools.groupby(found, key=itemgetter(0)):
            article = source.store.article(ArticleRow(number))
            for _, *columns in passages:
                yield words_of(passage_from(columns), article), article.title


class _Field:
    """The postings of a shard's passages, or of their headlines."""

    def __init__(self) -> None:
        self.stems = 0
        self._numbers: dict[str, int] = {}
        self._columns = (array("q"), array("q"), array("q"), array("q"))

    def add(self, row: int, stems: Sequence[str]) -> None:
        """Add a passage: its place in the shard, and its stems."""
        self.stems += len(stems)
        numbers, rows, counts, lengths = self._columns
        for stem, count in Counter(stems).items():
            numbers.append(self._numbers.setdefault(stem, len(self._numbers)))
            rows.append(row)
            counts.append(count)
            lengths.append(len(stems))

    def parts(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield each stem with a block and its part of the stem's list, in the order of stems."""
        numbers, rows, counts, lengths = (
            np.frombuffer(column, np.int64) if column else np.zeros(0, np.int64)
            for column in self._columns
        )
        codes = codes_of(counts, lengths)
        order = np.argsort(numbers, kind="stable")
        ends = np.cumsum(np.bincount(numbers, minlength=len(self._numbers)))
        for stem, number in sorted(self._numbers.items()):
            if len(stem.encode()) <= _MOST_BYTES:
                of_stem = order[ends[number - 1] if number else 0 : ends[number]]
                yield from _blocks(stem, rows[of_stem], codes[of_stem])


def _blocks(
    stem: str, rows: npt.NDArray[np.int64], codes: npt.NDArray[np.uint16]
) -> Iterator[tuple[str, int, bytes]]:
    blocks = rows >> BLOCK_BITS
    for block in np.unique(blocks).tolist():
        inside = blocks == block
        yield stem, block, part_bytes(rows[inside] & (1 << BLOCK_BITS) - 1, codes[inside])
