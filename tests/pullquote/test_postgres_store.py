"""An index in PostgreSQL answers as the one in the folder that it was copied from."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.retrieval import filter_for
from pullquote.archive import Archive
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow, PassageFilter
from pullquote.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveMismatch,
    ArchiveMissing,
    SettingsError,
)
from pullquote.settings import Settings, load_settings
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import Withdrawal
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.lifecycle.history import list_generations
from pullquote_index.lifecycle.withdrawing import withdraw
from pullquote_index.progress import SilentProgress
from pullquote_index.publication.build_session import build_session
from pullquote_index.publication.copied_generation import copy_generation
from pullquote_index.publication.database_check import check_index
from pullquote_index.publication.kept_generations import prune, roll_back
from pullquote_index.steps import index_words
from support.archives import HARBOUR, LIBRARY, NOON, ORCHARD, link_tree, settings_for, write_jsonl
from support.postgres_cluster import PostgresCluster

SHOWING = {"ANSWER_THRESHOLD": "0", "ANSWER_UNSURE_THRESHOLD": "0"}
QUESTIONS = Path(__file__).parents[1] / "small_archives" / "questions.jsonl"


def stored(address: str) -> Settings:
    return load_settings(
        {f"PULLQUOTE_{key}": value for key, value in {**SHOWING, "INDEX_STORE": address}.items()}
    )


@pytest.fixture
def address(postgres_cluster: PostgresCluster, postgres_database: str) -> str:
    return postgres_cluster.address(postgres_database)


@pytest.fixture(scope="module")
def copied(
    postgres_cluster: PostgresCluster, seeds_built: Path
) -> Iterator[tuple[PostgresCluster, str]]:
    """The index of seeds/ in a database, and its address. Tests must not write to it."""
    postgres_cluster.new_database("copied_seeds")
    address = postgres_cluster.address("copied_seeds")
    copy_generation(settings_for(seeds_built), address, lambda: NOON, SilentProgress())
    postgres_cluster.wait_for_standby()
    yield postgres_cluster, address
    postgres_cluster.sql("DROP DATABASE copied_seeds WITH (FORCE)")


def build_for(address: str, *paths: Path) -> BuildReport:
    return build(
        stored(address), list(paths), strict=False, progress=SilentProgress(), now=lambda: NOON
    )


def test_a_copied_index_gives_the_same_answers_from_the_standby(
    copied: tuple[PostgresCluster, str], seeds_built: Path
) -> None:
    _, address = copied
    embedded = OpenIndex(settings_for(seeds_built, **SHOWING))
    database = OpenIndex(stored(address))
    records = [json.loads(line) for line in QUESTIONS.read_text().splitlines()]
    asked = [record["question"] for record in records if record["archive"] == "seeds"][:12]
    for question in asked:
        query = understand(question)
        one, other = answer(embedded, query), answer(database, query)
        assert one.outcome == other.outcome
        assert [(quote.article.id, quote.span) for quote in one.shown] == [
            (quote.article.id, quote.span) for quote in other.shown
        ]
        words, expected = (
            index.lexical.search(query.terms, 50, PassageFilter()) for index in (database, embedded)
        )
        assert [row for row, _ in words] == [row for row, _ in expected]
        scores = [score for _, score in expected]
        assert [score for _, score in words] == pytest.approx(scores, rel=1e-5)
        vector = embedded.encode(query.searched)
        found, wanted = (
            {hit for hit, _ in index.dense.search(vector, 50, PassageFilter())}
            for index in (database, embedded)
        )
        assert len(found & wanted) >= 0.9 * len(wanted)
    in_recovery = Connections(address).rows("SELECT pg_is_in_recovery()")
    assert in_recovery == [(True,)]


def test_filters_of_dates_sources_and_authors_select_the_same_passages(
    copied: tuple[PostgresCluster, str], seeds_built: Path
) -> None:
    embedded, database = OpenIndex(settings_for(seeds_built)), OpenIndex(stored(copied[1]))
    source = embedded.store.sources()[0].source
    author = next((count.name for count in embedded.store.authors.counts()), "")
    query = understand("What did the minister say?")
    vector = embedded.encode(query.searched)
    day = embedded.newest
    for filtered in (
        dataclasses.replace(query, since=day),
        dataclasses.replace(query, source=source),
        dataclasses.replace(query, author=author),
        dataclasses.replace(query, author=author, source=source, until=day),
    ):
        selected = [filter_for(filtered, index.store) for index in (embedded, database)]
        assert selected[0] == selected[1]
        assert selected[0] is not None
        for find, wanted in (("dense", vector), ("lexical", query.terms)):
            found = [
                [hit for hit, _ in getattr(index, find).search(wanted, 10, selected[0])]
                for index in (embedded, database)
            ]
            assert found[0] == found[1]
            assert found[0]


def test_what_is_known_of_articles_is_the_same(
    copied: tuple[PostgresCluster, str], seeds_built: Path
) -> None:
    one, other = OpenIndex(settings_for(seeds_built)).store, OpenIndex(stored(copied[1])).store
    assert one.sources() == other.sources()
    assert one.dates() == other.dates()
    assert one.months() == other.months()
    assert one.headlines() == other.headlines()
    assert one.files() == other.files()
    assert one.authors.counts() == other.authors.counts()
    assert one.attributions.speakers() == other.attributions.speakers()
    row = one.article_row(one.article(ArticleRow(0)).id)
    assert row is not None
    assert one.article(row) == other.article(row)
    assert one.passages_of(row) == other.passages_of(row)
    words = one.article(row).text[:20]
    assert one.attributions.latest_with_words(words, 5) == (
        other.attributions.latest_with_words(words.upper(), 5)
    )


def test_a_build_sends_only_what_is_new_and_generations_can_be_switched_and_deleted(
    address: str,
    encoders: Path,
    tmp_path: Path,
    postgres_cluster: PostgresCluster,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_words, "_MIN_ARTICLES", 1)  # a shard for each article
    link_tree(encoders, stored(address).index.path / "encoders")
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR, ORCHARD)
    first = build_for(address, articles).manifest.id
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR, ORCHARD, LIBRARY)
    report = build_for(address, articles)
    assert (report.switched, report.embedded) == (True, 1)
    assert not build_for(address, articles).switched
    postgres_cluster.wait_for_standby()
    index = store_of(stored(address).index)
    assert [summary.live for summary in list_generations(index)] == [False, True]
    contents = "SELECT count(*) FROM pullquote.passage_contents"
    assert Connections(address).rows(contents) == [(report.manifest.passages,)]
    shards = "SELECT count(*), count(DISTINCT shard) FROM pullquote.shards"
    assert Connections(address).rows(shards) == [(2 + 3, 3)]
    opened = OpenIndex(stored(address)), OpenIndex(settings_for(stored(address).index.path))
    for words in (["harbour", "librari", "orchard", "said"], ["the", "year"]):
        found, expected = (index.lexical.search(words, 50, PassageFilter()) for index in opened)
        assert [row for row, _ in found] == [row for row, _ in expected]
    assert roll_back(stored(address), "", lambda: NOON).id == first
    postgres_cluster.wait_for_standby()
    assert index.live() == first
    assert list(check_index(stored(address), index.live(), index.manifest(index.live()))) == []
    again = build_for(address, articles).manifest.id
    few = stored(address)
    few = few.model_copy(update={"index": few.index.model_copy(update={"keep": 1})})
    assert first in prune(few, lambda: NOON).generations
    postgres_cluster.wait_for_standby()
    assert index.finished() == [again]


def test_a_build_from_another_machine_takes_the_vectors_from_the_database(
    address: str, encoders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link_tree(encoders, stored(address).index.path / "encoders")
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR)
    first = build_for(address, articles)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR, LIBRARY)
    second = build_for(address, articles)
    assert (first.embedded, second.embedded) == (first.manifest.passages, 1)
    assert second.manifest.id > first.manifest.id


def test_withdrawn_articles_are_hidden_at_once(
    address: str, library_built: Path, postgres_cluster: PostgresCluster
) -> None:
    copy_generation(settings_for(library_built), address, lambda: NOON, SilentProgress())
    postgres_cluster.wait_for_standby()
    archive = OpenIndex(stored(address))
    index = store_of(stored(address).index)
    withdraw(index, Withdrawal(article_id="library", when=NOON, who="Ana", why="a court"))
    postgres_cluster.wait_for_standby()
    assert archive.is_outdated()
    after = OpenIndex(stored(address))
    assert after.store.article_row(ArticleId("library")) is None
    assert after.lexical.search(["librari"], 5, PassageFilter()) == []
    vector = after.encode("library")
    assert after.dense.search(vector, 5, PassageFilter()) == []


def test_a_row_that_was_changed_is_found_and_never_quoted(
    address: str, library_built: Path, postgres_cluster: PostgresCluster, postgres_database: str
) -> None:
    copy_generation(settings_for(library_built), address, lambda: NOON, SilentProgress())
    postgres_cluster.sql(
        "UPDATE pullquote.article_contents SET text = replace(text, '3,200', '9,999')",
        postgres_database,
    )
    postgres_cluster.wait_for_standby()
    settings = stored(address)
    archive = OpenIndex(settings)
    with pytest.raises(ArchiveDamaged, match="not what the index recorded"):
        answer(archive, understand("How many readers asked for it?"))
    findings = list(check_index(settings, archive.generation, archive.manifest))
    assert any("not the text that was recorded" in finding for finding in findings)
    assert not any("the words of" in finding for finding in findings)
    postgres_cluster.sql(
        "UPDATE pullquote.postings SET data = data || data WHERE stem = 'librari'",
        postgres_database,
    )
    postgres_cluster.wait_for_standby()
    findings = list(check_index(settings, archive.generation, archive.manifest))
    assert any("the words of passages 0 to" in finding for finding in findings)
    postgres_cluster.sql(
        "UPDATE pullquote.articles SET sha256 = encode(sha256('x'), 'hex')", postgres_database
    )
    postgres_cluster.wait_for_standby()
    with pytest.raises(ArchiveDamaged, match="not those that were built"):
        OpenIndex(settings)


def test_only_one_process_builds_at_a_time_and_the_other_hears_who(
    address: str, tmp_path: Path
) -> None:
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR)
    with build_session(address, lambda: NOON):
        with pytest.raises(ArchiveBusy, match=r"process \d+ on .* since 2026-01-02"):
            build_for(address, articles)
        assert "process" in store_of(stored(address).index).current_builder()
    assert store_of(stored(address).index).current_builder() == ""


def test_a_bot_needs_no_more_than_to_read(
    copied: tuple[PostgresCluster, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster, _ = copied
    cluster.sql(
        "CREATE ROLE reader LOGIN PASSWORD 'quiet';"
        "GRANT USAGE ON SCHEMA pullquote TO reader;"
        "GRANT SELECT ON ALL TABLES IN SCHEMA pullquote TO reader",
        "copied_seeds",
    )
    cluster.wait_for_standby()
    address = cluster.address("copied_seeds", "reader")
    with pytest.raises(ArchiveError, match="refuses this role") as wrong:
        store_of(stored(address).index).live()
    assert "PGPASSWORD" in wrong.value.mend
    monkeypatch.setenv("PGPASSWORD", "quiet")
    archive = OpenIndex(stored(address))
    assert answer(archive, understand("Who mediated the talks?")).shown
    index = store_of(stored(address).index)
    with pytest.raises(ArchiveError, match="permission denied") as refused:
        index.add_withdrawal(Withdrawal(article_id="x", when=NOON, who="Ana"))
    assert "quiet" not in str(refused.value)
    monkeypatch.setenv("PGPASSWORD", "loud-secret")
    with pytest.raises(ArchiveError, match="refuses this role") as failed:
        Connections(address).rows("SELECT 1")
    assert "loud-secret" not in str(failed.value) + repr(failed.value)


def test_what_is_wrong_with_a_database_is_said(
    address: str, postgres_cluster: PostgresCluster, postgres_database: str
) -> None:
    with pytest.raises(ArchiveMissing, match="there is no index yet"):
        OpenIndex(stored(address))
    with pytest.raises(ArchiveError, match="cannot be reached"):
        OpenIndex(stored("postgresql://postgres@127.0.0.1:1/none"))
    with pytest.raises(ArchiveError, match="does not exist"):
        OpenIndex(stored(postgres_cluster.address("no_such_database")))
    postgres_cluster.sql(
        "CREATE SCHEMA pullquote; CREATE TABLE pullquote.tables (version int);"
        "INSERT INTO pullquote.tables VALUES (99)",
        postgres_database,
    )
    postgres_cluster.wait_for_standby()
    with pytest.raises(ArchiveMismatch, match="tables of version 99"):
        OpenIndex(stored(address))


def test_a_query_that_takes_too_long_is_ended_and_others_go_on(address: str) -> None:
    connections = Connections(address, seconds=0.2)
    with pytest.raises(ArchiveError, match="took too long"):
        connections.rows("SELECT pg_sleep(30)")
    assert connections.rows("SELECT 1") == [(1,)]
    connections.close()


def test_a_query_whose_connection_was_ended_is_asked_again(
    address: str, postgres_cluster: PostgresCluster
) -> None:
    connections = Connections(address)
    ((process,),) = connections.rows("SELECT pg_backend_pid()")
    for port in (postgres_cluster.standby, postgres_cluster.primary):
        postgres_cluster.sql(f"SELECT pg_terminate_backend({process})", port=port)
    assert connections.rows("SELECT 1") == [(1,)]
    connections.close()


def test_statements_are_never_prepared_and_settings_of_a_search_are_local(address: str) -> None:
    connections = Connections(address)
    for _ in range(8):
        connections.rows("SELECT %s::int", (1,))
    assert connections.rows("SELECT count(*) FROM pg_prepared_statements") == [(0,)]
    local = {"hnsw.iterative_scan": "strict_order", "work_mem": "'5MB'"}
    assert connections.rows("SELECT current_setting('work_mem')", (), local) == [("5MB",)]
    assert connections.rows("SELECT current_setting('work_mem')") != [("5MB",)]
    connections.close()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:verysecret@host/db",
        "postgresql://ana@host/db?password=verysecret",
        "host=db password=verysecret",
    ],
)
def test_passwords_are_refused_in_addresses_and_never_shown(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        stored(address)
    assert "verysecret" not in str(refused.value)
    with pytest.raises(SettingsError) as refused:
        Archive.open(store=address)
    assert "verysecret" not in str(refused.value)


def test_no_article_dated_after_a_day_is_found(
    copied: tuple[PostgresCluster, str], seeds_built: Path
) -> None:
    days = [
        OpenIndex(settings, last_day=dt.date(2025, 10, 20)).store.hidden
        for settings in (settings_for(seeds_built), stored(copied[1]))
    ]
    assert days[0] == days[1]
