"""From passages to the spans that may be quoted: runs of whole sentences, scored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.analysed import Analysed, Counts, Flags, joined, stem_hash
from pullquote.articles import Article
from pullquote.passages import Hit, Passage
from pullquote.query import terms_of
from pullquote.question_words import QuestionWords
from pullquote.ranking import WEIGHTS, Weights
from pullquote.settings import QuoteSettings
from pullquote.spans import Span
from pullquote.timeliness import Timing

_OF_PASSAGE = ("passage", "fused", "position", "timely", "recency")
_OF_SPAN = ("similarity", "coverage", "headline", "kind", "opening", "leaning")
_PARTS = (*_OF_PASSAGE, *_OF_SPAN, "reranker")
"""What a score is the sum of, in this order; the last only where a reranker was at work."""

_Figures = npt.NDArray[np.float64]


class Window(NamedTuple):
    """One to a few sentences that stand together in a passage. A named tuple, because each question makes hundreds.

    Attributes:
        article, passage: in which it stands.
        hit: how the passage was found.
        span: the window's place in the article.
        words: how many words it holds.
        similarity: the highest cosine of the question's vector with one of its sentences.
        coverage: the share, weighted by rarity (idf), of the question's words that it and its headline hold.
        around: the share that its passage and its headline hold.
        score: how well it answers; windows of one answer are compared by it.
        figures: what the score is the sum of.
    """

    article: Article
    passage: Passage
    hit: Hit
    span: Span
    words: int
    similarity: float
    coverage: float
    around: float
    score: float
    figures: tuple[float, ...]

    @property
    def text(self) -> str:
        """The window's words."""
        return self.span.of(self.article.text)

    @property
    def parts(self) -> Mapping[str, float]:
        """What the score is the sum of, by the names of the weights."""
        return dict(zip(_PARTS, self.figures, strict=False))

    def reranked(self, part: float) -> Window:
        """The same with what a reranker adds to its score."""
        return self._replace(score=self.score + part, figures=(*self.figures, part))


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, with what its windows are scored by.

    Attributes:
        hit: how it was found.
        passage: the passage.
        article: its article.
        analysed: what is known of its sentences.
    """

    hit: Hit
    passage: Passage
    article: Article
    analysed: Analysed


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


def score_windows(
    found: Sequence[Found], similarities: npt.NDArray[np.float32], asked: Asked, limits: QuoteSettings, weights: Weights = WEIGHTS
) -> list[Window]:
    """Every window of the passages that is short enough to be quoted.

    Args:
        found: the passages.
        similarities: cosine of the question's vector with each of their sentences, float32, (sentences of all,).
        asked: what they are scored against.
        limits: most sentences and words. One sentence alone may be longer.
        weights: how the parts of a score weigh.
    """
    if not found:
        return []
    known = joined([one.analysed for one in found])
    places = [sentence for one in found for sentence in one.passage.sentences]
    owner = np.repeat(np.arange(len(found)), [len(one.passage.sentences) for one in found])
    held, headlines = _held(known, asked.words), _held_by_headlines(found, asked.words)
    in_passage = headlines.copy()
    in_passage[owner[(pairs := held.nonzero())[0]], pairs[1]] = True
    of_kind = _of_kind(found, asked.kind)

    first, last, words = _runs(known.words, owner, limits)
    of_window = owner[first]
    holds = _over(held, first, last, np.logical_or)
    nearest = _over(similarities.astype(np.float64), first, last, np.maximum)
    shares = _shares(asked.words)
    covered = (holds | headlines[of_window]) @ shares
    figures = np.column_stack(
        (
            _figures_of_passages(found, asked.timing)[of_window], nearest, holds @ shares, covered, _over(of_kind, first, last, np.logical_or),
            known.opening[first], known.leaning[first],
        )
    ) * [getattr(weights, name) for name in (*_OF_PASSAGE, *_OF_SPAN)]  # fmt: skip
    columns = (
        [found[at].article for at in of_window.tolist()],
        [found[at].passage for at in of_window.tolist()],
        [found[at].hit for at in of_window.tolist()],
        [Span(places[start].start, places[end].end) for start, end in zip(first.tolist(), last.tolist(), strict=True)],
        words.tolist(), nearest.tolist(), covered.tolist(), (in_passage @ shares)[of_window].tolist(), figures.sum(axis=1).tolist(),
        map(tuple, figures.tolist()),
    )  # fmt: skip
    return list(map(Window, *columns))


def best_first(windows: Iterable[Window]) -> list[Window]:
    """Windows in the order of their scores; of equal ones the longer first."""
    return sorted(windows, key=lambda window: (-window.score, -window.words, window.passage.id, window.span))


def _runs(words: Counts, owner: Counts, limits: QuoteSettings) -> tuple[Counts, Counts, Counts]:
    """The first and the last sentence of each run, within one passage, that keeps the limits; and how many words it has."""
    before = np.concatenate([[0], np.cumsum(words)])
    runs = []
    for more in range(min(limits.sentences, len(words))):
        first = np.arange(len(words) - more)
        held = before[first + more + 1] - before[first]
        fits = (owner[first] == owner[first + more]) & ((more == 0) | (held <= limits.words))
        runs.append((first[fits], first[fits] + more, held[fits]))
    first, last, held = map(np.concatenate, zip(*runs, strict=True))
    return first, last, held


def _over(values: npt.NDArray[Any], first: Counts, last: Counts, either: Callable[[Any, Any], Any]) -> npt.NDArray[Any]:
    """For each run of sentences their values (sentences, …) in one, by a function to which it does not matter what comes twice."""
    joint = values[first]
    for step in range(1, int((last - first).max(initial=0)) + 1):
        joint = either(joint, values[np.minimum(first + step, last)])
    return joint


def _shares(words: QuestionWords) -> _Figures:
    """The share of the question, weighted by rarity, that each of its words makes up."""
    rarity = np.array(list(words.rarity.values()), np.float64)
    return rarity / (rarity.sum() or 1.0)


def _held(known: Analysed, words: QuestionWords) -> Flags:
    """Which of the question's words each sentence holds, (sentences, words)."""
    meant: dict[int, list[int]] = {}
    for word, stems in enumerate(words.kin.values()):
        for stem in stems:
            meant.setdefault(stem_hash(stem), []).append(word)
    held = np.zeros((len(known.counts), len(words.kin)), dtype=bool)
    (at,) = np.isin(known.stems, np.fromiter(meant, np.uint32, len(meant))).nonzero()
    sentence_of = np.repeat(np.arange(len(known.counts)), known.counts)
    for sentence, stem in zip(sentence_of[at].tolist(), known.stems[at].tolist(), strict=True):
        held[sentence, meant[stem]] = True
    return held


def _held_by_headlines(found: Sequence[Found], words: QuestionWords) -> Flags:
    """Which of the question's words each passage's headline holds, (passages, words)."""
    held_by = {title: words.held_by(terms_of(title)) for title in {one.article.title for one in found}}
    return np.array([[word in held_by[one.article.title] for word in words.kin] for one in found], dtype=bool).reshape(len(found), len(words.kin))


def _of_kind(found: Sequence[Found], kind: re.Pattern[str] | None) -> Flags:
    """Whether each sentence of the passages holds what the question asks for, (sentences,)."""
    return np.array(
        [kind is not None and kind.search(one.article.text, *sentence) is not None for one in found for sentence in one.passage.sentences], dtype=bool
    )


def _figures_of_passages(found: Sequence[Found], timing: Timing) -> _Figures:
    """What counts for all windows of a passage alike, by the names of _OF_PASSAGE, (passages, figures)."""
    return np.array(
        [
            (
                one.hit.similarity,
                one.hit.fused,
                (one.passage.span.start - one.article.prose.start) / (one.article.prose.end - one.article.prose.start),
                timing.within(one.article.published),
                timing.recency(one.article.published),
            )
            for one in found
        ],
        np.float64,
    )
