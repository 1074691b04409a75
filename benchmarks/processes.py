"""Runs commands and measures their time and memory. A MB is 1,000,000 bytes.

Imports nothing heavy: on Linux the peak memory of a process counts from that of its parent.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_KIB = 1024


@dataclass(frozen=True, slots=True)
class CommandCost:
    """What a command took.

    Attributes:
        seconds: from its start to its end.
        peak_mb: the most memory that was resident.
    """

    seconds: float
    peak_mb: float


def run_command(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    statuses: Collection[int] = (0,),
) -> CommandCost:
    """Run a command, discard its output, and measure it.

    Bytecode is cached, as in an installed package, even if the environment forbids it.

    Raises:
        SystemExit: its exit status is not one of `statuses`.
    """
    inherited = os.environ if environment is None else environment
    cached = {name: value for name, value in inherited.items() if name != _NO_BYTECODE}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=cached)
    peak = wait_for(process)
    seconds = time.perf_counter() - start
    if process.returncode not in statuses:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return CommandCost(seconds, peak)


def wait_for(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> float:
    """Wait for the end of a process; its return code is set. Returns its peak memory in MB."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * _KIB / 1e6


def resident_mb(process_id: int | None = None) -> float:
    """The resident memory of a process in MB; of this process without an id."""
    statm = Path(f"/proc/{process_id or 'self'}/statm").read_text(encoding="ascii")
    return int(statm.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def child_processes(process_id: int) -> list[int]:
    """The ids of the processes that a process has started."""
    path = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(child) for child in path.read_text(encoding="ascii").split()]


def proportional_mb(process_id: int) -> float:
    """The memory of a process in MB; pages that others have too count in part."""
    rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii")
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * _KIB / 1e6
