"""What answers and builds do when a server of the index ends, hangs or is busy."""

import re
import socket
import sys
import threading
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import ArchiveError
from pullquote.settings import load_settings
from pullquote.storage.postgres import connections
from pullquote.storage.postgres.connections import Connections
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.progress import SilentProgress
from pullquote_index.publication.copied_generation import copy_generation
from support.archives import HARBOUR, NOON, link_tree, settings_for, write_jsonl
from support.postgres_cluster import PostgresCluster, private_cluster


def build_for(address: str, articles: Path) -> BuildReport:
    return build(
        load_settings({"PULLQUOTE_INDEX_STORE": address}),
        [articles],
        strict=False,
        progress=SilentProgress(),
        now=lambda: NOON,
    )


def test_the_standby_answers_when_the_primary_ends_and_builds_go_on_when_it_is_promoted(
    tmp_path: Path, town_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    copied = link_tree(town_built, tmp_path / "built")
    articles = write_jsonl(tmp_path / "articles.jsonl", HARBOUR)
    with private_cluster() as cluster:
        address = cluster.address()
        first = copy_generation(settings_for(copied), address, lambda: NOON, SilentProgress())
        cluster.wait_for_standby()
        archive = OpenIndex(load_settings({"PULLQUOTE_INDEX_STORE": address}))
        question = understand("Who said the cables had been replaced?")
        before = [quote.text for quote in answer(archive, question).shown]
        cluster.kill_primary()
        assert [quote.text for quote in answer(archive, question).shown] == before != []
        with pytest.raises(ArchiveError, match=re.escape(str(cluster.standby))):
            build_for(address, articles)
        assert archive.generation == first.id
        cluster.promote()
        assert build_for(address, articles).switched
        archive.close()


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    connections._watched_connection.cache_clear()
    with pytest.raises(ArchiveError, match=r"pip install 'pullquote\[postgres\]'"):
        Connections("postgresql://reader@127.0.0.1/archive").rows("SELECT 1")


def test_a_server_that_says_nothing_is_one_error_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "_CONNECT_SECONDS", 2)  # libpq knows no less
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://reader@127.0.0.1:{silent.getsockname()[1]}/archive"
        with pytest.raises(ArchiveError, match=r"cannot be reached .*timeout"):
            Connections(address).rows("SELECT 1")


def test_connections_that_are_all_in_use_are_one_error_and_a_free_one_is_used(
    postgres_cluster: PostgresCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MOST_CONNECTIONS", 1)
    monkeypatch.setattr(connections, "_TURN_SECONDS", 0.2)
    monkeypatch.setattr(connections, "_AGAIN_SECONDS", 0.1)
    pool = Connections(postgres_cluster.address())
    taken, free = threading.Event(), threading.Event()

    def keep() -> None:
        with pool._lent():
            taken.set()
            free.wait(60)

    holder = threading.Thread(target=keep)
    holder.start()
    assert taken.wait(60)
    with pytest.raises(ArchiveError, match="all 1 connections are in use"):
        pool.rows("SELECT 1")
    free.set()
    holder.join(60)
    assert pool.rows("SELECT 1") == [(1,)]
    pool.close()
