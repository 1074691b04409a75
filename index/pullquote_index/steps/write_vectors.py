"""Writes the two files of vectors: those of passages, and those of sentences."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from pullquote.storage.manifest import SENTENCE_FILE, VECTOR_FILE
from pullquote.storage.sentence_vectors import Quantised, sentence_writer
from pullquote.storage.vector_writer import VectorWriter
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stored_vectors import FindVectors
from pullquote_index.steps.cut_passages import PassageRun
from pullquote_index.steps.passage_rows import PassageBlock
from pullquote_index.steps.store_writer import StoreWriter

_ROWS_IN_MEMORY = 4096
"""The number of vectors that are in memory at a time."""


def write_vectors(
    store: StoreWriter,
    runs: Sequence[PassageRun],
    folder: Path,
    dimension: int,
    previous: PreviousGeneration | None,
    find_vectors: FindVectors,
) -> str:
    """Write the vectors of all passages and sentences, in the order of their rows.

    Args:
        store: has the passages.
        runs: all passages, in the order of their rows.
        folder: the folder of the files.
        dimension: the length of a vector.
        previous: the generation whose passages are reused.
        find_vectors: finds the vectors of new passages.

    Returns:
        The kind of vector index, in words.

    Raises:
        OSError: a file cannot be written.
    """
    passage_vectors = VectorWriter(folder / VECTOR_FILE, dimension)
    sentences = sum(run.block.sentences for run in runs)
    with sentence_writer(folder / SENTENCE_FILE, sentences, dimension) as add_sentences:
        for run in runs:
            if run.previous is None:
                hashes = (content_hash for content_hash, _ in store.passages.in_block(run.block))
                while group := list(map(find_vectors, itertools.islice(hashes, _ROWS_IN_MEMORY))):
                    passage_vectors.add(np.stack([vectors.whole for vectors in group]))
                    add_sentences(np.concatenate([vectors.sentences for vectors in group]))
            else:
                assert previous is not None  # the run's passages are reused from it
                _copy(previous, run.previous, passage_vectors, add_sentences)
    return passage_vectors.finish()


def _copy(
    previous: PreviousGeneration,
    block: PassageBlock,
    passage_vectors: VectorWriter,
    add_sentences: Callable[[Quantised], None],
) -> None:
    """Copy the vectors of a block of the previous generation."""
    for first, end in _ranges(block.first_passage, block.passages):
        passage_vectors.add(previous.vectors.rows(first, end))
    for first, end in _ranges(block.first_sentence, block.sentences):
        add_sentences(previous.sentences[first:end])


def _ranges(first: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield the rows of a range in ranges of at most `_ROWS_IN_MEMORY`: first rows and ends."""
    for start in range(first, first + count, _ROWS_IN_MEMORY):
        yield start, min(start + _ROWS_IN_MEMORY, first + count)
