"""`pullquote index` and what follows: asking, `status` and `check`."""

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.archives import HARBOUR, LIBRARY, SEEDS, write_jsonl
from support.command_line import Command, run

FOG = "How long did fog close the harbour?"


@pytest.fixture
def folder(encoders: Path, tmp_path: Path) -> Path:
    """A folder with articles in news/, one of them wrong, and no index yet."""
    articles = tmp_path / "news"
    articles.mkdir()
    write_jsonl(articles / "a.jsonl", HARBOUR, {"text": ""})
    (articles / "b.md").write_text(
        "---\ntitle: Fog\nsource: The Quay\npublished: 2024-02-01\n---\n"
        "Fog closed the harbour for three days.\n"
    )
    shutil.copytree(encoders, tmp_path / "index" / "built" / "encoders")
    return tmp_path


def test_a_build_reports_what_it_read_and_left_out(command: Command, folder: Path) -> None:
    built = run(command, "index", "news", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "Read 2 files of 2 in " in built.stdout
    assert "2 articles: 2 passages" in built.stdout
    assert "(1 skipped, 0 read in part" in built.stdout
    assert "warning: news/a.jsonl:2: has no text; skipped" in built.stderr
    again = run(command, "index", "news", "--if-stale", "--format", "json", cwd=folder)
    assert json.loads(again.stdout) == {"built": False}
    strict = run(command, "index", "news", "--strict", cwd=folder)
    assert strict.returncode == 2
    assert "news/a.jsonl:2: has no text" in strict.stderr


def test_after_a_build_the_archive_answers_and_changed_articles_are_not_quoted(
    command: Command, folder: Path
) -> None:
    assert run(command, "index", "news", cwd=folder).returncode == 0
    assert "Fog closed the harbour" in run(command, "ask", FOG, cwd=folder).stdout
    status = json.loads(run(command, "status", "--format", "json", cwd=folder).stdout)
    assert (status["articles"], status["fresh"]) == (2, True)
    assert (status["first_published"], status["last_published"]) == ("2024-02-01", "2024-03-05")
    assert run(command, "check", cwd=folder).returncode == 0

    (folder / "news" / "b.md").write_text("Fog is gone.")
    write_jsonl(folder / "news" / "c.jsonl", LIBRARY)
    text = run(command, "status", cwd=folder).stdout
    assert "no: 1 changed (news/b.md); 1 new (news/c.jsonl)" in text
    checked = run(command, "check", cwd=folder)
    assert checked.returncode == 1
    assert "news/b.md: changed or gone since the index was built" in checked.stdout
    unsure = run(command, "ask", FOG, cwd=folder)
    refused = run(command, "ask", FOG, cwd=folder, PULLQUOTE_ANSWER_UNSURE_THRESHOLD="0.55")
    for done, status, words in (
        (unsure, 0, "Not sure: these passages may answer the question"),
        (
            refused,
            1,
            "What might answer it is in articles that have changed since the archive was updated.",
        ),
    ):
        assert done.returncode == status
        assert words in done.stdout
        assert "Fog closed the harbour" not in done.stdout
        assert "Not quoted: Fog changed since the index was built" in done.stdout


def test_check_finds_a_flipped_byte(command: Command, town_built: Path, tmp_path: Path) -> None:
    generation = (town_built / "current").read_text().strip()
    for name in (
        f"generations/{generation}/passages.faiss",
        f"generations/{generation}/manifest.json",
    ):
        copy = tmp_path / "built"
        shutil.copytree(town_built, copy)
        data = bytearray((copy / name).read_bytes())
        data[len(data) // 2] ^= 1
        (copy / name).write_bytes(data)
        done = run(command, "check", "--index", str(copy))
        assert (done.returncode, done.stderr) == (1, ""), (name, done.stdout)
        assert Path(name).name in done.stdout
        shutil.rmtree(copy)


def test_a_read_only_copy_of_a_built_folder_answers_and_stays_unchanged(
    command: Command, town_built: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(town_built, copy)
    for path in [*copy.rglob("*"), copy]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {str(path): path.stat().st_mtime_ns for path in copy.rglob("*")}
    done = run(command, "ask", "What did the bridge cables cost?", "--index", str(copy))
    assert done.returncode == 0, done.stderr
    assert "14 million euros" in done.stdout
    # Root can write to read-only folders, so compare.
    assert {str(path): path.stat().st_mtime_ns for path in copy.rglob("*")} == before
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.timeout(300)
def test_a_build_that_is_interrupted_leaves_the_live_index_answering(
    command: Command, encoders: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    shutil.copytree(encoders, built / "encoders")
    assert run(command, "index", str(SEEDS), "--index", str(built)).returncode == 0
    many = write_jsonl(
        tmp_path / "many.jsonl",
        *[
            {"text": f"Article {n}. " + f"The ferry made its trip number {n} across the bay. " * 30}
            for n in range(200)
        ],
    )
    for how in (signal.SIGKILL, signal.SIGINT):
        process = subprocess.Popen(
            [*command, "index", str(many), "--index", str(built)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not (built / "partial" / "vectors.sqlite").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
        assert process.returncode != 0
        assert b"Traceback" not in errors
        assert run(command, "ask", "Who mediated the talks?", "--index", str(built)).returncode == 0
    assert run(command, "index", str(SEEDS), "--index", str(built)).returncode == 0
    assert not list((built / "generations").glob(".new-*"))
    assert not (built / "partial").exists()
