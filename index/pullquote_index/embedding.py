"""From passages to vectors: what is embedded, what is known already, in which batches."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.encoder import EncodedPassage, Encoder
from pullquote.errors import ArchiveError
from pullquote.generation import SENTENCE_FILE, STORE_FILE, VECTOR_FILE, read_manifest
from pullquote.hashing import file_sha256
from pullquote.passages import PassageId
from pullquote.sentence_vectors import Quantised, SentenceRows, quantise
from pullquote.settings import EncoderSettings
from pullquote.spans import Span
from pullquote.store import Store
from pullquote.vectors import VectorIndex, Vectors

_CHARACTERS_PER_TOKEN = 4
"""Of English prose, on average; it only sizes batches."""
_LARGEST_BATCH = 64


@dataclass(frozen=True, slots=True)
class EmbeddingInput:
    """What the encoder reads for one passage: the headline, for context, and the passage.

    Attributes:
        text: headline, line break, passage.
        sentences: the places of the passage's sentences in `text`.
        content: a hash of both and of the encoder, by which the vectors are found again.
    """

    text: str
    sentences: tuple[Span, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """A passage's vectors as they are stored: float32, (dimension,), and int8, (sentences, dimension)."""

    whole: Vectors
    sentences: Quantised


def embedding_input(title: str, text: str, sentences: Sequence[Span], encoder_hash: str) -> EmbeddingInput:
    """What is embedded for the passage that `sentences` of an article's `text` make up."""
    start, end = sentences[0].start, sentences[-1].end
    prefix = f"{title}\n" if title else ""
    shift = len(prefix) - start
    moved = tuple(Span(span.start + shift, span.end + shift) for span in sentences)
    embedded = prefix + text[start:end]
    content = hashlib.blake2b(repr((encoder_hash, embedded, [tuple(span) for span in moved])).encode(), digest_size=16).digest()
    return EmbeddingInput(embedded, moved, content)


class KnownVectors:
    """The vectors of a generation, by the hash of what was embedded. Unchanged passages are never embedded twice."""

    def __init__(self, generation: Path | None) -> None:
        """Open a generation's vectors; without one, or with a damaged one, nothing is known."""
        self._places: dict[bytes, tuple[PassageId, int, int]] = {}
        if generation is None:
            return
        try:
            files = read_manifest(generation).files
            if any(file_sha256(generation / name) != files[name].sha256 for name in (STORE_FILE, VECTOR_FILE, SENTENCE_FILE)):
                return
            store = Store(generation / STORE_FILE)
            self._places = {content: (row, first, count) for content, row, first, count in store.contents()}
            store.close()
            self._vectors = VectorIndex(generation / VECTOR_FILE)
            self._sentences = SentenceRows(generation / SENTENCE_FILE)
        except (ArchiveError, OSError, KeyError):
            self._places = {}

    def __contains__(self, content: bytes) -> bool:
        """Whether the vectors of this content are known."""
        return content in self._places

    def find(self, content: bytes) -> PassageVectors | None:
        """The vectors of this content, if they are known."""
        place = self._places.get(content)
        if place is None:
            return None
        row, first, count = place
        return PassageVectors(self._vectors.row(row), np.array(self._sentences[first : first + count]))


def embed(
    encoder: Encoder, inputs: Sequence[EmbeddingInput], known: KnownVectors, settings: EncoderSettings, advance: Callable[[int], None]
) -> list[PassageVectors]:
    """The vectors of `inputs`, in their order.

    Args:
        encoder: makes those that are not known.
        inputs: what to embed.
        known: vectors made before.
        settings: how many tokens are encoded together, and how many batches side by side.
        advance: told, batch by batch, how many characters were embedded.
    """
    vectors = [known.find(item.content) for item in inputs]
    missing = sorted((index for index, found in enumerate(vectors) if found is None), key=lambda index: len(inputs[index].text))

    def encoded(batch: Sequence[int]) -> list[EncodedPassage]:
        return encoder.encode_passages([inputs[index].text for index in batch], [inputs[index].sentences for index in batch])

    batches = list(_batches(missing, [len(item.text) for item in inputs], settings.batch_tokens))
    with ThreadPoolExecutor(settings.threads or os.cpu_count() or 1) as workers:
        try:
            for batch, passages in zip(batches, workers.map(encoded, batches), strict=True):
                for index, passage in zip(batch, passages, strict=True):
                    vectors[index] = _stored(passage)
                advance(sum(len(inputs[index].text) for index in batch))
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise
    return [found for found in vectors if found is not None]


def _stored(passage: EncodedPassage) -> PassageVectors:
    return PassageVectors(passage.whole, quantise(passage.sentences))


def _batches(order: Sequence[int], lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Runs of `order`, which ascends in length, so that each, padded to its longest, has about `batch_tokens` tokens."""
    batch: list[int] = []
    for index in order:
        if (batch and (len(batch) + 1) * lengths[index] > batch_tokens * _CHARACTERS_PER_TOKEN) or len(batch) == _LARGEST_BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
