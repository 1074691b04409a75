"""From passages to the spans that may be quoted: runs of whole sentences, scored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.articles import Article
from pullquote.paragraphs import paragraphs
from pullquote.passages import Hit, Passage
from pullquote.query import terms_of
from pullquote.question_words import QuestionWords
from pullquote.settings import QuoteSettings
from pullquote.spans import Span


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
class Weights:
    """How the parts of a window's score weigh. Chosen on news-dev: docs/decisions/0004.

    Attributes:
        similarity: the highest cosine of the question with one of its sentences.
        coverage: the share of the question's words, weighted by rarity, that it holds.
        headline: the share that it and its article's headline hold together.
        passage: the cosine of the question with the passage.
        fused: the passage's reciprocal rank fusion score, which is at most about 0.03.
        kind: it holds the kind of thing that the question asks for.
        position: how far into the article its passage begins, from 0 to 1; news tells what matters first.
        opening: it begins a paragraph, and so stands on its own.
    """

    similarity: float = 0.5
    coverage: float = 0.3
    headline: float = 0.2
    passage: float = 0.2
    fused: float = 6.0
    kind: float = 0.1
    position: float = -0.1
    opening: float = 0.002


_WEIGHTS = Weights()


def score_windows(
    found: Scored, asked: QuestionWords, kind: re.Pattern[str] | None, limits: QuoteSettings, weights: Weights = _WEIGHTS
) -> list[Window]:
    """Every window of a passage that is short enough to be quoted.

    Args:
        found: the passage, with what is known of it.
        asked: the words of the question.
        kind: what the question asks for, if that is known.
        limits: most sentences and words. One sentence alone may be longer.
        weights: how the parts of a score weigh.

    Returns:
        Windows in the order of the text.
    """
    passage, text, prose = found.passage, found.article.text, found.article.prose
    words = [len(sentence.of(text).split()) for sentence in passage.sentences]
    terms = [asked.held_by(terms_of(sentence.of(text))) for sentence in passage.sentences]
    headline = asked.held_by(terms_of(found.article.title))
    openings = {span.start for span in paragraphs(text, passage.span)}
    of_passage = {
        "passage": weights.passage * found.hit.similarity,
        "fused": weights.fused * found.hit.fused,
        "position": weights.position * (passage.span.start - prose.start) / (prose.end - prose.start),
    }
    windows = []
    for first, last in _runs(words, limits):
        span = Span(passage.sentences[first].start, passage.sentences[last].end)
        held = frozenset().union(*terms[first : last + 1])
        similarity = float(found.similarities[first : last + 1].max())
        coverage = asked.share(held)
        parts = {
            **of_passage,
            "similarity": weights.similarity * similarity,
            "coverage": weights.coverage * coverage,
            "headline": weights.headline * asked.share(held | headline),
            "kind": weights.kind * bool(kind and kind.search(text, *span)),
            "opening": weights.opening * (span.start in openings),
        }
        score = sum(parts.values())
        windows.append(Window(found.article, passage, found.hit, span, sum(words[first : last + 1]), held, similarity, coverage, score, parts))
    return windows


def _runs(words: Sequence[int], limits: QuoteSettings) -> Iterator[tuple[int, int]]:
    """The first and last sentence of each run that keeps the limits."""
    for first in range(len(words)):
        held = 0
        for last in range(first, min(first + limits.sentences, len(words))):
            held += words[last]
            if last > first and held > limits.words:
                break
            yield first, last
