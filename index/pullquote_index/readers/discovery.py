"""Finds the files that contain the archive's articles."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pullquote.errors import RequestError
from pullquote_index.readers import SUFFIXES, reader_for
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.readers.site_files import is_about_the_folder, is_generated

_MAX_DEPTH = 100
"""How deep folders are walked."""
_SHOWN_DEPTH = 3
"""How deep a message names a folder."""
_MAX_ENDINGS = 8
"""The most endings that a message names."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files in the indexed files and folders.

    Attributes:
        files: those that a reader reads, each once, in the order of their names.
        others: the names of the files of other kinds, in order.
        problems: files that cannot be read, and why.
    """

    files: tuple[SourceFile, ...]
    others: tuple[str, ...]
    problems: tuple[Problem, ...]


def absolute_path(path: Path) -> Path:
    """A path from the root, the same however it was typed.

    A symbolic link stays what it is, because articles are named by their paths.
    """
    return path.resolve() if ".." in path.parts else path.absolute()


def paths_below(root: Path, folder: Path) -> frozenset[Path]:
    """The paths by which a walk of a root may meet a folder, which links may lead to or from."""
    real_root, real = root.resolve(), folder.resolve()
    met = [root / real.relative_to(real_root)] if real.is_relative_to(real_root) else []
    return frozenset([folder.absolute(), *met])


def discover(paths: Sequence[Path], leave_out: Path) -> Discovery:
    """Find the files that contain articles.

    Hidden files and folders are skipped, and those of a site's generator. So are links that lead
    out of an indexed folder, and files about the folder itself, such as README.md.

    Args:
        paths: the files and folders to index.
        leave_out: a folder that is skipped.

    Raises:
        RequestError: a path does not exist, or is a file that no reader reads.
    """
    roots = _roots(paths)
    prefixes = _prefixes({root for root, _ in roots})
    files: dict[Path, SourceFile] = {}
    problems: list[Problem] = []
    others: set[str] = set()
    for root, only in roots:
        real_root = root.resolve()
        for file in [only] if only else _walk(root, paths_below(root, leave_out), problems):
            name = f"{prefixes[root]}/{file.relative_to(root).as_posix()}"
            if reader_for(file) is None or (not only and is_about_the_folder(file.name)):
                others.add(name if _is_utf8(name) else ascii(name))
            elif not _is_utf8(name):
                problems.append(Problem(ascii(name), "has a name that is not UTF-8"))
            elif not file.is_file():
                problems.append(Problem(name, "is not a file that can be read"))
            elif only:
                files.setdefault(file.resolve(), SourceFile(name, file, root, is_named=True))
            elif (real := _real_path(file, root, real_root)).is_relative_to(real_root):
                files.setdefault(real, SourceFile(name, file, root))
            else:
                problems.append(Problem(name, "is a link that leads out of the folder"))
    return Discovery(
        tuple(sorted(files.values(), key=lambda file: (file.name, file.path))),
        tuple(sorted(others)),
        tuple(sorted(problems, key=str)),
    )


def counted_endings(names: Sequence[str]) -> dict[str, int]:
    """How many names have which ending, the most frequent first; README.md is an ending itself."""

    def ending(name: str) -> str:
        path = PurePath(name)
        if is_about_the_folder(path.name):
            return path.name
        return "".join(path.suffixes[-2:] if path.suffix == ".gz" else path.suffixes[-1:]).lower()

    counts = Counter(map(ending, names))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def named_endings(names: Sequence[str]) -> str:
    """How many names have which ending, in words: 12 .heic, 3 .psd."""
    counts = list(counted_endings(names).items())
    shown = [
        f"{count:,} {ending or 'without an ending'}" for ending, count in counts[:_MAX_ENDINGS]
    ]
    rest = sum(count for _, count in counts[_MAX_ENDINGS:])
    return ", ".join([*shown, *([f"{rest:,} others"] if rest else [])])


def _real_path(file: Path, root: Path, real_root: Path) -> Path:
    """The path, without links, of a file below a root.

    Only the file itself can be a link, because folders that are links are not walked.
    """
    return file.resolve() if file.is_symlink() else real_root / file.relative_to(root)


def _roots(paths: Sequence[Path]) -> list[tuple[Path, Path | None]]:
    """The folders to read.

    Returns:
        Each folder with the only file of it that is read, or None for all. A path within another
        folder is not listed, because that folder includes it.

    Raises:
        RequestError: a path does not exist, or is a file that no reader reads.
    """
    folders: set[Path] = set()
    files: set[Path] = set()
    for path in paths:
        if not _is_utf8(str(absolute_path(path))):
            raise RequestError(
                "has a name that is not UTF-8",
                where=ascii(str(path)),
                mend="Rename the file or folder",
            )
        if path.is_dir():
            folders.add(absolute_path(path))
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
            files.add(absolute_path(path))
    outermost = sorted(folder for folder in folders if not folders & set(folder.parents))
    return [(folder, None) for folder in outermost] + [
        (file.parent, file) for file in sorted(files) if not set(outermost) & set(file.parents)
    ]


def _prefixes(roots: set[Path]) -> dict[Path, str]:
    """For each root, the beginning of its files' names.

    It is the folder's own name, with as many of the folders above it as distinguish all roots.
    """
    for count in itertools.count(1):
        prefixes = {
            root: "/".join(root.resolve().parts[-count:]).lstrip("/") or "root" for root in roots
        }
        are_distinct = len(set(prefixes.values())) == len({root.resolve() for root in roots})
        if are_distinct or count > max(len(root.parts) for root in roots):
            return prefixes
    raise AssertionError  # the loop does not end


def _walk(root: Path, leave_out: frozenset[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield the files below a root that are not hidden; add folders that cannot be read."""

    def add_problem(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"cannot be read ({error.strerror})"))

    depth_of_root = len(root.parts)
    for folder, subfolders, names in os.walk(root, onerror=add_problem):
        if subfolders and len(Path(folder).parts) - depth_of_root >= _MAX_DEPTH:
            subfolders.clear()
            name = Path(*Path(folder).parts[: depth_of_root + _SHOWN_DEPTH])
            what = f"has folders more than {_MAX_DEPTH} deep, which are not read"
            problems.append(Problem(str(name), what))
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not (name.startswith(".") or is_generated(name, names))
            and Path(folder, name) not in leave_out
        )
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
