"""An encoder run by sentence-transformers itself, for models that cannot be exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from pullquote.corpus.spans import Span
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import EncodedPassage
from pullquote.models.vectors import Vectors


class _Model(Protocol):
    """The part of SentenceTransformer that is used."""

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
        """Vectors, one row for each text."""


class SentenceTransformersEncoder:
    """A model run by sentence-transformers."""

    def __init__(self, card: EncoderCard, model: _Model) -> None:
        self.card = card
        self._model = model

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32, (n, dimension), rows of norm 1."""
        return self._encode([self.card.query_prompt + text for text in texts])

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> list[EncodedPassage]:
        """Vectors of passages and of their sentences; each sentence is read alone."""
        prompt = self.card.passage_prompt
        whole = self._encode([prompt + text for text in texts])
        parts = self._encode(
            [
                prompt + place.of(text)
                for text, places in zip(texts, sentences, strict=True)
                for place in places
            ]
        )
        ends = np.cumsum([len(places) for places in sentences])
        return [
            EncodedPassage(vector, part)
            for vector, part in zip(whole, np.split(parts, ends[:-1]), strict=True)
        ]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts, each read alone.

        In a batch, padding would make a text's vector depend on the others, in its last digits.
        """
        if not texts:
            return np.zeros((0, self.card.dimension), np.float32)
        vectors: Any = self._model.encode(
            list(texts), batch_size=1, normalize_embeddings=True, show_progress_bar=False, prompt=""
        )
        return np.asarray(vectors, dtype=np.float32)
