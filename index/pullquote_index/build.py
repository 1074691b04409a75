"""Builds an index, or refreshes it."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pullquote.errors import RequestError
from pullquote.settings import Settings
from pullquote.step_timer import StepTimer
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.build_report import BuildReport
from pullquote_index.generation_builder import GenerationBuilder
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.index_folder import UNFINISHED_PREFIX, UNFINISHED_SUFFIX
from pullquote_index.lifecycle.own_builds import compared_ns, is_own_build
from pullquote_index.lifecycle.publishing import delete_leftovers
from pullquote_index.progress import Progress
from pullquote_index.publication.published_build import published_build
from pullquote_index.readers.discovery import (
    Discovery,
    discover,
    named_endings,
)
from pullquote_index.reuse import embedding_journal
from pullquote_index.reuse.previous_generation import PreviousGeneration, open_previous
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.workers.passage_embedder import EmbeddingWorkers, check_scheduler


# Longer than 40 lines because each argument and each error is described.
def build(
    settings: Settings,
    paths: Sequence[Path],
    *,
    strict: bool,
    progress: Progress,
    now: Callable[[], dt.datetime],
    full: bool = False,
    workers: EmbeddingWorkers = 0,
) -> BuildReport:
    """Build a generation beside the live one, and switch to it. After an error nothing changes.

    Args:
        settings: name the folder of the index, and say how it is built.
        paths: the files and folders of the articles.
        strict: stop at the first article that cannot be read.
        progress: receives the progress.
        now: returns the time of day, with its time zone.
        full: reuse nothing from earlier builds.
        workers: the number of worker processes, or the address of a Dask scheduler whose workers
            embed; 0 to embed in threads of this process.

    Raises:
        RequestError: a path does not exist or is the index's own folder, or there are no articles.
        ArticleError: there is a problem with an article, and `strict` is set.
        ArchiveBusy: another process is building.
        ArchiveNotWritten: the index's folder cannot be written, or is full.
        ArchiveDamaged: the new generation cannot be used.
        EncoderError: the embedding model is missing, or cannot be exported.
        WorkersError: the workers cannot be reached, are not fit for it, or have ended.
    """
    built = BuiltFolder(settings.index.path)
    discovery = _discover(paths, built)
    check_scheduler(workers)
    with (
        sole_writer(built.path, now, "pullquote index"),
        published_build(settings, built, now) as publication,
    ):
        timer = StepTimer(time.perf_counter)
        built.generations.mkdir(exist_ok=True)
        delete_leftovers(built)
        if full:
            embedding_journal.delete(built.partial)
        if publication:
            publication.bring_up_to_date(full=full)
        with _reusable(built, full=full) as (previous, cache), _unfinished(built) as folder:
            timer.end("before")
            builder = GenerationBuilder(
                settings, built, folder, previous, cache, progress, timer, workers
            )
            report = builder.run(discovery, paths, strict=strict, now=now)
        if publication:
            switched = publication.publish(report.manifest, progress)
            report = replace(report, switched=report.switched or switched)
        return report


def _discover(paths: Sequence[Path], built: BuiltFolder) -> Discovery:
    """Find the files that contain articles.

    Raises:
        RequestError: a path does not exist or is the index's own folder, or there are no articles.
    """
    if built.path.resolve() in [path.resolve() for path in paths]:
        raise RequestError(
            "is the folder of the articles; the index needs one of its own",
            where=str(built.path),
            mend="Name another with --index",
        )
    discovery = discover(paths, built.path)
    if not discovery.files and not discovery.problems:
        raise RequestError(
            f"holds no articles, but {named_endings(discovery.others)}"
            if discovery.others
            else "holds no articles",
            where=", ".join(map(str, paths)),
            mend="Name the folder that holds them; the live index is unchanged",
        )
    return discovery


@contextlib.contextmanager
def _reusable(
    built: BuiltFolder, *, full: bool
) -> Iterator[tuple[PreviousGeneration | None, VectorCache]]:
    """The generation that is reused, and the vectors of all. A full build gets none of them."""
    previous = None if full else open_previous(built)
    if previous and not is_own_build(previous.manifest):
        previous.close()  # what it says of its sources is not compared with them
        previous = None
    if previous:
        previous = replace(previous, compared_ns=compared_ns(previous.manifest))
    others = () if full else reversed(built.finished())
    cache = VectorCache(
        previous,
        [built.folder_of(name) for name in others if not previous or name != previous.manifest.id],
    )
    try:
        yield previous, cache
    finally:
        cache.close()
        if previous:
            previous.close()


@contextlib.contextmanager
def _unfinished(built: BuiltFolder) -> Iterator[Path]:
    """A folder for a new generation. It is deleted at the end unless it was renamed."""
    folder = Path(tempfile.mkdtemp(UNFINISHED_SUFFIX, UNFINISHED_PREFIX, built.generations))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
