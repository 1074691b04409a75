"""The versions of the build's stages, by which a build knows what it can reuse from earlier ones.

Raise a stage's version when its output changes for the same input; a test compares the output of
each stage with a stored one.
"""

from __future__ import annotations

import importlib.metadata
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the build.

    Attributes:
        version: raised when the stage's output changes for the same input.
        libraries: packages whose version can change the output.
        reads_unicode: whether Unicode's character tables can change the output.
    """

    version: int
    libraries: tuple[str, ...] = ()
    reads_unicode: bool = False

    def fingerprint(self) -> str:
        """The versions of the stage and of what it rests on."""
        parts = [str(self.version)]
        parts += [f"{name}-{importlib.metadata.version(name)}" for name in self.libraries]
        if self.reads_unicode:
            parts.append(f"unicode-{unicodedata.unidata_version}")
        return ",".join(parts)


STAGES: Mapping[str, Stage] = {
    "reading": Stage(1, ("pyyaml",)),  # files -> articles
    "cutting": Stage(1, reads_unicode=True),  # articles -> passages and sentences
    "features": Stage(1, ("tantivy",), reads_unicode=True),  # sentences -> stems and flags
    "embedding": Stage(2),  # passages -> what is embedded, and how vectors are stored
    "lexical": Stage(1, ("tantivy",)),  # passages -> terms of the lexical index
}


def recipe() -> str:
    """The fingerprints of all stages, as a manifest records them: `reading=1,pyyaml-6.0.3 …`."""
    return " ".join(f"{name}={stage.fingerprint()}" for name, stage in STAGES.items())


def is_unchanged(recorded: str, *stages: str) -> bool:
    """Whether stages are the same now as in a manifest's recipe.

    A recipe of another form, as older versions wrote it, differs in every stage.
    """
    parts = dict(part.split("=", 1) for part in recorded.split() if "=" in part)
    return all(parts.get(name) == STAGES[name].fingerprint() for name in stages)
