"""Which generations this user built on this machine.

An index may come from elsewhere, sealed by whoever made it. What it says about the sources is then
neither taken over by a refresh nor followed to the folders that it names. The record of own builds
is outside of every index, in the user's folder for the state of programs.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from platformdirs import user_state_path

from pullquote.storage.durable_files import write_durably
from pullquote.storage.manifest import Manifest

_FILE = "builds"
_MOST_LINES = 20_000
"""Older builds are forgotten: their indexes are read anew once."""


def record_own_build(manifest: Manifest) -> None:
    """Record that this user built a generation.

    If the record cannot be written, the next build reads all files again.
    """
    path = _path()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        seals = _seals()
        if len(seals) >= _MOST_LINES:
            write_durably(path, "".join(f"{seal}\n" for seal in seals[_MOST_LINES // 2 :]))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as stream:
            stream.write(f"{manifest.seal}\n")


def is_own_build(manifest: Manifest) -> bool:
    """Whether this user built the generation with this manifest on this machine."""
    return manifest.seal in _seals()


def _path() -> Path:
    return user_state_path("pullquote") / _FILE


def _seals() -> list[str]:
    try:
        return _path().read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []
