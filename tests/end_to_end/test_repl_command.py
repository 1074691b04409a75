"""`pullquote repl`: on a pipe and on a terminal."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.command_line import Command, run
from support.terminal import Terminal


def test_the_prompt_reads_a_pipe(cold_command: Command, seeds_built: Path) -> None:
    done = run(
        cold_command,
        "repl",
        "--index",
        str(seeds_built),
        stdin="Who mediated the talks?\n:context 1\n:bogus\n\nmore",
    )
    assert done.returncode == 0
    assert "Turkey and Qatar" in done.stdout
    assert done.stderr == "error: there is no command :bogus. Type :help for the list\n"
    assert run(cold_command, "--config", "/nowhere", stdin="x\n").returncode == 2


def test_the_prompt_on_a_terminal_edits_keeps_a_history_and_survives_ctrl_c(
    cold_command: Command, seeds_built: Path, tmp_path: Path
) -> None:
    lines = ["half a ques\x03", "Who mediated the talks?\r", ":quit\r"]
    assert "Turkey and Qatar" in conversation(cold_command, seeds_built, lines, tmp_path)
    history = tmp_path / "pullquote" / "history"
    assert "+Who mediated the talks?" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0
    assert "half a ques" not in history.read_text()


def test_the_prompt_on_a_terminal_ends_at_ctrl_d(
    cold_command: Command, seeds_built: Path, tmp_path: Path
) -> None:
    assert "Ctrl-D leaves" in conversation(cold_command, seeds_built, ["\x04"], tmp_path)


def conversation(command: Command, built: Path, lines: list[str], state: Path) -> str:
    """Type each line once the prompt is there. Returns what was shown."""
    words = [*command, "repl", "--index", str(built)]
    with Terminal(words, XDG_STATE_HOME=str(state)) as terminal:
        terminal.wait_for(b"Ctrl-D leaves", 30)
        time.sleep(1.5)
        for number, line in enumerate(lines):
            if number:
                terminal.wait_for(b"? ", 3)  # it may be drawn in pieces
                time.sleep(0.3)
            terminal.write(line)
        status, shown = terminal.end()
    assert status == 0
    return shown


@pytest.mark.parametrize(
    "library",
    ["pydantic_core._pydantic_core", "numpy", "tantivy", "pullquote_bot.terminal.conversation"],
)
def test_ctrl_c_is_quiet_at_any_moment(
    cold_command: Command, seeds_built: Path, library: str
) -> None:
    # Python tells each import on the standard error, so the moment is the same on any machine.
    words = [
        cold_command[0],
        "-X",
        "importtime",
        *cold_command[1:],
        "repl",
        "--index",
        str(seeds_built),
    ]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        imports = iter(process.stderr.readline, "")
        assert any(line.rpartition("|")[2].strip() == library for line in imports)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert process.returncode in (130, -signal.SIGINT)
