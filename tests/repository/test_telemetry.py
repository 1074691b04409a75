"""Nothing phones home: ONNX Runtime's telemetry is off where the project loads it.

Without the switch, the library writes a device id into the home folder as soon as it is loaded,
and looks up its maker's server some seconds later.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pullquote
import pullquote_index

WAIT = "import time; time.sleep(2)"
ANSWERING = f"""
from pullquote import Archive

with Archive.open("INDEX") as archive:
    assert archive.ask("Who mediated the talks?").quotes
{WAIT}
"""
EXPORTING = f"""
import torch
from pathlib import Path
from pullquote_index.model_export.onnx_export import write_int8

sample = {{"tokens": torch.ones((2, 3))}}
write_int8(torch.nn.Linear(3, 3), sample, "output", Path("model.onnx"))
assert Path("model.onnx").stat().st_size
{WAIT}
"""


@pytest.mark.parametrize("code", [ANSWERING, EXPORTING], ids=["answering", "exporting a model"])
def test_loading_onnx_runtime_writes_no_device_id_and_calls_nobody(
    tmp_path: Path, seeds_built: Path, code: str
) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    # From scratch: the variables of a CI service switch the telemetry off as well.
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(package_roots()),
        "HOME": str(home),
        "TMPDIR": str(work),
        "HF_HUB_OFFLINE": "1",
    }
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-qq", "-e", "trace=openat,%network", "-o", str(trace)]
    program = [sys.executable, "-B", "-c", code.replace("INDEX", str(seeds_built))]
    done = subprocess.run(
        [*(strace if can_trace() else []), *program],
        capture_output=True,
        text=True,
        check=False,
        cwd=work,
        env=environment,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    cache = home / ".cache" / "pullquote"
    strangers = [
        path for path in home.rglob("*") if path.is_file() and not path.is_relative_to(cache)
    ]
    assert strangers == []
    if trace.exists():
        calls = trace.read_text(errors="replace").splitlines()
        # Opening a socket is not yet a lookup: libuuid does, to read the network card's address.
        assert [call for call in calls if "AF_INET" in call and " socket(" not in call] == []
        written = {
            Path(match[1])
            for call in calls
            if (match := re.search(r'openat\(AT_FDCWD, "(/[^"]+)", [^)]*O_(?:WRONLY|RDWR)', call))
        }
        # libuuid keeps its clock on disk, for whatever asks it for an id.
        allowed = (cache, work, *map(Path, ("/dev", "/proc", "/var/lib/libuuid")))
        assert [
            path for path in written if not any(path.is_relative_to(folder) for folder in allowed)
        ] == []


def can_trace() -> bool:
    """Whether strace is installed and allowed to trace; without it only files are checked."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False).returncode == 0


def package_roots() -> list[str]:
    """The folders from which the tested packages are imported."""
    return [str(Path(str(package.__file__)).parents[1]) for package in (pullquote, pullquote_index)]
