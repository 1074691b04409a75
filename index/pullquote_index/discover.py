"""Which files hold the archive's articles."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import RequestError
from pullquote_index.readers import SUFFIXES, reader_for
from pullquote_index.readers.problem import Problem, SourceFile


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for articles found.

    Attributes:
        files: those that a reader reads, by name, each once.
        ignored: how many others lay beside them.
        problems: files that are not read, and why.
    """

    files: tuple[SourceFile, ...]
    ignored: int
    problems: tuple[Problem, ...]


def discover(paths: Sequence[Path], leave_out: Path) -> Found:
    """Find the files of articles in files and folders.

    Hidden files and folders, files of other kinds, and `leave_out` are passed over. A link
    that leads out of the folder that was asked for is not followed.

    Raises:
        RequestError: a path is not there, or names a file that no reader reads.
    """
    files: dict[Path, SourceFile] = {}
    problems: list[Problem] = []
    ignored = 0
    for path in paths:
        root = path.absolute()
        if root.is_file():
            if reader_for(root) is None:
                raise RequestError(
                    "is not a kind of file that holds articles", where=str(path), mend=f"Name a folder or one of {', '.join(SUFFIXES)}"
                )
            files.setdefault(root.resolve(), SourceFile(f"{root.parent.name}/{root.name}", root, root.parent))
            continue
        if not root.is_dir():
            raise RequestError("there is no such file or folder", where=str(path), mend="Name the folder that holds the articles")
        inside = root.resolve()
        for file in _walk(root, leave_out.absolute()):
            name = f"{inside.name}/{file.relative_to(root).as_posix()}"
            if reader_for(file) is None:
                ignored += 1
            elif not file.resolve().is_relative_to(inside):
                problems.append(Problem(name, "is a link that leads out of the folder"))
            elif not _is_utf8(name):
                problems.append(Problem(ascii(name), "has a name that is not UTF-8"))
            else:
                files.setdefault(file.resolve(), SourceFile(name, file, root))
    return Found(tuple(sorted(files.values(), key=lambda file: (file.name, file.path))), ignored, tuple(sorted(problems, key=str)))


def _walk(root: Path, leave_out: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(folder, name) != leave_out)
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
