"""Publishes a complete generation, and deletes old ones."""

from __future__ import annotations

import contextlib
import shutil
import stat
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pullquote.corpus.hashing import file_sha256
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote.storage.manifest import FileEntry, GenerationId
from pullquote_index.lifecycle.index_folder import (
    UNFINISHED_PREFIX,
    UNFINISHED_SUFFIX,
    is_unfinished,
    is_unfinished_file,
)

_READABLE = stat.S_IRGRP | stat.S_IROTH
_SYNC_THREADS = 16
"""The number of files that are synced at a time.

Then the disk writes its journal once for all, which takes a twentieth of the time.
"""


def file_entries(folder: Path) -> dict[str, FileEntry]:
    """The sizes and hashes of a generation's files, by their paths in its folder.

    Raises:
        OSError: a file cannot be read.
    """
    files = _files(folder)
    with ThreadPoolExecutor() as executor:
        hashes = executor.map(file_sha256, files)
        return {
            str(file.relative_to(folder)): FileEntry(bytes=file.stat().st_size, sha256=sha256)
            for file, sha256 in zip(files, hashes, strict=True)
        }


def publish(
    folder: Path, generation: GenerationId, built: BuiltFolder, keep: int, mode_of_sources: int
) -> None:
    """Make a complete generation the live one, and delete the oldest.

    Args:
        folder: the folder in which it was built.
        generation: its id.
        built: the folder of the index.
        keep: the number of generations to keep.
        mode_of_sources: who may read all sources, as bits of a file's mode (`mode_of_files`).

    Raises:
        OSError: the files cannot be synced or moved.
    """
    with ThreadPoolExecutor(_SYNC_THREADS) as executor:
        for _ in executor.map(sync, _files(folder)):
            pass
    for subfolder in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync(subfolder)
    _set_modes(folder, mode_of_sources)
    folder.rename(built.folder_of(generation))
    sync(built.generations)
    built.make_live(generation)
    delete_generations(built, superseded_generations(built, generation, keep))


def mode_of_files(paths: Iterable[tuple[Path, Path]]) -> int:
    """Who may read all of some files: the bits of reading that all have in common.

    The group counts only where all have the same one. Folders count too, up to the root.

    Args:
        paths: the files, each with the root below which it is.
    """
    mode, groups = _READABLE, set()
    folders: set[Path] = set()
    for path, root in paths:
        top = root if root.is_dir() else root.parent
        folder = path.parent
        while folder not in folders and folder.is_relative_to(top):
            folders.add(folder)
            folder = folder.parent
        with contextlib.suppress(OSError):
            status = path.stat()
            mode &= status.st_mode
            groups.add(status.st_gid)
    for folder in folders:
        with contextlib.suppress(OSError):  # who may pass a folder may read the files in it
            mode &= folder.stat().st_mode << 2
    return mode if len(groups) <= 1 else mode & ~stat.S_IRGRP | (mode & stat.S_IROTH) << 3


def _set_modes(folder: Path, mode_of_sources: int) -> None:
    """Make a generation no more readable than its sources, and than the folder that it goes to.

    Its files and subfolders have the modes that the user's mask gives; the folder itself was made
    for the user alone.
    """
    files = stat.S_IRUSR | stat.S_IWUSR | mode_of_sources
    folders = stat.S_IRWXU | mode_of_sources | mode_of_sources >> 2
    for path in folder.rglob("*"):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & (folders if path.is_dir() else files))
    folder.chmod(folders & stat.S_IMODE(folder.parent.stat().st_mode))


def superseded_generations(built: BuiltFolder, live: GenerationId, keep: int) -> list[GenerationId]:
    """The oldest generations that exceed the number to keep. The live one is never among them."""
    return [name for name in built.finished() if name != live][: -keep + 1 or None]


def delete_generations(built: BuiltFolder, generations: Iterable[GenerationId]) -> None:
    """Delete generations. Each is renamed first, so that nobody finds half of one."""
    for generation in generations:
        renamed = built.generations / f"{UNFINISHED_PREFIX}{generation}{UNFINISHED_SUFFIX}"
        built.folder_of(generation).rename(renamed)
        shutil.rmtree(renamed, ignore_errors=True)


def delete_leftovers(built: BuiltFolder) -> None:
    """Delete what interrupted builds have left. The caller holds the build lock."""
    for folder in (built.generations, built.encoders, built.rerankers, built.path):
        if folder.is_dir():
            for entry in folder.iterdir():
                if is_unfinished(entry):
                    shutil.rmtree(entry, ignore_errors=True)
                elif folder == built.path and is_unfinished_file(entry):
                    entry.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    """The files of a generation. tantivy's lock files are not part of it."""
    return sorted(
        file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".lock")
    )
