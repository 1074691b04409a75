"""From passages to windows: every run of whole sentences that may be quoted, scored."""

# Longer than 250 lines because all parts of a score are computed here.

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.answering.question_words import QuestionWords
from pullquote.answering.sentence_runs import SentenceRuns, sentence_runs
from pullquote.answering.windows import SCORE_PARTS, Window
from pullquote.answering.word_coverage import (
    headline_has_word,
    passage_has_word,
    place_has_word,
    sentence_has_word,
    word_shares,
)
from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import BlockKind, block_at
from pullquote.corpus.passages import Hit, Passage
from pullquote.corpus.spans import Span
from pullquote.english.question_time import QuestionTime
from pullquote.settings import QuoteSettings
from pullquote.storage.sentence_features import Counts, Flags, SentenceFeatures, joined_features
from pullquote.weights import WEIGHTS, Weights

_NAMED = 0.5
"""How timely a window is that speaks of the question's time, beside an article of that time: 1."""
_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found, with everything that its windows are scored by.

    Attributes:
        hit: how it was found.
        passage: the passage.
        article: its article.
        features: the features of its sentences.
    """

    hit: Hit
    passage: Passage
    article: Article
    features: SentenceFeatures


@dataclass(frozen=True, slots=True)
class QuestionFeatures:
    """What windows are compared with.

    Attributes:
        question_words: the words of the question.
        answer_pattern: matches the kind of thing that the question asks for; None if unknown.
        time: the time that the question is about.
    """

    question_words: QuestionWords
    answer_pattern: re.Pattern[str] | None
    time: QuestionTime


class _Coverage(NamedTuple):
    """Shares of the question's words, weighted by idf. Each float64, (windows,)."""

    window: _Numbers
    window_with_headline: _Numbers
    passage_with_headline: _Numbers


# Longer than 40 lines because every part of a score is listed.
def score_windows(
    candidates: Sequence[Candidate],
    similarities: npt.NDArray[np.float32],
    question: QuestionFeatures,
    limits: QuoteSettings,
    weights: Weights = WEIGHTS,
) -> list[Window]:
    """Every window of the passages that is short enough to be quoted.

    Args:
        candidates: the passages.
        similarities: cosine of the question with each of their sentences, float32,
            (sentences of all passages,).
        question: what they are compared with.
        limits: the most sentences and words. A single sentence may have more words.
        weights: the weights of a score's parts.
    """
    if not candidates:
        return []
    features = joined_features([candidate.features for candidate in candidates])
    sentence_counts = [len(candidate.passage.sentences) for candidate in candidates]
    passage_of_sentence = np.repeat(np.arange(len(candidates)), sentence_counts)
    paragraphs = _paragraph_of_sentence(candidates, features)
    runs = sentence_runs(features.word_counts, paragraphs, passage_of_sentence, limits)
    is_notice = _paragraph_recurs(paragraphs, features)
    runs = SentenceRuns(*(column[~is_notice[runs.first]] for column in runs))
    coverage = _coverage_of(runs, candidates, features, passage_of_sentence, question)
    similarity = runs.combine(similarities.astype(np.float64), np.maximum)
    has_answer = _sentence_has_answer(candidates, question.answer_pattern)
    passage_values = _passage_values(candidates, question.time, runs)
    names_time = _sentence_names_time(candidates, question.time)
    values = {
        **passage_values,
        "timely": passage_values["timely"] + _NAMED * runs.combine(names_time, np.logical_or),
        "similarity": similarity,
        "coverage": coverage.window,
        "headline": coverage.window_with_headline,
        "kind": runs.combine(has_answer, np.logical_or),
        "opening": features.opens_paragraph[runs.first],
        "leaning": features.refers_back[runs.first],
    }
    summands = np.column_stack([getattr(weights, name) * values[name] for name in SCORE_PARTS])
    return _windows(candidates, runs, coverage, similarity, summands)


def _paragraph_of_sentence(candidates: Sequence[Candidate], features: SentenceFeatures) -> Counts:
    """A number for each sentence's paragraph, int64, (sentences,).

    A lead-in that ends in a colon counts as one paragraph with what it leads to; in an extracted
    text only with a list's first item, because what it leads to may be left out.
    """
    leads_in = list[bool]()
    for candidate in candidates:
        pairs = itertools.pairwise(candidate.passage.sentences)
        leads_in += [False, *(_leads_in(candidate.article, *pair) for pair in pairs)]
    begins = features.opens_paragraph & ~np.array(leads_in, dtype=bool)
    return np.cumsum(begins)


def _paragraph_recurs(paragraphs: Counts, features: SentenceFeatures) -> Flags:
    """Whether each sentence's paragraph is a notice: all of it recurs. bool, (sentences,)."""
    others = np.bincount(paragraphs, weights=~features.recurs)
    is_notice: Flags = others[paragraphs] == 0
    return is_notice


def _leads_in(article: Article, sentence: Span, following: Span) -> bool:
    """Whether a sentence is a lead-in to the sentence that follows it in its passage."""
    text = article.text
    if text[sentence.end - 1] != ":" or not text[sentence.end : following.start].isspace():
        return False
    return (
        article.origin is Origin.FILE
        or article.blocks[block_at(article.blocks, following.start)].kind is BlockKind.ITEM
    )


def _coverage_of(
    runs: SentenceRuns,
    candidates: Sequence[Candidate],
    features: SentenceFeatures,
    passage_of_sentence: Counts,
    question: QuestionFeatures,
) -> _Coverage:
    """How much of the question each window, its passage and their names have.

    Names are the headline, and the heading and the header row above the window.
    """
    words = question.question_words
    shares = word_shares(words)
    in_sentence = sentence_has_word(features, words)
    in_window = runs.combine(in_sentence, np.logical_or)
    in_passage = passage_has_word(in_sentence, passage_of_sentence, len(candidates))
    articles = [candidate.article for candidate in candidates]
    in_headline = headline_has_word(articles, words, question.time)
    in_place = place_has_word(
        [(owner.article, sentence) for owner in candidates for sentence in owner.passage.sentences],
        words,
    )
    in_names = in_headline[runs.passage] | in_place[runs.first]
    return _Coverage(
        in_window @ shares,
        (in_window | in_names) @ shares,
        (in_passage[runs.passage] | in_names) @ shares,
    )


def _sentence_has_answer(
    candidates: Sequence[Candidate], answer_pattern: re.Pattern[str] | None
) -> Flags:
    """Whether each sentence has the kind of thing that the question asks for, (sentences,)."""
    return np.array(
        [
            answer_pattern is not None
            and answer_pattern.search(candidate.article.text, *sentence) is not None
            for candidate in candidates
            for sentence in candidate.passage.sentences
        ],
        dtype=bool,
    )


def _sentence_names_time(candidates: Sequence[Candidate], time: QuestionTime) -> Flags:
    """Whether each sentence speaks of the time that the question names, bool, (sentences,)."""
    return np.array(
        [
            time.is_named_in(sentence.of(candidate.article.text), candidate.article.published)
            for candidate in candidates
            for sentence in candidate.passage.sentences
        ],
        dtype=bool,
    )


def _passage_values(
    candidates: Sequence[Candidate], time: QuestionTime, runs: SentenceRuns
) -> Mapping[str, _Numbers]:
    """The values that all windows of a passage share, by the names of their weights."""
    names = ("passage", "fused", "position", "timely", "recency")
    rows = [
        (
            candidate.hit.similarity,
            candidate.hit.fusion_score,
            _position(candidate),
            time.includes(candidate.article.published),
            time.recency(candidate.article.published),
        )
        for candidate in candidates
    ]
    columns = np.array(rows, np.float64)[runs.passage].T
    return dict(zip(names, columns, strict=True))


def _position(candidate: Candidate) -> float:
    """How far into the article's prose the passage begins, from 0 to 1."""
    start, end = candidate.article.prose
    return (candidate.passage.span.start - start) / (end - start)


def _windows(
    candidates: Sequence[Candidate],
    runs: SentenceRuns,
    coverage: _Coverage,
    similarity: _Numbers,
    summands: _Numbers,
) -> list[Window]:
    """The runs as windows. Columns are turned into lists first: that is faster."""
    owners = [candidates[row] for row in runs.passage.tolist()]
    columns = (
        [owner.article for owner in owners],
        [owner.passage for owner in owners],
        [owner.hit for owner in owners],
        _spans(candidates, runs),
        runs.word_count.tolist(),
        similarity.tolist(),
        coverage.window_with_headline.tolist(),
        coverage.passage_with_headline.tolist(),
        summands.sum(axis=1).tolist(),
        map(tuple, summands.tolist()),
    )
    return list(map(Window, *columns))


def _spans(candidates: Sequence[Candidate], runs: SentenceRuns) -> list[Span]:
    """The place of each run in its article's text."""
    sentences = [sentence for candidate in candidates for sentence in candidate.passage.sentences]
    return [
        Span(sentences[first].start, sentences[last].end)
        for first, last in zip(runs.first.tolist(), runs.last.tolist(), strict=True)
    ]
