"""The input of a reader, and what it reports about articles that it cannot read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that contains articles.

    Attributes:
        name: its name in citations: the name of the indexed folder, then the path in it.
        path: its absolute path.
        root: the absolute path of the indexed folder.
    """

    name: str
    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with a file, a line or an article.

    Attributes:
        where: the file, with the line after a colon.
        what: what is wrong, without a full stop.
        skipped: whether the article was left out; if not, it was read without the wrong part.
    """

    where: str
    what: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {'skipped' if self.skipped else 'read without it'}"
