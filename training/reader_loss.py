"""The loss of the reader, from what it makes of the passages of a batch.

It has three parts. Ranking: the softmax over the tokens of all passages of a question, of
which those answer in which an answer begins (shared normalisation, Clark and Gardner 2018), so that
passages are comparable. Answered: the binary cross-entropy of the log of the sum of the odds of a
region's tokens, where a region is an answer, the rest of its passage, or another passage. Ends: the
softmax over the passage's tokens of where an answer ends.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from pullquote.corpus.spans import Span
from reader_data import ReaderGroup
from reader_model import TextLogits

_NEVER = -1e4
"""A logit that takes no part in a softmax."""
_ANSWER_WEIGHT = 3.0
"""The weight of an answer in the binary cross-entropy; other regions, of which there are more,
weigh 1."""
_ENDS_WEIGHT = 0.3


class Loss:
    """The loss of a batch, in its three parts."""

    def __init__(self, groups: Sequence[ReaderGroup], logits: Sequence[TextLogits]) -> None:
        """Take the groups, and the logits of their passages in the same order."""
        self._ranking: list[torch.Tensor] = []
        self._regions: list[tuple[torch.Tensor, float]] = []
        self._ends: list[torch.Tensor] = []
        of_texts = iter(logits)
        for group in groups:
            self._add(group, [next(of_texts) for _ in group.texts])

    @property
    def parts(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Ranking, answered, and ends."""
        logits, labels = zip(*self._regions, strict=True)
        label = torch.tensor(labels)
        weight = 1 + (_ANSWER_WEIGHT - 1) * label
        answered = torch.nn.functional.binary_cross_entropy_with_logits(
            torch.stack(logits), label, weight=weight, reduction="sum"
        )
        zero = torch.zeros(())
        return (
            torch.stack(self._ranking).mean() if self._ranking else zero,
            answered / weight.sum(),
            torch.stack(self._ends).mean() if self._ends else zero,
        )

    @property
    def total(self) -> torch.Tensor:
        """The weighted sum of the parts."""
        ranking, answered, ends = self.parts
        return ranking + answered + _ENDS_WEIGHT * ends

    def _add(self, group: ReaderGroup, logits: Sequence[TextLogits]) -> None:
        every, right = [], []
        for text, read in zip(group.texts, logits, strict=True):
            if not len(read.offsets):
                continue
            unclear, answer = read.within(text.unclear), read.within(text.answers)
            every.append(read.starts.masked_fill(unclear, _NEVER))
            begins = _edges(read, text.answers, first=True) if group.exact else answer
            if begins.any():
                right.append(read.starts[begins])
                self._regions.append((read.starts[answer].logsumexp(0), 1.0))
            rest = ~(unclear | answer)
            if rest.any():
                self._regions.append((read.starts[rest].logsumexp(0), 0.0))
            if group.exact and begins.any():
                ends = _edges(read, text.answers, first=False)
                self._ends.append(read.ends.logsumexp(0) - read.ends[ends].logsumexp(0))
        if right:
            self._ranking.append(torch.cat(every).logsumexp(0) - torch.cat(right).logsumexp(0))


def _edges(read: TextLogits, spans: Sequence[Span], *, first: bool) -> torch.Tensor:
    """The first, or the last, token of each span that was read, bool, (tokens,)."""
    edges = torch.zeros(len(read.offsets), dtype=torch.bool)
    for span in spans:
        covered = read.within([span]).nonzero().flatten()
        if len(covered):
            edges[covered[0 if first else -1]] = True
    return edges
