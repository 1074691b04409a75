"""Discovery: which files hold articles."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import RequestError
from pullquote_index.readers import SUFFIXES, reader_for
from pullquote_index.readers.problems import Problem, SourceFile


@dataclass(frozen=True, slots=True)
class DiscoveredFiles:
    """The result of a search for files of articles.

    Attributes:
        files: files that a reader can read, sorted by name, each once.
        ignored: number of files of other kinds.
        problems: files that cannot be read, and why.
    """

    files: tuple[SourceFile, ...]
    ignored: int
    problems: tuple[Problem, ...]


def place_of(path: Path) -> Path:
    """The absolute path, the same however it was typed.

    Symbolic links are not resolved, because articles are named after them.
    """
    return path.resolve() if ".." in path.parts else path.absolute()


def discover(paths: Sequence[Path], leave_out: Path) -> DiscoveredFiles:
    """Find the files of articles in files and folders.

    Skips hidden files and folders, other kinds of files, links out of a folder, and `leave_out`.

    Raises:
        RequestError: a path does not exist, or names a file of another kind.
    """
    roots = _roots(paths)
    prefixes = _prefixes({root for root, _ in roots})
    files: dict[Path, SourceFile] = {}
    problems: list[Problem] = []
    ignored = 0
    for root, only_file in roots:
        inside = root.resolve()
        for file in [only_file] if only_file else _walk(root, leave_out.absolute(), problems):
            name = f"{prefixes[root]}/{file.relative_to(root).as_posix()}"
            if reader_for(file) is None:
                ignored += 1
            elif not _is_utf8(name):
                problems.append(Problem(ascii(name), "has a name that is not UTF-8"))
            elif not file.is_file():
                problems.append(Problem(name, "is not a file that can be read"))
            elif not only_file and not (real := _resolved(file, root, inside)).is_relative_to(
                inside
            ):
                problems.append(Problem(name, "is a link that leads out of the folder"))
            else:
                files.setdefault(
                    file.resolve() if only_file else real, SourceFile(name, file, root)
                )
    return DiscoveredFiles(
        tuple(sorted(files.values(), key=lambda file: (file.name, file.path))),
        ignored,
        tuple(sorted(problems, key=str)),
    )


def _resolved(file: Path, root: Path, inside: Path) -> Path:
    """The real path of a file below `root`.

    Only the file itself can be a link: links to folders are not walked.
    """
    return file.resolve() if file.is_symlink() else inside / file.relative_to(root)


def _roots(paths: Sequence[Path]) -> list[tuple[Path, Path | None]]:
    """The folders to read, without those that lie in another one.

    Returns:
        Pairs of a folder and the only file of it to read, or None for all of its files.

    Raises:
        RequestError: a path does not exist, or names a file of another kind.
    """
    folders: set[Path] = set()
    singles: set[Path] = set()
    for path in paths:
        if not _is_utf8(str(place_of(path))):
            raise RequestError(
                "has a name that is not UTF-8",
                where=ascii(str(path)),
                mend="Rename the file or folder",
            )
        if path.is_dir():
            folders.add(place_of(path))
        elif not path.exists():
            raise RequestError(
                "there is no such file or folder",
                where=str(path),
                mend="Name the folder that holds the articles",
            )
        elif reader_for(path) is None:
            raise RequestError(
                "is not a kind of file that holds articles",
                where=str(path),
                mend=f"Name a folder or one of {', '.join(SUFFIXES)}",
            )
        else:
            singles.add(place_of(path))
    outer = sorted(folder for folder in folders if not folders & set(folder.parents))
    return [(folder, None) for folder in outer] + [
        (file.parent, file) for file in sorted(singles) if not set(outer) & set(file.parents)
    ]


def _prefixes(roots: set[Path]) -> dict[Path, str]:
    """The prefix of the names of each root's files.

    It is the folder's own name, and as many of its parents as distinguish it from other roots.
    """
    for count in itertools.count(1):
        prefixes = {
            root: "/".join(root.resolve().parts[-count:]).lstrip("/") or "root" for root in roots
        }
        if len(set(prefixes.values())) == len({root.resolve() for root in roots}) or count > max(
            len(root.parts) for root in roots
        ):
            return prefixes
    raise AssertionError  # itertools.count never ends


def _walk(root: Path, leave_out: Path, problems: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"cannot be read ({error.strerror})"))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and Path(folder, name) != leave_out
        )
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
