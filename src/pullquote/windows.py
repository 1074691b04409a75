"""From passages to the spans that may be quoted: runs of whole sentences, scored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.articles import Article
from pullquote.paragraphs import paragraphs
from pullquote.passages import Hit, Passage
from pullquote.query import terms_of
from pullquote.question_words import QuestionWords
from pullquote.ranking import WEIGHTS, Weights
from pullquote.settings import QuoteSettings
from pullquote.spans import Span
from pullquote.standing_alone import leans
from pullquote.timeliness import Timing


@dataclass(frozen=True, slots=True)
class Window:
    """One to a few sentences that stand together in a passage.

    Attributes:
        article, passage: in which it stands.
        hit: how the passage was found.
        span: the window's place in the article.
        words: how many words it holds.
        terms: which of the question's words it holds.
        similarity: the highest cosine of the question's vector with one of its sentences.
        coverage: the share, weighted by rarity (idf), of the question's words that it holds.
        score: how well it answers; windows of one answer are compared by it.
        parts: what the score is the sum of, by the names of the weights.
    """

    article: Article
    passage: Passage
    hit: Hit
    span: Span
    words: int
    terms: frozenset[str]
    similarity: float
    coverage: float
    score: float
    parts: Mapping[str, float]

    @property
    def text(self) -> str:
        """The window's words."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage that was found, with what its windows are scored by.

    Attributes:
        hit: how it was found.
        passage: the passage.
        article: its article.
        similarities: cosine of the question's vector with each of its sentences, float32, (sentences,).
    """

    hit: Hit
    passage: Passage
    article: Article
    similarities: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """What windows are scored against.

    Attributes:
        words: the words of the question.
        kind: what the question asks for, if that is known.
        timing: the time that it is about.
    """

    words: QuestionWords
    kind: re.Pattern[str] | None
    timing: Timing


def score_windows(found: Scored, asked: Asked, limits: QuoteSettings, weights: Weights = WEIGHTS) -> list[Window]:
    """Every window of a passage that is short enough to be quoted.

    Args:
        found: the passage, with what is known of it.
        asked: what they are scored against.
        limits: most sentences and words. One sentence alone may be longer.
        weights: how the parts of a score weigh.

    Returns:
        Windows in the order of the text.
    """
    passage, text, prose = found.passage, found.article.text, found.article.prose
    words = [len(sentence.of(text).split()) for sentence in passage.sentences]
    terms = [asked.words.held_by(terms_of(sentence.of(text))) for sentence in passage.sentences]
    headline = asked.words.held_by(terms_of(found.article.title))
    openings = {span.start for span in paragraphs(text, passage.span)}
    of_passage = {
        "passage": weights.passage * found.hit.similarity,
        "fused": weights.fused * found.hit.fused,
        "position": weights.position * (passage.span.start - prose.start) / (prose.end - prose.start),
        "timely": weights.timely * asked.timing.within(found.article.published),
        "recency": weights.recency * asked.timing.recency(found.article.published),
    }
    windows = []
    for first, last in _runs(words, limits):
        span = Span(passage.sentences[first].start, passage.sentences[last].end)
        held = frozenset().union(*terms[first : last + 1])
        similarity = float(found.similarities[first : last + 1].max())
        coverage = asked.words.share(held)
        parts = {
            **of_passage,
            "similarity": weights.similarity * similarity,
            "coverage": weights.coverage * coverage,
            "headline": weights.headline * asked.words.share(held | headline),
            "kind": weights.kind * bool(asked.kind and asked.kind.search(text, *span)),
            "opening": weights.opening * (span.start in openings),
            "leaning": weights.leaning * leans(text, span.start),
        }
        score = sum(parts.values())
        windows.append(Window(found.article, passage, found.hit, span, sum(words[first : last + 1]), held, similarity, coverage, score, parts))
    return windows


def best_first(windows: Iterable[Window]) -> list[Window]:
    """Windows in the order of their scores; of equal ones the longer first."""
    return sorted(windows, key=lambda window: (-window.score, -window.words, window.passage.id, window.span))


def _runs(words: Sequence[int], limits: QuoteSettings) -> Iterator[tuple[int, int]]:
    """The first and last sentence of each run that keeps the limits."""
    for first in range(len(words)):
        held = 0
        for last in range(first, min(first + limits.sentences, len(words))):
            held += words[last]
            if last > first and held > limits.words:
                break
            yield first, last
