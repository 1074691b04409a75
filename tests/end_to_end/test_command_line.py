"""The program as a process of its own, as people and scripts run it."""

import hashlib
import importlib.metadata
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

from pullquote.storage.manifest import STORE_FILE
from pullquote_bot.command_line.command_forms import COMMANDS
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
    (["ask", "who?", "--source", "The Times"], "has no source"),
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


def test_a_batch_answers_its_lines_in_order_and_reports_wrong_ones(
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


def test_a_batch_prints_each_answer_as_soon_as_it_is_ready(
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


LIST_MODULES = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
RUN_MAIN = "from pullquote_bot.__main__ import main; sys.exit(main())"


def modules_of(code: str, *words: str) -> set[str]:
    """The modules that a process has imported when it ends, by their full names."""
    done = run([sys.executable, "-c", LIST_MODULES + code], *words)
    return set(done.stderr.splitlines()[-1].split())


def packages_of(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


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


def test_the_version_is_that_of_the_installed_package(command: Command) -> None:
    done = run(command, "--version")
    version = importlib.metadata.version("pullquote")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"pullquote {version}\n", "")


def test_the_whole_journey_from_articles_to_a_check(
    command: Command, encoders: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "news"
    articles.mkdir()
    write_jsonl(articles / "a.jsonl", HARBOUR, {"text": ""})
    (articles / "b.md").write_text(
        "---\ntitle: Fog\nsource: The Quay\npublished: 2024-02-01\n---\n"
        "Fog closed the harbour for three days.\n"
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


def test_ctrl_c_is_quiet_at_any_moment(command: Command, seeds_built: Path) -> None:
    for delay in (0.06, 0.12, 0.2, 0.3):
        words = [*command, "repl", "--index", str(seeds_built)]
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            time.sleep(delay)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        # A traceback from the interpreter's own start does not name the program.
        assert "Traceback" not in errors or "pullquote" not in errors, errors


def test_closed_streams_cause_no_traceback(command: Command, seeds_built: Path) -> None:
    line = " ".join(command)
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


def test_every_command_has_a_help(command: Command) -> None:
    top = run(command, "--help")
    assert top.returncode == 0
    for name in COMMANDS:
        assert f"\n    {name} " in top.stdout
        assert "exit status: 0 answered or done" in run(command, name, "--help").stdout


def test_a_pipe_that_is_closed_early_is_no_error(command: Command, seeds_built: Path) -> None:
    question = f"ask 'Who mediated the talks?' --index {seeds_built} --top 40"
    line = f"{' '.join(command)} {question} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")


class TestAnArticleIsShown:
    def test_raw_as_exactly_the_text_that_quotes_index(
        self, command: Command, encoders: Path, tmp_path: Path
    ) -> None:
        folder, built = tmp_path / "news", tmp_path / "built"
        folder.mkdir()
        text = "Fog 🌫 closed the\u00a0port.\r\n\r\nThe ferry to So\u00adrell stayed \x1b[31mhere.\t"
        (folder / "fog.txt").write_bytes(text.encode())
        write_jsonl(folder / "a.jsonl", {"id": "a", "text": text})
        shutil.copytree(encoders, built / "encoders")
        assert run(command, "index", str(folder), "--index", str(built)).returncode == 0
        answer = json.loads(
            run(
                command,
                *("ask", "Where did the ferry stay?", "--format", "json", "--index", str(built)),
            ).stdout
        )
        quotes = [*answer["quotes"], *answer["nearest"]]
        assert quotes
        for article_id in ("news/fog.txt", "a"):
            raw = raw_article(command, article_id, built)
            assert raw == text.encode()
        for quote in quotes:
            raw = raw_article(command, quote["article_id"], built)
            assert raw.decode()[quote["start"] : quote["end"]] == quote["text"]
            assert hashlib.sha256(raw).hexdigest() == quote["article_sha256"]

    def test_as_text_that_controls_no_terminal(
        self, command: Command, encoders: Path, tmp_path: Path
    ) -> None:
        built = tmp_path / "built"
        (tmp_path / "news").mkdir()
        articles = write_jsonl(
            tmp_path / "news" / "a.jsonl",
            {**HARBOUR, "title": "T\x1b[2J", "text": "One.\n\nTwo \x1b[31mred.", "source": "S\nx"},
        )
        shutil.copytree(encoders, built / "encoders")
        assert run(command, "index", str(articles), "--index", str(built)).returncode == 0
        done = run(command, "article", "harbour", "--index", str(built))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(
            "T␛[2J\nS x · Local · 5 March 2024 · Ana Ortiz\nhttps://example.org/harbour\n"
            "news/a.jsonl, line 1\nid harbour\nSHA-256 "
        )
        assert done.stdout.endswith("\n\n  1   One.\n\n  2   Two ␛[31mred.\n")

    def test_as_json_with_its_text_and_the_span_of_its_prose(
        self, command: Command, seeds_built: Path
    ) -> None:
        (page,) = SEEDS.iterdir()
        done = run(
            command,
            *("article", f"seeds/{page.name}", "--format", "json", "--index", str(seeds_built)),
        )
        fields = json.loads(done.stdout)
        assert fields["text"].encode() == page.read_bytes()
        assert fields["text_sha256"] == hashlib.sha256(page.read_bytes()).hexdigest()
        start, end = fields["prose"]
        assert 0 < start < end <= len(fields["text"])
        assert (fields["id"], fields["line"]) == (f"seeds/{page.name}", None)
        assert (fields["published"], fields["source_state"]) == ("2025-10-30", "same")

    def test_with_a_notice_if_its_source_has_changed_or_is_elsewhere(
        self, command: Command, encoders: Path, tmp_path: Path
    ) -> None:
        folder, built = tmp_path / "news", tmp_path / "built"
        folder.mkdir()
        (folder / "fog.txt").write_text("Fog closed the port.")
        shutil.copytree(encoders, built / "encoders")
        assert run(command, "index", str(folder), "--index", str(built)).returncode == 0
        words = ("article", "news/fog.txt", "--raw", "--index", str(built))

        (folder / "fog.txt").write_text("The port is open.")
        changed = run(command, *words)
        assert (changed.returncode, changed.stdout) == (0, "Fog closed the port.")
        assert changed.stderr.startswith("notice: news/fog.txt changed since the index was built (")
        assert changed.stderr.endswith("This is the article as it was then. Run: pullquote index\n")
        shutil.rmtree(folder)
        elsewhere = run(command, *words)
        assert (elsewhere.returncode, elsewhere.stdout) == (0, "Fog closed the port.")
        assert elsewhere.stderr == (
            "notice: news/fog.txt is not on this machine. This is the copy in the index.\n"
        )
        state = json.loads(run(command, *words[:2], *words[3:], "--format", "json").stdout)
        assert state["source_state"] == "elsewhere"

    def test_but_not_if_the_index_holds_another_text_than_it_recorded(
        self, command: Command, town_built: Path, tmp_path: Path
    ) -> None:
        built = tmp_path / "built"
        shutil.copytree(town_built, built)
        (store,) = built.glob(f"generations/*/{STORE_FILE}")
        data = store.read_bytes()
        assert b"14 million euros" in data
        store.write_bytes(data.replace(b"14 million euros", b"41 million euros"))
        done = run(command, "article", "harbour", "--raw", "--index", str(built))
        assert (done.returncode, done.stdout) == (2, "")
        assert "harbour: the text is not what the index recorded" in done.stderr


def raw_article(command: Command, article_id: str, built: Path) -> bytes:
    words = [*command, "article", article_id, "--raw", "--index", str(built)]
    return subprocess.run(words, capture_output=True, check=True, timeout=60).stdout
