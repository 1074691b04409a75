"""Embed new passages, and write the two files of vectors in the order of rows.

Vectors come from the previous generation, from other generations, or from the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from pullquote_index.steps.embedding import EmbeddingInput, embed, embedding_input
from pullquote_index.steps.row_ranges import PassageRows, Stretch
from pullquote_index.steps.store_writer import StoreWriter

_VECTORS_AT_ONCE = 4096
"""Number of passages whose vectors are in memory at once."""
_JOURNAL_EVERY = 64
"""Passages are journalled in groups of this size, which an interruption costs at most."""


def embed_new(
    store: StoreWriter,
    stretches: Sequence[Stretch],
    cache: VectorCache,
    journal: EmbeddingJournal,
    load_encoder: Callable[[], Encoder],
    encoder_hash: str,
    threads: int,
    progress: Progress,
) -> int:
    """Embed the new passages whose vectors are not known yet, into the journal.

    Args:
        store: the passages.
        stretches: which of them are new.
        cache: vectors of other generations.
        journal: receives the vectors; those that it has are not embedded again.
        load_encoder: loads the encoder; called only if there is something to embed.
        encoder_hash: the encoder's hash.
        threads: number of passages that are read at the same time; 0 means one for each processor.
        progress: receives the progress, in characters.

    Returns:
        The number of passages that were embedded.

    Raises:
        OSError: the journal cannot be written.
    """
    for item in _new_inputs(store, stretches, encoder_hash):
        if item.content not in cache:
            journal.want(item.content, len(item.text))
    characters_left = journal.prepare()
    progress.begin("embedding passages", characters_left)
    if not characters_left:
        return 0
    new = _new_inputs(store, stretches, encoder_hash)
    missing = (item for item in new if journal.claim(item.content))
    return _fill_journal(journal, embed(load_encoder(), missing, threads), progress)


def _fill_journal(
    journal: EmbeddingJournal,
    embedded: Iterable[tuple[EmbeddingInput, PassageVectors]],
    progress: Progress,
) -> int:
    """Add vectors to the journal in groups. Returns their number."""
    count = 0
    waiting: list[tuple[bytes, PassageVectors]] = []
    for item, vectors in embedded:
        waiting.append((item.content, vectors))
        count += 1
        progress.advance(len(item.text))
        if len(waiting) == _JOURNAL_EVERY:
            journal.add(waiting)
            waiting = []
    journal.add(waiting)
    return count


def _new_inputs(
    store: StoreWriter, stretches: Sequence[Stretch], encoder_hash: str
) -> Iterator[EmbeddingInput]:
    """Yield what is embedded for each new passage."""
    for stretch in stretches:
        if stretch.previous_rows is None:
            for passage, article in store.passages_with_articles(stretch.rows):
                yield embedding_input(article.title, article.text, passage.sentences, encoder_hash)


def write_vectors(
    store: StoreWriter,
    stretches: Sequence[Stretch],
    folder: Path,
    dimension: int,
    previous: PreviousGeneration | None,
    find: Callable[[bytes], PassageVectors],
) -> str:
    """Write the vectors of all passages and sentences.

    Args:
        store: the passages.
        stretches: all of them, in the order of rows.
        folder: the folder for the files.
        dimension: length of a vector.
        previous: the generation that passages were copied from.
        find: returns the vectors of a new passage by the hash of its content.

    Returns:
        The kind of vector index, in words.

    Raises:
        OSError: a file cannot be written.
    """
    vectors = VectorWriter(folder / VECTOR_FILE, dimension)
    with sentence_writer(
        folder / SENTENCE_FILE, sum(stretch.rows.sentences for stretch in stretches), dimension
    ) as add_sentences:
        for stretch in stretches:
            if stretch.previous_rows is None:
                new = (find(content) for content, _ in store.passages(stretch.rows))
                for group in _grouped(new):
                    vectors.add(np.stack([passage.whole for passage in group]))
                    add_sentences(np.concatenate([passage.sentences for passage in group]))
            else:
                assert previous is not None  # its passages were copied
                _copy(previous, stretch.previous_rows, vectors, add_sentences)
    return vectors.finish()


def _copy(
    previous: PreviousGeneration,
    rows: PassageRows,
    vectors: VectorWriter,
    add_sentences: Callable[[Quantised], None],
) -> None:
    for first, count in _pieces(rows.first_passage, rows.passages):
        vectors.add(previous.vectors.rows(first, first + count))
    for first, count in _pieces(rows.first_sentence, rows.sentences):
        add_sentences(previous.sentences[first : first + count])


def _pieces(first: int, count: int) -> Iterator[tuple[int, int]]:
    """Split a range of rows: pairs of a first row and a count of at most `_VECTORS_AT_ONCE`."""
    for row in range(first, first + count, _VECTORS_AT_ONCE):
        yield row, min(_VECTORS_AT_ONCE, first + count - row)


def _grouped(vectors: Iterator[PassageVectors]) -> Iterator[list[PassageVectors]]:
    group: list[PassageVectors] = []
    for passage in vectors:
        group.append(passage)
        if len(group) == _VECTORS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group
