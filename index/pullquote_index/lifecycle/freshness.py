"""Whether an index fits its articles and the settings."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.hashing import stream_sha256
from pullquote.errors import ArchiveError, RequestError
from pullquote.plain_files import check_without_holes, open_plain
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.manifest import Manifest, check_settings
from pullquote.storage.schema import FileRecord
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import Withdrawal, withdrawn_by
from pullquote_index.lifecycle.own_builds import compared_ns, is_own_build
from pullquote_index.model_export.reranker_export import is_reranker_ready
from pullquote_index.readers.discovery import absolute_path, discover
from pullquote_index.readers.problems import ReadingOptions
from pullquote_index.reuse.file_stamps import has_reliable_time
from pullquote_index.reuse.stage_versions import recipe_with


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """The files of articles that differ from those that an index was built from, by name.

    Attributes:
        changed: files with other bytes.
        gone: files that no longer exist.
        new: files that did not exist.
        away: whether an indexed folder is not on this machine; its files are not compared.
        elsewhere: whether the index was built by another user or on another machine; then no files
            are compared, because it may name any folder of this one.
    """

    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    away: bool = False
    elsewhere: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no file that was compared differs."""
        return not (self.changed or self.gone or self.new)


def source_changes(manifest: Manifest, store: ArticleStore, built: Path) -> SourceChanges:
    """Compare the files that an index was built from with those on disk.

    A file is read only if its size and time do not prove that it is unchanged. The folders that an
    index from elsewhere names are not walked.

    Args:
        manifest: the generation's.
        store: its articles.
        built: the folder in which the index is built.
    """
    if not is_own_build(manifest):
        return SourceChanges(elsewhere=True)
    return _changes_below_roots(manifest, store, built)


def _changes_below_roots(manifest: Manifest, store: ArticleStore, built: Path) -> SourceChanges:
    """The changes in the folders that a manifest names. The arguments are as above."""
    roots = [Path(root) for root in manifest.roots]
    existing_roots = [root for root in roots if root.exists()]
    try:
        found = discover(existing_roots, built).files if existing_roots else ()
    except RequestError:
        found = ()
    names = {file.path: file.name for file in found}
    records = {record.path: record for record in store.files()}
    compared = compared_ns(manifest)
    changed = [
        record.name
        for record in records.values()
        if record.path in names and _differs(record, compared)
    ]
    gone = [
        record.name
        for record in records.values()
        if record.path not in names and record.root.exists()
    ]
    new = [name for path, name in names.items() if path not in records]
    return SourceChanges(
        tuple(sorted(changed)),
        tuple(sorted(gone)),
        tuple(sorted(new)),
        away=len(existing_roots) < len(roots),
    )


def is_stale(settings: Settings, paths: Sequence[Path]) -> bool:
    """Whether a build would change the index, or there is none.

    Args:
        settings: name the folder of the index, and say how it is built.
        paths: the files and folders to index.
    """
    index = store_of(settings.index)
    try:
        live = index.live()
        manifest = index.manifest(live)
        index.check(live, manifest)
        check_settings(manifest, settings, index.place)
        models = index.models(manifest.encoder, settings.rerank.model)
        if (
            manifest.recipe != recipe_with(ReadingOptions.of(settings.articles))
            or manifest.max_bytes != settings.articles.max_bytes
            or {str(absolute_path(path)) for path in paths} != set(manifest.roots)
            or not is_reranker_ready(settings.rerank.model, models)
        ):
            return True
        log = index.withdrawals()
        with contextlib.closing(index.all_articles(live, manifest)) as store:
            changes = _changes_below_roots(manifest, store, index.folder)  # the roots are `paths`
            return (
                not changes.is_empty
                or has_withdrawn(store, withdrawn_by(log))
                or _lacks_articles_again_allowed(manifest, store, log)
            )
    except ArchiveError:  # a build corrects it
        return True


def has_withdrawn(store: ArticleStore, withdrawn: Iterable[ArticleId]) -> bool:
    """Whether a generation still has words of an article that was withdrawn.

    Args:
        store: the generation's articles, none hidden.
        withdrawn: the articles that are withdrawn now.
    """
    return any(store.article_row(article_id) is not None for article_id in withdrawn)


def _lacks_articles_again_allowed(
    manifest: Manifest, store: ArticleStore, log: Iterable[Withdrawal]
) -> bool:
    """Whether an article may be in the index again that the build left out as withdrawn."""
    last = {entry.article_id: entry for entry in log}
    return any(
        entry.undone
        and entry.when >= manifest.began
        and store.article_row(ArticleId(entry.article_id)) is None
        for entry in last.values()
    )


def _differs(record: FileRecord, compared: int) -> bool:
    """Whether a file has other bytes than those that the build read."""
    try:
        status = record.path.stat()
        if status.st_size != record.bytes:
            return True
        has_same_time = status.st_mtime_ns == record.modified_ns
        if has_same_time and has_reliable_time(record, compared):
            return False
        with open_plain(record.path, follow_links=True) as stream:
            check_without_holes(stream, record.path)
            return stream_sha256(stream) != record.sha256
    except OSError:
        return bool(record.sha256)  # a file that could not be read either has no hash
