"""What two processes must have in common to embed a passage alike, to the bit."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.metadata import version

from pullquote.models.processor import arithmetic_features

_SAME_VERSIONS = "Install the same versions on all machines"
_SAME_PROCESSORS = "Use workers with processors of the same kind, or embed on one machine"


@dataclass(frozen=True, slots=True)
class WorkerIdentity:
    """What decides how a process embeds, besides the encoder.

    Attributes:
        versions: of the packages, in pairs of name and version.
        features: of the processor.
    """

    versions: tuple[tuple[str, str], ...]
    features: frozenset[str]

    def difference(self, worker: WorkerIdentity) -> tuple[str, str] | None:
        """What a worker has otherwise than this process, and what to do; None if it is the same."""
        for (name, here), (_, there) in zip(self.versions, worker.versions, strict=True):
            if here != there:
                return f"has {name} {there}, this process {here}", _SAME_VERSIONS
        missing, further = self.features - worker.features, worker.features - self.features
        differing = [f"without {name}" for name in sorted(missing)]
        differing += [f"with {name}" for name in sorted(further)]
        if differing:
            return f"has another processor: {', '.join(differing)}", _SAME_PROCESSORS
        return None


@functools.cache
def this_identity() -> WorkerIdentity:
    """The identity of this process."""
    packages = ("pullquote", "numpy", "onnxruntime", "tokenizers")
    return WorkerIdentity(tuple((name, version(name)) for name in packages), arithmetic_features())
