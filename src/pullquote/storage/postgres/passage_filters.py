"""A filter of passages as a condition of a statement."""

from __future__ import annotations

import numpy as np

from pullquote.corpus.passages import ArticleRow, PassageFilter


def conditions(
    passage_filter: PassageFilter, number: int, hidden: frozenset[ArticleRow]
) -> tuple[str, dict[str, object]]:
    """What a statement demands of the passages `p` of a generation.

    Args:
        passage_filter: selects the passages.
        number: the number of the generation.
        hidden: articles whose passages are left out.

    Returns:
        The condition, and the values of its names.
    """
    demands = ["p.generation = %(generation)s"]
    values: dict[str, object] = {"generation": number}
    if hidden:
        demands.append("p.article <> ALL (%(hidden)s::int[])")
        values["hidden"] = sorted(hidden)
    if passage_filter.is_listed and passage_filter.members is not None:
        demands.append("p.row = ANY (%(rows)s::int[])")
        values["rows"] = _listed(passage_filter.members)
        return " AND ".join(demands), values
    if passage_filter.rows is not None:
        demands.append("p.row >= %(first)s AND p.row < %(end)s")
        values |= {"first": passage_filter.rows.start, "end": passage_filter.rows.stop}
    if passage_filter.source:
        demands.append(
            "p.article IN (SELECT a.row FROM pullquote.articles a "
            "WHERE a.generation = %(generation)s AND a.source_key = %(source)s)"
        )
        values["source"] = passage_filter.source.casefold()
    return " AND ".join(demands), values


def _listed(members: bytes) -> list[int]:
    """The rows in a bitmap."""
    bits = np.unpackbits(np.frombuffer(members, np.uint8), bitorder="little")
    rows: list[int] = np.flatnonzero(bits).tolist()
    return rows
