"""The encoder: turns texts into vectors.

An encoder is a folder with `model.onnx` (the transformer, int8 weights), `tokenizer.json` and
`encoder.json`, its card.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from pullquote.corpus.spans import Span
from pullquote.models.cards import EncoderCard, read_encoder_card
from pullquote.models.exported_models import open_transformer
from pullquote.models.transformer import Tokens
from pullquote.models.vectors import Vector, Vectors, normalised

TokenVectors = npt.NDArray[np.float32]
"""float32, (tokens, dimension): the transformer's output for one text."""
_QUESTIONS_KEPT = 32
"""The questions whose token vectors are kept. A question is read once to search, and needed again
to compare its words with a passage's."""
_LONGEST_QUESTION = 400
"""In characters. A longer text is taken for a passage, and read anew each time."""


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage's vectors.

    Attributes:
        whole: the passage's own, float32, (dimension,), norm 1.
        sentences: its sentences', float32, (sentences, dimension), rows of norm 1; zeros for a
            sentence beyond the encoder's maximum number of tokens.
    """

    whole: Vector
    sentences: Vectors


class Encoder(Protocol):
    """Turns questions and passages into vectors; their inner product is the similarity."""

    @property
    def card(self) -> EncoderCard:
        """The encoder's card."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32, (n, dimension), rows of norm 1."""

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[EncodedPassage]:
        """Vectors of passages and of their sentences.

        Args:
            texts: the text of each passage that is embedded.
            sentences: for each text, the places of its sentences in it.
        """

    def encode_words(self, text: str, words: Sequence[Span]) -> Vectors:
        """Vectors of a text's words, float32, (words, dimension), rows of norm 1.

        Args:
            text: the text.
            words: the places of the words in it. A word beyond the encoder's maximum number of
                tokens has a vector of zeros.
        """


class OnnxEncoder:
    """An exported encoder, run by ONNX Runtime. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder in `folder`.

        Raises:
            ArchiveDamaged: a file is missing or damaged.
        """
        self.card = read_encoder_card(folder)
        self._transformer = open_transformer(folder, self.card, "encoder")
        self._read_question = functools.lru_cache(_QUESTIONS_KEPT)(self._read)

    def count_tokens(self, text: str) -> int:
        """The number of tokens of a text that the model reads, at most `max_tokens`."""
        return len(self._transformer.encode(text).ids)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32, (n, dimension), rows of norm 1.

        The model reads each question in a pass of its own. int8 activations are scaled over the
        whole pass, so in a batch a question would get another vector, and sometimes another
        answer. Batches of 16 are no faster (docs/decisions/0001).
        """
        read = [self._read_question(self.card.query_prompt + text) for text in texts]
        return self._stack([self._pool(token_vectors) for _, token_vectors in read])

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[EncodedPassage]:
        """Vectors of passages and of their sentences, from one pass of the model per passage.

        A sentence's vector is the mean of the vectors that its tokens have in the passage: it
        includes the context and needs no further pass ("late chunking", Günther et al. 2024,
        arXiv:2409.04701). A model that pools by its first token was not trained for means, so it
        reads each sentence in a pass of its own.
        """
        prompt = self.card.passage_prompt
        passages = []
        for text, places in zip(texts, sentences, strict=True):
            tokens = self._transformer.encode(prompt + text)
            token_vectors = self._run(tokens)
            sentence_vectors = (
                self._encode_each([prompt + place.of(text) for place in places])
                if self.card.pooling == "cls"
                else self._mean_vectors(token_vectors, tokens, places, len(prompt))
            )
            passages.append(EncodedPassage(self._pool(token_vectors), sentence_vectors))
        return passages

    def encode_words(self, text: str, words: Sequence[Span]) -> Vectors:
        """Vectors of a text's words, in their context, float32, (words, dimension), of norm 1.

        A word's vector is the mean of its tokens' vectors.

        Args:
            text: the text.
            words: the places of the words in it. A word beyond the encoder's maximum number of
                tokens has a vector of zeros.
        """
        read = self._read_question if len(text) <= _LONGEST_QUESTION else self._read
        tokens, token_vectors = read(text)
        return self._mean_vectors(token_vectors, tokens, words, 0)

    def _read(self, text: str) -> tuple[Tokens, TokenVectors]:
        """The tokens of a text, and the transformer's output for them."""
        tokens = self._transformer.encode(text)
        return tokens, self._run(tokens)

    def _encode_each(self, texts: Sequence[str]) -> Vectors:
        """Encode each text in a pass of its own."""
        return self._stack([self._pool(self._read(text)[1]) for text in texts])

    def _stack(self, vectors: Sequence[Vector]) -> Vectors:
        return np.stack(vectors) if vectors else np.zeros((0, self.card.dimension), np.float32)

    def _run(self, tokens: Tokens) -> TokenVectors:
        return self._transformer.run(tokens, len(tokens.ids), self.card.dimension)

    def _pool(self, token_vectors: TokenVectors) -> Vector:
        if self.card.pooling == "mean":
            return normalised(token_vectors.mean(axis=0))
        return normalised(token_vectors[0])

    def _mean_vectors(
        self, token_vectors: TokenVectors, tokens: Tokens, sentences: Sequence[Span], shift: int
    ) -> Vectors:
        """For each sentence the mean of its tokens' vectors.

        Args:
            token_vectors: the transformer's output.
            tokens: the tokens, whose offsets count from the beginning of the prompt.
            sentences: the places of the sentences in the text after the prompt.
            shift: the length of the prompt, in characters.
        """
        if not sentences:
            return np.zeros((0, self.card.dimension), np.float32)
        offsets, spans = np.asarray(tokens.offsets), np.asarray(sentences) + shift
        starts, ends = offsets[:, 0], offsets[:, 1]
        in_sentence = (starts < spans[:, 1:]) & (ends > spans[:, :1]) & (ends > starts)
        # A matrix product would differ in its last bits with the number of BLAS's threads.
        return normalised(np.stack([token_vectors[row].sum(axis=0) for row in in_sentence]))
