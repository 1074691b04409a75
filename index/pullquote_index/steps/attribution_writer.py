"""The attributions of a new generation, as rows of its file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from operator import attrgetter

from pullquote.corpus.passages import ArticleRow
from pullquote.storage.attribution_rows import (
    ATTRIBUTION_COLUMNS,
    attribution_from,
    numbered_key,
)
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.steps.namesakes import Mention, namesakes
from pullquote_index.writable_database import WritableDatabase


class AttributionWriter:
    """Writes the attributions of a new generation."""

    def __init__(self, database: WritableDatabase) -> None:
        self._database = database

    def reuse(self, run: ArticleRun) -> None:
        """Copy the attributions of articles, which are not new, from the previous generation."""
        assert run.previous is not None
        self._database.execute(
            "INSERT INTO attributions SELECT article + ?, number, "
            "CASE WHEN instr(speaker, '#') THEN substr(speaker, 1, instr(speaker, '#') - 1) "
            "ELSE speaker END, places "
            "FROM previous.attributions WHERE article >= ? AND article < ? "
            "ORDER BY article, number",
            run.first - run.previous,
            run.previous,
            run.previous + run.count,
        )

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Add attributions, in the order of their articles and numbers."""
        self._database.execute_for_each(
            f"INSERT INTO attributions ({ATTRIBUTION_COLUMNS}) VALUES (?, ?, ?, ?)", rows
        )

    def number_namesakes(self) -> None:
        """Number the less known bearers of each name, once all attributions are there.

        Which bearers a name has depends on all articles: it is found anew in each generation.
        """
        by_name = attrgetter("name", "article")
        mentions = sorted(self._mentions(), key=by_name)
        for name, own in itertools.groupby(mentions, key=attrgetter("name")):
            self._database.execute_for_each(
                "UPDATE attributions SET speaker = ? WHERE article = ? AND speaker = ?",
                [(numbered_key(name, bearer), row, name) for row, bearer in namesakes(own)],
            )

    def _mentions(self) -> list[Mention]:
        """Every article in which somebody speaks who also speaks in another."""
        described: dict[tuple[str, ArticleRow], set[str]] = {}
        text, row = "", ArticleRow(-1)
        for speaker, article, places in self._database.rows(
            "SELECT speaker, article, places FROM attributions WHERE speaker IN ("
            "SELECT speaker FROM attributions WHERE speaker IS NOT NULL "
            "GROUP BY speaker HAVING MIN(article) < MAX(article)) ORDER BY article"
        ):
            descriptions = described.setdefault((speaker, ArticleRow(article)), set())
            if description := attribution_from(places).description:
                if row != article:
                    row = ArticleRow(article)
                    text = self._database.value("SELECT text FROM articles WHERE row = ?", row)
                descriptions.add(description.of(text))
        return [
            Mention(article, name, frozenset(descriptions))
            for (name, article), descriptions in described.items()
        ]
