"""MinHash signatures: which of many texts are near-copies, from 256 bytes of each.

The share of equal values in two signatures estimates the Jaccard index of the texts' runs of three
words, with a standard error of at most .045 (Broder, On the resemblance and containment of
documents, 1997). Texts that agree in all values of a band are compared (locality-sensitive
hashing; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3).
"""

from __future__ import annotations

import functools
import re
import zlib

import numpy as np
import numpy.typing as npt

Signatures = npt.NDArray[np.uint16]
"""uint16, (n, VALUES), or (VALUES,) for one text."""
VALUES = 128
_RUN_WORDS = 3
_BAND_VALUES = 4
"""Texts with a Jaccard index of .5 agree in one of 32 bands with a probability of .87, of .6 with
.99, of .2 with .05."""
_NEIGHBOURS = 16
"""Of texts that agree in a band, each is compared with this number of following ones, so that
thousands made from one template cost no more than linear time."""
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_WORD = re.compile(r"\w+")
_RANDOM = np.random.Generator(np.random.PCG64(20_250_203))
_FACTORS = _RANDOM.integers(0, 2**63, VALUES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDENDS = _RANDOM.integers(0, 2**63, VALUES, dtype=np.uint64)
_RUNS_AT_A_TIME = 256
"""Their products fit the processor's cache."""


def signature(text: str) -> Signatures:
    """The signature of a text, whatever its language; zeros for fewer than three words."""
    runs = _runs(text)
    lowest = np.full(VALUES, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(runs), _RUNS_AT_A_TIME):
        part = runs[start : start + _RUNS_AT_A_TIME, None]
        np.minimum(lowest, (part * _FACTORS + _ADDENDS).min(axis=0), out=lowest)
    if not len(runs):
        return np.zeros(VALUES, np.uint16)
    return (lowest >> np.uint64(28)).astype(np.uint16)


def candidate_pairs(signatures: Signatures, least_similarity: float) -> npt.NDArray[np.int64]:
    """The pairs of texts whose signatures have at least this share of values in common.

    Args:
        signatures: of all texts.
        least_similarity: the least share; for one below .5 some pairs are not found.

    Returns:
        int64, (pairs, 2): the numbers of two texts, the lower first, in ascending order.
    """
    texts = np.flatnonzero(signatures.any(axis=1))
    bands = np.ascontiguousarray(signatures[texts]).view(np.uint64)
    found = [np.zeros(0, np.int64)]
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        sorted_band = band[order]
        for step in range(1, min(_NEIGHBOURS + 1, len(order))):
            agree = sorted_band[step:] == sorted_band[:-step]
            if not agree.any():
                break
            found.append(order[:-step][agree] * len(order) + order[step:][agree])
    codes = np.unique(np.concatenate(found))
    pairs: npt.NDArray[np.int64] = texts[np.stack(np.divmod(codes, max(1, len(texts))), axis=1)]
    similarity = (signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).mean(axis=1)
    is_near: npt.NDArray[np.bool_] = similarity >= least_similarity
    return pairs[is_near]


def _runs(text: str) -> npt.NDArray[np.uint64]:
    """A hash of each distinct run of three words, uint64, (runs,)."""
    words = _WORD.findall(text.casefold())
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    count = max(0, len(hashes) - _RUN_WORDS + 1)
    runs = np.zeros(count, np.uint64)
    for place in range(_RUN_WORDS):
        runs = runs * _MIXER + hashes[place : place + count]
    runs ^= runs >> np.uint64(29)
    runs *= _MIXER
    runs ^= runs >> np.uint64(32)
    return np.unique(runs)


@functools.lru_cache(maxsize=2**16)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode())
