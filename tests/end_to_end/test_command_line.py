"""The command line as a whole: help, mistakes, what is imported, and streams."""

import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pullquote_bot.__main__ import main
from pullquote_bot.command_line.command_forms import COMMANDS
from support.archives import HARBOUR, ROOT, write_jsonl
from support.command_line import Command, run

MISTAKES = [
    (["ask"], "there is no question"),
    (["ask", "   "], "has no words"),
    (
        ["ask", "Who won", "the", "election"],
        (
            "unrecognized arguments: the election (a question is typed between quotation marks). "
            "See: pullquote ask --help"
        ),
    ),
    (["ask", "x", "--batch", "-"], "not both"),
    (["ask", "who?", "--since", "2025-02-01", "--until", "2025-01-01"], "no day lies between"),
    (["ask", "Who mediated the talks?", "--source", "The Times"], "has no source"),
    (
        ["ask", "who?", "--index", "/nowhere"],
        "there is no index yet. Build it with: pullquote index",
    ),
    (["ask", "who?", "--config", "/nowhere.toml"], "/nowhere.toml: cannot be read"),
    (["ask", "--batch", "/nowhere.jsonl"], "/nowhere.jsonl: cannot be read"),
    (["index", "/nowhere"], "/nowhere: there is no such file or folder"),
    (
        ["article", "nope"],
        "nope: the archive has no article with this id. Take `article_id` from the JSON of a quote",
    ),
    (["article", "nope", "--index", "/nowhere"], "there is no index yet"),
    (["status", "--index", "/nowhere"], "there is no index yet"),
    (["check", "--index", "/nowhere"], "there is no index yet"),
    (["repl", "--index", "/nowhere"], "there is no index yet"),
]


@pytest.mark.parametrize(("words", "message"), MISTAKES)
def test_a_mistake_is_one_line_on_stderr_with_status_2(
    command: Command, seeds_built: Path, words: list[str], message: str
) -> None:
    where = [] if "--index" in words else ["--index", str(seeds_built)]
    done = run(command, *words, *where)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_every_command_has_a_help(command: Command) -> None:
    top = run(command, "--help")
    assert top.returncode == 0
    for name in COMMANDS:
        assert f"\n    {name} " in top.stdout
        shown = run(command, name, "--help").stdout
        assert "exit status:\n  0  answered, not sure, or done\n" in shown


def test_the_version_is_that_of_the_installed_package(command: Command) -> None:
    done = run(command, "--version")
    version = importlib.metadata.version("pullquote")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"pullquote {version}\n", "")


LIST_MODULES = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"


RUN_MAIN = "from pullquote_bot.__main__ import main; sys.exit(main())"


def modules_of(code: str, *words: str) -> set[str]:
    """The modules that a process has imported when it ends, by their full names."""
    done = run([sys.executable, "-c", LIST_MODULES + code], *words)
    return set(done.stderr.splitlines()[-1].split())


def packages_of(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_ctrl_c_while_a_library_starts_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def import_library() -> int:
        raise ImportError("initialization failed") from KeyboardInterrupt()

    monkeypatch.setattr("pullquote_bot.cli.main", import_library)
    assert main() == 130


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["ask", "--help"],
        ["eval", "--help"],
        ["bogus"],
        ["ask", "Who won", "the", "election"],
        ["ask", "Who?", "--since", "soon"],
    ],
)
def test_help_the_version_and_mistakes_load_no_library(words: list[str]) -> None:
    modules = modules_of(RUN_MAIN, *words)
    libraries = packages_of(modules) - packages_of(modules_of("")) - sys.stdlib_module_names
    assert libraries == {"pullquote", "pullquote_bot"}
    assert not any(name.startswith("pullquote_bot.commands") for name in modules)


@pytest.mark.parametrize("question", ["Who mediated the talks?", "Who won the 2022 World Cup?"])
def test_answering_imports_nothing_that_only_other_commands_need(
    seeds_built: Path, question: str
) -> None:
    modules = modules_of(RUN_MAIN, "ask", question, "--index", str(seeds_built))
    assert "pullquote.answering.pipeline" in modules
    assert not packages_of(modules) & {
        *("torch", "sentence_transformers", "transformers", "onnx", "sklearn", "scipy"),
        *("discord", "prometheus_client", "PIL", "watchfiles", "rich", "prompt_toolkit"),
    }
    needless = ("pullquote_index.", "pullquote.evaluation", "pullquote_bot.serving")
    assert not [name for name in modules if name.startswith(needless)]


def test_closed_streams_cause_no_traceback(cold_command: Command, seeds_built: Path) -> None:
    line = " ".join(cold_command)
    for words, status in (
        ('ask "Who mediated the talks?" >&-', 0),
        ("ask --batch - <&-", 0),
        ("repl <&-", 0),
        ('ask "" 2>&-', 2),
    ):
        done = subprocess.run(
            ["bash", "-c", f"{line} {words.replace(' ', f' --index {seeds_built} ', 1)}"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, (words, done.stderr)
        assert "Traceback" not in done.stderr


def test_a_pipe_that_is_closed_early_is_no_error(cold_command: Command, seeds_built: Path) -> None:
    question = f"ask 'Who mediated the talks?' --index {seeds_built} --top 40"
    line = f"{' '.join(cold_command)} {question} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_names_and_sources_cannot_forge_messages(
    command: Command, encoders: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    built = tmp_path / "built"
    shutil.copytree(encoders, built / "encoders")
    (folder / "\x1b[31mx\nerror: forged.txt").write_text("")
    assert (
        len(run(command, "index", "news", "--index", str(built), cwd=tmp_path).stderr.splitlines())
        == 1
    )
    write_jsonl(folder / "a.jsonl", {**HARBOUR, "source": "\x1b[2J\x1b[31mFORGED\u202e"})
    assert run(command, "index", "news", "--index", str(built), cwd=tmp_path).returncode == 0
    for words in (["ask", "bridge", "--source", "q"], ["repl"], ["status"]):
        done = run(command, *words, "--index", str(built), stdin=":sources\n")
        assert "\x1b" not in done.stdout + done.stderr
        assert "FORGED<U+202E>" in done.stdout + done.stderr
