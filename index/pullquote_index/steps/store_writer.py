"""Writes the file of articles and passages of a new generation."""

from __future__ import annotations

from pathlib import Path

from pullquote.storage.schema import INDEXES, SCHEMA
from pullquote_index.steps.article_rows import ArticleRows
from pullquote_index.steps.attribution_writer import AttributionWriter
from pullquote_index.steps.kind_counts import ArticleCounts
from pullquote_index.steps.passage_rows import PassageRows
from pullquote_index.steps.story_writer import StoryWriter
from pullquote_index.writable_database import WritableDatabase


class StoreWriter:
    """The file of articles and passages while it is written.

    Every method, also of the attributes, raises OSError if the file cannot be written.

    Attributes:
        articles: writes and reads the articles and their files.
        passages: writes and reads the passages.
        attributions: writes the attributions.
        stories: writes which articles tell one story, and which correct another.
        kinds: counts the articles by kind of file.
    """

    def __init__(self, path: Path, previous: Path | None = None) -> None:
        """Create the file.

        Args:
            path: the file.
            previous: the same file of the previous generation, from which rows are reused.
        """
        self._database = WritableDatabase(path)
        if previous:
            self._database.attach(previous, "previous")
        # No journal and no sync: a build that is interrupted deletes the file.
        self._database.script(
            f"PRAGMA main.journal_mode=OFF; PRAGMA main.synchronous=OFF; {SCHEMA} BEGIN;"
        )
        self.articles = ArticleRows(self._database, has_previous=previous is not None)
        self.passages = PassageRows(self._database, self.articles)
        self.attributions = AttributionWriter(self._database)
        self.stories = StoryWriter(self._database)
        self.kinds = ArticleCounts(self._database)

    def finish(self) -> None:
        """Commit, write the database's indexes, and close the file."""
        self._database.script(INDEXES + "ANALYZE main;")
        self._database.close()

    def close(self) -> None:
        """Close the file, finished or not."""
        self._database.close()
