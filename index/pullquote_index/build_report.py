"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.storage.manifest import Manifest
from pullquote_index.readers.problems import Problem
from pullquote_index.steps.article_rows import Differences


@dataclass(frozen=True, slots=True, repr=False)
class BuildReport:
    """What a build did.

    Attributes:
        manifest: the manifest of the generation that is live now.
        switched: whether the build made this generation live. If not, nothing had changed, and the
            generation that was live stays.
        files: the number of files that contain its articles.
        read: the number of files that were read; the articles of the others were reused.
        ignored: the number of files of other kinds in the same folders.
        problems: files and articles that could not be read, or only in part.
        differences: how its articles differ from the previous generation's; None if the build
            reused no generation.
        embedded: the number of passages that were embedded.
        reused: the number of passages whose vectors were reused.
        seconds: the time of each step, in seconds, by name.
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
