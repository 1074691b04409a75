"""Embeds the new passages whose vectors no earlier build has made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from pullquote_index.progress import Progress
from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.steps.cut_passages import PassageRun
from pullquote_index.steps.embedding import Embed, EmbeddingInput, embedding_input
from pullquote_index.steps.store_writer import StoreWriter

_PASSAGES_PER_WRITE = 64
"""The journal is written after this number of passages. An interruption loses at most these."""


def embed_new_passages(
    store: StoreWriter,
    runs: Sequence[PassageRun],
    cache: VectorCache,
    journal: EmbeddingJournal,
    open_embedder: Callable[[], AbstractContextManager[Embed]],
    encoder_hash: str,
    progress: Progress,
) -> int:
    """Embed the new passages whose vectors are neither in the cache nor in the journal.

    Args:
        store: has the passages.
        runs: say which passages are new.
        cache: the vectors of earlier generations.
        journal: receives the vectors; it may have some from an interrupted build.
        open_embedder: makes what embeds; called only if there is something to embed.
        encoder_hash: identifies the encoder.
        progress: receives the progress, in characters.

    Returns:
        The number of embedded passages.

    Raises:
        OSError: the journal cannot be written.
    """
    for item in _inputs(store, runs, encoder_hash):
        if item.content_hash not in cache:
            journal.need(item.content_hash, len(item.text))
    characters = journal.discard_unusable()
    progress.begin("embedding passages", characters)
    if not characters:
        return 0
    unknown = (
        item for item in _inputs(store, runs, encoder_hash) if journal.claim(item.content_hash)
    )
    with open_embedder() as embed:
        return _embed_into(journal, embed, unknown, progress)


def _embed_into(
    journal: EmbeddingJournal,
    embed: Embed,
    inputs: Iterable[EmbeddingInput],
    progress: Progress,
) -> int:
    """Embed, and write the vectors to the journal. Returns the number of inputs."""
    embedded = 0
    unwritten: list[tuple[bytes, PassageVectors]] = []
    for item, vectors in embed(inputs):
        unwritten.append((item.content_hash, vectors))
        embedded += 1
        progress.advance(len(item.text))
        if len(unwritten) == _PASSAGES_PER_WRITE:
            journal.add(unwritten)
            unwritten = []
    journal.add(unwritten)
    return embedded


def _inputs(
    store: StoreWriter, runs: Sequence[PassageRun], encoder_hash: str
) -> Iterator[EmbeddingInput]:
    """Yield the embedding inputs of the new passages."""
    for run in runs:
        if run.previous is None:
            for passage, article in store.passages.with_articles(run.block):
                yield embedding_input(article, passage.sentences, encoder_hash)
