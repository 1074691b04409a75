"""Publish a complete generation: name it, switch to it, and delete the oldest ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pullquote.corpus.hashing import file_sha256
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote.storage.manifest import MANIFEST_FILE, FileEntry, GenerationId, Manifest

_SYNC_THREADS = 16
"""Syncing files side by side takes a twentieth of the time: the disk writes its journal once."""


def file_entries(folder: Path) -> dict[str, FileEntry]:
    """Sizes and hashes of a generation's files, by path."""
    files = _files(folder)
    with ThreadPoolExecutor() as workers:
        hashes = workers.map(file_sha256, files)
        return {
            str(file.relative_to(folder)): FileEntry(bytes=file.stat().st_size, sha256=sha256)
            for file, sha256 in zip(files, hashes, strict=True)
        }


def publish(folder: Path, manifest: Manifest, built: BuiltFolder, keep: int) -> None:
    """Make the files in `folder` the live generation.

    Raises:
        OSError: they cannot be written or moved.
    """
    (folder / MANIFEST_FILE).write_bytes(manifest.to_bytes())
    with ThreadPoolExecutor(_SYNC_THREADS) as workers:
        for _ in workers.map(sync, _files(folder)):
            pass
    for inner in (*(path for path in folder.rglob("*") if path.is_dir()), folder):
        sync(inner)
    folder.chmod(0o755)
    generation = GenerationId(manifest.id)
    folder.rename(built.folder_of(generation))
    sync(built.generations)
    built.make_live(generation)
    remove(built, generations_to_delete(built, generation, keep))


def generations_to_delete(built: BuiltFolder, live: GenerationId, keep: int) -> list[GenerationId]:
    """The generations to delete when `keep` are kept: the oldest, but never the live one."""
    return [name for name in built.finished() if name != live][: -keep + 1 or None]


def remove(built: BuiltFolder, generations: Iterable[GenerationId]) -> None:
    """Delete generations. Each is renamed first, so that none is ever found incomplete."""
    for generation in generations:
        aside = built.generations / f".new-{generation}"
        built.folder_of(generation).rename(aside)
        shutil.rmtree(aside, ignore_errors=True)


def delete_leftovers(built: BuiltFolder) -> None:
    """Delete what interrupted builds left behind. The caller holds the build lock."""
    for folder in (built.generations, built.encoders, built.rerankers, built.path):
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.name.startswith(".new-"):
                    shutil.rmtree(entry, ignore_errors=True)
                elif entry.name.startswith("current.") and entry.name.endswith(".new"):
                    entry.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    """The files of a generation, without tantivy's lock files."""
    return sorted(
        file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".lock")
    )
