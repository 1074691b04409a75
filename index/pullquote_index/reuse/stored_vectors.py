"""A passage's vectors in the precision in which they are stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pullquote.models.encoder import EncodedPassage
from pullquote.models.vectors import Vectors
from pullquote.storage.sentence_vectors import Quantised, quantise


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """A passage's vectors.

    Attributes:
        whole: the passage's own, float32, (dimension,); half precision holds each value.
        sentences: its sentences', int8, (sentences, dimension).
    """

    whole: Vectors
    sentences: Quantised


FindVectors = Callable[[bytes], PassageVectors]
"""Returns the vectors of the embedding input with this hash."""


def as_stored(passage: EncodedPassage) -> PassageVectors:
    """Round a passage's vectors as they are stored.

    So vectors that were just embedded are equal to those that are read from a file.
    """
    return PassageVectors(
        passage.whole.astype(np.float16).astype(np.float32), quantise(passage.sentences)
    )
