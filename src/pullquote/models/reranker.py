"""The reranker: a cross-encoder, which reads a question and a candidate together.

It estimates how likely the candidate answers the question. A reranker is a folder with
`model.onnx` (int8 weights), `tokenizer.json` and `reranker.json`, its card. One comes with the
package; packaged_reranker/README.md describes it.
"""

from __future__ import annotations

import contextlib
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
from pullquote.models.transformer import MODEL_FILE, Transformer, optimised_graph

PACKAGED = "pullquote-reranker"
"""The name, in the settings, of the reranker that comes with the package."""
NONE = "none"
"""In the settings: no reranker."""
_MAX_LOGIT = 12.0
"""Logits are limited to ±12, which is a probability within 1e-5 of certainty."""
_MAX_THREADS = min(4, os.cpu_count() or 1)
"""The number of pairs that are read side by side."""


class Reranker(Protocol):
    """Estimates how likely candidates answer a question."""

    @property
    def card(self) -> RerankerCard:
        """The reranker's card."""

    def logits(self, question: str, candidates: Sequence[tuple[str, str]]) -> list[float]:
        """For each candidate (headline, text), the logit that it answers the question."""


class OnnxReranker:
    """An exported reranker, run by ONNX Runtime. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load the reranker in `folder`.

        Raises:
            ArchiveDamaged: a file is missing or damaged.
        """
        self.card = read_reranker_card(folder)
        try:
            self._transformer = Transformer(
                folder,
                self.card.max_tokens,
                self.card.onnx_sha256,
                self.card.tokenizer_sha256,
            )
        except ValueError as error:
            raise ArchiveDamaged(
                f"the reranker cannot be loaded ({error})",
                where=str(folder),
                mend=reranker_mend(folder),
            ) from error
        self._executor = ThreadPoolExecutor(_MAX_THREADS, thread_name_prefix="reranker")

    def logits(self, question: str, candidates: Sequence[tuple[str, str]]) -> list[float]:
        """For each candidate (headline, text), the logit that it answers the question.

        Each pair is read in a pass of its own, so a candidate's logit does not depend on the
        other candidates.
        """
        texts = [f"{title}\n{text}" if title else text for title, text in candidates]
        return list(self._executor.map(lambda text: self._logit(question, text), texts))

    def _logit(self, question: str, text: str) -> float:
        (logit,) = self._transformer.run(self._transformer.encode(question, text), 1)
        return max(-_MAX_LOGIT, min(_MAX_LOGIT, float(logit)))


def open_reranker(model: str, exported: Path) -> OnnxReranker | None:
    """Open the reranker that the settings name.

    Args:
        model: the packaged one, "none", or a model that was exported when the index was built.
        exported: the folder of exported rerankers.

    Returns:
        The reranker, or None for "none".

    Raises:
        ArchiveMismatch: the model was not exported.
        ArchiveDamaged: one of its files is missing or damaged.
    """
    if model == NONE:
        return None
    folder = _reranker_folder(model, exported)
    if folder is None:
        raise ArchiveMismatch(
            f"the reranker {model!r} has not been exported yet", where="rerank.model", mend=EXPORT
        )
    return OnnxReranker(folder)


def reranker_key(model: str, exported: Path) -> str | None:
    """What tells a reranker from others: the hash of its card; None if there is none to open.

    Args:
        model: its name or path in the settings.
        exported: the folder of exported rerankers.

    Raises:
        ArchiveDamaged: its card cannot be read.
    """
    folder = None if model == NONE else _reranker_folder(model, exported)
    return read_reranker_card(folder).hash if folder else None


def prepare_reranker(model: str, exported: Path) -> None:
    """Write the optimised copy of a reranker, so that the first question need not wait for it.

    Errors are left to `open_reranker`.

    Args:
        model: the reranker's name or path in the settings.
        exported: the folder of exported rerankers.
    """
    with contextlib.suppress(ArchiveDamaged, OSError):
        if folder := _reranker_folder(model, exported):
            optimised_graph(folder / MODEL_FILE, read_reranker_card(folder).onnx_sha256)


def _reranker_folder(model: str, exported: Path) -> Path | None:
    """The folder of the reranker that the settings name, or None if there is none."""
    return PACKAGED_RERANKER if model == PACKAGED else exported_folder(model, exported)


def exported_folder(model: str, exported: Path) -> Path | None:
    """The folder of an exported reranker, or None if there is none of this name.

    Args:
        model: its name or path in the settings.
        exported: the folder of exported rerankers.
    """
    if not exported.is_dir():
        return None
    for folder in sorted(exported.glob("[!.]*")):  # a name with a dot is an unfinished export
        if (folder / RERANKER_CARD_FILE).is_file() and read_reranker_card(folder).model == model:
            return folder
    return None
