"""Sees that a server can hold an index: its version, and that of the extension pgvector."""

from __future__ import annotations

from typing import Any

from pullquote.errors import ArchiveError, ArchiveMismatch
from pullquote.storage.postgres.connection_errors import code_of, shown
from pullquote.storage.postgres.connections import psycopg

_EXTENSION = "vector"
_LEAST_SERVER = 16
_LEAST_EXTENSION = (0, 8)
"""The first version of pgvector with iterative scans: with a filter, a search then goes on until it
has as many vectors as it asks for."""
_VERSIONS = """
    SELECT current_setting('server_version_num')::int / 10000,
        (SELECT default_version FROM pg_available_extensions WHERE name = %(name)s),
        (SELECT extversion FROM pg_extension WHERE extname = %(name)s)
"""
_NOT_PERMITTED = "42501"


def check_server(connection: Any, address: str) -> None:
    """Create the extension if it is missing, and see that server and extension are not too old.

    Args:
        connection: to the database.
        address: the address of the settings.

    Raises:
        ArchiveMismatch: one of them is too old.
        ArchiveError: the server does not have the extension, or this role may not create it.
    """
    where = shown(address)
    server, available, created = connection.execute(_VERSIONS, {"name": _EXTENSION}).fetchone()
    if server < _LEAST_SERVER:
        raise ArchiveMismatch(
            f"PostgreSQL {server} is too old: an index needs {_LEAST_SERVER} or newer",
            where=where,
            mend="Name a newer server",
        )
    least = ".".join(map(str, _LEAST_EXTENSION))
    if not (available or created):
        raise ArchiveError(
            "the server does not have the extension pgvector",
            where=where,
            mend=f"Install pgvector {least} or newer there and on its standbys (docs/scale.md)",
        )
    version = tuple(int(part) for part in (created or available).split(".")[:2])
    if version < _LEAST_EXTENSION:
        raise ArchiveMismatch(
            f"pgvector {created or available} is too old: an index needs {least} or newer",
            where=where,
            mend=f"Install a newer one, then in the database: ALTER EXTENSION {_EXTENSION} UPDATE",
        )
    if not created:
        _create(connection, where)


def _create(connection: Any, where: str) -> None:
    try:
        connection.execute(f"CREATE EXTENSION IF NOT EXISTS {_EXTENSION}")
    except psycopg.Error as error:
        if code_of(error) != _NOT_PERMITTED:
            raise
        raise ArchiveError(
            "this role may not create the extension pgvector in the database",
            where=where,
            mend=f"As the server's superuser, in that database: CREATE EXTENSION {_EXTENSION}",
        ) from error
