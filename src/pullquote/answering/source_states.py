"""Whether articles may be quoted: what their sources print now, and what the index recorded."""

from __future__ import annotations

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.source_check import SourceState, source_prints, source_state


class SourceStates:
    """The states of articles' sources, each looked up once.

    Attributes:
        store: the articles.
    """

    def __init__(self, store: ArticleStore) -> None:
        self.store = store
        self._states: dict[ArticleRow, SourceState] = {}

    def of(self, row: ArticleRow) -> SourceState:
        """The state of an article's source."""
        if row not in self._states:
            article, file = self.store.article(row), self.store.source_file(row)
            self._states[row] = source_state(article, file)
        return self._states[row]

    def has_changed(self, row: ArticleRow) -> bool:
        """Whether the source no longer has the article, or not the words of it that were tried."""
        return self.of(row) is SourceState.CHANGED

    def prints(self, row: ArticleRow, article: Article, span: Span) -> bool:
        """Whether the words of a span may be shown: the source's own bytes print them now.

        If they do not, the article counts as changed from here on. Where the source is not on this
        machine, there is nothing to compare.
        """
        state = self.of(row)
        if state is SourceState.SAME and not source_prints(
            article, span.of(article.text), self.store.source_file(row)
        ):
            state = self._states[row] = SourceState.CHANGED
        return state is not SourceState.CHANGED


class UnchangedSources(SourceStates):
    """As if every source were unchanged: what would be quoted then."""

    def of(self, _row: ArticleRow) -> SourceState:
        """The state of an article's source."""
        return SourceState.SAME

    def prints(self, _row: ArticleRow, _article: Article, _span: Span) -> bool:
        """Whether the words of a span may be shown."""
        return True


def check_text(row: ArticleRow, article: Article, store: ArticleStore) -> None:
    """Compare an article's text with the hash that the index recorded.

    Raises:
        ArchiveDamaged: they differ.
    """
    if article.sha256 != store.recorded_sha256(row):
        raise ArchiveDamaged("the article's text is not what the index recorded", where=article.id)
