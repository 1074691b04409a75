"""Opens an exported model by its card."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pullquote.errors import ArchiveDamaged
from pullquote.models.transformer import Transformer


class ModelCard(Protocol):
    """What a card says of the files of an exported model."""

    @property
    def max_tokens(self) -> int:
        """Longer texts or pairs are truncated to this length."""

    @property
    def onnx_sha256(self) -> str:
        """SHA-256 of `model.onnx`, in hexadecimal; if empty, any is taken."""

    @property
    def tokenizer_sha256(self) -> str:
        """SHA-256 of `tokenizer.json`; if empty, any is taken."""


def open_transformer(
    folder: Path, card: ModelCard, name: str, mend: str | None = None
) -> Transformer:
    """Open the exported model in a folder.

    Args:
        folder: holds `model.onnx` and `tokenizer.json`.
        card: the model's.
        name: what it is called in an error.
        mend: what to do about one; the usual advice if None.

    Raises:
        ArchiveDamaged: a file is missing, damaged or another one.
        MemoryError: there is too little memory for it.
    """
    try:
        return Transformer(folder, card.max_tokens, card.onnx_sha256, card.tokenizer_sha256)
    except ValueError as error:
        raise ArchiveDamaged(
            f"the {name} cannot be loaded ({error})", where=str(folder), mend=mend
        ) from error
