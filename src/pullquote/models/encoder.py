"""From text to vectors.

An encoder lies in a folder of its own: `model.onnx` (the transformer, int8 weights),
`tokenizer.json` and `encoder.json`, which says what they were made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged
from pullquote.models.cards import EncoderCard, read_encoder_card
from pullquote.models.transformer import Tokens, Transformer
from pullquote.models.vectors import Vectors

TokenVectors = npt.NDArray[np.float32]
"""float32, (tokens, dimension): the transformer's output for one text."""


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage's vectors.

    Attributes:
        whole: float32, (dimension,), norm 1.
        sentences: float32, (sentences, dimension), rows of norm 1, or 0 for a sentence past the encoder's limit.
    """

    whole: Vectors
    sentences: Vectors


class Encoder(Protocol):
    """Turns questions and passages into vectors whose inner product is their similarity."""

    @property
    def card(self) -> EncoderCard:
        """What the encoder was made of."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32, (n, dimension), rows of norm 1."""

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[EncodedPassage]:
        """Vectors of passages and of the sentences in them.

        Args:
            texts: what is embedded for each passage.
            sentences: for each text the places of its sentences in it.
        """


class OnnxEncoder:
    """An exported encoder, run by ONNX Runtime. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder in `folder`.

        Args:
            folder: holds the encoder's files.

        Raises:
            ArchiveDamaged: a file is missing or is not what it should be.
        """
        self.card = read_encoder_card(folder)
        try:
            self._transformer = Transformer(folder, self.card.max_tokens)
        except ValueError as error:
            raise ArchiveDamaged(
                f"the encoder cannot be loaded ({error})", where=str(folder)
            ) from error

    def tokens_of(self, text: str) -> int:
        """How many tokens of a text are read."""
        return len(self._transformer.encode(text).ids)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32, (n, dimension), rows of norm 1.

        Each is read alone: int8 activations are scaled over all that is read in one pass, so in company a
        question would get another vector, and now and then another answer. Nor is a pass of sixteen faster (docs/decisions/0001).
        """
        return self._alone([self.card.query_prompt + text for text in texts])

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[EncodedPassage]:
        """Vectors of passages and of the sentences in them, in one pass of the model for each passage.

        Each passage is read alone, as questions are, so that its vectors follow from its words.
        A sentence's vector is the mean of its own tokens' vectors as they stand in the passage,
        so that it knows its context and costs nothing more ("late chunking", Günther et al.
        2024, arXiv:2409.04701). A model that pools by its first token was not trained for
        means, so each sentence is then read on its own.
        """
        prompt = self.card.passage_prompt
        encodings = [self._transformer.encode(prompt + text) for text in texts]
        if self.card.pooling == "cls":
            alone = [
                self._alone([prompt + place.of(text) for place in places])
                for text, places in zip(texts, sentences, strict=True)
            ]
            return [
                EncodedPassage(self._pooled(self._transformer.run(encoding)), parts)
                for encoding, parts in zip(encodings, alone, strict=True)
            ]
        return [
            EncodedPassage(
                self._pooled(tokens), self._sentence_vectors(tokens, encoding, places, len(prompt))
            )
            for encoding, places in zip(encodings, sentences, strict=True)
            for tokens in (self._transformer.run(encoding),)
        ]

    def _alone(self, texts: Sequence[str]) -> Vectors:
        pooled = [
            self._pooled(self._transformer.run(self._transformer.encode(text))) for text in texts
        ]
        return np.stack(pooled) if pooled else np.zeros((0, self.card.dimension), np.float32)

    def _pooled(self, tokens: TokenVectors) -> Vectors:
        return _normalised(tokens.mean(axis=0) if self.card.pooling == "mean" else tokens[0])

    def _sentence_vectors(
        self, tokens: TokenVectors, encoding: Tokens, places: Sequence[Span], shift: int
    ) -> Vectors:
        if not places:
            return np.zeros((0, self.card.dimension), np.float32)
        offsets, spans = np.asarray(encoding.offsets), np.asarray(places) + shift
        starts, ends = offsets[:, 0], offsets[:, 1]
        own = (
            (starts < spans[:, 1:]) & (ends > spans[:, :1]) & (ends > starts)
        )  # (sentences, tokens)
        return _normalised(own.astype(np.float32) @ tokens)


def _normalised(vectors: Vectors) -> Vectors:
    """Each vector, along the last axis, with norm 1; one of zeros stays so."""
    norms = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    unit: Vectors = vectors / np.maximum(norms, 1e-12)
    return unit
