"""The attributions of a new generation, as rows of its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pullquote.storage.attribution_rows import ATTRIBUTION_COLUMNS
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.writable_database import WritableDatabase


class AttributionWriter:
    """Writes the attributions of a new generation."""

    def __init__(self, database: WritableDatabase) -> None:
        self._database = database

    def reuse(self, run: ArticleRun) -> None:
        """Copy the attributions of articles, which are not new, from the previous generation."""
        assert run.previous is not None
        self._database.execute(
            "INSERT INTO attributions SELECT article + ?, number, speaker, places "
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
