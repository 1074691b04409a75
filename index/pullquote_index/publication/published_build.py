"""Builds for a database: in a folder of the user's cache, as every build, then publishes there."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pullquote.errors import ArchiveError
from pullquote.settings import Settings
from pullquote.storage.built_folder import CURRENT_FILE, BuiltFolder
from pullquote.storage.durable_files import write_durably
from pullquote.storage.manifest import GenerationId, Manifest, manifest_from, read_manifest
from pullquote.storage.postgres.connection_errors import shown
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.postgres.model_cache import fetch_models
from pullquote.storage.withdrawals import WITHDRAWALS_FILE
from pullquote_index.progress import Progress
from pullquote_index.publication.build_session import (
    build_session,
    delete_superseded,
    kept_generations,
    live_generation,
)
from pullquote_index.publication.generation_upload import (
    make_live,
    number_of,
    publish_generation,
)
from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.stored_vectors import PassageVectors

_AT_ONCE = 2_000
_VECTORS = """
    SELECT DISTINCT ON (c.content) c.content, halfvec_send(v.vector), c.sentence_vectors
    FROM pullquote.passages p JOIN pullquote.passage_contents c ON c.passage = p.passage
    JOIN pullquote.vectors v ON v.passage = p.passage
    WHERE p.generation = %s AND v.encoder = %s
"""
_HEADER_BYTES = 4


class PublishedBuild:
    """A build whose generation goes to a database. The build lock there is held."""

    def __init__(self, connection: Any, settings: Settings, built: BuiltFolder) -> None:
        """Prepare it.

        Args:
            connection: holds the build lock.
            settings: name the database.
            built: the folder in which the generation is built.
        """
        self._connection = connection
        self._settings = settings
        self._built = built

    def bring_up_to_date(self, *, full: bool) -> None:
        """Bring the folder to the database's live generation, so that a build goes on from it.

        If the folder has another generation, or none, articles are read anew, and vectors are
        taken from the database.

        Args:
            full: take no vectors.
        """
        self._write_withdrawals()
        kept = kept_generations(self._connection)
        self._built.least_number = max((number_of(name) for name, _ in kept), default=0)
        live = live_generation(self._connection)
        if not live:
            return
        seal = dict(kept)[live]
        if self._seal_of(live) == seal:
            if self._local_live() != live:
                self._built.make_live(GenerationId(live))
            return
        (self._built.path / CURRENT_FILE).unlink(missing_ok=True)
        if not full:
            self._take_models_and_vectors(live)

    def _write_withdrawals(self) -> None:
        rows = self._connection.execute("SELECT entry FROM pullquote.withdrawals ORDER BY number")
        log = "".join(f"{entry}\n" for (entry,) in rows)
        path = self._built.path / WITHDRAWALS_FILE
        if log or path.exists():
            write_durably(path, log)

    def _seal_of(self, generation: str) -> str:
        """The seal of a generation of the folder; empty if the folder does not have it."""
        try:
            return read_manifest(self._built.folder_of(GenerationId(generation))).seal
        except ArchiveError:
            return ""

    def _local_live(self) -> str:
        try:
            return self._built.live()
        except ArchiveError:
            return ""

    def _take_models_and_vectors(self, live: str) -> None:
        """Take from the database what took long to make, for a build that starts from nothing."""
        address = self._settings.index.store
        row = self._connection.execute(
            "SELECT manifest FROM pullquote.generations WHERE id = %s", (live,)
        ).fetchone()
        try:
            card = manifest_from(row[0].encode(), shown(address), shown(address)).encoder
        except ArchiveError:  # of another version: all is made anew
            return
        connections = Connections(address)
        with contextlib.closing(connections):
            fetch_models(connections, "encoder", self._built.encoders, [card.hash])
        journal = EmbeddingJournal(self._built.partial, card.dimension)
        with (
            contextlib.closing(journal),
            self._connection.transaction(),
            self._connection.cursor("vectors", binary=True) as cursor,
        ):
            cursor.execute(_VECTORS, (number_of(live), card.hash))
            while rows := cursor.fetchmany(_AT_ONCE):
                journal.add(
                    (content, _vectors(whole, sentences, card.dimension))
                    for content, whole, sentences in rows
                )

    def publish(self, manifest: Manifest, progress: Progress) -> bool:
        """Publish a generation of the folder, unless it is the database's live one already.

        Returns:
            Whether the database has switched.
        """
        connection = self._connection
        if (
            live_generation(connection) == manifest.id
            and dict(kept_generations(connection)).get(manifest.id) == manifest.seal
        ):
            return False
        if dict(kept_generations(connection)).get(manifest.id) == manifest.seal:
            make_live(connection, manifest.id)
            return True
        progress.begin("publishing", manifest.passages)
        folder = self._built.folder_of(GenerationId(manifest.id))
        publish_generation(connection, folder, manifest, self._built, progress.advance)
        delete_superseded(connection, self._settings.index.keep)
        return True


def _vectors(whole: bytes, sentences: bytes, dimension: int) -> PassageVectors:
    return PassageVectors(
        np.frombuffer(whole[_HEADER_BYTES:], ">f2").astype(np.float32),
        np.frombuffer(sentences, np.int8).reshape(-1, dimension),
    )


@contextlib.contextmanager
def published_build(
    settings: Settings, built: BuiltFolder, now: Callable[[], dt.datetime]
) -> Iterator[PublishedBuild | None]:
    """The build for the database that the settings name; None if they name none.

    Args:
        settings: name the database.
        built: the folder in which the generation is built.
        now: returns the time of day, with its time zone.

    Raises:
        ArchiveBusy: another process builds for this database.
        ArchiveError: it cannot be reached or written.
    """
    if not settings.index.store:
        yield None
        return
    with build_session(settings.index.store, now) as connection:
        yield PublishedBuild(connection, settings, built)
