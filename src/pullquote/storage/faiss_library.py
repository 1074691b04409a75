"""FAISS, the library of vector indexes. The one module that imports it."""

from __future__ import annotations

from typing import Any

from pullquote.late_library import LateLibrary

faiss: Any = LateLibrary("faiss")
"""FAISS without types: its own leave out what its Python layer adds to the C++ classes."""


def flat_index(dimension: int) -> Any:
    """An empty index that compares every vector, in half precision.

    Half precision takes half the memory of single precision and finds the same ten best
    (docs/decisions/0005).
    """
    index = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.is_trained = True  # half precision needs no training
    return index
