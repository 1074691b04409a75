"""The session of a builder: a connection that holds the build lock of a database."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import socket
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from pullquote.errors import ArchiveBusy, ArchiveMismatch
from pullquote.storage.manifest import Manifest
from pullquote.storage.postgres.connection_errors import error_of, shown
from pullquote.storage.postgres.connections import connect, psycopg
from pullquote.storage.postgres.postgres_store import BUILD_LOCK
from pullquote.storage.postgres.tables import (
    PARTITIONED_TABLES,
    TABLE_VERSION,
    create_statements,
    vector_table,
)
from pullquote_index.publication.generation_upload import number_of
from pullquote_index.publication.server_check import check_server

_SECONDS = 7 * 86_400.0
"""A statement of a build may take days, such as the index of very many vectors."""
_UNUSED = {
    "article_contents": ("content", "articles"),
    "passage_contents": ("passage", "passages"),
    "postings": ("shard", "shards"),
    "word_shards": ("shard", "shards"),
    "vectors": ("passage", "passages"),
}
"""Shared tables: their key, and the table of generations that refers to it."""


@contextlib.contextmanager
def build_session(address: str, now: Callable[[], dt.datetime]) -> Iterator[Any]:
    """A connection that holds the build lock; the tables exist. Its end gives the lock back.

    Args:
        address: the address of the settings.
        now: returns the time of day, with its time zone.

    Raises:
        ArchiveBusy: another session builds; the message names it, and since when.
        ArchiveMismatch: the tables have another form.
        ArchiveError: the database cannot be reached or written.
    """
    since = now().astimezone().isoformat(timespec="seconds")
    who = f"process {os.getpid()} on {socket.gethostname()} since {since}"
    connection = connect(address, "read-write", seconds=_SECONDS, name="pullquote build")
    with contextlib.closing(connection):
        try:
            _lock(connection, address)
            _prepare(connection, address)
            connection.execute(
                "INSERT INTO pullquote.builder (who) VALUES (%s) "
                "ON CONFLICT (alone) DO UPDATE SET who = EXCLUDED.who",
                (who,),
            )
            yield connection
        except psycopg.Error as error:
            raise error_of(error, address, writing=True) from error


def _lock(connection: Any, address: str) -> None:
    """Take the lock.

    Raises:
        ArchiveBusy: another session has it.
    """
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (BUILD_LOCK,)).fetchone()
    if not row[0]:
        try:
            holder = connection.execute("SELECT who FROM pullquote.builder").fetchone()
        except psycopg.Error:  # it makes the tables just now
            holder = None
        raise ArchiveBusy(
            f"the index is being built by {holder[0] if holder else 'another process'}",
            where=shown(address),
            mend="Wait until it is done",
        )


def _prepare(connection: Any, address: str) -> None:
    """Make the tables, unless they are there.

    Raises:
        ArchiveMismatch: they have another form, or the server or its extension is too old.
        ArchiveError: the server does not have the extension.
    """
    found = connection.execute("SELECT to_regclass('pullquote.tables') IS NOT NULL").fetchone()
    if not found[0]:
        check_server(connection, address)
        with connection.transaction():
            connection.execute(create_statements())
            connection.execute("INSERT INTO pullquote.tables VALUES (%s)", (TABLE_VERSION,))
        return
    versions = [
        version for (version,) in connection.execute("SELECT version FROM pullquote.tables")
    ]
    if versions != [TABLE_VERSION]:
        raise ArchiveMismatch(
            f"has tables of version {', '.join(map(str, versions))}, "
            f"this version writes version {TABLE_VERSION}",
            where=shown(address),
            mend="Name another database, or drop the schema pullquote there",
        )


def kept_generations(connection: Any) -> list[tuple[str, str]]:
    """The id and the seal of each generation, oldest first."""
    rows = connection.execute("SELECT id, seal FROM pullquote.generations ORDER BY number")
    return [(str(name), str(seal)) for name, seal in rows]


def live_generation(connection: Any) -> str:
    """The id of the live generation; empty without one."""
    row = connection.execute("SELECT id FROM pullquote.live").fetchone()
    return str(row[0]) if row else ""


def generations_with(connection: Any, articles: Collection[str]) -> list[str]:
    """The generations that have one of some articles."""
    rows = connection.execute(
        "SELECT id FROM pullquote.generations WHERE number IN "
        "(SELECT generation FROM pullquote.articles a WHERE a.id = ANY (%s)) ORDER BY number",
        (list(articles),),
    )
    return [str(name) for (name,) in rows]


def delete_generations(connection: Any, generations: Iterable[str]) -> None:
    """Delete generations, and the content that no other has, in one transaction.

    The content goes first: dropping a partition holds up every reader until the end.
    """
    unneeded = list(generations)
    if not unneeded:
        return
    numbers = list(map(number_of, unneeded))
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '60s'")
        for table, (key, referring) in _UNUSED.items():
            connection.execute(
                f"DELETE FROM pullquote.{table} c WHERE NOT EXISTS (SELECT FROM "
                f"pullquote.{referring} r WHERE r.{key} = c.{key} AND r.generation <> ALL (%s))",
                (numbers,),
            )
        connection.execute("DELETE FROM pullquote.generations WHERE id = ANY (%s)", (unneeded,))
        for number in numbers:
            for table in PARTITIONED_TABLES:
                connection.execute(f"DROP TABLE pullquote.{table}_{number}")


def delete_unused_models(connection: Any) -> tuple[str, ...]:
    """Delete the encoders of no generation, and their vectors. Returns their hashes."""
    manifests = connection.execute("SELECT manifest FROM pullquote.generations").fetchall()
    used = [
        Manifest.model_validate_json(manifest, strict=True).encoder.hash
        for (manifest,) in manifests
    ]
    deleted = connection.execute(
        "DELETE FROM pullquote.model_files WHERE kind = 'encoder' AND model <> ALL (%s) "
        "RETURNING model",
        (used,),
    ).fetchall()
    names = tuple(sorted({str(model) for (model,) in deleted}))
    for name in names:
        connection.execute(f"DROP TABLE IF EXISTS pullquote.{vector_table(name)}")
    return names


def delete_superseded(connection: Any, keep: int) -> list[str]:
    """Delete the oldest generations that exceed the number to keep. Returns their ids."""
    live = live_generation(connection)
    others = [name for name, _ in kept_generations(connection) if name != live]
    superseded = others[: -keep + 1 or None]
    delete_generations(connection, superseded)
    return superseded
