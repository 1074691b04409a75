"""Windows: the runs of whole sentences that may be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow, Hit, Passage, PassageId
from pullquote.corpus.spans import Span
from pullquote.models.reranker import SpanScore

SCORE_PARTS = (
    "passage",
    "fused",
    "position",
    "timely",
    "recency",
    "similarity",
    "coverage",
    "headline",
    "kind",
    "opening",
    "leaning",
)
"""The weighted parts of a score, in the order of `Window.summands`; the reranker's part is last."""


WindowPlace = tuple[PassageId, Span]
"""The place of a window: its passage, and its span in the article's text."""


class Window(NamedTuple):
    """A run of one to a few sentences of a passage. A named tuple: each question makes hundreds.

    Attributes:
        article: its article.
        passage: its passage.
        hit: how the passage was found.
        span: its place in the article's text.
        word_count: the number of its words.
        similarity: the highest cosine of the question with one of its sentences.
        coverage: the share of the question's words, weighted by idf, that the window and its names
            have: the headline, and the heading and the header row above it. Words that name the
            article's date count as present.
        passage_coverage: the same share for the whole passage and the window's names.
        score: how well it answers; comparable among the windows of one question.
        summands: the parts of the score, in the order of `parts`.
        told_in: the other articles with windows that were left out because they say the same.
        read: what the reranker makes of it; None if it was not read.
    """

    article: Article
    passage: Passage
    hit: Hit
    span: Span
    word_count: int
    similarity: float
    coverage: float
    passage_coverage: float
    score: float
    summands: tuple[float, ...]
    told_in: frozenset[ArticleRow] = frozenset()
    read: SpanScore | None = None

    @property
    def place(self) -> WindowPlace:
        """Its place, which no other window has."""
        return self.passage.id, self.span

    @property
    def text(self) -> str:
        """The window's words."""
        return self.span.of(self.article.text)

    @property
    def names(self) -> str:
        """What names it: the headline, and the heading and the header row above it."""
        names = (self.article.title, self.article.names_of_place(self.span))
        return "\n".join(filter(None, names))

    @property
    def passage_text(self) -> str:
        """The passage's words; in an article with blocks, without those that are not quoted."""
        text = self.article.text
        if not self.article.blocks:
            return self.passage.span.of(text)
        return "\n".join(sentence.of(text) for sentence in self.passage.sentences)

    @property
    def parts(self) -> Mapping[str, float]:
        """The parts that add up to the score, by the names of their weights."""
        return dict(zip((*SCORE_PARTS, "reranker"), self.summands, strict=False))

    def reranked(self, part: float, read: SpanScore | None) -> Window:
        """The same window with the reranker's part added to its score.

        Args:
            part: the reranker's part.
            read: what the reranker makes of the window; None if it did not read it.
        """
        summands = (*self.summands, part)
        return self._replace(score=self.score + part, summands=summands, read=read)


def best_first(windows: Iterable[Window]) -> list[Window]:
    """Windows by descending score; of equal scores, the longer window first."""
    return sorted(
        windows,
        key=lambda window: (-window.score, -window.word_count, window.passage.id, window.span),
    )
