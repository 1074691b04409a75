"""From passages to vectors: what is embedded, each by itself, on all processors."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from pullquote.corpus.spans import Span
from pullquote.models.encoder import Encoder
from pullquote_index.reuse.stored_vectors import PassageVectors, as_stored

_ENCODING = 2
"""Raised when the same text is given other vectors than before by the same encoder."""
_AHEAD = 8
"""Passages that wait for each processor."""


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


def embedding_input(
    title: str, text: str, sentences: Iterable[Span], encoder_hash: str
) -> EmbeddingInput:
    """What is embedded for the passage that `sentences` of an article's `text` make up."""
    places = tuple(sentences)
    start, end = places[0].start, places[-1].end
    prefix = f"{title}\n" if title else ""
    shift = len(prefix) - start
    moved = tuple(Span(span.start + shift, span.end + shift) for span in places)
    embedded = prefix + text[start:end]
    content = hashlib.blake2b(
        repr((_ENCODING, encoder_hash, embedded, [tuple(span) for span in moved])).encode(),
        digest_size=16,
    ).digest()
    return EmbeddingInput(embedded, moved, content)


def embed(
    encoder: Encoder, inputs: Iterable[EmbeddingInput], threads: int
) -> Iterator[tuple[EmbeddingInput, PassageVectors]]:
    """The vectors of `inputs`, in their order, as they are made.

    Each passage is read by itself: int8 activations are scaled over all that is read in one pass, so in
    company a passage would get other vectors, which would then depend on what else changed that day. Two
    passages side by side are also faster than any batch (docs/decisions/0010).

    Args:
        encoder: makes the vectors.
        inputs: what to embed; taken only as fast as they are embedded.
        threads: how many passages are read side by side; 0 means one for each processor.
    """
    count = threads or os.cpu_count() or 1
    waiting: deque[tuple[EmbeddingInput, Future[PassageVectors]]] = deque()
    with ThreadPoolExecutor(count) as workers:
        try:
            source = iter(inputs)
            for item in itertools.islice(source, count * _AHEAD):
                waiting.append((item, workers.submit(_embed_one, encoder, item)))
            while waiting:
                item, future = waiting.popleft()
                vectors = future.result()
                for further in itertools.islice(source, 1):
                    waiting.append((further, workers.submit(_embed_one, encoder, further)))
                yield item, vectors
        finally:
            workers.shutdown(cancel_futures=True)


def _embed_one(encoder: Encoder, item: EmbeddingInput) -> PassageVectors:
    (encoded,) = encoder.encode_passages([item.text], [item.sentences])
    return as_stored(encoded)
