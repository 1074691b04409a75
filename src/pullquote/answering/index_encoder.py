"""The encoder that an index was built with."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.errors import ArchiveDamaged, EncoderError
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import Encoder, OnnxEncoder
from pullquote.storage.built_folder import BuiltFolder

EncoderLoader = Callable[[EncoderCard, BuiltFolder], Encoder]
"""Loads the encoder that an index was built with."""


def open_encoder(
    card: EncoderCard, built: BuiltFolder, load_encoder: EncoderLoader | None
) -> Encoder:
    """Open the encoder that an index was built with.

    Raises:
        ArchiveDamaged: one of its files is missing or damaged.
        EncoderError: ONNX Runtime does not run it, and there is no `load_encoder`.
    """
    if card.runtime == "onnx":
        encoder = OnnxEncoder(built.encoder_folder(card))
        if encoder.card != card:
            raise ArchiveDamaged(
                "is not the encoder that the index was built with",
                where=str(built.encoder_folder(card)),
            )
        return encoder
    if load_encoder:
        return load_encoder(card, built)
    raise EncoderError(
        "runs on sentence-transformers",
        where=card.model,
        mend="Pass load_encoder=pullquote_index.load_encoder to Archive.open",
    )
