"""The history of generations: list them, roll back to one, prune old ones."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveDamaged, ArchiveError, RequestError
from pullquote.settings import Settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId, Manifest, check_settings, read_manifest
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.publishing import delete_leftovers, generations_to_delete, remove
from pullquote_index.reuse import embedding_journal

_BACK = "Roll back with: pullquote index --rollback ID, or rebuild it with: pullquote index"
_LIST = "List them with: pullquote index --list"


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """A generation that is kept.

    Attributes:
        id: its id.
        live: whether it is the live one.
        bytes: its size on disk.
        manifest: its manifest; None if it cannot be read.
        problem: why it cannot be read; empty if it can.
    """

    id: GenerationId
    live: bool
    bytes: int
    manifest: Manifest | None
    problem: str


def list_generations(built: BuiltFolder) -> list[GenerationSummary]:
    """All generations, the oldest first."""
    live = _live(built)
    return [_summary(built, name, live=name == live) for name in built.finished()]


def _summary(built: BuiltFolder, name: GenerationId, *, live: bool) -> GenerationSummary:
    folder = built.folder_of(name)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    try:
        return GenerationSummary(name, live, size, read_manifest(folder), "")
    except ArchiveError as error:
        return GenerationSummary(name, live, size, None, error.what)


def roll_back(settings: Settings, wanted: str, now: Callable[[], dt.datetime]) -> Manifest:
    """Make an older generation the live one.

    Args:
        settings: must be those that the generation was built with.
        wanted: its id, or the number that the id begins with; empty for the one before the live
            one.
        now: the time of day, with its time zone.

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
    built.live()
    with sole_writer(built.path, now, "pullquote index --rollback"):
        generation = _find_generation(built, wanted)
        folder = built.folder_of(generation)
        manifest = read_manifest(folder)
        for name, entry in manifest.files.items():
            if not (folder / name).is_file() or file_sha256(folder / name) != entry.sha256:
                raise ArchiveDamaged(
                    "is not the file that was built", where=str(folder / name), mend=_LIST
                )
        check_settings(manifest, settings, built.path)
        built.make_live(generation)
        return manifest


def _find_generation(built: BuiltFolder, wanted: str) -> GenerationId:
    kept = built.finished()
    if wanted:
        named = [
            name
            for name in kept
            if name == wanted or (wanted.isdecimal() and int(name.partition("-")[0]) == int(wanted))
        ]
        if not named:
            raise RequestError(
                f"there is no generation {wanted}", where=str(built.path), mend=_LIST
            )
        return named[0]
    live = _live(built)
    earlier = kept[: kept.index(live)] if live in kept else kept
    if not earlier:
        raise RequestError(
            "there is no generation before the live one", where=str(built.path), mend=_LIST
        )
    return earlier[-1]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was deleted: ids of generations, and hashes of encoders."""

    generations: tuple[GenerationId, ...]
    encoders: tuple[str, ...]


def prune(settings: Settings, now: Callable[[], dt.datetime]) -> Pruned:
    """Delete generations older than the last `index.keep`, unused encoders, and leftovers.

    Args:
        settings: the settings.
        now: the time of day, with its time zone.

    Raises:
        ArchiveMissing: there is no index.
        ArchiveDamaged: the live generation is missing; then nothing is deleted.
        ArchiveBusy: another process is building.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    built = BuiltFolder(settings.index.path)
    built.live()  # raises before the lock would create the folder
    with sole_writer(built.path, now, "pullquote index --prune"):
        live = built.live()  # a build may have switched in between
        if live not in built.finished():
            raise ArchiveDamaged(
                f"the live generation, {live}, is missing",
                where=str(built.generations),
                mend=_BACK,
            )
        delete_leftovers(built)
        embedding_journal.clear(built.partial)
        gone = tuple(generations_to_delete(built, live, settings.index.keep))
        remove(built, gone)
        unused = _unused_encoders(built)
        for folder in unused:
            shutil.rmtree(folder, ignore_errors=True)
        return Pruned(gone, tuple(folder.name for folder in unused))


def _unused_encoders(built: BuiltFolder) -> list[Path]:
    """Folders of encoders that no generation names; none if a manifest cannot be read."""
    manifests = [generation.manifest for generation in list_generations(built)]
    if None in manifests:
        return []
    used = {manifest.encoder.hash for manifest in manifests if manifest}
    return [folder for folder in sorted(built.encoders.glob("*/")) if folder.name not in used]


def _live(built: BuiltFolder) -> GenerationId | None:
    try:
        return built.live()
    except ArchiveError:
        return None
