"""What is known of a passage's sentences since the index was built, so that no question has to read their words again."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span
from pullquote.english.back_references import refers_back
from pullquote.english.stems import analyse

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
StemHashes = npt.NDArray[np.uint32]

_HEAD = 3
"""Numbers that come before its stems for each sentence: its words, its stems, its flags."""
_OPENING, _LEANING = 1, 2


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """A passage's sentences.

    Attributes:
        words: how many words each holds, int64, (sentences,).
        opening: whether it begins a paragraph, bool, (sentences,).
        leaning: whether it begins with a word that points back ("He"), bool, (sentences,).
        counts: how many stems each holds, every one counted once, int64, (sentences,).
        stems: their hashes, sentence after sentence, uint32, (sum of counts,).
    """

    words: Counts
    opening: Flags
    leaning: Flags
    counts: Counts
    stems: StemHashes


def stem_hash(stem: str) -> int:
    """A number for a stem, 32 bits. How seldom two that matter to one question have the same: docs/decisions/0013."""
    return zlib.crc32(stem.encode())


def encode_sentence_features(text: str, passage: Span, sentences: Iterable[Span]) -> bytes:
    """What `decode_sentence_features` reads: little-endian numbers of 32 bits, for each sentence its head, then all stems.

    Args:
        text: the article's.
        passage: the passage's place in it.
        sentences: the places of its sentences.
    """
    openings = {span.start for span in paragraphs(text, passage)}
    heads: list[int] = []
    hashes: list[int] = []
    for sentence in sentences:
        words = sentence.of(text)
        stems = sorted({stem_hash(stem) for stem in analyse(words)})
        heads += (
            len(words.split()),
            len(stems),
            _OPENING * (sentence.start in openings) | _LEANING * refers_back(text, sentence.start),
        )
        hashes += stems
    return np.array(heads + hashes, dtype="<u4").tobytes()


def decode_sentence_features(data: bytes, sentences: int) -> SentenceFeatures:
    """What was written of a passage of so many sentences.

    Raises:
        ValueError: the data are not as they were written.
    """
    numbers = np.frombuffer(data, dtype="<u4")
    heads = numbers[: _HEAD * sentences].reshape(sentences, _HEAD).astype(np.int64)
    stems = numbers[_HEAD * sentences :]
    if heads[:, 1].sum() != len(stems):
        raise ValueError("a passage's stems are not as they were written")
    return SentenceFeatures(
        heads[:, 0], heads[:, 2] & _OPENING > 0, heads[:, 2] & _LEANING > 0, heads[:, 1], stems
    )


def joined(analysed: Sequence[SentenceFeatures]) -> SentenceFeatures:
    """The sentences of several passages as those of one."""
    return SentenceFeatures(
        *(
            np.concatenate([getattr(one, name) for one in analysed])
            for name in SentenceFeatures.__slots__
        )
    )
