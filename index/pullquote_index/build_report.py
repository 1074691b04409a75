"""The report of a build."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.storage.manifest import Manifest
from pullquote_index.readers.problems import Problem
from pullquote_index.steps.row_ranges import Differences


@dataclass(frozen=True, slots=True, repr=False)
class BuildReport:
    """What a build did.

    Attributes:
        manifest: the manifest of the generation that is live now.
        switched: whether this build made it; False if nothing had changed.
        files: number of files that hold articles.
        read: number of files that were read; the others were unchanged.
        ignored: number of files of other kinds.
        problems: what could not be read, or only in part.
        differences: articles that differ from the previous generation; None without one.
        embedded, reused: number of passages that were embedded, and whose vectors were reused.
        seconds: duration of each step, in seconds.
    """

    manifest: Manifest
    switched: bool
    files: int
    read: int
    ignored: int
    problems: tuple[Problem, ...]
    differences: Differences | None
    embedded: int
    reused: int
    seconds: dict[str, float]

    def __repr__(self) -> str:
        manifest = self.manifest
        return (
            f"BuildReport({manifest.id}, {manifest.articles:,} articles, "
            f"{manifest.passages:,} passages, {self.embedded:,} embedded, "
            f"{len(self.problems)} problems)"
        )
