"""`pullquote ask`: one question, or a batch of them."""

import json
import os
import select
import subprocess
from pathlib import Path

import pytest

from support.archives import SEEDS
from support.command_line import Command, run

MINISTER = "Which threat did Pakistan's defence minister make?"


def test_a_question_is_answered_from_seeds_with_status_0(
    command: Command, seeds_built: Path
) -> None:
    done = run(
        command,
        "ask",
        MINISTER,
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


def test_a_batch_answers_its_lines_in_order_and_reports_wrong_ones(
    command: Command, seeds_built: Path, tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": "a", "question": MINISTER, "choices": ["ignored"]}),
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
    done = run(
        command,
        *("ask", "--batch", str(file), "--top", "4", "--index", str(seeds_built)),
        PULLQUOTE_ANSWER_THRESHOLD="0.3",
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [answer.get("id") for answer in answers] == ["a", None, 7, "d", "e", None, "s"]
    assert answers[0]["answered"]
    assert len(answers[0]["quotes"]) == 4
    assert (answers[1]["line"], answers[2]["line"]) == (3, 4)
    assert "no words" in answers[2]["error"]
    assert (answers[3]["answered"], answers[3]["nearest"]) == (False, [])
    assert "is not a date" in answers[4]["error"]
    assert answers[5]["answered"] is False
    assert "has no source 'The Times'" in answers[6]["error"]
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        f"line {number}" for number in (3, 4, 6, 8)
    ]


@pytest.mark.parametrize(
    ("line", "status", "error"),
    [
        ('{"question": "Who mediated the talks?"}', 0, ""),
        ('{"question": "Who won the 2022 World Cup?"}', 0, ""),
        ('{"id": true, "question": "x"}', 2, "error: line 1: id"),
    ],
)
def test_a_batch_from_standard_input_fails_only_for_wrong_lines(
    command: Command, seeds_built: Path, line: str, status: int, error: str
) -> None:
    done = run(command, "ask", "--batch", "-", "--index", str(seeds_built), stdin=line)
    assert done.returncode == status
    assert done.stderr.startswith(error)
    assert bool(done.stderr) == bool(error)


def test_a_batch_prints_each_answer_as_soon_as_it_is_ready(
    command: Command, seeds_built: Path
) -> None:
    with subprocess.Popen(
        [*command, "ask", "--batch", "-", "--index", str(seeds_built)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PULLQUOTE_ANSWER_THRESHOLD": "0"},
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
