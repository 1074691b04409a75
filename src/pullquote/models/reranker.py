"""A cross-encoder: it reads a question and a candidate together, and says how likely the one answers the other.

A reranker lies in a folder of its own: `model.onnx` (int8 weights), `tokenizer.json` and
`reranker.json`, which says what they were made of. One comes with the package; its model card
is packaged_reranker/README.md.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.models.cards import (
    EXPORT,
    PACKAGED_RERANKER,
    RERANKER_CARD_FILE,
    RerankerCard,
    read_reranker_card,
    reranker_mend,
)
from pullquote.models.transformer import Transformer

PACKAGED = "pullquote-reranker"
"""The name, in the settings, of the one that comes with the package."""
NONE = "none"
"""In the settings: no reranker."""
_LARGEST = 12.0
"""Logits past it, either way, are as good as certain."""
_AT_ONCE = min(4, os.cpu_count() or 1)
"""Pairs that are read side by side."""


class Reranker(Protocol):
    """Judges candidates for a question."""

    @property
    def card(self) -> RerankerCard:
        """What it was made of."""

    def figures(self, question: str, candidates: Sequence[tuple[str, str]]) -> list[float]:
        """For each candidate (headline, text) a logit: how likely it answers the question."""


class OnnxReranker:
    """An exported reranker, run by ONNX Runtime. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load the reranker in `folder`.

        Raises:
            ArchiveDamaged: a file is missing or is not what it should be.
        """
        self.card = read_reranker_card(folder)
        try:
            self._transformer = Transformer(folder, self.card.max_tokens)
        except ValueError as error:
            raise ArchiveDamaged(
                f"the reranker cannot be loaded ({error})",
                where=str(folder),
                mend=reranker_mend(folder),
            ) from error
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reranker")

    def figures(self, question: str, candidates: Sequence[tuple[str, str]]) -> list[float]:
        """For each candidate (headline, text) a logit: how likely it answers the question.

        Each pair is read alone, as questions are: what stands beside a candidate does not change its figure.
        """
        texts = [f"{title}\n{text}" if title else text for title, text in candidates]
        return list(self._threads.map(lambda text: self._read(question, text), texts))

    def _read(self, question: str, text: str) -> float:
        (logit,) = self._transformer.run(self._transformer.encode(question, text))
        return max(-_LARGEST, min(_LARGEST, float(logit)))


def open_reranker(model: str, exported: Path) -> OnnxReranker | None:
    """The reranker that the settings name.

    Args:
        model: the packaged one, "none", or a model that was exported when the index was built.
        exported: the folder that holds exported ones.

    Raises:
        ArchiveMismatch: it was not exported.
        ArchiveDamaged: a file of it is missing or is not what it should be.
    """
    if model == NONE:
        return None
    if model == PACKAGED:
        return OnnxReranker(PACKAGED_RERANKER)
    if folder := exported_folder(model, exported):
        return OnnxReranker(folder)
    raise ArchiveMismatch(
        f"the reranker {model!r} has not been exported yet", where="rerank.model", mend=EXPORT
    )


def exported_folder(model: str, exported: Path) -> Path | None:
    """Where a model was exported to; None if it was not."""
    folders = (
        sorted(exported.glob("[!.]*")) if exported.is_dir() else []
    )  # what is being written begins with a point
    cards = (
        (folder, read_reranker_card(folder))
        for folder in folders
        if (folder / RERANKER_CARD_FILE).is_file()
    )
    return next((folder for folder, card in cards if card.model == model), None)
