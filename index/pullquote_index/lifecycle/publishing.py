"""Publishes a complete generation, and deletes old ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pullquote.corpus.hashing import file_sha256
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote.storage.manifest import FileEntry, GenerationId

_SYNC_THREADS = 16
"""The number of files that are synced at a time.

Then the disk writes its journal once for all, which takes a twentieth of the time.
"""
_UNFINISHED_PREFIX = ".new-"
"""How the names of unfinished folders begin."""


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


def publish(folder: Path, generation: GenerationId, built: BuiltFolder, keep: int) -> None:
    """Make a complete generation the live one, and delete the oldest.

    Args:
        folder: the folder in which it was built.
        generation: its id.
        built: the folder of the index.
        keep: the number of generations to keep.

    Raises:
        OSError: the files cannot be synced or moved.
    """
    with ThreadPoolExecutor(_SYNC_THREADS) as executor:
        for _ in executor.map(sync, _files(folder)):
            pass
    for subfolder in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync(subfolder)
    folder.chmod(0o755)
    folder.rename(built.folder_of(generation))
    sync(built.generations)
    built.make_live(generation)
    delete_generations(built, superseded_generations(built, generation, keep))


def superseded_generations(built: BuiltFolder, live: GenerationId, keep: int) -> list[GenerationId]:
    """The oldest generations that exceed the number to keep. The live one is never among them."""
    return [name for name in built.finished() if name != live][: -keep + 1 or None]


def delete_generations(built: BuiltFolder, generations: Iterable[GenerationId]) -> None:
    """Delete generations. Each is renamed first, so that nobody finds half of one."""
    for generation in generations:
        renamed = built.generations / f"{_UNFINISHED_PREFIX}{generation}"
        built.folder_of(generation).rename(renamed)
        shutil.rmtree(renamed, ignore_errors=True)


def delete_leftovers(built: BuiltFolder) -> None:
    """Delete what interrupted builds have left. The caller holds the build lock."""
    for folder in (built.generations, built.encoders, built.rerankers, built.path):
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.name.startswith(_UNFINISHED_PREFIX):
                    shutil.rmtree(entry, ignore_errors=True)
                elif entry.name.startswith("current.") and entry.name.endswith(".new"):
                    entry.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    """The files of a generation. tantivy's lock files are not part of it."""
    return sorted(
        file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".lock")
    )
