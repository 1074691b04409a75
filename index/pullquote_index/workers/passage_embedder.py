"""Chooses what embeds: threads of this process, local worker processes, or those of a scheduler."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator

from pullquote.errors import WorkersError
from pullquote.models.cards import EncoderCard
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.model_export.encoder_export import load_encoder
from pullquote_index.steps.embedding import Embed, embed
from pullquote_index.workers.bulk_embedding import BulkEmbedder
from pullquote_index.workers.dask_library import local_workers, remote_workers
from pullquote_index.workers.sent_encoder import encoder_files
from pullquote_index.workers.worker_check import check_workers

EmbeddingWorkers = int | str
"""The number of worker processes on this machine, or the address of a scheduler; 0: none."""


def check_scheduler(workers: EmbeddingWorkers) -> None:
    """See that workers can be had, before a build of which nothing may need them in the end.

    Raises:
        WorkersError: the scheduler cannot be reached, or Dask is not installed.
    """
    if isinstance(workers, str):
        with remote_workers(workers):
            pass


@contextlib.contextmanager
def passage_embedder(
    card: EncoderCard, built: BuiltFolder, threads: int, workers: EmbeddingWorkers
) -> Iterator[Embed]:
    """A function that embeds passages. Whatever embeds them, their vectors are the same.

    Args:
        card: the encoder's card.
        built: the folder of the index, which has the encoder.
        threads: the number of threads of this process; 0 means one per processor.
        workers: the workers, if they embed in place of this process.

    Raises:
        ArchiveDamaged: one of the encoder's files is missing or damaged.
        EncoderError: the encoder cannot be loaded.
        WorkersError: the workers cannot be reached or used, or the encoder has no files.
    """
    if not workers:
        yield functools.partial(embed, load_encoder(card, built), threads=threads)
        return
    if card.runtime != "onnx":
        raise WorkersError(
            "workers embed only with an exported encoder",
            where="encoder.runtime",
            mend='Set encoder.runtime = "onnx", or leave out --workers',
        )
    opened = local_workers(workers) if isinstance(workers, int) else remote_workers(workers)
    with opened as dask_workers:
        check_workers(dask_workers)
        files = encoder_files(built.encoder_folder(card))
        yield BulkEmbedder(dask_workers, card.hash, files).embed
