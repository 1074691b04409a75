"""What readers receive (`SourceFile`) and what they report (`Problem`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that holds articles.

    Attributes:
        name: its name in citations: the name of the indexed folder, then the path within it.
        path: its absolute path.
        root: the absolute path of the indexed folder.
    """

    name: str
    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, a line or an article.

    Attributes:
        where: the file, and the line after a colon.
        what: what is wrong, without a full stop.
        skipped: whether the article was skipped; otherwise it was read without the faulty part.
    """

    where: str
    what: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {'skipped' if self.skipped else 'read without it'}"
