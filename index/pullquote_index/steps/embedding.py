"""Embed passages, each one alone, on all processors."""

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
from pullquote_index.reuse.stage_versions import STAGES
from pullquote_index.reuse.stored_vectors import PassageVectors, as_stored

_QUEUED_PER_THREAD = 8
"""Number of passages that wait for each thread."""


@dataclass(frozen=True, slots=True)
class EmbeddingInput:
    """What the encoder reads for one passage: the headline, for context, and the passage.

    Attributes:
        text: headline, line break, passage.
        sentences: spans of the passage's sentences in `text`.
        content: hash of both and of the encoder, by which stored vectors are found; 16 bytes.
    """

    text: str
    sentences: tuple[Span, ...]
    content: bytes


def embedding_input(
    title: str, text: str, sentences: Iterable[Span], encoder_hash: str
) -> EmbeddingInput:
    """What is embedded for the passage that consists of these sentences of an article's text."""
    places = tuple(sentences)
    start, end = places[0].start, places[-1].end
    prefix = f"{title}\n" if title else ""
    shift = len(prefix) - start
    moved = tuple(Span(span.start + shift, span.end + shift) for span in places)
    embedded = prefix + text[start:end]
    content = hashlib.blake2b(
        repr(
            (STAGES["embedding"].version, encoder_hash, embedded, [tuple(span) for span in moved])
        ).encode(),
        digest_size=16,
    ).digest()
    return EmbeddingInput(embedded, moved, content)


def embed(
    encoder: Encoder, inputs: Iterable[EmbeddingInput], threads: int
) -> Iterator[tuple[EmbeddingInput, PassageVectors]]:
    """Yield the vectors of `inputs`, in their order.

    Each passage is read alone: int8 activations are scaled over a whole batch, so in a batch a
    passage's vectors would depend on the others. Two passages side by side are also faster than any
    batch (docs/decisions/0010).

    Args:
        encoder: the encoder.
        inputs: what to embed; consumed as fast as it is embedded.
        threads: number of passages that are read at the same time; 0 means one for each processor.
    """
    count = threads or os.cpu_count() or 1
    waiting: deque[tuple[EmbeddingInput, Future[PassageVectors]]] = deque()
    with ThreadPoolExecutor(count) as workers:
        try:
            source = iter(inputs)
            for item in itertools.islice(source, count * _QUEUED_PER_THREAD):
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
