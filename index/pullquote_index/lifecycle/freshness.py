"""Freshness: whether an index still fits its articles and the settings."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveError, RequestError
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import (
    STORE_FILE,
    Manifest,
    check_files,
    check_settings,
    read_manifest,
)
from pullquote.storage.schema import FileRecord
from pullquote_index.model_export.reranker_export import has_reranker
from pullquote_index.readers.discovery import discover, place_of
from pullquote_index.reuse.file_stamps import times_prove
from pullquote_index.reuse.stage_versions import recipe


@dataclass(frozen=True, slots=True)
class Drift:
    """Names of files of articles that differ from those the index was built from.

    Attributes:
        changed: files with other bytes.
        gone: deleted files.
        new: files that did not exist.
        away: whether an indexed folder is not on this machine, so that its files are unknown.
    """

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    away: bool

    @property
    def fresh(self) -> bool:
        """Whether nothing differs, as far as is known."""
        return not (self.changed or self.gone or self.new)


def drift(manifest: Manifest, store: ArticleStore, built: Path) -> Drift:
    """Compare the files that an index was built from with those on disk.

    Sizes and times are compared first, then hashes.
    """
    roots = [Path(root) for root in manifest.roots]
    there = [root for root in roots if root.exists()]
    try:
        found = {file.path: file.name for file in discover(there, built).files} if there else {}
    except RequestError:
        found = {}
    records = {record.path: record for record in store.files()}
    changed = [
        record.name
        for record in records.values()
        if record.path in found and _differs(record, manifest.began)
    ]
    gone = [
        record.name
        for record in records.values()
        if record.path not in found and record.root.exists()
    ]
    new = [name for path, name in found.items() if path not in records]
    return Drift(
        tuple(sorted(changed)),
        tuple(sorted(gone)),
        tuple(sorted(new)),
        away=len(there) < len(roots),
    )


def is_stale(settings: Settings, paths: Sequence[Path]) -> bool:
    """Whether there is no index, or a build would make another one now."""
    built = BuiltFolder(settings.index.path)
    try:
        folder = built.folder_of(built.live())
        manifest = read_manifest(folder)
        check_files(manifest, folder)
        check_settings(manifest, settings, built.path)
        if (manifest.recipe, manifest.max_bytes) != (
            recipe(),
            settings.articles.max_bytes,
        ) or not has_reranker(settings.rerank.model, built):
            return True
        wanted = {str(place_of(path)) for path in paths}
        with contextlib.closing(ArticleStore(folder / STORE_FILE)) as store:
            return wanted != set(manifest.roots) or not drift(manifest, store, built.path).fresh
    except ArchiveError:  # a build repairs it
        return True


def _differs(record: FileRecord, began: dt.datetime) -> bool:
    try:
        status = record.path.stat()
        if status.st_size != record.bytes:
            return True
        unmoved = status.st_mtime_ns == record.modified_ns and times_prove(record, began)
        return not unmoved and file_sha256(record.path) != record.sha256
    except OSError:
        return bool(record.sha256)  # a file that could not be read either time has no hash
