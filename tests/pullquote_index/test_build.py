import fcntl
import json
import os
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow
from pullquote.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveMismatch,
    ArchiveMissing,
    ArticleError,
    RequestError,
)
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.lifecycle.integrity_check import check
from support.archives import (
    HARBOUR,
    LIBRARY,
    ORCHARD,
    UNDATED,
    build_into,
    settings_for,
    write_jsonl,
)


def ids(built: Path) -> list[str]:
    store = OpenIndex(settings_for(built)).store
    return [store.article(ArticleRow(row)).id for row in range(store.articles)]


def test_articles_are_in_the_order_of_their_dates_whatever_the_order_of_files(
    tmp_path: Path, built: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    contents = set()
    for names in (("a", "b"), ("b", "a")):
        for name, records in zip(names, ((UNDATED, LIBRARY), (ORCHARD, HARBOUR)), strict=True):
            write_jsonl(folder / f"{name}.jsonl", *records)
        contents.add(build_into(built, [folder]).manifest.content_sha256)
        assert ids(built) == ["harbour", "orchard", "library", "undated"]
    assert len(contents) == 1


def test_of_two_articles_with_one_id_the_first_by_name_is_read(tmp_path: Path, built: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", HARBOUR)
    write_jsonl(folder / "b.jsonl", {**ORCHARD, "id": "harbour"}, LIBRARY)
    report = build_into(built, [folder])
    assert [str(problem) for problem in report.problems] == [
        "news/b.jsonl:1: has the id 'harbour' that news/a.jsonl:1 has; skipped"
    ]
    assert ids(built) == ["harbour", "library"]


def test_a_strict_build_stops_at_the_first_problem_and_leaves_the_index_unchanged(
    tmp_path: Path, built: Path
) -> None:
    good = write_jsonl(tmp_path / "good.jsonl", HARBOUR)
    live = build_into(built, [good]).manifest.id
    bad = write_jsonl(tmp_path / "bad.jsonl", LIBRARY, {"text": ""})
    with pytest.raises(ArticleError, match=r"bad\.jsonl:2: has no text"):
        build_into(built, [bad], strict=True)
    assert BuiltFolder(built).live() == live
    assert not [entry for entry in (built / "generations").iterdir() if entry.name != live], (
        "no litter"
    )
    assert build_into(built, [bad]).problems[0].skipped
    with pytest.raises(ArticleError):
        build_into(tmp_path / "fresh", [bad], strict=True)
    assert not (tmp_path / "fresh").exists()


def test_unchanged_passages_are_not_embedded_again(tmp_path: Path, built: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", HARBOUR, ORCHARD)
    assert build_into(built, [news]).reused == 0
    write_jsonl(news, LIBRARY, HARBOUR, ORCHARD)
    report = build_into(built, [news])
    assert (report.embedded, report.reused) == (1, 2)
    assert build_into(built, [news.rename(tmp_path / "moved.jsonl")]).embedded == 0


def test_reused_vectors_are_the_same_bytes_as_embedded_ones(tmp_path: Path, built: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", HARBOUR)
    build_into(built, [news])
    write_jsonl(news, HARBOUR, ORCHARD)
    assert build_into(built, [news]).reused > 0
    anew = tmp_path / "anew"
    assert build_into(anew, [news]).reused == 0
    reused, embedded = (
        folder.folder_of(folder.live()) for folder in map(BuiltFolder, (built, anew))
    )
    for name in ("passages.faiss", "sentences.npy", "archive.sqlite"):
        assert (reused / name).read_bytes() == (embedded / name).read_bytes(), name


def test_an_article_that_is_gone_is_not_in_the_next_index(tmp_path: Path, built: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", HARBOUR, ORCHARD)
    build_into(built, [news])
    question = understand("What did the bridge cables cost?")
    assert "14 million euros" in answer(OpenIndex(settings_for(built)), question).quotes[0].text
    write_jsonl(news, ORCHARD)
    build_into(built, [news])
    archive = OpenIndex(settings_for(built))
    assert {quote.article.id for quote in answer(archive, question, 50).shown} == {"orchard"}
    assert archive.store.article_row(ArticleId("harbour")) is None
    assert archive.lexical.document_frequency("bridg") == 0


def test_old_generations_are_deleted_beyond_the_number_to_keep(tmp_path: Path, built: Path) -> None:
    news = tmp_path / "news.jsonl"
    made = []
    for others in ([], [ORCHARD], [LIBRARY], [ORCHARD, LIBRARY]):
        write_jsonl(news, HARBOUR, *others)
        made.append(build_into(built, [news], INDEX_KEEP="2").manifest.id)
    assert BuiltFolder(built).finished() == sorted(made)[-2:]
    write_jsonl(news, HARBOUR)
    assert build_into(built, [news], INDEX_KEEP="1").manifest.id == BuiltFolder(built).live()
    assert len(BuiltFolder(built).finished()) == 1


@pytest.mark.parametrize("content", [None, "", '{"text": ""}\n'])
def test_an_archive_without_articles_is_an_error_and_leaves_the_index_unchanged(
    tmp_path: Path, built: Path, content: str | None
) -> None:
    live = build_into(built, [write_jsonl(tmp_path / "news.jsonl", HARBOUR)]).manifest.id
    empty = tmp_path / "empty"
    empty.mkdir()
    if content is not None:
        (empty / "a.jsonl").write_text(content)
    with pytest.raises(RequestError, match="the live index is unchanged"):
        build_into(built, [empty])
    assert BuiltFolder(built).live() == live


def test_a_path_that_does_not_exist_or_is_of_another_kind_is_an_error(
    tmp_path: Path, built: Path
) -> None:
    with pytest.raises(RequestError, match="no such file or folder"):
        build_into(built, [tmp_path / "nowhere"])
    (tmp_path / "a.heic").write_bytes(b"ftypheic")
    with pytest.raises(RequestError, match="not a kind of file that holds articles"):
        build_into(built, [tmp_path / "a.heic"])


def test_hidden_files_other_kinds_and_links_out_of_the_folder_are_skipped(
    tmp_path: Path, built: Path
) -> None:
    folder = tmp_path / "news"
    (folder / ".git").mkdir(parents=True)
    write_jsonl(folder / "a.jsonl", HARBOUR)
    write_jsonl(folder / ".hidden.jsonl", ORCHARD)
    write_jsonl(folder / ".git" / "b.jsonl", ORCHARD)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    outside = write_jsonl(tmp_path / "secret.jsonl", LIBRARY)
    (folder / "link.jsonl").symlink_to(outside)
    report = build_into(built, [folder])
    assert ids(built) == ["harbour"]
    assert report.ignored == 1
    assert "leads out of the folder" in str(report.problems[0])


def test_the_error_of_a_second_builder_names_the_first(tmp_path: Path, built: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", HARBOUR)
    with (built / "lock").open("w") as lock:
        lock.write("process 42 since noon")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ArchiveBusy, match="process 42 since noon"):
            build_into(built, [news])
    build_into(built, [news])


def test_the_leftovers_of_a_killed_build_are_deleted_by_the_next(
    tmp_path: Path, built: Path
) -> None:
    litter = built / "generations" / ".new-abcd1234.pullquote"
    litter.mkdir(parents=True)
    (litter / "archive.sqlite").write_bytes(b"half")
    (built / ".current.99.pullquote").write_text("half")
    build_into(built, [write_jsonl(tmp_path / "news.jsonl", HARBOUR)])
    assert not litter.exists()
    assert not (built / ".current.99.pullquote").exists()


def test_opening_an_index_says_what_is_missing_damaged_or_built_with_other_settings(
    tmp_path: Path, built: Path
) -> None:
    with pytest.raises(ArchiveMissing, match="Build it with: pullquote index"):
        OpenIndex(settings_for(tmp_path / "nothing"))
    build_into(built, [write_jsonl(tmp_path / "news.jsonl", HARBOUR)])
    with pytest.raises(ArchiveMismatch, match=r"passages\.words = 120, the settings say 60"):
        OpenIndex(settings_for(built, PASSAGES_WORDS="60"))
    folder = BuiltFolder(built).folder_of(BuiltFolder(built).live())
    manifest = folder / "manifest.json"
    fields = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**fields, "format": 99}))
    with pytest.raises(ArchiveMismatch, match="has format 99"):
        OpenIndex(settings_for(built))
    manifest.write_text(json.dumps(fields))
    (folder / "passages.faiss").write_bytes(b"short")
    with pytest.raises(ArchiveDamaged, match="holds 5 bytes instead of"):
        OpenIndex(settings_for(built))
    (folder / "sentences.npy").unlink()
    with pytest.raises(ArchiveDamaged):
        OpenIndex(settings_for(built))
    (built / "current").write_text("../../etc\n")
    with pytest.raises(ArchiveDamaged, match="does not name a generation"):
        OpenIndex(settings_for(built))


def test_opening_an_index_writes_nothing(town_built: Path) -> None:
    def state() -> dict[str, int]:
        return {str(file): file.stat().st_mtime_ns for file in town_built.rglob("*")}

    before = state()
    OpenIndex(settings_for(town_built)).close()
    assert state() == before


def test_folders_of_the_same_name_keep_all_their_articles_in_whatever_order_they_are_given(
    tmp_path: Path, built: Path
) -> None:
    for year in ("2023", "2024"):
        folder = tmp_path / year / "articles"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(
            f"News of {year}\n\nThe harbour bridge was painted in {year}."
        )
    folders = [tmp_path / "2023" / "articles", tmp_path / "2024" / "articles"]
    first = build_into(built, folders).manifest
    assert sorted(ids(built)) == ["2023/articles/a.txt", "2024/articles/a.txt"]
    assert (
        build_into(
            built, [folders[1], folders[0], folders[1] / "a.txt", folders[0]]
        ).manifest.content_sha256
        == first.content_sha256
    )


def test_a_damaged_index_and_encoder_are_replaced_by_the_next_build(
    tmp_path: Path, built: Path
) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", HARBOUR, ORCHARD)
    build_into(built, [news])
    folder = BuiltFolder(built).folder_of(BuiltFolder(built).live())
    good = (folder / "passages.faiss").read_bytes()
    (folder / "passages.faiss").write_bytes(good[:-4] + b"\0\0\0\1")
    assert build_into(built, [news]).reused == 0, (
        "nothing is reused from a file that is not as it was written"
    )
    (model,) = (built / "encoders").glob("*/model.onnx")
    model.unlink()  # a hard link to the shared encoder
    model.write_bytes(b"half")
    with pytest.raises(ArchiveDamaged):
        OpenIndex(settings_for(built))
    build_into(built, [news])
    assert (
        BuiltFolder(built).folder_of(BuiltFolder(built).live()) / "passages.faiss"
    ).read_bytes() == good


def test_a_file_that_cannot_be_read_is_reported_and_does_not_make_the_index_stale(
    tmp_path: Path, built: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", HARBOUR)
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    for name in ("holes.txt", "holes.mbox"):
        (folder / name).touch()
        os.truncate(folder / name, 1 << 30)
    report = build_into(built, [folder])
    assert [str(problem) for problem in report.problems] == [
        "news/dangling.txt: is not a file that can be read; skipped",
        "news/pipe.txt: is not a file that can be read; skipped",
        "news/holes.mbox: cannot be read (has holes, as no text has); skipped",
        "news/holes.txt: cannot be read (has holes, as no text has); skipped",
    ]
    assert not is_stale(settings_for(built), [folder])


def test_check_hashes_every_source_and_counts_those_that_are_not_on_this_machine(
    tmp_path: Path, built: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    file = write_jsonl(folder / "a.jsonl", HARBOUR)
    build_into(built, [folder])
    generation = BuiltFolder(built).folder_of(BuiltFolder(built).live())
    manifest = read_manifest(generation)
    assert list(check(manifest, generation, BuiltFolder(built))) == []
    times = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Tuesday", b"Tuesdaz"))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert list(check(manifest, generation, BuiltFolder(built))) == [
        "news/a.jsonl:1: changed or gone since the index was built"
    ]
    folder.rename(tmp_path / "away")
    assert "cannot be checked" in " ".join(check(manifest, generation, BuiltFolder(built)))
    with (generation / "passages.faiss").open("ab") as stream:
        stream.truncate(10)
    assert "passages.faiss: is not the file that was built" in " ".join(
        check(manifest, generation, BuiltFolder(built))
    )
