"""Compares the files of a generation with its manifest, before anything else reads them.

SQLite, FAISS and tantivy are written for their own files: what a damaged or crafted one makes them
do is theirs to say. A file whose hash is the manifest's is the one that a build wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import plain_status
from pullquote.storage.manifest import LEXICAL_FOLDER, VECTOR_FILE, Manifest
from pullquote.storage.remembered_hashes import RememberedHashes
from pullquote.storage.vector_index import lists_path


def check_sizes(manifest: Manifest, folder: Path, names: Iterable[str] = ()) -> None:
    """Check that files of a generation exist, are plain files, and have their sizes.

    Args:
        manifest: the generation's.
        folder: its folder.
        names: the files; all if empty.

    Raises:
        ArchiveDamaged: a file is missing, is a link or a device, or has another size.
    """
    for name in names or manifest.files:
        try:
            size = plain_status(folder / name).st_size
        except FileNotFoundError as error:
            raise ArchiveDamaged(
                "a file of the index is missing", where=str(folder / name)
            ) from error
        except OSError as error:
            raise ArchiveDamaged(error.strerror or str(error), where=str(folder / name)) from error
        entry = manifest.files.get(name)
        if entry is None:
            raise ArchiveDamaged("is not in the manifest", where=str(folder / name))
        if size != entry.bytes:
            raise ArchiveDamaged(
                f"holds {size:,} bytes instead of {entry.bytes:,}", where=str(folder / name)
            )


def check_files(manifest: Manifest, folder: Path, *names: str) -> None:
    """Check that files of a generation are as they were written, by their hashes.

    Large files that were not written to since the last check are not read again.

    Args:
        manifest: the generation's.
        folder: its folder.
        names: the files; without any, all are checked, and that nothing reads others beside them.

    Raises:
        ArchiveDamaged: a file is missing, or is not as it was written.
    """
    check_sizes(manifest, folder, names)
    if not names:
        _check_others(manifest, folder)
    hashes = RememberedHashes()
    try:
        for name in names or manifest.files:
            try:
                is_same = hashes.sha256(folder / name) == manifest.files[name].sha256
            except OSError as error:
                raise ArchiveDamaged("cannot be read", where=str(folder / name)) from error
            if not is_same:
                raise ArchiveDamaged("is not the file that was built", where=str(folder / name))
    finally:
        hashes.save()


def _check_others(manifest: Manifest, folder: Path) -> None:
    """See that no file is there that FAISS or tantivy would read and the manifest does not name.

    Raises:
        ArchiveDamaged: there is one.
    """
    lists = lists_path(folder / VECTOR_FILE)
    try:
        lexical = [
            path for path in (folder / LEXICAL_FOLDER).iterdir() if not path.name.startswith(".")
        ]
    except OSError as error:
        where = str(folder / LEXICAL_FOLDER)
        raise ArchiveDamaged("the lexical index cannot be read", where=where) from error
    for path in (*lexical, *([lists] if lists.exists() else [])):
        if path.relative_to(folder).as_posix() not in manifest.files:
            raise ArchiveDamaged("is not a file of this index", where=str(path))
