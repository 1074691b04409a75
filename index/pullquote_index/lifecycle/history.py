"""The generations that are kept: what each holds, going back to one, and letting go of what none needs."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveDamaged, ArchiveError, RequestError
from pullquote.settings import Settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId, Manifest, check_settings, read_manifest
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.publishing import beyond, remove, sweep
from pullquote_index.reuse import embedding_journal

_BACK = (
    "Go back to one that is, with: pullquote index --rollback ID, or build it with: pullquote index"
)
_LIST = "See which there are with: pullquote index --list"


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """A generation that is kept.

    Attributes:
        id: its own.
        live: whether it is the one in use.
        bytes: how much disk it takes.
        manifest: its own; None where that cannot be read.
        problem: why it cannot be read; empty where it can.
    """

    id: GenerationId
    live: bool
    bytes: int
    manifest: Manifest | None
    problem: str


def list_generations(built: BuiltFolder) -> list[GenerationSummary]:
    """The generations that are kept, the oldest first."""
    live = _live(built)
    return [_described(built, name, live=name == live) for name in built.finished()]


def _described(built: BuiltFolder, name: GenerationId, *, live: bool) -> GenerationSummary:
    folder = built.folder_of(name)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    try:
        return GenerationSummary(name, live, size, read_manifest(folder), "")
    except ArchiveError as error:
        return GenerationSummary(name, live, size, None, error.what)


def roll_back(settings: Settings, wanted: str, now: Callable[[], dt.datetime]) -> Manifest:
    """Make an older generation the live one.

    Args:
        settings: say where the index lies, and must be those that the generation was built with.
        wanted: its id, or the number that this begins with; empty for the one before the live one.
        now: the time of day, with its time zone.

    Returns:
        The manifest of the one that is live now.

    Raises:
        RequestError: there is no such generation.
        ArchiveMissing: there is no index.
        ArchiveBusy: another process is building.
        ArchiveError: the generation is damaged, or was built otherwise than the settings say.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    built = BuiltFolder(settings.index.path)
    built.live()
    with sole_writer(built.path, now, "pullquote index --rollback"):
        generation = _chosen(built, wanted)
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


def _chosen(built: BuiltFolder, wanted: str) -> GenerationId:
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
    """What was let go: generations, by their ids, and encoders, by their hashes."""

    generations: tuple[GenerationId, ...]
    encoders: tuple[str, ...]


def prune(settings: Settings, now: Callable[[], dt.datetime]) -> Pruned:
    """Let go of the generations beyond `index.keep`, of encoders that none needs, and of what interrupted builds left.

    Args:
        settings: say where the index lies, and how many are kept.
        now: the time of day, with its time zone.

    Raises:
        ArchiveMissing: there is no index.
        ArchiveDamaged: the live generation is gone; then none is let go.
        ArchiveBusy: another process is building.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    built = BuiltFolder(settings.index.path)
    built.live()  # an index that is not there is told, and no folder is made for a lock
    with sole_writer(built.path, now, "pullquote index --prune"):
        live = built.live()  # a build may have switched meanwhile
        if live not in built.finished():
            raise ArchiveDamaged(
                f"the live generation, {live}, is not there",
                where=str(built.generations),
                mend=_BACK,
            )
        sweep(built)
        embedding_journal.clear(built.partial)
        gone = tuple(beyond(built, live, settings.index.keep))
        remove(built, gone)
        kept = list_generations(built)
        needed = {one.manifest.encoder.hash for one in kept if one.manifest}
        unread = any(
            one.manifest is None for one in kept
        )  # whose encoder is not known, and may be any
        unneeded = (
            []
            if unread
            else [
                folder for folder in sorted(built.encoders.glob("*/")) if folder.name not in needed
            ]
        )
        for folder in unneeded:
            shutil.rmtree(folder, ignore_errors=True)
        return Pruned(gone, tuple(folder.name for folder in unneeded))


def _live(built: BuiltFolder) -> GenerationId | None:
    try:
        return built.live()
    except ArchiveError:
        return None
