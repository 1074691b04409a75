"""A passage's vectors as they are kept: in half precision and in bytes, whatever they come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pullquote.models.encoder import EncodedPassage
from pullquote.models.vectors import Vectors
from pullquote.storage.sentence_vectors import Quantised, quantise


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """A passage's vectors: float32, (dimension,), of numbers that half precision holds, and int8, (sentences, dimension)."""

    whole: Vectors
    sentences: Quantised


def as_stored(passage: EncodedPassage) -> PassageVectors:
    """What is kept of an encoded passage. Rounded here, so that a vector just made and one read back are the same."""
    return PassageVectors(
        passage.whole.astype(np.float16).astype(np.float32), quantise(passage.sentences)
    )
