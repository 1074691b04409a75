"""The lexical index: BM25 over stemmed words. The one module that imports tantivy.

Why tantivy: docs/decisions/0003.
"""

from __future__ import annotations

import contextlib
import functools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.stems import analyse, longer_kin, shorter_kin
from pullquote.errors import ArchiveDamaged
from pullquote.storage.lexical_shards import PLACE_BITS, read_shards

_WRITER_BYTES = 256_000_000
_KIN_LOOKED_AT = 50
_TITLE_WEIGHT = 0.5
"""How much a word of the headline counts against the same word in the passage."""


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """A passage as the lexical index takes it."""

    passage: int
    text: str
    title: str
    source: str


def build_lexical(folder: Path, rows: Iterable[LexicalRow]) -> None:
    """Write a lexical index of `rows` into `folder`, which must be empty.

    Raises:
        OSError: the folder cannot be written.
    """
    schema = (
        tantivy.SchemaBuilder()
        .add_unsigned_field("passage", indexed=True, fast=True)
        .add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("title", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("source", tokenizer_name="raw", index_option="basic")
        .build()
    )
    of_title = functools.lru_cache(maxsize=1)(analyse)  # passages of one article follow one another
    try:
        index = tantivy.Index(schema, path=str(folder))
        writer = index.writer(_WRITER_BYTES, num_threads=1)
        for row in rows:
            document = tantivy.Document()
            document.add_unsigned("passage", row.passage)
            document.add_text("body", " ".join(analyse(row.text)))
            document.add_text("title", " ".join(of_title(row.title)))
            document.add_text("source", row.source.casefold())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # all that tantivy raises
        raise OSError(f"the lexical index cannot be written: {error}") from error


@contextlib.contextmanager
def _read_whole(folder: Path) -> Iterator[None]:
    """Tell of damage in our own words."""
    try:
        yield
    except BaseException as error:
        if (
            isinstance(error, ValueError) or type(error).__name__ == "PanicException"
        ):  # which derives from BaseException alone
            raise _damaged(folder) from error
        raise


def _damaged(folder: Path) -> ArchiveDamaged:
    return ArchiveDamaged("the lexical index cannot be read", where=str(folder))


class LexicalIndex:
    """A built lexical index, open for searching. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, without writing there.

        tantivy makes its lock files where the index is, which may be read-only. So it is
        shown the same files through a folder of links, which it needs until it has opened them.

        Raises:
            ArchiveDamaged: the index is not there or cannot be read.
        """
        self._folder = folder
        try:
            with tempfile.TemporaryDirectory(prefix="pullquote-") as links:
                for file in folder.iterdir():
                    if not file.name.endswith(".lock"):
                        Path(links, file.name).symlink_to(file.absolute())
                with _read_whole(folder):
                    self._index = tantivy.Index.open(links)
                    self._index.config_reader(reload_policy="manual")
                    self._searcher = self._index.searcher()
            self._shards = read_shards(folder)
        except OSError as error:
            raise _damaged(folder) from error
        self._first_rows = {shard.key: shard.first for shard in self._shards}

    def __len__(self) -> int:
        """The number of passages."""
        return self._searcher.num_docs

    def document_frequency(self, term: str) -> int:
        """How many passages hold `term`, as the analyzer writes it."""
        with _read_whole(self._folder):
            return self._searcher.doc_freq("body", term)

    def kin(self, term: str) -> dict[str, int]:
        """The stems here that are `term` or one derived from it, and how many passages hold each."""
        with _read_whole(self._folder):
            longer = longer_kin(
                term,
                (
                    stem
                    for stem, _ in self._searcher.terms_with_prefix(
                        "body", term, limit=_KIN_LOOKED_AT
                    )
                ),
            )
        frequencies = {
            stem: self.document_frequency(stem) for stem in (term, *shorter_kin(term), *longer)
        }
        return {stem: frequency for stem, frequency in frequencies.items() if frequency}

    def search(
        self, terms: Sequence[str], count: int, where: PassageFilter
    ) -> list[tuple[PassageId, float]]:
        """The passages with the highest BM25 score for any of `terms`.

        Args:
            terms: as the analyzer writes them.
            count: how many passages at most.
            where: which passages are searched.

        Returns:
            Passages and their scores, best first; of equal scores the earlier passage first.
        """
        if not terms:
            return []
        with _read_whole(self._folder):
            hits = self._searcher.search(self._query(terms, where), limit=count, count=False).hits
            passages = self._searcher.fast_field_values("passage", [address for _, address in hits])
        found = [
            (self._row(passage), float(score))
            for (score, _), passage in zip(hits, passages, strict=True)
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _query(self, terms: Sequence[str], where: PassageFilter) -> tantivy.Query:
        schema = self._index.schema
        words = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(schema, field, term, "freq"), weight
                    ),
                )
                for term in terms
                for field, weight in (("body", 1.0), ("title", _TITLE_WEIGHT))
            ]
        )
        conditions = self._conditions(where)
        return (
            tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, part) for part in (words, *conditions)]
            )
            if conditions
            else words
        )

    def _row(self, number: object) -> PassageId:
        """The row of the passage that tantivy knows by a number."""
        key, place = divmod(int(str(number or 0)), 1 << PLACE_BITS)
        if key not in self._first_rows:
            raise _damaged(self._folder)
        return PassageId(self._first_rows[key] + place)

    def _numbers(self, rows: range) -> Iterator[tuple[int, int]]:
        """The numbers of the passages in a range of rows, as ranges [first, end), one for each shard that has any."""
        for shard in self._shards:
            first, end = (
                max(rows.start, shard.first) - shard.first,
                min(rows.stop, shard.first + shard.count) - shard.first,
            )
            if first < end:
                yield (shard.key << PLACE_BITS) + first, (shard.key << PLACE_BITS) + end

    def _conditions(self, where: PassageFilter) -> list[tantivy.Query]:
        schema = self._index.schema
        conditions = []
        if where.rows is not None:
            ranges = [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.range_query(
                        schema,
                        "passage",
                        tantivy.FieldType.Unsigned,
                        first,
                        end,
                        include_upper=False,
                    ),
                )
                for first, end in self._numbers(where.rows)
            ]
            conditions.append(
                tantivy.Query.const_score_query(tantivy.Query.boolean_query(ranges), 0.0)
            )
        if where.source:
            same_source = tantivy.Query.term_query(
                schema, "source", where.source.casefold(), "basic"
            )
            conditions.append(tantivy.Query.const_score_query(same_source, 0.0))
        return conditions
