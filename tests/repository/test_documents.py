"""What README.md and docs/ say is what the program does."""

import functools
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from support.archives import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"))
# docs/performance.md quotes the commands of benchmarks/, which have options of their own.
MANUAL = "\n".join(
    [README, *(page.read_text(encoding="utf-8") for page in PAGES if page.stem != "performance")]
)
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
with (ROOT / "pyproject.toml").open("rb") as stream:
    REPOSITORY = tomllib.load(stream)["project"]["urls"]["Source"]
MAX_README_BYTES = 14_000


@functools.cache
def help_of(*command: str) -> str:
    """The help text of a command, as a terminal of 100 columns shows it."""
    return subprocess.run(
        [sys.executable, "-m", "pullquote_bot", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "COLUMNS": "100"},
    ).stdout


def commands() -> list[str]:
    """The commands that the program's own help lists."""
    return re.findall(r"^    ([a-z]+) ", help_of(), re.MULTILINE)


def code_in(text: str) -> list[str]:
    """The code spans, and the lines of the code blocks, of a document."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [*spans, *(line for block in blocks for line in block.splitlines())]


def output_of(*words: str) -> str:
    """What the program prints on standard output."""
    return subprocess.run(
        [sys.executable, "-m", "pullquote_bot", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout


def test_the_manual_has_the_help_of_every_command() -> None:
    assert len(commands()) > 8
    for command in commands():
        assert f"$ pullquote {command} --help\n{help_of(command)}" in MANUAL, (
            f"{command}: write the help texts anew with: make docs"
        )


def test_every_command_and_option_that_the_manual_names_exists() -> None:
    options = {
        option
        for command in ((), *((name,) for name in commands()))
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(*command))
    }
    called = re.compile(r"(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\S*/)?pullquote(?: ([a-z]+)\b)?")
    named = [code for code in code_in(MANUAL) if called.match(code)]
    assert len(named) > 20
    for code in named:
        call = called.match(code)
        assert call
        assert call[1] is None or call[1] in commands(), code
    for code in (*named, *(code for code in code_in(MANUAL) if code.startswith("--"))):
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", code):
            assert option in options, code


def test_the_answers_in_the_manual_are_what_the_program_prints(seeds_built: Path) -> None:
    refused = re.findall(r'pullquote ask "(Who won[^"]*)"', MANUAL)
    asked = [
        *(("ask", question) for question in refused),
        ("ask", "How many Pakistani soldiers were killed?"),
    ]
    assert len(asked) > 1
    for words in asked:
        answer, _, last_line = output_of(*words, "--index", str(seeds_built)).rpartition("\n\n")
        assert answer in MANUAL
        printed = last_line.partition(" · index of")[0]
        # Processors round int8 products differently, which moves a confidence by about a point.
        percent = int(re.findall(r"(\d+)%", printed)[0])
        near = range(max(percent - 2, 0), percent + 3)
        assert any(printed.replace(f"{percent}%", f"{n}%", 1) in MANUAL for n in near), printed


def test_the_json_page_names_every_field_of_an_answer(seeds_built: Path) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    printed = output_of(
        "ask", "Who mediated the talks?", "--format", "json", "--index", str(seeds_built)
    )
    answer = json.loads(printed)
    for field in {*answer, *answer["quotes"][0]}:
        assert f"`{field}`" in page, field


def test_the_settings_page_has_every_key() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "config" / "default.toml").read_text(encoding="utf-8"))
    for table, keys in settings.items():
        for key in keys:
            assert f"`{table}.{key}`" in page, f"{table}.{key}"
    for table, key in re.findall(r"^\| `([a-z]+)\.([a-z_]+)`", page, re.MULTILINE):
        assert key in settings[table], f"{table}.{key}"


def test_the_permission_number_is_the_sum_of_the_permissions_in_the_table() -> None:
    bits = {
        "View Channels": 10,
        "Send Messages": 11,
        "Read Message History": 16,
        "Create Public Threads": 35,
        "Send Messages in Threads": 38,
    }
    (table,) = re.findall(
        r"\| permission \((\d+) together\) \| why \|\n(.*?)\n\n", MANUAL, re.DOTALL
    )
    names = [
        name.strip() for line in table[1].splitlines()[1:] for name in line.split("|")[1].split(",")
    ]
    assert sorted(names) == sorted(bits)
    assert int(table[0]) == sum(1 << bit for bit in bits.values())
    assert f"permissions={table[0]}" in MANUAL


def test_the_readme_is_short_and_its_links_work_on_pypi() -> None:
    assert len(README.encode()) <= MAX_README_BYTES
    targets = re.findall(r"\]\(([^)\s]+)\)", README)
    assert len(targets) > 8
    for target in targets:
        assert target.startswith("https://"), f"{target} is relative: PyPI does not resolve it"
        if target.startswith(REPOSITORY + "/"):
            path = re.fullmatch(rf"{REPOSITORY}/(?:blob|tree)/main/([^#]+)(?:#.*)?", target)
            assert path, target
            assert (ROOT / path[1]).exists(), target


def anchors_of(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub forms them."""
    headings = re.findall(r"^#+ +(.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_to_files_and_headings(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", document.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        assert file.exists(), target
        assert not anchor or anchor in anchors_of(file), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_left_to_fill_in(document: Path) -> None:
    placeholder = re.compile(r"\b[A-Z]+_[A-Z]+\b")
    names = re.compile(
        r"(?:PULLQUOTE|XDG|DISCORD|HF|WATCHFILES|ORT|DASK)_[A-Z<]\w*|ARTICLE_ID|FUZZ_SECONDS"
    )
    assert not placeholder.search(names.sub("", document.read_text(encoding="utf-8")))
