"""Build a generation of the index beside the live one, and switch to it when it is complete."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pullquote.errors import RequestError
from pullquote.settings import Settings
from pullquote.step_timer import StepTimer
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.build_report import BuildReport
from pullquote_index.build_steps import BuildSteps
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.publishing import delete_leftovers
from pullquote_index.progress import Progress
from pullquote_index.readers.discovery import DiscoveredFiles, discover, place_of
from pullquote_index.reuse import embedding_journal
from pullquote_index.reuse.previous_generation import PreviousGeneration, open_previous
from pullquote_index.reuse.vector_cache import VectorCache


def build(
    settings: Settings,
    paths: Sequence[Path],
    *,
    strict: bool,
    progress: Progress,
    now: Callable[[], dt.datetime],
    full: bool = False,
) -> BuildReport:
    """Read the articles in `paths`, and make an index of them the live one.

    Whatever is raised, the live index is unchanged.

    Args:
        settings: the settings; they name the folder of the index.
        paths: files and folders.
        strict: stop at the first problem with an article.
        progress: receives the progress.
        now: the time of day, with its time zone.
        full: reuse nothing from earlier builds.

    Raises:
        RequestError: a path does not exist, or is the folder of the index, or there is no article.
        ArticleError: there is a problem with an article, and `strict`.
        ArchiveBusy: another process is building.
        ArchiveDamaged: the new generation cannot be opened and searched.
        ArchiveNotWritten: the folder of the index cannot be written, or is full.
        EncoderError: the embedding model is missing or cannot be exported.
    """
    built = BuiltFolder(settings.index.path)
    discovered = _discover(paths, built)
    with sole_writer(built.path, now, "pullquote index"):
        return _build_beside(
            settings, built, discovered, paths, strict=strict, progress=progress, now=now, full=full
        )


def _discover(paths: Sequence[Path], built: BuiltFolder) -> DiscoveredFiles:
    """Find the files of articles.

    Raises:
        RequestError: a path does not exist, or is the folder of the index, or there is no article.
    """
    if place_of(built.path) in map(place_of, paths):
        raise RequestError(
            "is the folder of the articles; the index needs one of its own",
            where=str(built.path),
            mend="Name another with --index",
        )
    discovered = discover(paths, built.path)
    if not discovered.files and not discovered.problems:
        raise RequestError(
            "holds no articles",
            where=", ".join(map(str, paths)),
            mend="Name the folder that holds them; the live index is unchanged",
        )
    return discovered


def _build_beside(
    settings: Settings,
    built: BuiltFolder,
    discovered: DiscoveredFiles,
    paths: Sequence[Path],
    *,
    strict: bool,
    progress: Progress,
    now: Callable[[], dt.datetime],
    full: bool,
) -> BuildReport:
    """Build in a new folder, which is deleted afterwards unless it became the generation."""
    built.generations.mkdir(exist_ok=True)
    delete_leftovers(built)
    if full:
        embedding_journal.clear(built.partial)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=built.generations))
    timer = StepTimer(time.perf_counter)
    previous = None if full else open_previous(built)
    cache = VectorCache(previous, [] if full else _other_generations(built, previous))
    timer.end("before")
    try:
        steps = BuildSteps(settings, built, folder, previous, cache, progress, timer)
        return steps.run(discovered, paths, strict=strict, now=now)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        cache.close()
        if previous:
            previous.close()


def _other_generations(built: BuiltFolder, previous: PreviousGeneration | None) -> list[Path]:
    """Folders of the generations besides the previous one, the newest first."""
    return [
        built.folder_of(name)
        for name in reversed(built.finished())
        if not previous or name != previous.manifest.id
    ]
