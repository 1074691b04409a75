"""Which generations this user built on this machine.

An index may come from elsewhere, sealed by whoever made it. What it says about the sources is then
neither taken over by a refresh nor followed to the folders that it names. The record of own builds
is outside of every index, in the user's folder for the state of programs. Each of its lines is the
seal of a generation; or its seal, a space, and when a later build compared all files with it and
found nothing new, in nanoseconds since 1970.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from platformdirs import user_state_path

from pullquote.plain_files import open_plain
from pullquote.storage.durable_files import write_durably
from pullquote.storage.manifest import Manifest
from pullquote_index.reuse.file_stamps import nanoseconds

_FILE = "builds"
_LINE = re.compile(r"[0-9a-f]{1,128}(?: [0-9]{1,20})?")
_MOST_LINES = 20_000
"""Older builds are forgotten: their indexes are read anew once."""
_MOST_BYTES = 16 << 20
"""More is not read: it is no record of builds."""


def record_own_build(manifest: Manifest) -> None:
    """Record that this user built a generation.

    If the record cannot be written, the next build reads all files again.
    """
    _append(manifest.seal)


def record_comparison(manifest: Manifest, compared_ns: int) -> None:
    """Record that a build found nothing new: all files are as this generation has them.

    Args:
        manifest: the generation's.
        compared_ns: when that build began, in nanoseconds since 1970.
    """
    _append(f"{manifest.seal} {compared_ns}")


def is_own_build(manifest: Manifest) -> bool:
    """Whether this user built the generation with this manifest on this machine."""
    return any(line.split(" ", 1)[0] == manifest.seal for line in _lines())


def compared_ns(manifest: Manifest) -> int:
    """When all files were last compared with a generation, in nanoseconds since 1970."""
    times = (line.split(" ", 1) for line in _lines())
    later = (int(time) for seal, *rest in times if seal == manifest.seal for time in rest)
    return max((nanoseconds(manifest.began), *later))


def _append(line: str) -> None:
    path = _path()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = _lines()
        if len(lines) >= _MOST_LINES:
            write_durably(path, "".join(f"{kept}\n" for kept in lines[_MOST_LINES // 2 :]))
        # O_NONBLOCK: nobody may ever read what stands in the file's place.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as stream:
            stream.write(f"{line}\n")


def _path() -> Path:
    return user_state_path("pullquote") / _FILE


def _lines() -> list[str]:
    try:
        with open_plain(_path(), follow_links=True) as stream:
            text = stream.read(_MOST_BYTES).decode("ascii", "replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if _LINE.fullmatch(line)]
