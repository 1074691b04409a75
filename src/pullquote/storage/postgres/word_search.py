"""The words of one generation's passages: PostgreSQL's full text, scored by BM25.

The server's own ranks (`ts_rank`, `ts_rank_cd`) know nothing of how rare a word is, and it would
compare every passage that has one of the words. So passages are chosen by the rarest words, as many
as can be scored in time, and scored by the formula of BM25 with the frequencies that a table has.
A stem's weight in a passage's list is its number there: D once, C twice, B three times, A more.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId
from pullquote.english.stems import longer_kin, shorter_kin
from pullquote.storage.ports import BODY_AND_TITLE
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.postgres.passage_filters import conditions

TITLE_MARK = "^"
"""Stands before a stem of a headline in a passage's list."""
_MAX_LONGER_STEMS = 50
"""The most stems that are examined as derivations of a term."""
_K1, _B = 1.2, 0.75
"""The constants of BM25, as tantivy has them."""
_RANK_OF_ONE = 0.1 / 1.64493406685
"""What `ts_rank` gives one place of the lowest weight; four times that for the highest."""
_SCORED = 2_500
"""The most passages that a search scores, about; 8 ms."""
_MOST_SCORED = 10_000
"""Where words occur together more often than by chance."""
_KEPT = 50_000
"""Frequencies that are kept in memory after their first use."""
_FOUND = """
    WITH found AS MATERIALIZED (
        SELECT p.row, w.stems, w.body_words, w.title_words
        FROM pullquote.passage_words w JOIN pullquote.passages p ON p.passage = w.passage
        WHERE w.stems @@ %(chosen)s::tsquery AND {condition} LIMIT {most}
    )
    SELECT row, ({score})::float8 FROM found ORDER BY 2 DESC, row LIMIT %(count)s
"""
_PREFIX_END = "\U0010ffff"


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
        self._mean_words = mean_words
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
        if not entries:
            return []
        condition, values = conditions(passage_filter, self._number, self._hidden)
        selected = max(1, passage_filter.size(self._passages))
        chosen = " | ".join(self._chosen(entries, self._passages / selected))
        scores = []
        for place, (entry, (weight, _)) in enumerate(entries.items()):
            values |= {f"q{place}": _quoted(entry), f"w{place}": weight}
            scores.append(self._score(entry, place))
        statement = _FOUND.format(condition=condition, most=_MOST_SCORED, score=" + ".join(scores))
        rows = self._connections.rows(statement, values | {"chosen": chosen, "count": count})
        return [(PassageId(row), score) for row, score in rows if score > 0]

    def _entries(
        self, terms: Sequence[str], weights: Mapping[str, float]
    ) -> dict[str, tuple[float, int]]:
        """The entries of lists that are searched, the rarest first: weight and frequency."""
        found = self._look_up(terms)
        entries = {
            mark + term: (
                weight * terms.count(term) * self._idf(found[term][place]),
                found[term][place],
            )
            for field, mark, place in (("body", "", 0), ("title", TITLE_MARK, 1))
            if (weight := weights.get(field, 0.0))
            for term in terms
            if found[term][place]
        }
        return dict(sorted(entries.items(), key=lambda entry: entry[1][1]))

    def _idf(self, frequency: int) -> float:
        return math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))

    def _chosen(self, entries: Mapping[str, tuple[float, int]], share: float) -> Iterator[str]:
        """Yield what a passage must have to be scored: one of the rarest entries, or two others.

        Args:
            entries: weight and frequency of each, the rarest first.
            share: how many passages there are for each that the filter selects.
        """
        left = _SCORED * share
        common = list(entries)
        while common and (entries[common[0]][1] <= left or len(entries) == 1):
            left -= entries[common[0]][1]
            yield _quoted(common.pop(0))
            if len(entries) == 1:
                return
        pairs = sorted(
            itertools.combinations(common, 2),
            key=lambda pair: -(entries[pair[0]][0] + entries[pair[1]][0]),
        )
        has_any = len(common) < len(entries)
        for first, second in pairs:
            together = entries[first][1] * entries[second][1] / self._passages
            if together > left and has_any:
                break
            left -= together
            has_any = True
            yield f"({_quoted(first)} & {_quoted(second)})"

    def _score(self, entry: str, place: int) -> str:
        """An entry's part of the score of a passage: its weight by BM25."""
        field = "title" if entry.startswith(TITLE_MARK) else "body"
        words = f"{field}_words / {max(self._mean_words[field], 1e-9)}"
        length = f"{_K1} * ({1 - _B} + {_B} * {words})"
        if field == "title":
            value = f"{_K1 + 1} / (1 + {length})"
            return (
                f"CASE WHEN stems @@ %(q{place})s::tsquery THEN %(w{place})s * {value} ELSE 0 END"
            )
        times = (
            f"(ts_rank('{{.1,.2,.3,.4}}'::float4[], stems, %(q{place})s::tsquery) / {_RANK_OF_ONE})"
        )
        return f"%(w{place})s * {_K1 + 1} * {times} / ({times} + {length})"


def _quoted(entry: str) -> str:
    """An entry of a list as a part of a `tsquery`."""
    return "'" + entry.replace("\\", "\\\\").replace("'", "''") + "'"
