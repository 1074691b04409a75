"""What a reader is given, and what it says of articles that it cannot read as they should be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that holds articles.

    Attributes:
        name: as shown in citations: the name of the folder that was asked for, then the path within it.
        path: where it is, absolute.
        root: the folder that was asked for, absolute.
    """

    name: str
    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, a line or an article.

    Attributes:
        where: the file, and after a colon the line.
        what: what is wrong, without a full stop.
        skipped: whether the article was left out; otherwise it was read without the faulty part.
    """

    where: str
    what: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {'skipped' if self.skipped else 'read without it'}"
