"""The project about itself: what its documents say is what its code does."""

import ast
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pullquote
import pullquote_bot
import pullquote_index
from pullquote.corpus.hashing import sha256_of
from pullquote.settings import Settings, load_settings
from pullquote_bot.command_line.parser import parser
from support.archives import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = [
    name
    for package in (pullquote, pullquote_index, pullquote_bot)
    for name in [
        package.__name__,
        *(
            module.name
            for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        ),
    ]
]


def help_of(command: str) -> str:
    """A command's help as a terminal of 100 columns shows it."""
    words = [sys.executable, "-m", "pullquote_bot", command, "--help"]
    return subprocess.run(
        words, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "100"}
    ).stdout


@pytest.mark.parametrize(
    "command", ["index", "watch", "ask", "eval", "calibrate", "bot", "status", "check", "repl"]
)
def test_the_readme_has_each_commands_help(command: str) -> None:
    assert f"$ pullquote {command} --help\n{help_of(command)}" in README


def test_every_command_and_option_that_the_readme_names_exists() -> None:
    top = parser()
    commands = set(top._subparsers._group_actions[0].choices)  # type: ignore[union-attr, arg-type]
    for line in re.findall(
        r"pullquote ((?:index|watch|ask|eval|calibrate|bot|repl|status|check)\b[^\n`|]*)", README
    ):
        assert line.split()[0] in commands
    known = "".join(map(help_of, ("ask", "index", "watch", "eval", "calibrate")))
    for option in set(
        re.findall(
            r"(?<![\w-])(--[a-z][a-z-]*)",
            re.sub(r"(?:pip install|useradd|systemctl)[^\n]*", "", README),
        )
    ):
        assert option in known, option


def test_the_readmes_answer_is_what_the_program_prints(seeds_built: Path) -> None:
    questions = re.findall(r'pullquote ask "(Who won[^"]*)" --top 1', README)
    assert questions
    for question in questions:
        words = [
            sys.executable,
            "-m",
            "pullquote_bot",
            "ask",
            question,
            "--top",
            "1",
            "--index",
            str(seeds_built),
        ]
        said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
        assert said.rpartition("\n\n")[0] in README
    words = [
        sys.executable,
        "-m",
        "pullquote_bot",
        "ask",
        "What did Pakistan's defence minister threaten?",
        "--index",
        str(seeds_built),
    ]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said.rpartition("\n\n")[0] in README


def test_every_key_of_the_default_settings_is_known_and_explained() -> None:
    text = (ROOT / "config" / "default.toml").read_text(encoding="utf-8")
    keys = {(table, key) for table, values in tomllib.loads(text).items() for key in values}
    assert keys == {
        (table, key)
        for table in Settings.model_fields
        for key in type(getattr(load_settings({}), table)).model_fields
    }
    for _, key in keys:
        assert re.search(rf"^{key} = .*  # \S", text, re.MULTILINE), f"{key} has no comment"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_accepts_the_units() -> None:
    units = sorted((ROOT / "config" / "systemd").iterdir())
    assert len(units) == 3
    said = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")


def test_the_permission_number_is_that_of_the_permissions_that_the_readme_names() -> None:
    bits = {
        "View Channels": 10,
        "Send Messages": 11,
        "Read Message History": 16,
        "Create Public Threads": 35,
        "Send Messages in Threads": 38,
    }
    (table,) = re.findall(
        r"\| permission \((\d+) together\) \| why \|\n(.*?)\n\n", README, re.DOTALL
    )
    named = [
        name.strip() for line in table[1].splitlines()[1:] for name in line.split("|")[1].split(",")
    ]
    assert sorted(named) == sorted(bits)
    assert int(table[0]) == sum(1 << bit for bit in bits.values())
    assert f"permissions={table[0]}" in README


def test_seeds_are_as_they_were_published() -> None:
    (page,) = (ROOT / "seeds").iterdir()
    assert page.name == "000_db31cce83be5bc05.txt"
    assert (
        sha256_of(page.read_bytes())
        == "67f334e5ec816d2c666934e80ff367f9b3bb214461b8263e2a2cf3775f26afd5"
    )


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert (importlib.import_module(name).__doc__ or "").strip(), name


def test_all_that_the_package_offers_is_there_and_documented() -> None:
    for name in pullquote.__all__:
        assert (getattr(pullquote, name).__doc__ or "").strip(), name


def test_no_module_imports_the_projects_own_inside_a_function() -> None:
    for folder in ("src", "index/pullquote_index", "bot"):
        for file in (ROOT / folder).rglob("*.py"):
            for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    for node in ast.walk(function):
                        names = (
                            [node.module or ""]
                            if isinstance(node, ast.ImportFrom)
                            else [a.name for a in node.names]
                            if isinstance(node, ast.Import)
                            else []
                        )
                        assert not any(name.startswith("pullquote") for name in names), (
                            f"{file}:{function.lineno}"
                        )


@pytest.mark.skipif("TESTED_WHEEL" not in os.environ, reason="only where the wheel is tested")
def test_the_suite_runs_on_the_wheel() -> None:
    wheel = (ROOT / os.environ["TESTED_WHEEL"]).resolve()
    for package in (pullquote, pullquote_index, pullquote_bot):
        assert Path(str(package.__file__)).resolve().is_relative_to(wheel), package.__file__
    assert (wheel / "pullquote" / "default.toml").read_text() == (
        ROOT / "config" / "default.toml"
    ).read_text()


@pytest.mark.parametrize(
    "document",
    sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")),
    ids=lambda path: path.name,
)
def test_links_between_documents_lead_somewhere_and_nothing_is_left_to_fill_in(
    document: Path,
) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (document.parent / target).exists(), target
    assert not re.search(
        r"\b[A-Z]+_[A-Z]+\b", re.sub(r"(?:PULLQUOTE|XDG|DISCORD|HF|WATCHFILES)_[A-Z<]\w*", "", text)
    )
