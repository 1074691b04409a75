"""The program as a process of its own, as people and scripts run it."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from support.archives import HARBOUR, LIBRARY, ROOT, SEEDS, write_jsonl

Command = list[str]


def run(
    command: Command,
    *words: str,
    stdin: str | None = None,
    cwd: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *words],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
        stdin=subprocess.DEVNULL if stdin is None else None,
    )


def test_a_question_is_answered_from_seeds_with_status_0(
    command: Command, seeds_built: Path
) -> None:
    done = run(
        command,
        "ask",
        "What did Pakistan's defence minister threaten?",
        "--index",
        str(seeds_built),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "completely obliterate the Taliban regime" in done.stdout
    assert "\x1b" not in done.stdout, "no colours in a pipe"
    assert "seeds/000_db31cce83be5bc05.txt" in done.stdout


def test_a_refusal_has_status_1_and_json_says_what_text_says(
    command: Command, seeds_built: Path
) -> None:
    done = run(
        command,
        "ask",
        "Who won the 2022 World Cup?",
        "--index",
        str(seeds_built),
        "--format",
        "json",
        "--top",
        "2",
    )
    assert done.returncode == 1
    fields = json.loads(done.stdout)
    assert (fields["answered"], fields["quotes"], len(fields["nearest"])) == (False, [], 2)
    assert "id" not in fields


def test_a_json_quote_can_be_cut_from_the_file_it_cites(
    command: Command, seeds_built: Path
) -> None:
    done = run(
        command, "ask", "Who mediated the talks?", "--index", str(seeds_built), "--format", "json"
    )
    for quote in json.loads(done.stdout)["quotes"]:
        text = (SEEDS.parent / quote["article_id"]).read_bytes().decode()
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert quote["passage_start"] <= quote["start"] < quote["end"] <= quote["passage_end"]


BAD = [
    (["ask"], "there is no question"),
    (["ask", "   "], "has no words"),
    (
        ["ask", "Who won", "the", "election"],
        "unrecognized arguments: the election (a question is typed between quotation marks). See: pullquote ask --help",
    ),
    (["ask", "x", "--batch", "-"], "not both"),
    (["ask", "who?", "--since", "2025-02-01", "--until", "2025-01-01"], "no day lies between"),
    (["ask", "who?", "--source", "The Times"], "has no source"),
    (
        ["ask", "who?", "--index", "/nowhere"],
        "there is no index yet. Build it with: pullquote index",
    ),
    (["ask", "who?", "--config", "/nowhere.toml"], "/nowhere.toml: cannot be read"),
    (["ask", "--batch", "/nowhere.jsonl"], "/nowhere.jsonl: cannot be read"),
    (["index", "/nowhere"], "/nowhere: there is no such file or folder"),
    (["status", "--index", "/nowhere"], "there is no index yet"),
    (["check", "--index", "/nowhere"], "there is no index yet"),
    (["repl", "--index", "/nowhere"], "there is no index yet"),
]


@pytest.mark.parametrize(("words", "told"), BAD)
def test_a_mistake_is_one_line_on_stderr_with_status_2(
    command: Command, seeds_built: Path, words: list[str], told: str
) -> None:
    where = [] if "--index" in words else ["--index", str(seeds_built)]
    done = run(command, *words, *where)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_batch_answers_each_line_in_order_and_tells_of_bad_ones(
    command: Command, seeds_built: Path, tmp_path: Path
) -> None:
    lines = [
        '{"id": "a", "question": "Who mediated the talks?", "choices": ["ignored"]}',
        "",
        "not json",
        '{"id": 7, "question": "?"}',
        '{"id": "d", "question": "Who mediated the talks?", "since": "2026-01-01"}',
        '{"id": "e", "question": "Who mediated the talks?", "since": "soon"}',
        '{"question": "Who won the 2022 World Cup?", "until": "2026-01-01"}',
        '{"id": "s", "question": "Who mediated the talks?", "source": "The Times"}',
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines))
    done = run(command, "ask", "--batch", str(file), "--top", "4", "--index", str(seeds_built))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [answer.get("id") for answer in answers] == ["a", None, 7, "d", "e", None, "s"]
    assert (
        "id"
        in json.loads(
            run(
                command,
                "ask",
                "--batch",
                "-",
                "--index",
                str(seeds_built),
                stdin='{"id": true, "question": "x"}',
            ).stdout
        )["error"]
    )
    assert answers[0]["answered"]
    assert len(answers[0]["quotes"]) == 4
    assert (answers[1]["line"], answers[2]["line"]) == (3, 4)
    assert "no words" in answers[2]["error"]
    assert (answers[3]["answered"], answers[3]["nearest"]) == (False, [])
    assert "is not a date" in answers[4]["error"]
    assert answers[5]["answered"] is False
    assert "has no source 'The Times'" in answers[6]["error"]
    assert (
        run(command, "ask", "--batch", "-", "--index", str(seeds_built), stdin=lines[0]).returncode
        == 0
    )


def test_a_batch_gives_each_answer_as_soon_as_it_is_there(
    command: Command, seeds_built: Path
) -> None:
    with subprocess.Popen(
        [*command, "ask", "--batch", "-", "--index", str(seeds_built)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(3):
            process.stdin.write(b'{"question": "Who mediated the talks?"}\n')
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], 60)
            assert ready
            assert json.loads(process.stdout.readline())["answered"]
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize("question", ["Who mediated the talks?", "Who won the 2022 World Cup?"])
def test_answering_imports_nothing_that_only_building_needs(
    seeds_built: Path, question: str
) -> None:
    code = (
        "import sys; from pullquote_bot.cli import main; sys.argv[1:] = sys.argv[1:]; main();"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers', 'onnx', 'discord', 'rich', 'sklearn') if name in sys.modules])"
    )
    done = run([sys.executable, "-c", code], "ask", question, "--index", str(seeds_built))
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_whole_journey_from_articles_to_a_check(
    command: Command, encoders: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "news"
    articles.mkdir()
    write_jsonl(articles / "a.jsonl", HARBOUR, {"text": ""})
    (articles / "b.md").write_text(
        "---\ntitle: Fog\nsource: The Quay\npublished: 2024-02-01\n---\nFog closed the harbour for three days.\n"
    )
    shutil.copytree(encoders, tmp_path / "index" / "built" / "encoders")

    built = run(command, "index", "news", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "Read 2 files of 2 in " in built.stdout
    assert "2 articles: 2 passages" in built.stdout
    assert "(1 skipped, 0 read in part" in built.stdout
    assert "warning: news/a.jsonl:2: has no text; skipped" in built.stderr
    assert json.loads(
        run(command, "index", "news", "--if-stale", "--format", "json", cwd=tmp_path).stdout
    ) == {"built": False}
    strict = run(command, "index", "news", "--strict", cwd=tmp_path)
    assert (strict.returncode, "news/a.jsonl:2: has no text" in strict.stderr) == (2, True)

    assert (
        "Fog closed the harbour"
        in run(command, "ask", "How long did fog close the harbour?", cwd=tmp_path).stdout
    )
    status = json.loads(run(command, "status", "--format", "json", cwd=tmp_path).stdout)
    assert (
        status["articles"],
        status["fresh"],
        status["first_published"],
        status["last_published"],
    ) == (2, True, "2024-02-01", "2024-03-05")
    assert run(command, "check", cwd=tmp_path).returncode == 0

    (articles / "b.md").write_text("Fog is gone.")
    write_jsonl(articles / "c.jsonl", LIBRARY)
    assert (
        "no: 1 changed (news/b.md); 1 new (news/c.jsonl)"
        in run(command, "status", cwd=tmp_path).stdout
    )
    checked = run(command, "check", cwd=tmp_path)
    assert checked.returncode == 1
    assert "news/b.md: changed or gone since the index was built" in checked.stdout
    refused = run(command, "ask", "How long did fog close the harbour?", cwd=tmp_path)
    assert refused.returncode == 1
    assert "Fog closed the harbour" not in refused.stdout
    assert "Not quoted: Fog changed since the index was built" in refused.stdout


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


def test_a_built_folder_answers_where_it_is_copied_to_and_cannot_be_written(
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
    assert {str(path): path.stat().st_mtime_ns for path in copy.rglob("*")} == before, (
        "root may write anywhere, so look"
    )
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_build_that_is_interrupted_leaves_the_live_index_answering(
    command: Command, encoders: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    shutil.copytree(encoders, built / "encoders")
    assert run(command, "index", str(SEEDS), "--index", str(built)).returncode == 0
    many = write_jsonl(
        tmp_path / "many.jsonl",
        *[
            {"text": f"Article {n}. " + f"The ferry made its trip number {n} across the bay. " * 60}
            for n in range(400)
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


def test_the_prompt_reads_a_pipe(command: Command, seeds_built: Path) -> None:
    done = run(
        command,
        "repl",
        "--index",
        str(seeds_built),
        stdin="Who mediated the talks?\n:context 1\n:bogus\n\nmore",
    )
    assert done.returncode == 0
    assert "Turkey and Qatar" in done.stdout
    assert done.stderr == "error: there is no command :bogus. Type :help for the list\n"
    assert run(command, "--config", "/nowhere", stdin="x\n").returncode == 2


def test_the_prompt_on_a_terminal_edits_keeps_a_history_and_survives_ctrl_c(
    command: Command, seeds_built: Path, tmp_path: Path
) -> None:
    said = terminal(
        command,
        ["repl", "--index", str(seeds_built)],
        ["half a ques\x03", "Who mediated the talks?\r", ":quit\r"],
        tmp_path,
    )
    assert "Turkey and Qatar" in said
    history = tmp_path / "pullquote" / "history"
    assert "+Who mediated the talks?" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0
    assert "half a ques" not in history.read_text()
    assert terminal(command, ["repl", "--index", str(seeds_built)], ["\x04"], tmp_path)


def terminal(command: Command, words: Sequence[str], lines: Sequence[str], state: Path) -> str:
    """Run on a terminal, type each line once the prompt is there, and return what was shown."""
    leader, follower = pty.openpty()
    environment = {
        **os.environ,
        "XDG_STATE_HOME": str(state),
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }
    process = subprocess.Popen(
        [*command, *words],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        start_new_session=True,
    )
    os.close(follower)
    shown = b""

    def wait_for(mark: bytes, since: int) -> None:
        nonlocal shown
        deadline = time.monotonic() + (3 if since else 30)  # later prompts may be drawn in pieces
        while mark not in shown[since:] and time.monotonic() < deadline:
            if select.select([leader], [], [], 0.2)[0]:
                try:
                    shown += os.read(leader, 65536)
                except OSError:
                    return

    at = 0
    for line in lines:
        wait_for(b"? " if at else b"Ctrl-D leaves", at)
        time.sleep(0.3 if at else 1.5)
        at = len(shown)
        os.write(leader, line.encode())
    wait_for(b"\0never\0", at) if process.poll() is None and lines[-1] not in (
        "\x04",
        ":quit\r",
    ) else None
    process.wait(60)
    while select.select([leader], [], [], 0.2)[0]:
        try:
            data = os.read(leader, 65536)
        except OSError:
            break
        shown += data
    os.close(leader)
    assert process.returncode == 0
    return shown.decode(errors="replace")


def test_an_interruption_is_quiet_at_any_moment(command: Command, seeds_built: Path) -> None:
    for delay in (0.06, 0.12, 0.2, 0.3):
        words = [*command, "repl", "--index", str(seeds_built)]
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            time.sleep(delay)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
        assert "Traceback" not in said or "pullquote" not in said, (
            said
        )  # the interpreter's own start is not ours


def test_closed_streams_are_no_traceback(command: Command, seeds_built: Path) -> None:
    line = " ".join(command)
    for end, status in (
        ('ask "Who mediated the talks?" >&-', 0),
        ("ask --batch - <&-", 0),
        ("repl <&-", 0),
        ('ask "" 2>&-', 2),
    ):
        done = subprocess.run(
            ["bash", "-c", f"{line} {end.replace(' ', f' --index {seeds_built} ', 1)}"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, (end, done.stderr)
        assert "Traceback" not in done.stderr


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


def test_help_is_there_for_every_command(command: Command) -> None:
    top = run(command, "--help")
    assert top.returncode == 0
    for name in ("index", "ask", "repl", "status", "check"):
        assert name in top.stdout
        assert "exit status: 0 answered or done" in run(command, name, "--help").stdout


def test_a_reader_that_leaves_early_is_no_error(command: Command, seeds_built: Path) -> None:
    line = f"{' '.join(command)} ask 'Who mediated the talks?' --index {seeds_built} --top 40 | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
