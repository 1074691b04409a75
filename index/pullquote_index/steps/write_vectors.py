"""Writes the two files of vectors, in the order of rows: from the generation before, from other kept ones, and from what was embedded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.models.encoder import Encoder
from pullquote.storage.manifest import SENTENCE_FILE, VECTOR_FILE
from pullquote.storage.sentence_vectors import Quantised, sentence_writer
from pullquote.storage.vector_writer import VectorWriter
from pullquote_index.progress import Progress
from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.steps.cut_passages import Stretch
from pullquote_index.steps.embedding import EmbeddingInput, embed, embedding_input
from pullquote_index.steps.store_writer import Block, StoreWriter

_GROUP = 4096
"""Passages whose vectors are in memory at once."""
_WRITTEN_AFTER = 64
"""Passages that are embedded before they are written to the journal, which is what an interruption costs at most."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """How many passages were embedded, and how many others' vectors were known."""

    made: int
    reused: int


def embed_new(
    store: StoreWriter,
    stretches: Sequence[Stretch],
    known: VectorCache,
    journal: EmbeddingJournal,
    encoder: Callable[[], Encoder],
    encoder_hash: str,
    threads: int,
    progress: Progress,
) -> int:
    """Embed, into the journal, the new passages whose vectors are nowhere yet. Returns how many.

    Args:
        store: holds the passages.
        stretches: say which are new.
        known: vectors of kept generations.
        journal: takes the vectors; those that it has are not made again.
        encoder: gives the encoder; only asked where something is to embed.
        encoder_hash: its name.
        threads: how many passages are read side by side; 0 means one for each processor.
        progress: told how far the embedding is, in characters.

    Raises:
        OSError: the journal cannot be written.
    """
    for block in _new(stretches):
        for item in _inputs(store, block, encoder_hash):
            if item.content not in known:
                journal.want(item.content, len(item.text))
    left = journal.settle()
    progress.begin("embedding passages", left)
    if not left:
        return 0
    wanted = (
        item
        for block in _new(stretches)
        for item in _inputs(store, block, encoder_hash)
        if journal.take(item.content)
    )
    made = 0
    waiting: list[tuple[bytes, PassageVectors]] = []
    for item, vectors in embed(encoder(), wanted, threads):
        waiting.append((item.content, vectors))
        made += 1
        progress.advance(len(item.text))
        if len(waiting) == _WRITTEN_AFTER:
            journal.add(waiting)
            waiting = []
    journal.add(waiting)
    return made


def _new(stretches: Sequence[Stretch]) -> Iterator[Block]:
    return (stretch.here for stretch in stretches if stretch.before is None)


def _inputs(store: StoreWriter, block: Block, encoder_hash: str) -> Iterator[EmbeddingInput]:
    for passage, article in store.with_articles(block):
        yield embedding_input(article.title, article.text, passage.sentences, encoder_hash)


def write_vectors(
    store: StoreWriter,
    stretches: Sequence[Stretch],
    folder: Path,
    dimension: int,
    before: PreviousGeneration | None,
    find: Callable[[bytes], PassageVectors],
) -> str:
    """Write the vectors of all passages and sentences. Returns the kind of vector index, in words.

    Args:
        store: holds the passages.
        stretches: all of them, in the order of rows.
        folder: where the files are written.
        dimension: how many numbers a vector has.
        before: the generation that passages were taken over from.
        find: gives the vectors of new passages.

    Raises:
        OSError: a file cannot be written.
    """
    vectors = VectorWriter(folder / VECTOR_FILE, dimension)
    with sentence_writer(
        folder / SENTENCE_FILE, sum(stretch.here.sentences for stretch in stretches), dimension
    ) as add_sentences:
        for stretch in stretches:
            if stretch.before is None:
                for found in _grouped(find(content) for content, _ in store.passages(stretch.here)):
                    vectors.add(np.stack([each.whole for each in found]))
                    add_sentences(np.concatenate([each.sentences for each in found]))
            else:
                assert before is not None  # whence it was taken
                _copy(before, stretch.before, vectors, add_sentences)
    return vectors.finish()


def _copy(
    before: PreviousGeneration,
    block: Block,
    vectors: VectorWriter,
    add_sentences: Callable[[Quantised], None],
) -> None:
    for first, count in _pieces(block.passage, block.passages):
        vectors.add(before.vectors.rows(first, first + count))
    for first, count in _pieces(block.sentence, block.sentences):
        add_sentences(before.sentences[first : first + count])


def _pieces(first: int, count: int) -> Iterator[tuple[int, int]]:
    """A range of rows in pieces of at most _GROUP, as first rows and counts."""
    for at in range(first, first + count, _GROUP):
        yield at, min(_GROUP, first + count - at)


def _grouped(vectors: Iterator[PassageVectors]) -> Iterator[list[PassageVectors]]:
    group: list[PassageVectors] = []
    for each in vectors:
        group.append(each)
        if len(group) == _GROUP:
            yield group
            group = []
    if group:
        yield group
