"""Runs of sentences: the places of windows, before they are scored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.settings import QuoteSettings
from pullquote.storage.sentence_features import Counts


class SentenceRuns(NamedTuple):
    """Runs of sentences. Each column int64, (runs,).

    Attributes:
        first: the row of the first sentence.
        last: the row of the last sentence.
        word_count: the number of words.
        passage: the row of the passage.
    """

    first: Counts
    last: Counts
    word_count: Counts
    passage: Counts

    def combine(
        self, values: npt.NDArray[Any], function: Callable[[Any, Any], Any]
    ) -> npt.NDArray[Any]:
        """Combine the values of each run's sentences.

        Args:
            values: of each sentence, (sentences, ...).
            function: is idempotent (maximum, or), because the last sentence is repeated.
        """
        combined = values[self.first]
        for step in range(1, int((self.last - self.first).max(initial=0)) + 1):
            combined = function(combined, values[np.minimum(self.first + step, self.last)])
        return combined


def sentence_runs(
    word_counts: Counts,
    paragraph_of_sentence: Counts,
    passage_of_sentence: Counts,
    limits: QuoteSettings,
) -> SentenceRuns:
    """Every run of sentences of one passage and one paragraph that keeps the limits.

    Args:
        word_counts: of each sentence, int64, (sentences of all passages,).
        paragraph_of_sentence: a number for its paragraph, int64, of the same shape.
        passage_of_sentence: the row of each sentence's passage, int64, of the same shape.
        limits: the most sentences and words. A single sentence may have more words.
    """
    words_before = np.concatenate([[0], np.cumsum(word_counts)])
    runs = []
    for further in range(min(limits.sentences, len(word_counts))):
        first = np.arange(len(word_counts) - further)
        last = first + further
        word_count = words_before[last + 1] - words_before[first]
        fits = (
            (passage_of_sentence[first] == passage_of_sentence[last])
            & (paragraph_of_sentence[first] == paragraph_of_sentence[last])
            & ((further == 0) | (word_count <= limits.words))
        )
        runs.append((first[fits], last[fits], word_count[fits]))
    first, last, word_count = map(np.concatenate, zip(*runs, strict=True))
    return SentenceRuns(first, last, word_count, passage_of_sentence[first])
