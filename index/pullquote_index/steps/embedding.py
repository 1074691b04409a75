"""Embeds passages, each by itself, on all processors."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.models.encoder import Encoder
from pullquote_index.reuse.stage_versions import EMBEDDING
from pullquote_index.reuse.stored_vectors import PassageVectors, as_stored

_WAITING_PER_THREAD = 8
"""The number of passages per thread that are given to the threads in advance."""


@dataclass(frozen=True, slots=True)
class EmbeddingInput:
    """What the encoder reads for a passage: for context its headline and heading, and the passage.

    Attributes:
        text: the headline, the heading and the header row above the passage's first sentence, as
            far as there are any, each on a line of its own; then the passage.
        sentences: the places of the passage's sentences in `text`.
        content_hash: a hash of both and of the encoder, by which the vectors are found later.
    """

    text: str
    sentences: tuple[Span, ...]
    content_hash: bytes


Embed = Callable[[Iterable[EmbeddingInput]], Iterator[tuple[EmbeddingInput, PassageVectors]]]
"""Yields the vectors of embedding inputs, in any order."""


def embedding_input(
    article: Article, sentences: Iterable[Span], encoder_hash: str
) -> EmbeddingInput:
    """The embedding input of a passage.

    Args:
        article: its article.
        sentences: the places of the passage's sentences in the article's text.
        encoder_hash: identifies the encoder.
    """
    spans = tuple(sentences)
    start, end = spans[0].start, spans[-1].end
    names = (article.title, article.names_of_place(spans[0]))
    prefix = "".join(f"{name}\n" for name in names if name)
    shift = len(prefix) - start
    moved = tuple(Span(span.start + shift, span.end + shift) for span in spans)
    embedded = prefix + article.text[start:end]
    identity = (EMBEDDING.number, encoder_hash, embedded, [tuple(span) for span in moved])
    content_hash = hashlib.blake2b(repr(identity).encode(), digest_size=16).digest()
    return EmbeddingInput(embedded, moved, content_hash)


def embed(
    encoder: Encoder, inputs: Iterable[EmbeddingInput], threads: int
) -> Iterator[tuple[EmbeddingInput, PassageVectors]]:
    """Yield the vectors of embedding inputs, in the same order.

    The encoder reads each passage by itself. int8 activations are scaled over all that is read in
    one pass, so in a batch a passage would get other vectors, which depend on the rest of the
    batch. Two passages side by side are also faster than any batch (docs/decisions/0010).

    Args:
        encoder: the encoder.
        inputs: what to embed; they are consumed only as fast as they are embedded.
        threads: the number of passages that are read side by side; 0 means one per processor.
    """
    count = threads or os.cpu_count() or 1
    waiting: deque[tuple[EmbeddingInput, Future[PassageVectors]]] = deque()
    with ThreadPoolExecutor(count) as executor:
        try:
            remaining = iter(inputs)
            for item in itertools.islice(remaining, count * _WAITING_PER_THREAD):
                waiting.append((item, executor.submit(_embed_one, encoder, item)))
            while waiting:
                item, future = waiting.popleft()
                vectors = future.result()
                for following in itertools.islice(remaining, 1):
                    waiting.append((following, executor.submit(_embed_one, encoder, following)))
                yield item, vectors
        finally:
            executor.shutdown(cancel_futures=True)


def _embed_one(encoder: Encoder, item: EmbeddingInput) -> PassageVectors:
    (encoded,) = encoder.encode_passages([item.text], [item.sentences])
    return as_stored(encoded)
