"""Exported models of a database, as files in the user's cache folder.

What is there already is compared with its hash, as what comes from the database is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.errors import ArchiveDamaged, ArchiveNotWritten
from pullquote.storage.postgres.connection_errors import shown
from pullquote.storage.postgres.connections import Connections

_FILES = "SELECT model, name, sha256 FROM pullquote.model_files WHERE kind = %s"
_CONTENT = "SELECT content FROM pullquote.model_files WHERE kind = %s AND model = %s AND name = %s"


def fetch_models(
    connections: Connections, kind: str, folder: Path, models: Iterable[str] | None = None
) -> None:
    """See that models of a database are in a folder, each in one of its own.

    Args:
        connections: to the database.
        kind: "encoder" or "reranker".
        folder: the folder of the models of this kind.
        models: their hashes; None for all.

    Raises:
        ArchiveDamaged: the database has other bytes than it says.
        ArchiveNotWritten: the folder cannot be written.
    """
    wanted = None if models is None else set(models)
    for model, name, sha256 in connections.rows(_FILES, (kind,)):
        if wanted is not None and model not in wanted:
            continue
        path = folder / Path(model).name / Path(name).name
        try:
            if path.is_file() and file_sha256(path) == sha256:
                continue
            ((content,),) = connections.rows(_CONTENT, (kind, model, name))
            if sha256_of(content) != sha256:
                where = f"{shown(connections.address)}, {kind} {model}"
                raise ArchiveDamaged(f"{name} is not the file that was built", where=where)
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.{os.getpid()}")
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except OSError as error:
            raise ArchiveNotWritten(
                f"cannot be written ({error.strerror})",
                where=str(path),
                mend="Correct its permissions, or name another folder in XDG_CACHE_HOME",
            ) from error
