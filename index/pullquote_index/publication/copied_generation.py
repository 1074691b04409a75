"""Copies the live generation of a folder to a database: `pullquote index --to`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from pullquote.settings import Settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.file_check import check_files
from pullquote.storage.manifest import GenerationId, Manifest, read_manifest
from pullquote.storage.withdrawals import read_withdrawals
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.own_builds import is_own_build, record_own_build
from pullquote_index.progress import Progress
from pullquote_index.publication.build_session import (
    build_session,
    delete_superseded,
    kept_generations,
)
from pullquote_index.publication.generation_upload import (
    make_live,
    number_of,
    publish_generation,
)


# Longer than 40 lines because each argument and each error is described.
def copy_generation(
    settings: Settings, address: str, now: Callable[[], dt.datetime], progress: Progress
) -> Manifest:
    """Copy the live generation of a folder, its models, its withdrawals and its calibration.

    Args:
        settings: name the folder.
        address: the database's.
        now: returns the time of day, with its time zone.
        progress: receives the progress, in passages.

    Returns:
        The manifest of the generation that is live in the database. Where this has another
        generation of its number, the copy gets the next one.

    Raises:
        ArchiveMissing: there is no index in the folder.
        ArchiveDamaged: it is damaged; nothing is copied.
        ArchiveBusy: another process builds here or there.
        ArchiveError: the database cannot be reached or written.
    """
    built = BuiltFolder(settings.index.path)
    built.live()  # raises if there is no index, before the lock creates a folder
    with (
        sole_writer(built.path, now, "pullquote index --to"),
        build_session(address, now) as connection,
    ):
        live = built.live()
        folder = built.folder_of(live)
        manifest = read_manifest(folder)
        check_files(manifest, folder)
        kept = dict(kept_generations(connection))
        copied = _renumbered(manifest, kept)
        if copied.id in kept:
            make_live(connection, copied.id)
        else:
            progress.begin("publishing", manifest.passages)
            publish_generation(connection, folder, copied, built, progress.advance)
        _copy_withdrawals(connection, built)
        if (calibration := built.calibration()) is not None:
            connection.execute(
                "INSERT INTO pullquote.calibration (entry) VALUES (%s) ON CONFLICT DO NOTHING",
                (calibration.decode(),),
            )
        delete_superseded(connection, settings.index.keep)
    if is_own_build(manifest) and not is_own_build(copied):
        record_own_build(copied)
    return copied


def _renumbered(manifest: Manifest, kept: dict[str, str]) -> Manifest:
    """The manifest, with the next number where the database has others of this number or later."""
    if kept.get(manifest.id) == manifest.seal:
        return manifest
    last = max(map(number_of, kept), default=0)
    if number_of(manifest.id) > last:
        return manifest
    name = GenerationId(f"{last + 1:06}-{manifest.content_sha256[:8]}")
    return manifest.model_copy(update={"id": name}).sealed()


def _copy_withdrawals(connection: Any, built: BuiltFolder) -> None:
    """Add the withdrawals that the database does not have."""
    rows = connection.execute("SELECT entry FROM pullquote.withdrawals")
    known = {entry for (entry,) in rows}
    for withdrawal in read_withdrawals(built.path):
        entry = withdrawal.model_dump_json()
        if entry not in known:
            connection.execute("INSERT INTO pullquote.withdrawals (entry) VALUES (%s)", (entry,))
