"""`pullquote index` says what it understood; `--dry-run` and `preview` show it beforehand."""

import json
import shutil
from pathlib import Path

import pytest

from support.command_line import Command, run
from support.reading import write

POST = """---
title: Harbour bridge reopens
pubDate: 2024-04-09
author: Ana Lind
---
The harbour bridge reopened on Tuesday.

It had been closed for two years.
"""


@pytest.fixture
def folder(encoders: Path, tmp_path: Path) -> Path:
    """A folder with a blog in blog/, and no index yet."""
    write(tmp_path, "blog/a.md", POST)
    for n in range(3):
        write(tmp_path, f"blog/notes-{n}.md", f"Note {n}\n\nThe mill stood still {n} days.\n")
    write(tmp_path, "blog/c.md", POST.replace("title", "draft: true\ntitle"))
    write(tmp_path, "blog/photo.heic", "x")
    write(tmp_path, "blog/old.txt", "Café\n\nThe café opens at nine.\n".encode("latin-1"))
    shutil.copytree(encoders, tmp_path / "index" / "built" / "encoders")
    return tmp_path


TABLE = """kind  articles  headline      date    source   address
.md          4         1         1         0         0
.txt         1         1         0         0         0
all          5         2         1         0         0
"""
WARNING = "warning: 4 .md articles, only 1 with a date: name the field in [articles.fields]"


def test_a_build_ends_with_what_it_understood(command: Command, folder: Path) -> None:
    done = run(command, "index", "blog", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert TABLE in done.stdout
    assert "(0 skipped, 0 read in part, 1 draft left out)" in done.stdout
    assert "Files of other kinds: 1 .heic (--verbose names them)." in done.stdout
    assert WARNING in done.stderr
    assert "blog/old.txt: is not UTF-8" in done.stderr
    again = run(command, "index", "blog", "--verbose", "--format", "json", cwd=folder)
    fields = json.loads(again.stdout)
    assert (fields["read"], fields["drafts"], fields["ignored_files"]) == (
        0,
        1,
        ["blog/photo.heic"],
    )
    assert [kind["articles"] for kind in fields["kinds"]] == [4, 1]
    assert [problem["note"] for problem in fields["problems"]] == [True]


def test_a_dry_run_shows_the_first_articles_and_writes_nothing(
    command: Command, folder: Path
) -> None:
    before = sorted(folder.rglob("*"))
    done = run(command, "index", "blog", "--dry-run", "--verbose", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Harbour bridge reopens\n    9 April 2024 · no source · Ana Lind · blog/a.md\n" in (
        done.stdout
    )
    assert "The harbour bridge reopened on Tuesday. It had been closed" in done.stdout
    assert TABLE in done.stdout
    assert "  blog/photo.heic\n" in done.stdout
    assert "  blog/c.md: is not published (draft: true); left out" in done.stdout
    assert WARNING in done.stderr
    fields = json.loads(
        run(command, "index", "blog", "--dry-run", "--format", "json", cwd=folder).stdout
    )
    assert (fields["built"], fields["articles"], len(fields["first"])) == (False, 5, 5)
    assert fields["first"][0]["published"] == "2024-04-09"
    assert sorted(folder.rglob("*")) == before
    empty = folder / "empty"
    write(empty, "a.heic", "x")
    assert run(command, "index", "empty", "--dry-run", cwd=folder).returncode == 1


def test_preview_shows_the_paragraphs_and_the_passages_of_a_file(
    command: Command, folder: Path
) -> None:
    done = run(command, "preview", "blog/a.md", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Harbour bridge reopens\n")
    assert "  1   The harbour bridge reopened on Tuesday.\n" in done.stdout
    assert "  2   It had been closed for two years.\n" in done.stdout
    assert "   1  (13 words, 2 sentences) The harbour bridge" in done.stdout
    fields = json.loads(run(command, "preview", "blog/a.md", "--format", "json", cwd=folder).stdout)
    (article,) = fields["articles"]
    words = [article["text"][start:end] for start, end in article["paragraphs"]]
    assert words == ["The harbour bridge reopened on Tuesday.", "It had been closed for two years."]
    assert article["passages"][0]["span"] == article["prose"]


def test_preview_of_what_has_no_article_says_why(command: Command, folder: Path) -> None:
    done = run(command, "preview", "blog/c.md", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == "No article was read.\n"
    assert "is not published (draft: true)" in done.stderr
    done = run(command, "preview", "blog", cwd=folder)
    assert done.returncode == 2
    assert "is a folder. Name a file of it, or type: pullquote index --dry-run" in done.stderr
    many = "".join(json.dumps({"text": f"Article {n}."}) + "\n" for n in range(9))
    write(folder, "many.jsonl", many)
    done = run(command, "preview", "many.jsonl", "--top", "2", cwd=folder)
    assert done.stdout.endswith("The file has 9 articles; the first 2 are shown.\n")


def test_fields_of_ones_own_are_read_with_a_settings_file(command: Command, folder: Path) -> None:
    record = {"kop": "Mill", "story": {"inhoud": "The mill stands still."}, "when": "2024-03-03"}
    write(folder, "dump.json", json.dumps([record]))
    assert "its records; their fields are kop, story, when" in (
        run(command, "preview", "dump.json", cwd=folder).stderr
    )
    write(
        folder,
        "mine.toml",
        '[articles.fields]\ntext = "story.inhoud"\ntitle = "kop"\npublished = "when"\n',
    )
    done = run(command, "preview", "dump.json", "--config", "mine.toml", cwd=folder)
    assert done.stdout.startswith("Mill\n3 March 2024\n")
    assert "The mill stands still." in done.stdout
