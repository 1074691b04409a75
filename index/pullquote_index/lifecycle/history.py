"""The generations that are kept: lists them, switches to one, and deletes what is not needed."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveDamaged, ArchiveError, RequestError
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.embedded_store import EmbeddedStore
from pullquote.storage.index_store import IndexStore, LiveGeneration
from pullquote.storage.manifest import (
    STORE_FILE,
    GenerationId,
    Manifest,
    check_settings,
    read_manifest,
)
from pullquote.storage.withdrawals import withdrawn_articles
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.freshness import has_withdrawn
from pullquote_index.lifecycle.index_folder import is_model_folder
from pullquote_index.lifecycle.publishing import (
    delete_generations,
    delete_leftovers,
    superseded_generations,
)
from pullquote_index.model_export.reranker_export import folders_of_model
from pullquote_index.reuse import embedding_journal

_ROLL_BACK = "Roll back with: pullquote index --rollback ID, or rebuild it with: pullquote index"
_LIST = "List the generations with: pullquote index --list"


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """A generation that is kept.

    Attributes:
        id: its id.
        live: whether it is the live one.
        bytes: its size on disk.
        manifest: its manifest; None if it cannot be read.
        problem: why the manifest cannot be read; empty if it can.
    """

    id: GenerationId
    live: bool
    bytes: int
    manifest: Manifest | None
    problem: str


def list_generations(index: IndexStore) -> list[GenerationSummary]:
    """The generations that are kept, oldest first."""
    live = _live(index)
    return [_summary(index, name, live=name == live) for name in index.finished()]


def _summary(index: IndexStore, name: GenerationId, *, live: bool) -> GenerationSummary:
    size = index.generation_size(name)
    try:
        return GenerationSummary(name, live, size, index.manifest(name), "")
    except ArchiveError as error:
        return GenerationSummary(name, live, size, None, error.what)


def roll_back(settings: Settings, wanted: str, now: Callable[[], dt.datetime]) -> Manifest:
    """Make an older generation the live one.

    Args:
        settings: name the folder of the index, and are compared with the generation's manifest.
        wanted: its id, or the number with which the id begins; empty for the one before the live
            one.
        now: returns the time of day, with its time zone.

    Returns:
        The manifest of the generation that is live now.

    Raises:
        RequestError: there is no such generation.
        ArchiveMissing: there is no index.
        ArchiveBusy: another process is building.
        ArchiveError: the generation is damaged, or was built with other settings.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    built = BuiltFolder(settings.index.path)
    built.live()  # raises if there is no index
    with sole_writer(built.path, now, "pullquote index --rollback"):
        generation = find_generation(wanted, built.finished(), _live(built), str(built.path))
        folder = built.folder_of(generation)
        manifest = read_manifest(folder)
        for name, entry in manifest.files.items():
            if not (folder / name).is_file() or file_sha256(folder / name) != entry.sha256:
                raise ArchiveDamaged(
                    "is not the file that was built", where=str(folder / name), mend=_LIST
                )
        check_settings(manifest, settings, str(built.path))
        built.make_live(generation)
        return manifest


def find_generation(
    wanted: str, kept: Sequence[GenerationId], live: GenerationId | None, where: str
) -> GenerationId:
    """The generation that is meant.

    Args:
        wanted: its id, or the number with which the id begins; empty for the one before `live`.
        kept: the generations that are kept, oldest first.
        live: the live one; None if there is none.
        where: the index, for the error.

    Raises:
        RequestError: there is none.
    """
    if wanted:
        for name in kept:
            number = int(name.partition("-")[0])
            if name == wanted or (wanted.isdecimal() and int(wanted) == number):
                return name
        raise RequestError(f"there is no generation {wanted}", where=where, mend=_LIST)
    earlier = kept[: kept.index(live)] if live in kept else kept
    if not earlier:
        raise RequestError("there is no generation before the live one", where=where, mend=_LIST)
    return earlier[-1]


@dataclass(frozen=True, slots=True)
class PruneReport:
    """What was deleted.

    Attributes:
        generations: the ids of generations.
        encoders, rerankers: the hashes of exported models.
    """

    generations: tuple[GenerationId, ...]
    encoders: tuple[str, ...]
    rerankers: tuple[str, ...]


def prune(settings: Settings, now: Callable[[], dt.datetime]) -> PruneReport:
    """Delete what is not needed.

    That is: generations older than the last `index.keep`, those with withdrawn articles, encoders
    of no generation, rerankers that the settings do not name, and what interrupted builds have
    left.

    Args:
        settings: name the folder of the index, the number of generations to keep, and the reranker.
        now: returns the time of day, with its time zone.

    Raises:
        ArchiveMissing: there is no index.
        ArchiveDamaged: the live generation does not exist, or the log of withdrawals cannot be
            read; then nothing is deleted.
        ArchiveBusy: another process is building.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    built = BuiltFolder(settings.index.path)
    built.live()  # raises if there is no index, before the lock creates a folder
    with sole_writer(built.path, now, "pullquote index --prune"):
        live = built.live()  # a build may have switched meanwhile
        if live not in built.finished():
            raise ArchiveDamaged(
                f"the live generation, {live}, is missing",
                where=str(built.generations),
                mend=_ROLL_BACK,
            )
        superseded = tuple(_not_needed(built, live, settings.index.keep))
        delete_leftovers(built)
        embedding_journal.delete(built.partial)
        delete_generations(built, superseded)
        return PruneReport(
            superseded,
            _delete_folders(_unused_encoders(built)),
            _delete_folders(_unused_rerankers(built, settings.rerank.model)),
        )


def _not_needed(built: BuiltFolder, live: GenerationId, keep: int) -> Iterator[GenerationId]:
    """Yield the generations that exceed the number to keep, or have withdrawn articles.

    Raises:
        ArchiveDamaged: the log of withdrawals cannot be read.
    """
    too_old = superseded_generations(built, live, keep)
    withdrawn = withdrawn_articles(built.path)
    for name in built.finished():
        if name in too_old or (name != live and _has_withdrawn(built.folder_of(name), withdrawn)):
            yield name


def _has_withdrawn(generation: Path, withdrawn: frozenset[ArticleId]) -> bool:
    """Whether a generation has words of a withdrawn article, as far as it can be read."""
    try:
        with contextlib.closing(ArticleStore(generation / STORE_FILE)) as store:
            return has_withdrawn(store, withdrawn)
    except ArchiveError:
        return False


def _unused_encoders(built: BuiltFolder) -> list[Path]:
    """The folders of the encoders of no generation that is kept."""
    kept = list_generations(EmbeddedStore(built.path))
    used = {summary.manifest.encoder.hash for summary in kept if summary.manifest}
    if any(summary.manifest is None for summary in kept):
        return []  # a generation without a manifest may need any encoder
    return [
        folder
        for folder in sorted(built.encoders.glob("*/"))
        if folder.name not in used and is_model_folder(folder)
    ]


def _unused_rerankers(built: BuiltFolder, model: str) -> list[Path]:
    """The folders of exported rerankers that are not of this model, or are damaged."""
    used = folders_of_model(model, built.rerankers)
    return [
        folder
        for folder in sorted(built.rerankers.glob("*/"))
        if folder not in used and is_model_folder(folder)
    ]


def _delete_folders(folders: Iterable[Path]) -> tuple[str, ...]:
    """Delete folders. Returns their names."""
    names = []
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        names.append(folder.name)
    return tuple(names)


def _live(index: LiveGeneration) -> GenerationId | None:
    """The live generation, or None if there is none."""
    try:
        return index.live()
    except ArchiveError:
        return None
