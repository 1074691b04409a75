"""What a reader makes of a passage: where in it the words that answer begin and end.

For each token of a passage that it reads with a question, a reader gives two logits: that the
answering words begin there, and that they end there. A span answers if they begin in it, so the
logit of a span is the log of the sum of the odds of its tokens. The reader is trained to rank the
tokens of several passages together (Clark and Gardner 2018), so the logits of spans of different
passages are comparable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.corpus.spans import Span
from pullquote.models.transformer import Transformer

LOGITS_OF_TOKEN = 2
"""That the answering words begin in it, and that they end in it."""
_BEGINNINGS_TRIED = 5
"""The number of likely first tokens of which the last token is looked for."""
_MOST_TOKENS = 24
"""The most tokens of answering words."""


@dataclass(frozen=True, slots=True)
class AnsweringWords:
    """The words of a text that answer.

    Attributes:
        span: their place in it.
        probability: how likely these very words answer, from 0 to 1.
    """

    span: Span
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class PassageReading:
    """What a reader makes of a passage, token by token.

    Attributes:
        starts: the logits that the answering words begin in a token, float32, (tokens,).
        ends: the logits that they end in it, float32, (tokens,).
        offsets: the places of the tokens in the passage, in characters, int64, (tokens, 2).
    """

    starts: npt.NDArray[np.float32]
    ends: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]

    def __eq__(self, other: object) -> bool:
        """Whether another reading has the same numbers."""
        return isinstance(other, PassageReading) and self._bytes() == other._bytes()

    def __hash__(self) -> int:
        return hash(self._bytes())

    def _bytes(self) -> tuple[bytes, ...]:
        return self.starts.tobytes(), self.ends.tobytes(), self.offsets.tobytes()

    def logit(self, span: Span) -> float | None:
        """The logit that a span of the passage answers; None if it was not read that far."""
        begins = self.offsets[:, 0]
        starts = self.starts[(begins >= span.start) & (begins < span.end)].astype(np.float64)
        return float(np.logaddexp.reduce(starts)) if starts.size else None

    def answering_words(self, span: Span) -> AnsweringWords | None:
        """The likeliest answering words in a span of the passage; None if it was not read.

        The probability that they begin in a token is that token's odds, divided by the sum of the
        odds of all tokens and of 1 for a passage that does not answer. The probability that they
        then end in a token is its odds, divided by the sum of the odds of the tokens up to 24 on.
        """
        begins, stops = self.offsets.T
        inside = np.flatnonzero((begins >= span.start) & (stops <= span.end))
        if not inside.size:
            return None
        starts, ends = self.starts.astype(np.float64), self.ends.astype(np.float64)
        no_answer_or_any = np.logaddexp(0.0, np.logaddexp.reduce(starts))
        likeliest = AnsweringWords(span, 0.0)
        for first in inside[np.argsort(-starts[inside], kind="stable")[:_BEGINNINGS_TRIED]]:
            following = inside[inside >= first][:_MOST_TOKENS]
            last = following[ends[following].argmax()]
            log_probability = starts[first] - no_answer_or_any
            log_probability += ends[last] - np.logaddexp.reduce(ends[following])
            probability = float(np.exp(log_probability))
            if probability > likeliest.probability:
                words = Span(int(begins[first]), int(stops[last]))
                likeliest = AnsweringWords(words, probability)
        return likeliest


def read_passage(
    transformer: Transformer, question: str, title: str, passage: str
) -> PassageReading:
    """Read a passage with a question.

    Args:
        transformer: the reader.
        question: its text.
        title: the headline, or "".
        passage: the text. What exceeds the model's maximum number of tokens is not read.

    Raises:
        ArchiveDamaged: the model is no reader.
    """
    before = f"{title}\n" if title else ""
    tokens = transformer.encode(question, before + passage)
    logits = transformer.run(tokens, len(tokens.ids), LOGITS_OF_TOKEN)
    offsets = np.asarray(tokens.offsets, np.int64) - len(before)
    in_passage = (np.asarray(tokens.sequence_ids) == 1) & (offsets[:, 0] >= 0)
    starts, ends = logits[in_passage].T
    return PassageReading(starts, ends, offsets[in_passage])
