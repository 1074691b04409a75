"""An encoder that an earlier build exported, if it can be used again."""

from __future__ import annotations

from pathlib import Path

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveDamaged
from pullquote.models.cards import EncoderCard, read_encoder_card
from pullquote.models.encoder import OnnxEncoder
from pullquote.models.onnx_layout import check_model
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.plain_files import read_plain

_MAX_MODEL = 2**31
"""Bytes. ONNX Runtime reads no larger model without weights in another file."""


def undamaged_card(folder: Path, *, try_out: bool) -> EncoderCard | None:
    """The card of an exported encoder; None if a file is not as the card says.

    Args:
        folder: the folder of the encoder.
        try_out: whether it must also read a text.
    """
    try:
        card = read_encoder_card(folder)
        if card.runtime == "onnx":
            hashes = (file_sha256(folder / MODEL_FILE), file_sha256(folder / TOKENIZER_FILE))
            if hashes != (card.onnx_sha256, card.tokenizer_sha256):
                return None
            check_model(read_plain(folder / MODEL_FILE, _MAX_MODEL))
            if try_out:
                OnnxEncoder(folder).encode_queries(["a question"])
    except (ArchiveDamaged, OSError, ValueError):
        return None
    return card
