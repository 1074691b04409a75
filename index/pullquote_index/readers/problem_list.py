"""A list of problems that stays short, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pullquote_index.readers.problems import Problem, ProblemKind

_MOST_OF_A_FILE = 100
"""The most problems of each kind that are listed of one file."""
_MOST_OF_ALL = 10_000
"""The same of all files together."""


class ProblemList:
    """The problems with a file, or with all. The first of each kind are kept, others counted."""

    def __init__(self, where: str, most: int, others: str) -> None:
        """Begin an empty list.

        Args:
            where: the file.
            most: the most problems of each kind that are kept.
            others: where the others are, in words.
        """
        self._where = where
        self._most = most
        self._others = others
        self._kept: list[Problem] = []
        self._counts: Counter[tuple[ProblemKind, bool]] = Counter()
        self._more: Counter[tuple[ProblemKind, bool]] = Counter()

    @classmethod
    def of_file(cls, name: str) -> ProblemList:
        """A list for the problems with one file."""
        return cls(name, _MOST_OF_A_FILE, "in this file")

    @classmethod
    def of_all_files(cls) -> ProblemList:
        """A list for the problems with all files."""
        return cls("articles", _MOST_OF_ALL, "in other files")

    def add(self, problem: Problem) -> None:
        """Add a problem."""
        key = (problem.kind, problem.skipped)
        self._counts[key] += 1
        if self._counts[key] <= self._most:
            self._kept.append(problem)
        else:
            self._more[key] += problem.count

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems."""
        for problem in problems:
            self.add(problem)

    def listed(self) -> list[Problem]:
        """The problems that were kept, and a line for the others of each kind."""
        return self._kept + [
            Problem(self._where, f"and {count:,} more {self._others}", skipped, kind, count)
            for (kind, skipped), count in self._more.items()
        ]
