"""A refresh gives the same index as a build from scratch, and reuses what has not changed."""

import datetime as dt
import io
import json
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, PassageFilter
from pullquote.english.stems import analyse
from pullquote.errors import RequestError
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.lexical_shards import read_shards
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    MANIFEST_FILE,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
)
from pullquote_bot.command_line.arguments import StatusArguments
from pullquote_bot.commands import status
from pullquote_bot.commands.article_paths import articles_for
from pullquote_bot.terminal.streams import Streams
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.lifecycle.history import roll_back
from pullquote_index.lifecycle.integrity_check import check
from pullquote_index.lifecycle.own_builds import compared_ns, is_own_build
from pullquote_index.progress import SilentProgress
from pullquote_index.readers import jsonl, reader_for
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.reuse import stage_versions
from pullquote_index.reuse.file_stamps import has_reliable_time, nanoseconds
from pullquote_index.reuse.stage_versions import RECIPE, Stage
from pullquote_index.steps import embedding, index_words, read_articles
from support.archives import (
    HARBOUR,
    LIBRARY,
    ORCHARD,
    UNDATED,
    build_into,
    settings_for,
    write_jsonl,
)

LONG_AGO = 1_600_000_000


def refresh(built: Path, paths: list[Path], **environment: str) -> BuildReport:
    """Build with the real clock, by which files may be older than the build."""
    return build(
        settings_for(built, **environment),
        paths,
        strict=False,
        progress=SilentProgress(),
        now=lambda: dt.datetime.now(dt.UTC),
    )


def age(path: Path) -> Path:
    """Make a file, or the files of a folder, older than any build."""
    for file in [path, *path.rglob("*")]:
        os.utime(file, (LONG_AGO, LONG_AGO))
    return path


def live(built: Path) -> Path:
    return BuiltFolder(built).folder_of(BuiltFolder(built).live())


def ids(built: Path) -> list[str]:
    store = OpenIndex(settings_for(built)).store
    return [store.article(ArticleRow(row)).id for row in range(store.articles)]


def search_results(built: Path) -> list[object]:
    """What the lexical index finds for several terms and filters, with scores."""
    archive = OpenIndex(settings_for(built))
    words = (
        "harbour bridge ferry frost apricot library director tide number third valley "
        "repairs summer"
    )
    rows = range(len(archive.lexical))
    filters = [
        PassageFilter(),
        *(PassageFilter(rows=range(at, at + 5)) for at in rows[::3]),
        PassageFilter(source="the quay"),
    ]
    hits = [
        archive.lexical.search([term], 200, where) for term in analyse(words) for where in filters
    ]
    return [*hits, *(archive.lexical.kin(term) for term in analyse(words))]


def assert_same(built: Path, other: Path) -> None:
    for name in (STORE_FILE, VECTOR_FILE, SENTENCE_FILE):
        assert (live(built) / name).read_bytes() == (live(other) / name).read_bytes(), name
    assert lexical_files(built) == lexical_files(other)
    assert search_results(built) == search_results(other)


def lexical_files(built: Path) -> dict[tuple[int, str], bytes]:
    """The files of the lexical index by shard and kind: tantivy names them at random."""
    folder = live(built) / LEXICAL_FOLDER
    named = {
        str(shard.segment["segment_id"]).replace("-", ""): shard.key
        for shard in read_shards(folder)
    }
    return {
        (named[file.stem], file.suffix): file.read_bytes()
        for file in folder.iterdir()
        if file.stem in named
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of four articles in three files."""
    news = tmp_path / "news"
    news.mkdir()
    write_jsonl(news / "a.jsonl", HARBOUR, ORCHARD)
    write_jsonl(news / "b.jsonl", LIBRARY)
    (news / "c.txt").write_text(
        "A note on tides\n\nThe tide at Elm Ford turns twice a day, as it always has."
    )
    return age(news)


def changes(folder: Path, dice: random.Random) -> Iterator[str]:
    """Make random changes: add, edit, touch, rename, copy and delete files. Yields what it did."""

    def record(number: int) -> dict[str, object]:
        source = dice.choice((HARBOUR, ORCHARD, LIBRARY, UNDATED))
        day = f"2024-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        return {
            **source,
            "id": str(number),
            "text": f"{source['text']} This is number {dice.randint(1, 99)}.",
            "published": dice.choice((day, None)),
        }

    for number in range(20):
        files = sorted(folder.iterdir())
        chosen = dice.choice(files)
        what = dice.choice(("add", "add", "edit", "touch", "rename", "remove", "double"))
        if what == "add":
            write_jsonl(
                folder / f"{dice.choice('abxyz')}{number}.jsonl",
                *(record(100 * number + at) for at in range(dice.randint(1, 4))),
            )
        elif what == "edit" and chosen.suffix == ".jsonl":
            lines = chosen.read_text().splitlines()
            lines.insert(dice.randint(0, len(lines)), json.dumps(record(100 * number)))
            chosen.write_text("\n".join(lines[dice.randint(0, 1) :]) + "\n")
        elif what == "touch":
            os.utime(chosen)
        elif what == "rename":
            chosen.rename(folder / f"{dice.choice('abxyz')}{number}r{chosen.suffix}")
        elif what == "remove" and len(files) > 2:
            chosen.unlink()
        elif what == "double":
            shutil.copyfile(chosen, folder / f"{dice.choice('0z')}{number}d{chosen.suffix}")
        yield what


@pytest.mark.parametrize("seed", [1, 2])
def test_a_refresh_gives_the_same_bytes_as_a_build_from_scratch(
    tmp_path: Path, built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(index_words, "_MIN_ARTICLES", 2)
    other = tmp_path / "other"
    shutil.copytree(built, other)
    refresh(built, [folder])
    for number, _ in enumerate(changes(folder, random.Random(seed))):
        if number % 2:
            continue  # two changes at a time
        refreshed = refresh(built, [folder])
        if number % 10 == 8:
            full = build_into(other, [folder], full=True)
            assert_same(built, other)
            assert [str(problem) for problem in refreshed.problems] == [
                str(problem) for problem in full.problems
            ]
            assert full.reused == 0


def test_files_that_have_not_changed_are_not_read(built: Path, folder: Path) -> None:
    assert refresh(built, [folder]).read == 3
    assert refresh(built, [folder]).read == 0
    os.utime(folder / "a.jsonl")
    assert refresh(built, [folder]).read == 0, "its time differs, its bytes do not"
    write_jsonl(folder / "b.jsonl", {**LIBRARY, "text": "The library burnt down."})
    report = refresh(built, [folder])
    assert (report.read, report.embedded, report.reused) == (1, 1, 3)
    assert ids(built) == ["harbour", "orchard", "library", "news/c.txt"]


def test_a_file_that_was_just_written_when_it_was_read_is_read_again(
    built: Path, folder: Path
) -> None:
    file = folder / "c.txt"
    os.utime(file)
    refresh(built, [folder])
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"twice", b"often"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    report = refresh(built, [folder])
    assert (report.read, report.embedded) == (1, 1)


def test_a_clock_that_was_set_back_hides_no_change(built: Path, folder: Path) -> None:
    file = folder / "c.txt"
    ahead = 4_000_000_000
    os.utime(file, (ahead, ahead))
    first = build_into(built, [folder]).manifest
    file.write_bytes(file.read_bytes().replace(b"twice", b"often"))
    os.utime(file, (ahead, ahead))
    second = build(
        settings_for(built),
        [folder],
        strict=False,
        progress=SilentProgress(),
        now=lambda: dt.datetime(1999, 1, 1, tzinfo=dt.UTC),
    ).manifest
    assert second.embedded == 1
    assert second.created < first.created
    assert BuiltFolder(built).live() == second.id, "generations are ordered by number, not by time"


def test_a_problem_with_an_unchanged_file_is_reported_again(built: Path, folder: Path) -> None:
    (folder / "d.jsonl").write_text(
        '{"text": ""}\n{"text": "The mill closed.", "published": "one day"}\n'
    )
    age(folder)
    problems = [str(problem) for problem in refresh(built, [folder]).problems]
    assert problems == [
        "news/d.jsonl:1: has no text; skipped",
        "news/d.jsonl:2: published is not a date such as 2025-10-30 ('one day'); read without it",
    ]
    again = refresh(built, [folder])
    assert ([str(problem) for problem in again.problems], again.read) == (problems, 0)


def test_an_id_belongs_to_the_first_file_that_has_it_now(built: Path, folder: Path) -> None:
    write_jsonl(folder / "z.jsonl", {**ORCHARD, "id": "harbour"})
    age(folder)
    assert "news/z.jsonl:1: has the id 'harbour' that news/a.jsonl:1 has; skipped" in map(
        str, refresh(built, [folder]).problems
    )
    write_jsonl(folder / "a.jsonl", ORCHARD)
    refresh(built, [folder])
    archive = OpenIndex(settings_for(built))
    row = archive.store.article_row(ArticleId("harbour"))
    assert row is not None
    assert archive.store.article(row).path == "news/z.jsonl"
    write_jsonl(folder / "0.jsonl", {**UNDATED, "id": "library"})
    assert "news/b.jsonl:1: has the id 'library' that news/0.jsonl:1 has; skipped" in map(
        str, refresh(built, [folder]).problems
    )


def test_an_article_that_is_moved_or_restored_is_not_embedded_again(
    tmp_path: Path, built: Path, folder: Path
) -> None:
    refresh(built, [folder])
    (folder / "a.jsonl").rename(folder / "moved.jsonl")
    assert refresh(built, [folder]).embedded == 0
    (folder / "moved.jsonl").rename(tmp_path / "away.jsonl")
    refresh(built, [folder])
    (tmp_path / "away.jsonl").rename(folder / "back.jsonl")
    assert refresh(built, [folder]).embedded == 0, "an older generation has its vectors"


def test_nothing_is_reused_from_other_settings_or_another_version_of_a_stage(
    built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(built, [folder])
    assert refresh(built, [folder], ARTICLES_MAX_BYTES="5000").read == 3
    assert refresh(built, [folder], ARTICLES_ENCODING="cp1251").read == 3
    assert refresh(built, [folder], ARTICLES_ENCODING="cp1251").read == 0
    assert is_stale(settings_for(built), [folder])
    assert refresh(built, [folder], PASSAGES_WORDS="20").embedded > 0
    with monkeypatch.context() as patch:
        patch.setattr(stage_versions, "READING", Stage("reading", 99))
        report = refresh(built, [folder], PASSAGES_WORDS="20")
        assert (report.read, report.embedded) == (3, 0)


def test_an_index_of_an_older_version_answers_and_its_next_build_embeds_nothing(
    built: Path, folder: Path
) -> None:
    manifest = refresh(built, [folder]).manifest
    older = manifest.model_copy(update={"recipe": "30d22ca4aaca3fe6"}).sealed()
    (live(built) / MANIFEST_FILE).write_bytes(older.to_bytes())
    assert ids(built) == ["harbour", "orchard", "library", "news/c.txt"]
    assert is_stale(settings_for(built), [folder])
    report = refresh(built, [folder])
    assert (report.read, report.embedded, report.reused) == (3, 0, 4)
    assert report.manifest.recipe == RECIPE
    assert not is_stale(settings_for(built), [folder])


def test_what_an_index_from_elsewhere_says_is_read_anew_and_its_folders_are_not_followed(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = age(write_jsonl(tmp_path / "news.jsonl", HARBOUR, LIBRARY))
    settings = settings_for(built)
    first = refresh(built, [articles])
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another user"))
    with pytest.raises(RequestError, match="was not built by this user on this machine"):
        articles_for([], settings)
    second = refresh(built, [articles])
    assert (second.read, second.embedded, second.switched) == (1, 0, True)
    assert articles_for([], settings) == [articles]
    assert (refresh(built, [articles]).read, first.read) == (0, 1)


def test_the_folders_that_an_index_from_elsewhere_names_are_not_walked(
    tmp_path: Path, built: Path
) -> None:
    articles = age(write_jsonl(tmp_path / "news.jsonl", HARBOUR))
    manifest = refresh(built, [articles]).manifest
    (tmp_path / "others").mkdir()
    write_jsonl(tmp_path / "others" / "secret.jsonl", LIBRARY)
    foreign = manifest.model_copy(update={"roots": (str(tmp_path / "others"),)}).sealed()
    (live(built) / MANIFEST_FILE).write_bytes(foreign.to_bytes())
    output = io.StringIO()
    status.run(StatusArguments(index=built), Streams(io.StringIO(), output, io.StringIO()), {})
    assert "up to date    not known: the index was built by another user" in output.getvalue()
    (finding,) = check(foreign, live(built), BuiltFolder(built))
    assert finding.startswith("whether there are new files is not known: the index was built by")
    assert is_stale(settings_for(built), [tmp_path / "others"])


def test_a_file_that_changes_while_it_is_read_is_read_again(
    built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def changing_reader(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
        articles = list(jsonl.read(file, max_bytes))
        calls.append(file.name)
        if file.name == "news/b.jsonl" and calls.count(file.name) == 1:
            write_jsonl(file.path, {**LIBRARY, "text": "The library moved."})
        yield from articles

    monkeypatch.setattr(
        read_articles,
        "reader_for",
        lambda path: changing_reader if path.suffix == ".jsonl" else reader_for(path),
    )
    refresh(built, [folder])
    assert calls.count("news/b.jsonl") == 2
    archive = OpenIndex(settings_for(built))
    row = archive.store.article_row(ArticleId("library"))
    assert row is not None
    assert archive.store.article(row).text == "The library moved."


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        lambda path: os.truncate(path, 40),
        lambda path: path.with_suffix(".tmp").rename(path),
    ],
)
def test_a_file_that_vanishes_or_shrinks_while_it_is_read_is_reported_and_the_others_are_indexed(
    built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    write_jsonl(folder / "b.tmp", {**LIBRARY, "text": "Half"})
    done: list[bool] = []

    def spoiling_reader(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
        if file.name == "news/b.jsonl" and not done:
            done.append(True)
            spoil(file.path)
        yield from jsonl.read(file, max_bytes)

    monkeypatch.setattr(
        read_articles,
        "reader_for",
        lambda path: spoiling_reader if path.suffix == ".jsonl" else reader_for(path),
    )
    report = refresh(built, [folder])
    assert set(ids(built)) - {"library"} == {"harbour", "orchard", "news/c.txt"}
    assert len(report.problems) + ("library" in ids(built)) == 1
    monkeypatch.undo()
    write_jsonl(folder / "b.jsonl", LIBRARY)
    refresh(built, [folder])
    assert "library" in ids(built)


def test_a_build_continues_an_interrupted_embedding(
    built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote_index.steps.embed_passages._PASSAGES_PER_WRITE", 1)
    real, count = embedding._embed_one, [0]

    def interrupt_third(*arguments: object) -> object:
        count[0] += 1
        if count[0] == 3:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(embedding, "_embed_one", interrupt_third)
    with pytest.raises(KeyboardInterrupt):
        refresh(built, [folder], ENCODER_THREADS="1")
    monkeypatch.setattr(embedding, "_embed_one", real)
    report = refresh(built, [folder])
    assert (report.embedded, report.reused) == (2, 2), (
        "two of four were embedded by the interrupted build"
    )
    assert not (built / "partial").exists()


def test_a_damaged_entry_of_the_journal_is_not_used(
    tmp_path: Path, built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            "pullquote_index.generation_writer.write_vectors",
            lambda *_: (_ for _ in ()).throw(KeyboardInterrupt),
        )
        with pytest.raises(KeyboardInterrupt):
            refresh(built, [folder])
    file = built / "partial" / "vectors.sqlite"
    whole = file.read_bytes()
    other = tmp_path / "other"
    shutil.copytree(built / "encoders", other / "encoders")
    refresh(other, [folder])
    for at in (0, len(whole) // 2, len(whole) - 600):
        (built / "partial").mkdir(exist_ok=True)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        refresh(built, [folder])
        for name in (VECTOR_FILE, SENTENCE_FILE):
            assert (live(built) / name).read_bytes() == (live(other) / name).read_bytes(), (
                at,
                name,
            )
        shutil.rmtree(built / "generations")
        (built / "current").unlink()


def test_after_a_rollback_the_vectors_of_later_generations_are_reused(
    built: Path, folder: Path
) -> None:
    first = refresh(built, [folder]).manifest.id
    write_jsonl(folder / "b.jsonl", {**LIBRARY, "text": "The library burnt down."})
    refresh(built, [folder])
    assert roll_back(settings_for(built), "", lambda: dt.datetime.now(dt.UTC)).id == first
    report = refresh(built, [folder])
    assert (report.read, report.embedded) == (1, 0)
    assert report.manifest.id.startswith("000003-")


def test_dates_are_searched_across_shards(
    built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_words, "_MIN_ARTICLES", 1)
    refresh(built, [folder])
    archive = OpenIndex(settings_for(built))
    assert len(list((live(built) / "lexical").glob("*.idx"))) == 4
    everything = [
        archive.store.passage(row).article
        for row, _ in archive.lexical.search(analyse("ferry operators"), 10, PassageFilter())
    ]
    assert everything == [0, 1]
    rows = archive.store.ranges.published(dt.date(2024, 5, 1), dt.date(2024, 5, 31))
    assert [
        archive.store.passage(row).article
        for row, _ in archive.lexical.search(
            analyse("ferry operators"), 10, PassageFilter(rows=rows)
        )
    ] == [1]


def test_a_line_that_was_replaced_under_the_same_size_and_time_is_read_again(
    built: Path, folder: Path
) -> None:
    file = folder / "a.jsonl"
    status = file.stat()
    began = dt.datetime.fromtimestamp(status.st_ctime, dt.UTC) + dt.timedelta(seconds=2.5)

    def build_again() -> BuildReport:
        return build(
            settings_for(built),
            [folder],
            strict=False,
            progress=SilentProgress(),
            now=lambda: began,
        )

    build_again()
    (record,) = (item for item in OpenIndex(settings_for(built)).store.files() if item.path == file)
    assert has_reliable_time(record, nanoseconds(began))
    time.sleep(max(0.0, status.st_ctime + 1 - time.time()))
    file.write_bytes(file.read_bytes().replace(b"harbour", b"harbor "))
    os.utime(file, ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    report = build_again()
    assert (report.read, report.switched) == (1, True)


def test_a_build_that_finds_nothing_new_writes_nothing(built: Path, folder: Path) -> None:
    write_jsonl(folder / "d.jsonl", HARBOUR, LIBRARY, LIBRARY)  # ids that other articles have
    ahead = 4_000_000_000
    os.utime(folder / "c.txt", (ahead, ahead))
    first = refresh(built, [folder])
    assert len(first.problems) == 3
    before = {path: path.stat().st_mtime_ns for path in live(built).rglob("*")}
    for _ in range(2):
        again = refresh(built, [folder])
        assert not again.switched
        assert [str(problem) for problem in again.problems] == list(map(str, first.problems))
    assert before == {path: path.stat().st_mtime_ns for path in live(built).rglob("*")}


def test_a_comparison_that_finds_nothing_new_is_remembered(built: Path, folder: Path) -> None:
    manifest = refresh(built, [folder]).manifest
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    report = build(
        settings_for(built), [folder], strict=False, progress=SilentProgress(), now=lambda: later
    )
    assert (report.read, report.switched) == (0, False)
    assert compared_ns(manifest) == nanoseconds(later)
    assert is_own_build(manifest)


def test_an_id_that_is_twice_in_one_file_does_not_have_it_read_again(
    built: Path, folder: Path
) -> None:
    write_jsonl(folder / "d.jsonl", UNDATED, UNDATED)
    age(folder)
    assert refresh(built, [folder]).read == 4
    again = refresh(built, [folder])
    assert (again.read, again.switched, len(again.problems)) == (0, False, 1)
