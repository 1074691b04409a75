"""A temporary folder of links to the files of a lexical index, for tantivy to lock."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pullquote.errors import ArchiveError

_DELETE_TRIES = 20
_DELETE_PAUSE = 0.01
"""Seconds between two tries to delete a temporary folder."""


@contextlib.contextmanager
def folder_of_links(folder: Path) -> Iterator[Path]:
    """A temporary folder of links to the files of an index, without its lock files.

    Raises:
        OSError: the files cannot be listed.
        ArchiveError: no temporary folder can be written.
    """
    files = [file for file in folder.iterdir() if not file.name.endswith(".lock")]
    links = _link(files)
    try:
        yield links
    finally:
        _delete(links)


def _link(files: Sequence[Path]) -> Path:
    """Make a temporary folder of links to files."""
    links = None
    try:
        links = Path(tempfile.mkdtemp(prefix="pullquote-"))
        for file in files:
            (links / file.name).symlink_to(file.absolute())
    except OSError as error:
        if links:
            _delete(links)
        raise ArchiveError(
            f"a search needs a folder for temporary files, and none can be written "
            f"({error.strerror or error})",
            mend="Name one with the environment variable TMPDIR",
        ) from error
    return links


def _delete(folder: Path) -> None:
    """Delete a folder of links.

    tantivy's watch of the index, which ends soon after it was opened, may create a lock file there
    at any moment, so a folder that is not empty after all is no error.
    """
    for _ in range(_DELETE_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_DELETE_PAUSE)
