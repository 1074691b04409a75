"""From passages to the spans that may be quoted: runs of whole sentences, scored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.answering.query import terms_of
from pullquote.answering.question_words import QuestionWords
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import Hit, Passage
from pullquote.corpus.spans import Span
from pullquote.english.question_time import QuestionTime
from pullquote.settings import QuoteSettings
from pullquote.storage.sentence_features import Counts, Flags, SentenceFeatures, joined, stem_hash
from pullquote.weights import WEIGHTS, Weights

_PARTS = (
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
"""What a score is the sum of, in this order; the reranker's part comes last, where one was at work."""

_Numbers = npt.NDArray[np.float64]


class Window(NamedTuple):
    """One to a few sentences that stand together in a passage. A named tuple, because each question makes hundreds.

    Attributes:
        article, passage: in which it stands.
        hit: how the passage was found.
        span: the window's place in the article.
        words: how many words it holds.
        similarity: the highest cosine of the question's vector with one of its sentences.
        coverage: the share, weighted by rarity (idf), of the question's words that it and its headline hold; words that name the
            article's date count as held.
        around: the share that its passage and its headline hold.
        score: how well it answers; windows of one answer are compared by it.
        summands: what the score is the sum of, in the order of `parts`.
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
    summands: tuple[float, ...]

    @property
    def text(self) -> str:
        """The window's words."""
        return self.span.of(self.article.text)

    @property
    def parts(self) -> Mapping[str, float]:
        """What the score is the sum of, by the names of the weights."""
        return dict(zip((*_PARTS, "reranker"), self.summands, strict=False))

    def reranked(self, part: float) -> Window:
        """The same with what a reranker adds to its score."""
        return self._replace(score=self.score + part, summands=(*self.summands, part))


@dataclass(frozen=True, slots=True)
class Candidate:
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
    analysed: SentenceFeatures


@dataclass(frozen=True, slots=True)
class QuestionFeatures:
    """What windows are scored against.

    Attributes:
        words: the words of the question.
        kind: what the question asks for, if that is known.
        timing: the time that it is about.
    """

    words: QuestionWords
    kind: re.Pattern[str] | None
    timing: QuestionTime


def score_windows(
    found: Sequence[Candidate],
    similarities: npt.NDArray[np.float32],
    asked: QuestionFeatures,
    limits: QuoteSettings,
    weights: Weights = WEIGHTS,
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
    owner = np.repeat(np.arange(len(found)), [len(one.passage.sentences) for one in found])
    held, heads, shares = (
        _held(known, asked.words),
        _held_by_heads(found, asked),
        _shares(asked.words),
    )
    around = (_held_by_passages(held, owner, len(found)) | heads) @ shares

    first, last, words = _runs(known.words, owner, limits)
    of_window = owner[first]
    holds = _over(held, first, last, np.logical_or)
    similarity = _over(similarities.astype(np.float64), first, last, np.maximum)
    coverage = (holds | heads[of_window]) @ shares
    figures = {
        **{name: values[of_window] for name, values in _of_passages(found, asked.timing).items()},
        "similarity": similarity,
        "coverage": holds @ shares,
        "headline": coverage,
        "kind": _over(_of_kind(found, asked.kind), first, last, np.logical_or),
        "opening": known.opening[first],
        "leaning": known.leaning[first],
    }
    summands = np.column_stack([getattr(weights, name) * figures[name] for name in _PARTS])
    places = [sentence for one in found for sentence in one.passage.sentences]
    spans = [
        Span(places[start].start, places[end].end)
        for start, end in zip(first.tolist(), last.tolist(), strict=True)
    ]
    of = [found[at] for at in of_window.tolist()]
    columns = (
        [one.article for one in of], [one.passage for one in of], [one.hit for one in of], spans, words.tolist(), similarity.tolist(),
        coverage.tolist(), around[of_window].tolist(), summands.sum(axis=1).tolist(), map(tuple, summands.tolist()),
    )  # fmt: skip
    return list(map(Window, *columns))


def best_first(windows: Iterable[Window]) -> list[Window]:
    """Windows in the order of their scores; of equal ones the longer first."""
    return sorted(
        windows, key=lambda window: (-window.score, -window.words, window.passage.id, window.span)
    )


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


def _over(
    values: npt.NDArray[Any], first: Counts, last: Counts, combine: Callable[[Any, Any], Any]
) -> npt.NDArray[Any]:
    """For each run of sentences their values (sentences, …) in one, by a function to which it does not matter what comes twice."""
    joint = values[first]
    for step in range(1, int((last - first).max(initial=0)) + 1):
        joint = combine(joint, values[np.minimum(first + step, last)])
    return joint


def _shares(words: QuestionWords) -> _Numbers:
    """The share of the question, weighted by rarity, that each of its words makes up."""
    rarity = np.array([words.rarity[word] for word in words.kin], np.float64)
    return rarity / (rarity.sum() or 1.0)


def _held(known: SentenceFeatures, words: QuestionWords) -> Flags:
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


def _held_by_passages(held: Flags, owner: Counts, passages: int) -> Flags:
    """Which of the question's words each passage holds, (passages, words)."""
    in_passage = np.zeros((passages, held.shape[1]), dtype=bool)
    sentences, words = held.nonzero()
    in_passage[owner[sentences], words] = True
    return in_passage


def _held_by_heads(found: Sequence[Candidate], asked: QuestionFeatures) -> Flags:
    """Which of the question's words stand at the head of each passage's article, (passages, words): in its headline, or for its date."""
    held_by = {
        title: asked.words.held_by(terms_of(title))
        for title in {one.article.title for one in found}
    }
    held = np.zeros((len(found), len(asked.words.kin)), dtype=bool)
    for row, one in enumerate(found):
        of_date = (
            asked.timing.words if asked.timing.within(one.article.published) else frozenset[str]()
        )
        held[row] = [
            word in held_by[one.article.title] or word in of_date for word in asked.words.kin
        ]
    return held


def _of_kind(found: Sequence[Candidate], kind: re.Pattern[str] | None) -> Flags:
    """Whether each sentence of the passages holds what the question asks for, (sentences,)."""
    return np.array(
        [
            kind is not None and kind.search(one.article.text, *sentence) is not None
            for one in found
            for sentence in one.passage.sentences
        ],
        dtype=bool,
    )


def _of_passages(found: Sequence[Candidate], timing: QuestionTime) -> Mapping[str, _Numbers]:
    """What counts for all windows of a passage alike, by the names of the weights, each (passages,)."""

    def each(figure: Callable[[Candidate], float]) -> _Numbers:
        return np.array([figure(one) for one in found], np.float64)

    return {
        "passage": each(lambda one: one.hit.similarity),
        "fused": each(lambda one: one.hit.fused),
        "position": each(
            lambda one: (
                (one.passage.span.start - one.article.prose.start)
                / (one.article.prose.end - one.article.prose.start)
            )
        ),
        "timely": each(lambda one: timing.within(one.article.published)),
        "recency": each(lambda one: timing.recency(one.article.published)),
    }
