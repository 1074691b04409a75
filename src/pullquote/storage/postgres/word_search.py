"""The words of one generation's passages, scored by BM25.

The server's own ranks (`ts_rank`, `ts_rank_cd`) know nothing of how rare a word is, and it compares
every passage that has one of the words. So the server has posting lists, and they are scored here,
as tantivy scores those of the embedded store.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId
from pullquote.english.stems import longer_kin, shorter_kin
from pullquote.storage.ports import BODY_AND_TITLE
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.postgres.posting_lists import PostingList, PostingLists, bm25_by_code

_MAX_LONGER_STEMS = 50
"""The most stems that are examined as derivations of a term."""
_MOST_POSTINGS = 4_000_000
"""The most postings that a search scores; 40 ms. The most frequent stems are left out beyond."""
_KEPT = 50_000
"""Frequencies that are kept in memory after their first use."""
_PREFIX_END = "\U0010ffff"


class _Entry(NamedTuple):
    """A posting list that is searched.

    Attributes:
        stem, field: the stem, in "body" or "title".
        weight: what BM25 is multiplied by.
    """

    stem: str
    field: str
    weight: float


class WordSearch:
    """Finds passages by their words. Safe to share between threads; see `WordIndex`."""

    def __init__(
        self,
        connections: Connections,
        number: int,
        passages: int,
        mean_words: Mapping[str, float],
        hidden: frozenset[ArticleRow],
    ) -> None:
        """Search a generation.

        Args:
            connections: to the database.
            number: the number of the generation.
            passages: the number of passages.
            mean_words: the mean number of stems of a passage ("body") and a headline ("title").
            hidden: articles whose passages no search finds.
        """
        self._connections = connections
        self._number = number
        self._passages = passages
        self._bm25 = {field: bm25_by_code(mean) for field, mean in mean_words.items()}
        self._lists = PostingLists(connections, number)
        self._hidden = hidden
        self._frequencies: dict[str, tuple[int, int]] = {}
        self._read_whole: set[str] = set()
        self._beginning = functools.lru_cache(maxsize=64)(self._read_beginning)

    def __len__(self) -> int:
        """The number of passages."""
        return self._passages

    def document_frequency(self, term: str) -> int:
        """The number of passages that contain `term`, a stem."""
        return self._look_up([term])[term][0]

    def has_stem(self, stem: str) -> bool:
        """Whether a passage or a headline contains a stem, or one related to it."""
        return bool(self._look_up([stem])[stem][1] or self.kin(stem))

    def kin(self, term: str) -> dict[str, int]:
        """The stems in the index that are `term` or related to it, with their frequencies."""
        beginning = self._beginning(term, _MAX_LONGER_STEMS)
        longer = longer_kin(term, (stem for stem, body, _ in beginning if body))
        stems = (term, *shorter_kin(term), *longer)
        found = self._look_up(stems)
        return {stem: found[stem][0] for stem in stems if found[stem][0]}

    def stems_beginning_with(self, prefix: str, limit: int) -> list[str]:
        """At most `limit` stems of passages, and as many of headlines, that begin with a prefix."""
        return [stem for stem, _, _ in self._beginning(prefix, limit)]

    def _read_beginning(self, prefix: str, limit: int) -> tuple[tuple[str, int, int], ...]:
        """The stems that begin with a prefix, with their frequencies, in the order of letters."""
        rows = self._connections.rows(
            "SELECT stem, in_body, in_title FROM pullquote.stems WHERE generation = %s "
            "AND stem >= %s AND stem < %s ORDER BY stem LIMIT %s",
            (self._number, prefix, prefix + _PREFIX_END, limit),
        )
        self._keep({stem: (body, title) for stem, body, title in rows})
        if len(rows) < limit:
            self._read_whole.add(prefix)
        return tuple((stem, body, title) for stem, body, title in rows)

    def _look_up(self, stems: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """The frequencies of stems in passages and in headlines."""
        wanted = list(dict.fromkeys(stems))
        found = {stem: known for stem in wanted if (known := self._frequencies.get(stem))}
        missing = [stem for stem in wanted if stem not in found]
        if missing and all(self._is_known_missing(stem) for stem in missing):
            found |= dict.fromkeys(missing, (0, 0))
        elif missing:
            rows = self._connections.rows(
                "SELECT stem, in_body, in_title FROM pullquote.stems "
                "WHERE generation = %s AND stem = ANY (%s)",
                (self._number, missing),
            )
            new = dict.fromkeys(missing, (0, 0)) | {stem: (body, t) for stem, body, t in rows}
            self._keep(new)
            found |= new
        return found

    def _is_known_missing(self, stem: str) -> bool:
        """Whether all stems that begin like this one were read, and it was not among them."""
        return any(stem[:length] in self._read_whole for length in range(1, len(stem) + 1))

    def _keep(self, frequencies: Mapping[str, tuple[int, int]]) -> None:
        if len(self._frequencies) > _KEPT:
            self._frequencies = {}
            self._read_whole.clear()
        self._frequencies |= frequencies

    def search(
        self,
        terms: Sequence[str],
        count: int,
        passage_filter: PassageFilter,
        weights: Mapping[str, float] = BODY_AND_TITLE,
    ) -> list[tuple[PassageId, float]]:
        """The passages with the highest scores for any of `terms`, best first."""
        entries = self._entries(terms, weights)
        lists = self._lists.of(dict.fromkeys(entry.stem for entry in entries))
        rows = range(self._passages) if passage_filter.rows is None else passage_filter.rows
        scores = np.zeros(max(0, rows.stop - rows.start), np.float32)
        for stem, field, weight in entries:
            postings: PostingList = getattr(lists[stem], field)
            first, end = np.searchsorted(postings.rows, (rows.start, rows.stop))
            values = self._bm25[field][postings.codes[first:end]]
            scores[postings.rows[first:end] - rows.start] += np.float32(weight) * values
        if passage_filter.members is not None:
            bitmap = np.frombuffer(passage_filter.members, np.uint8)
            scores *= np.unpackbits(bitmap, bitorder="little")[rows.start : rows.stop]
        hidden = self._hidden_rows
        scores[hidden[(hidden >= rows.start) & (hidden < rows.stop)] - rows.start] = 0
        return [
            (PassageId(rows.start + place), float(scores[place])) for place in _best(scores, count)
        ]

    def _entries(self, terms: Sequence[str], weights: Mapping[str, float]) -> list[_Entry]:
        """What is searched: the rarest stems first, as many as can be scored in time."""
        found = self._look_up(terms)
        entries = sorted(
            (
                found[term][place],
                _Entry(term, field, weights[field] * repeated * self._idf(found[term][place])),
            )
            for place, field in enumerate(("body", "title"))
            if weights.get(field)
            for term, repeated in Counter(terms).items()
            if found[term][place]
        )
        ends = itertools.accumulate(frequency for frequency, _ in entries)
        return [
            entry
            for number, ((_, entry), end) in enumerate(zip(entries, ends, strict=True))
            if end <= _MOST_POSTINGS or not number
        ]

    def _idf(self, frequency: int) -> float:
        return math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))

    @functools.cached_property
    def _hidden_rows(self) -> npt.NDArray[np.int64]:
        """The passages of hidden articles, int64, (n,)."""
        if not self._hidden:
            return np.zeros(0, np.int64)
        rows = self._connections.rows(
            "SELECT row FROM pullquote.passages WHERE generation = %s AND article = ANY (%s)",
            (self._number, sorted(self._hidden)),
        )
        return np.array([row for (row,) in rows], np.int64)


def _best(scores: npt.NDArray[np.float32], count: int) -> list[int]:
    """The places of the highest scores above 0, best first; of equal ones the earlier first."""
    scored = np.flatnonzero(scores > 0)
    if len(scored) > count:
        least = np.partition(scores[scored], -count)[-count]
        scored = scored[scores[scored] >= least]
    order = np.lexsort((scored, -scores[scored]))[:count]
    best: list[int] = scored[order].tolist()
    return best
