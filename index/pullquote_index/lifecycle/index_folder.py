"""What in the folder of an index is the index's own. Nothing else is ever deleted or written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pullquote.errors import ArchiveError, RequestError
from pullquote.storage.builder_note import LOCK_FILE
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import MANIFEST_FILE
from pullquote.storage.withdrawals import WITHDRAWALS_FILE

UNFINISHED_PREFIX, UNFINISHED_SUFFIX = ".new-", ".pullquote"
"""How the names of unfinished folders begin and end; between are 8 random characters, or the id of
a generation that is being deleted."""
_UNFINISHED = re.compile(r"\.new-(?:[a-z0-9_]{8}|\d{6,}-[0-9a-f]{8})\.pullquote")
_GENERATION = re.compile(r"\d{6,}-[0-9a-f]{8}")
_MODEL = re.compile(r"[0-9a-f]{12,64}")
_JOURNAL = re.compile(r"vectors\.sqlite(?:-journal|-wal|-shm)?")
_FILES = re.compile(
    rf"current|calibration\.json|{re.escape(WITHDRAWALS_FILE)}"
    r"|\.(?:current|calibration\.json)\.\d+\.pullquote"
)
_JOURNAL_FOLDER = "partial"
_FOLDERS = {
    "generations": _GENERATION,
    "encoders": _MODEL,
    "rerankers": _MODEL,
    _JOURNAL_FOLDER: _JOURNAL,
}
_HARMLESS = frozenset({"lost+found", ".DS_Store", ".gitkeep", ".gitignore"})
"""What else may be in the folder for an index, and stays there."""


def is_unfinished(path: Path) -> bool:
    """Whether a path is a folder that an interrupted build has left."""
    return bool(_UNFINISHED.fullmatch(path.name)) and path.is_dir() and not path.is_symlink()


def is_unfinished_file(path: Path) -> bool:
    """Whether a path is a file that an interrupted switch or calibration has left."""
    is_named_so = path.name.endswith(UNFINISHED_SUFFIX) and _FILES.fullmatch(path.name)
    return bool(is_named_so) and path.is_file() and not path.is_symlink()


def is_model_folder(path: Path) -> bool:
    """Whether a path is a folder of an exported model: it is named after its hash."""
    return bool(_MODEL.fullmatch(path.name)) and path.is_dir() and not path.is_symlink()


def check_index_folder(folder: Path) -> None:
    """See that an index may be written in a folder.

    Raises:
        RequestError: a part of the index is a link, or the folder holds other things and no index.
    """
    if link := next(filter(Path.is_symlink, _written(folder)), None):
        raise RequestError(
            "is a link, and an index is only written in its own folder",
            where=str(link),
            mend="Remove the link, or name another folder with --index",
        )
    if folder.is_dir() and not _has_mark(folder) and (foreign := next(_foreign(folder), None)):
        raise RequestError(
            f"is not the folder of an index, and holds {foreign.relative_to(folder)}",
            where=str(folder),
            mend="Name a new or an empty folder with --index",
        )


def _written(folder: Path) -> Iterator[Path]:
    """Yield the folders that a build writes in, and the files that it does not write anew."""
    yield from (folder / name for name in (*_FOLDERS, LOCK_FILE, "current", WITHDRAWALS_FILE))
    if (folder / _JOURNAL_FOLDER).is_dir():
        yield from (folder / _JOURNAL_FOLDER).iterdir()


def _has_mark(folder: Path) -> bool:
    """Whether a folder names a generation that it has."""
    built = BuiltFolder(folder)
    try:
        return (built.folder_of(built.live()) / MANIFEST_FILE).is_file()
    except ArchiveError:
        return False


def _foreign(folder: Path) -> Iterator[Path]:
    """Yield what in a folder no build has written."""
    for entry in folder.iterdir():
        if entry.name in _HARMLESS or _FILES.fullmatch(entry.name):
            continue
        if entry.name == LOCK_FILE:
            if not _is_lock(entry):
                yield entry
        elif entry.name in _FOLDERS and entry.is_dir():
            own = _FOLDERS[entry.name]
            yield from (
                path
                for path in entry.iterdir()
                if not (own.fullmatch(path.name) or _UNFINISHED.fullmatch(path.name))
            )
        else:
            yield entry


def _is_lock(path: Path) -> bool:
    """Whether a file is empty, or says which process builds, as a lock does."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(8) in {b"", b"process "}
