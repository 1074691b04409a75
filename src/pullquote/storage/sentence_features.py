"""Features of a passage's sentences, stored so that a question need not analyse their words again.

docs/decisions/0013 says what that saves.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.corpus.spans import Span
from pullquote.english.back_references import refers_back
from pullquote.english.stems import analyse

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
StemHashes = npt.NDArray[np.uint32]

_HEADER_LENGTH = 3
"""The integers in a sentence's header: its words, its distinct stems, its flags."""
_OPENS_PARAGRAPH, _REFERS_BACK = 1, 2
"""The bits of the flags."""


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """Features of consecutive sentences.

    Attributes:
        word_counts: the number of words in each sentence, int64, (sentences,).
        opens_paragraph: whether it begins a paragraph, bool, (sentences,).
        refers_back: whether it begins with a word that refers back ("He"), bool, (sentences,).
        recurs: whether many articles that are no copies contain it, bool, (sentences,).
        stem_counts: the number of its distinct stems, int64, (sentences,).
        stem_hashes: hashes of the distinct stems, sentence after sentence, uint32,
            (sum of stem_counts,).
    """

    word_counts: Counts
    opens_paragraph: Flags
    refers_back: Flags
    recurs: Flags
    stem_counts: Counts
    stem_hashes: StemHashes


def stem_hash(stem: str) -> int:
    """A hash of a stem, 32 bits.

    Two stems of one question and its passages rarely have the same hash; docs/decisions/0013 says
    how rarely.
    """
    return zlib.crc32(stem.encode())


def encode_sentence_features(
    text: str, paragraphs: Iterable[Span], sentences: Iterable[Span]
) -> bytes:
    """The features of a passage's sentences as bytes.

    They are little-endian 32-bit integers: a header for each sentence, then all stem hashes.

    Args:
        text: the article's text.
        paragraphs: the places of the paragraphs that begin in the passage.
        sentences: the places of the passage's sentences in it.
    """
    paragraph_starts = {span.start for span in paragraphs}
    headers: list[int] = []
    stem_hashes: list[int] = []
    for sentence in sentences:
        words = sentence.of(text)
        distinct = sorted({stem_hash(stem) for stem in analyse(words)})
        flags = _OPENS_PARAGRAPH * (sentence.start in paragraph_starts)
        flags |= _REFERS_BACK * refers_back(text, sentence.start)
        headers += (len(words.split()), len(distinct), flags)
        stem_hashes += distinct
    return np.array(headers + stem_hashes, dtype="<u4").tobytes()


def decode_sentence_features(
    data: bytes, sentences: int, recurs: Flags | None = None
) -> SentenceFeatures:
    """The features that `encode_sentence_features` wrote.

    Args:
        data: the bytes.
        sentences: the number of sentences.
        recurs: which of them recur; none if None.

    Raises:
        ValueError: the bytes are not as they were written.
    """
    numbers = np.frombuffer(data, dtype="<u4")
    split = _HEADER_LENGTH * sentences
    headers = numbers[:split].reshape(sentences, _HEADER_LENGTH).astype(np.int64)
    word_counts, stem_counts, flags = headers.T
    stem_hashes = numbers[split:]
    if stem_counts.sum() != len(stem_hashes):
        raise ValueError("a passage's stems are not as they were written")
    return SentenceFeatures(
        word_counts=word_counts,
        opens_paragraph=flags & _OPENS_PARAGRAPH > 0,
        refers_back=flags & _REFERS_BACK > 0,
        recurs=np.zeros(sentences, dtype=bool) if recurs is None else recurs,
        stem_counts=stem_counts,
        stem_hashes=stem_hashes,
    )


def joined_features(passages: Sequence[SentenceFeatures]) -> SentenceFeatures:
    """The features of several passages' sentences as if they were one passage's."""
    return SentenceFeatures(
        *(
            np.concatenate([getattr(features, name) for features in passages])
            for name in SentenceFeatures.__slots__
        )
    )
