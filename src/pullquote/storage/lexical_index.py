"""The lexical index: BM25 over stems, by tantivy (docs/decisions/0003).

The one module that imports tantivy for searching.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy

from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.stems import longer_kin, shorter_kin
from pullquote.errors import ArchiveDamaged
from pullquote.storage.lexical_shards import PLACE_BITS, read_shards
from pullquote.storage.link_folder import folder_of_links
from pullquote.storage.ports import BODY_AND_TITLE
from pullquote.storage.tantivy_layout import STORE_ENDING, check_document_store

_MAX_LONGER_STEMS = 50
"""The most stems that are examined as derivations of a term."""


@contextlib.contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Turn every error of tantivy's about a damaged index into `ArchiveDamaged`."""
    try:
        yield
    except BaseException as error:
        # A PanicException derives from BaseException and has no importable name.
        if isinstance(error, ValueError) or type(error).__name__ == "PanicException":
            raise _damaged(folder) from error
        raise


def _damaged(folder: Path) -> ArchiveDamaged:
    return ArchiveDamaged("the lexical index cannot be read", where=str(folder))


class LexicalIndex:
    """A built lexical index, open for searching. Safe to share between threads."""

    def __init__(self, folder: Path, hidden: frozenset[PassageId] = frozenset()) -> None:
        """Open the index in `folder`, without writing there. No search finds what is `hidden`.

        tantivy creates lock files beside an index, which may be read-only. So it opens a folder
        of links to the index's files; once it has opened them, the links are removed.

        Raises:
            ArchiveDamaged: the index is missing or cannot be read.
        """
        self._folder = folder
        self._hidden = hidden
        try:
            self._shards = read_shards(folder)
            for store in folder.glob(f"*{STORE_ENDING}"):
                check_document_store(store)
            with folder_of_links(folder) as links, _reading(folder):
                self._index = tantivy.Index.open(str(links))
                self._index.config_reader(reload_policy="manual")
                self._searcher = self._index.searcher()
        except OSError as error:
            raise _damaged(folder) from error
        self._first_rows = {shard.key: shard.first for shard in self._shards}

    def __len__(self) -> int:
        """The number of passages."""
        return self._searcher.num_docs

    def document_frequency(self, term: str) -> int:
        """The number of passages that contain `term`, a stem."""
        with _reading(self._folder):
            return self._searcher.doc_freq("body", term)

    def has_stem(self, stem: str) -> bool:
        """Whether a passage or a headline contains a stem, or one related to it."""
        with _reading(self._folder):
            return bool(self._searcher.doc_freq("title", stem) or self.kin(stem))

    def kin(self, term: str) -> dict[str, int]:
        """The stems in the index that are `term` or related to it by an ending.

        Returns:
            Each stem with the number of passages that contain it.
        """
        with _reading(self._folder):
            found = self._searcher.terms_with_prefix("body", term, limit=_MAX_LONGER_STEMS)
        longer = longer_kin(term, (stem for stem, _ in found))
        frequencies = {
            stem: self.document_frequency(stem) for stem in (term, *shorter_kin(term), *longer)
        }
        return {stem: frequency for stem, frequency in frequencies.items() if frequency}

    def stems_beginning_with(self, prefix: str, limit: int) -> list[str]:
        """At most `limit` stems of passages, and as many of headlines, that begin with a prefix."""
        with _reading(self._folder):
            return [
                stem
                for field in ("body", "title")
                for stem, _ in self._searcher.terms_with_prefix(field, prefix, limit=limit)
            ]

    def search(
        self,
        terms: Sequence[str],
        count: int,
        passage_filter: PassageFilter,
        weights: Mapping[str, float] = BODY_AND_TITLE,
    ) -> list[tuple[PassageId, float]]:
        """The passages with the highest BM25 score for any of `terms`.

        Args:
            terms: stems.
            count: the maximum number of passages.
            passage_filter: selects the passages that are searched.
            weights: the fields that are searched, each with the weight of a term in it.

        Returns:
            Passages and their scores, best first; of equal scores the earlier passage first.
        """
        if not terms:
            return []
        with _reading(self._folder):
            query = self._query(terms, passage_filter, weights)
            limit = count + len(self._hidden)
            hits = self._searcher.search(query, limit=limit, count=False).hits
            numbers = self._searcher.fast_field_values("passage", [address for _, address in hits])
        found = [
            (self._row(number), float(score))
            for (score, _), number in zip(hits, numbers, strict=True)
        ]
        visible = [hit for hit in found if hit[0] not in self._hidden]
        return sorted(visible, key=lambda hit: (-hit[1], hit[0]))[:count]

    def _query(
        self, terms: Sequence[str], passage_filter: PassageFilter, weights: Mapping[str, float]
    ) -> tantivy.Query:
        schema = self._index.schema
        any_term = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(schema, field, term, "freq"), weight
                    ),
                )
                for term in terms
                for field, weight in weights.items()
            ]
        )
        conditions = self._conditions(passage_filter)
        if not conditions:
            return any_term
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, part) for part in (any_term, *conditions)]
        )

    def _conditions(self, passage_filter: PassageFilter) -> list[tantivy.Query]:
        """What a filter demands, as queries that add nothing to a score."""
        schema = self._index.schema
        if passage_filter.is_listed and passage_filter.members is not None:
            listed = self._numbers_of(passage_filter.members)
            members = tantivy.Query.term_set_query(schema, "passage", listed)
            return [tantivy.Query.const_score_query(members, 0.0)]
        conditions = []
        if passage_filter.rows is not None:
            in_ranges = [
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
                for first, end in self._numbers(passage_filter.rows)
            ]
            conditions.append(tantivy.Query.boolean_query(in_ranges))
        if passage_filter.source:
            source = passage_filter.source.casefold()
            conditions.append(tantivy.Query.term_query(schema, "source", source, "basic"))
        return [tantivy.Query.const_score_query(condition, 0.0) for condition in conditions]

    def _row(self, number: object) -> PassageId:
        """The row of the passage with this number in tantivy."""
        key, place = divmod(int(str(number or 0)), 1 << PLACE_BITS)
        if key not in self._first_rows:
            raise _damaged(self._folder)
        return PassageId(self._first_rows[key] + place)

    def _numbers_of(self, members: bytes) -> list[int]:
        """The numbers in tantivy of the passages in a bitmap of rows."""
        bits = np.unpackbits(np.frombuffer(members, np.uint8), bitorder="little")
        rows = np.flatnonzero(bits)
        numbers: list[int] = []
        for shard in self._shards:
            first, end = np.searchsorted(rows, (shard.first, shard.first + shard.count))
            base = (shard.key << PLACE_BITS) - shard.first
            numbers += [base + row for row in rows[first:end].tolist()]
        return numbers

    def _numbers(self, rows: range) -> Iterator[tuple[int, int]]:
        """The numbers in tantivy of the passages in `rows`.

        Yields:
            A range [first, end) for each shard that has any of them.
        """
        for shard in self._shards:
            first = max(rows.start - shard.first, 0)
            end = min(rows.stop - shard.first, shard.count)
            if first < end:
                yield (shard.key << PLACE_BITS) + first, (shard.key << PLACE_BITS) + end
