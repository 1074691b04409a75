"""A passage's vectors as the index stores them: fp16 for the passage, int8 for its sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pullquote.models.encoder import EncodedPassage
from pullquote.models.vectors import Vectors
from pullquote.storage.sentence_vectors import Quantised, quantise


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """A passage's vectors as stored.

    Attributes:
        whole: the passage's, float32, (dimension,), rounded to fp16.
        sentences: its sentences', int8, (sentences, dimension).
    """

    whole: Vectors
    sentences: Quantised


def as_stored(passage: EncodedPassage) -> PassageVectors:
    """Round an encoded passage as the index stores it, so that new and stored vectors are equal."""
    return PassageVectors(
        passage.whole.astype(np.float16).astype(np.float32), quantise(passage.sentences)
    )
