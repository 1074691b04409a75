"""What an index asks of the server, and the traps of PostgreSQL and pgvector that it avoids."""

import datetime as dt
import itertools
import statistics
from pathlib import Path

import numpy as np
import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.corpus.passages import PassageFilter
from pullquote.errors import ArchiveError, ArchiveMismatch
from pullquote.settings import Settings, load_settings
from pullquote.storage.postgres import vector_search
from pullquote.storage.postgres.connections import Connections, connect
from pullquote.storage.postgres.tables import vector_table
from pullquote.storage.postgres.vector_search import VectorSearch
from pullquote.storage.stores import store_of
from pullquote_bot.commands.article_paths import articles_for
from pullquote_bot.strings import status as status_strings
from pullquote_bot.strings.evaluation import calibration_stored
from pullquote_index.build import build
from pullquote_index.lifecycle.history import list_generations
from pullquote_index.progress import SilentProgress
from pullquote_index.publication import server_check
from pullquote_index.publication.build_session import build_session
from pullquote_index.publication.content_upload import _fresh_indexes, copy_rows
from pullquote_index.publication.copied_generation import copy_generation
from pullquote_index.publication.copy_format import ENCODERS, row_bytes, vector_bytes
from pullquote_index.publication.database_check import check_index
from pullquote_index.publication.generation_upload import (
    _attach,
    _index_partitions,
    _make_partition,
)
from pullquote_index.publication.kept_generations import prune
from support.archives import HARBOUR, LIBRARY, NOON, ORCHARD, link_tree, settings_for, write_jsonl
from support.postgres_cluster import PostgresCluster

ENCODER = "0123456789abcdef"
DIMENSION = 24
PASSAGES = 3_000


@pytest.fixture
def address(postgres_cluster: PostgresCluster, postgres_database: str) -> str:
    return postgres_cluster.address(postgres_database)


def stored(address: str, **changes: str) -> Settings:
    return load_settings({"PULLQUOTE_INDEX_STORE": address, **changes})


def now() -> dt.datetime:
    return NOON


def test_a_server_that_cannot_hold_an_index_is_one_error_and_nothing_is_made_there(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for constant, value, said in (
        ("_EXTENSION", "vector_that_is_missing", "does not have the extension pgvector.*Install"),
        ("_LEAST_SERVER", 99, r"PostgreSQL 18 is too old: an index needs 99"),
        ("_LEAST_EXTENSION", (9, 1), r"pgvector 0\.8\.\d is too old: an index needs 9\.1"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(server_check, constant, value)
            with pytest.raises(ArchiveError, match=said), build_session(address, now):
                pass
    made = "SELECT to_regnamespace('pullquote') IS NULL"
    assert Connections(address).rows(made) == [(True,)]


def test_a_role_that_may_not_create_the_extension_hears_who_can(
    address: str, postgres_cluster: PostgresCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = address.rpartition("/")[2]
    role = f"builder_{database}"
    postgres_cluster.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'quiet'")
    monkeypatch.setenv("PGPASSWORD", "quiet")
    named = postgres_cluster.address(database, role)
    try:
        with (
            pytest.raises(ArchiveError, match=r"superuser.*CREATE EXTENSION vector"),
            build_session(named, now),
        ):
            pass
    finally:
        postgres_cluster.sql(f"DROP ROLE {role}")


def test_an_older_form_of_the_tables_is_not_written(address: str) -> None:
    with build_session(address, now) as connection:
        connection.execute("UPDATE pullquote.tables SET version = 1")
    with pytest.raises(ArchiveMismatch, match="tables of version 1"), build_session(address, now):
        pass


def test_a_tight_filter_finds_its_best_by_the_index_and_without_it(
    address: str, postgres_cluster: PostgresCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(5)
    centres = chance.normal(size=(40, DIMENSION))
    vectors = centres[chance.integers(40, size=PASSAGES)] + chance.normal(
        size=(PASSAGES, DIMENSION), scale=0.4
    )
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    with build_session(address, now) as connection, connection.transaction():
        _make_partition(connection, "passages", 1)
        with _fresh_indexes(connection, ENCODER, DIMENSION, PASSAGES):
            columns = [ENCODERS[kind] for kind in ("text", "bigint", "bytea")]
            rows = (
                row_bytes((ENCODER, key, vector_bytes(vector)), columns)
                for key, vector in enumerate(vectors)
            )
            copy_rows(connection, f"pullquote.{vector_table(ENCODER)}", rows)
        connection.execute(
            'INSERT INTO pullquote.passages_1 (row, article, start, "end", first_sentence, '
            "sentences, passage) SELECT n, n, 0, 1, 0, '', n FROM generate_series(0, %s) n",
            (PASSAGES - 1,),
        )
        for table in ("files", "articles", "repeats", "attributions", "copies", "notes"):
            _make_partition(connection, table, 1)
        for table in ("corrections", "stems"):
            _make_partition(connection, table, 1)
        _index_partitions(connection, 1)
        _attach(connection, "passages", 1)
    postgres_cluster.wait_for_standby()
    connections = Connections(address)
    analysed = "SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'pullquote'"
    assert {"passages_1", vector_table(ENCODER)} <= {name for (name,) in connections.rows(analysed)}
    search = VectorSearch(connections, 1, ENCODER, PASSAGES, DIMENSION, frozenset())
    size = PASSAGES // 60
    # By the index of vectors, then by comparing each passage that the filter selects.
    for within, least in ((0, 0.98), (PASSAGES - 1, 1)):
        monkeypatch.setattr(vector_search, "EXACT_WITHIN", within)
        recalls = []
        for start, query in itertools.product(range(0, PASSAGES, 700), centres[:6]):
            unit = (query / np.linalg.norm(query)).astype(np.float32)
            chosen = range(start, start + size)
            best = set((vectors[chosen.start : chosen.stop] @ unit).argsort()[-10:] + start)
            found = search.search(unit, 10, PassageFilter(rows=chosen))
            assert len(found) == 10
            recalls.append(len(best & {row for row, _ in found}) / 10)
        assert statistics.fmean(recalls) >= least
    connections.close()


def test_the_index_of_vectors_is_built_in_memory_and_the_setting_ends_with_the_build(
    address: str,
) -> None:
    setting = "SHOW maintenance_work_mem"
    with build_session(address, now) as connection:
        usual = connection.execute(setting).fetchone()
        found = []
        for new in (10, 400_000, 10**9):
            with (
                connection.transaction(force_rollback=True),
                _fresh_indexes(connection, ENCODER, DIMENSION, new),
            ):
                found += connection.execute(setting).fetchone()
        assert found == ["64MB", "800000kB", "1GB"]
        assert connection.execute(setting).fetchone() == usual


def test_a_generation_that_cannot_be_deleted_stays_whole(
    address: str, encoders: Path, tmp_path: Path, postgres_cluster: PostgresCluster
) -> None:
    settings = stored(address, PULLQUOTE_INDEX_KEEP="1")
    link_tree(encoders, settings.index.path / "encoders")
    counts = []
    opened: OpenIndex | None = None
    kept = stored(address)
    for articles in ((HARBOUR,), (HARBOUR, ORCHARD, LIBRARY)):
        paths = [write_jsonl(tmp_path / "a.jsonl", *articles)]
        report = build(kept, paths, strict=False, progress=SilentProgress(), now=now)
        postgres_cluster.wait_for_standby()
        counts.append(_queries_of_check(kept))
        opened = opened or OpenIndex(kept)
    assert counts[0] == counts[1]
    assert opened
    question = understand("Who said the cables had been replaced?")
    answer(opened, question)
    database = address.rpartition("/")[2]
    contents = "SELECT count(*) FROM pullquote.passage_contents"
    before = postgres_cluster.sql(contents, database)
    postgres_cluster.sql("CREATE VIEW held AS SELECT * FROM pullquote.stems_1", database)
    with pytest.raises(ArchiveError, match="depend"):
        prune(settings, now)
    assert postgres_cluster.sql(contents, database) == before
    assert postgres_cluster.sql("SELECT count(*) FROM pullquote.generations", database) == "2"
    postgres_cluster.sql("DROP VIEW held", database)
    assert len(prune(settings, now).generations) == 1
    postgres_cluster.wait_for_standby()
    index = store_of(settings.index)
    assert [summary.live for summary in list_generations(index)] == [True]
    assert list(check_index(settings, index.live(), report.manifest)) == []
    assert int(postgres_cluster.sql(contents, database)) == report.manifest.passages
    for asked in (question, understand("Where is the orchard?")):
        with pytest.raises(ArchiveError, match=r"deleted meanwhile.*Ask again"):
            answer(opened, asked)
    opened.close()


def _queries_of_check(settings: Settings) -> int:
    """The number of queries that a check of the live generation asks."""
    index = store_of(settings.index)
    asked = 0
    rows = Connections.rows

    def counted(*arguments: object, **named: object) -> object:
        nonlocal asked
        asked += 1
        return rows(*arguments, **named)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connections, "rows", counted)
        live = index.live()
        assert list(check_index(settings, live, index.manifest(live))) == []
    return asked


def test_articles_are_not_said_to_be_missing_if_the_database_cannot_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArchiveError, match="cannot be reached"):
        articles_for([], stored("postgresql://postgres@127.0.0.1:1/none"))


def test_what_is_said_of_a_database_is_not_said_of_a_folder() -> None:
    table = "postgresql://ana@db/news, pullquote.calibration"
    assert "DELETE FROM pullquote.calibration" in calibration_stored(table, is_file=False)
    assert "delete that file" in calibration_stored("/news/calibration.json", is_file=True)
    assert "other generations" in status_strings.size(9, table, is_folder=False)[1]
    assert "other generations" not in status_strings.size(9, "/news", is_folder=True)[1]


def test_the_words_of_an_unchanged_shard_are_not_sent_again(
    address: str, library_built: Path, tmp_path: Path, postgres_cluster: PostgresCluster
) -> None:
    copied = link_tree(library_built, tmp_path / "built")
    settings = settings_for(copied)
    first = copy_generation(settings, address, now, SilentProgress())
    second = connect(address, "read-write", seconds=20)
    second.execute("UPDATE pullquote.generations SET seal = 'another'")
    second.close()
    postings = "SELECT count(*), min(xmin::text), max(xmin::text) FROM pullquote.postings"
    database = address.rpartition("/")[2]
    before = postgres_cluster.sql(postings, database)
    again = copy_generation(settings, address, now, SilentProgress())
    assert again.id != first.id
    assert postgres_cluster.sql(postings, database) == before != "0||"
