"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.storage.manifest import Manifest
from pullquote_index.readers.problems import Problem
from pullquote_index.steps.article_runs import Differences
from pullquote_index.steps.kind_counts import KindCounts


@dataclass(frozen=True, slots=True, repr=False)
class BuildReport:
    """What a build did.

    Attributes:
        manifest: the manifest of the generation that is live now.
        switched: whether the build made this generation live. If not, nothing had changed, and the
            generation that was live stays.
        files: the number of files that contain its articles.
        read: the number of files that were read; the articles of the others were reused.
        others: the files of other kinds in the same folders.
        problems: files and articles that could not be read, or only in part, or on a guess.
        left_out: drafts and pages without text, which are left out on purpose.
        kinds: the articles of each kind of file, and how many have which fields.
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
    others: tuple[str, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...]
    kinds: tuple[KindCounts, ...]
    differences: Differences | None
    embedded: int
    reused: int
    seconds: dict[str, float]

    @property
    def ignored(self) -> int:
        """The number of files of other kinds in the same folders."""
        return len(self.others)

    def __repr__(self) -> str:
        manifest = self.manifest
        return (
            f"BuildReport({manifest.id}, {manifest.articles:,} articles, "
            f"{manifest.passages:,} passages, {self.embedded:,} embedded, "
            f"{len(self.problems)} problems)"
        )
