"""An encoder that sentence-transformers runs, for models that cannot be exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from pullquote.corpus.spans import Span
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import EncodedPassage
from pullquote.models.vectors import Vectors


class _Model(Protocol):
    """The part of a sentence-transformers model that is used."""

    def encode(
        self,
        sentences: list[str],
        /,
        *,
        batch_size: int,
        normalize_embeddings: bool,
        show_progress_bar: bool,
        prompt: str,
    ) -> Any:
        """An array with one row for each text."""


class SentenceTransformersEncoder:
    """An encoder that sentence-transformers runs.

    Attributes:
        card: the encoder's card.
    """

    def __init__(self, card: EncoderCard, model: _Model) -> None:
        self.card = card
        self._model = model

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32, (n, dimension), rows of norm 1."""
        return self._encode([self.card.query_prompt + text for text in texts])

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[EncodedPassage]:
        """Vectors of passages and of their sentences. Each sentence is read by itself.

        Args:
            texts: the text of each passage that is embedded.
            sentences: for each text, the places of its sentences in it.
        """
        prompt = self.card.passage_prompt
        passage_vectors = self._encode([prompt + text for text in texts])
        sentence_vectors = self._encode(
            [
                prompt + span.of(text)
                for text, spans in zip(texts, sentences, strict=True)
                for span in spans
            ]
        )
        ends = np.cumsum([len(spans) for spans in sentences])
        return [
            EncodedPassage(whole, parts)
            for whole, parts in zip(
                passage_vectors, np.split(sentence_vectors, ends[:-1]), strict=True
            )
        ]

    def encode_words(self, text: str, words: Sequence[Span]) -> Vectors:
        """Vectors of a text's words, float32, (words, dimension), rows of norm 1.

        Each word is read by itself.

        Args:
            text: the text.
            words: the places of the words in it.
        """
        return self._encode([word.of(text) for word in words])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Encode each text in a batch of its own.

        Padded to the longest text of a batch, a text would get a slightly different vector, which
        depends on the batch.
        """
        if not texts:
            return np.zeros((0, self.card.dimension), np.float32)
        vectors: Any = self._model.encode(
            list(texts), batch_size=1, normalize_embeddings=True, show_progress_bar=False, prompt=""
        )
        return np.asarray(vectors, dtype=np.float32)
