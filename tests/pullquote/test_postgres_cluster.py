"""The PostgreSQL servers of the tests: a primary and a standby that follows it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support import postgres_cluster as servers
from support.postgres_cluster import PostgresCluster, private_cluster


def test_the_standby_has_what_the_primary_wrote_and_finds_vectors(
    postgres_cluster: PostgresCluster, postgres_database: str
) -> None:
    postgres_cluster.sql(
        "CREATE EXTENSION vector; CREATE TABLE v (e halfvec(2)); INSERT INTO v VALUES ('[1,2]')",
        postgres_database,
    )
    postgres_cluster.wait_for_standby()
    on_standby = postgres_cluster.sql(
        "SELECT pg_is_in_recovery(), e FROM v", postgres_database, port=postgres_cluster.standby
    )
    assert on_standby == "t|[1,2]"


def test_a_standby_that_is_promoted_takes_writes_at_the_same_address() -> None:
    with private_cluster() as cluster:
        cluster.sql("CREATE TABLE t (n int)")
        cluster.wait_for_standby()
        cluster.kill_primary()
        with pytest.raises(subprocess.CalledProcessError, match="read-only"):
            cluster.sql("INSERT INTO t VALUES (1)")
        cluster.promote()
        cluster.sql("INSERT INTO t VALUES (1)")
        folder = cluster.folder
    assert not folder.exists()


def test_the_servers_end_with_a_user_that_is_killed(tmp_path: Path) -> None:
    killed = (
        "import os, signal\nfrom pathlib import Path\n"
        "from support.postgres_cluster import shared_cluster\n"
        f"with shared_cluster(Path({str(tmp_path)!r})) as cluster:\n"
        "    print(cluster.folder, flush=True)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", killed],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": tests},
    )
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("pullquote-postgres-")
    limit = time.monotonic() + 60
    while folder.exists():
        assert time.monotonic() < limit
        time.sleep(0.05)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")
def test_programs_that_the_servers_user_cannot_reach_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    package = servers._package()
    for name in (package.name, f"{package.name}.libs"):
        (home / name).symlink_to(package.parent / name)
    monkeypatch.setattr(servers, "_package", lambda: home / package.name)
    folder, programs = servers._new_folder(18)
    try:
        assert programs.is_relative_to(folder)
        servers._run_as_server(programs / "initdb", "--version")
    finally:
        shutil.rmtree(folder)
