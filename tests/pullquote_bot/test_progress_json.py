import io
import json
import time

import pytest

from pullquote_bot.serving.rebuild_process import RebuildStep, parse_step
from pullquote_bot.terminal import progress_json
from pullquote_bot.terminal.progress_json import write_progress
from pullquote_index.progress import report_file


def test_every_step_has_a_first_and_a_last_line_and_few_between() -> None:
    stream = io.StringIO()
    with write_progress(stream) as progress:
        progress.begin("reading", None)
        progress.begin("embedding", 10_000)
        for _ in range(10_000):
            progress.advance(1)
    lines = [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]
    assert lines[:2] == [
        {"step": "reading", "done": 0, "total": None, "seconds_left": None},
        {"step": "embedding", "done": 0, "total": 10_000, "seconds_left": None},
    ]
    assert (lines[-1]["done"], lines[-1]["total"]) == (10_000, 10_000)
    assert len(lines) < 20


def test_the_bot_reads_the_progress_that_a_build_writes() -> None:
    stream = io.StringIO()
    with write_progress(stream) as progress:
        progress.begin("reading\nfiles", None)
        progress.begin("embedding", 4)
    assert [parse_step(line) for line in stream.getvalue().splitlines()] == [
        RebuildStep("reading\nfiles", None),
        RebuildStep("embedding", 0.0),
    ]


def test_the_share_of_a_step_is_at_most_1() -> None:
    assert parse_step('{"step": "a", "done": 9, "total": 4}') == RebuildStep("a", 1.0)
    assert parse_step('{"step": "a", "done": 0, "total": 0}') == RebuildStep("a", None)


def test_other_lines_are_not_progress() -> None:
    for line in (
        "",
        "warning: x",
        "[]",
        "3",
        '{"step": "a"}',
        '{"step": "a", "done": "x", "total": 2}',
        '"done"',
        "null",
    ):
        assert parse_step(line) is None


def test_a_file_that_is_read_for_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_json, "_SLOW_FILE", 0.05)
    stream = io.StringIO()
    with write_progress(stream) as progress:
        progress.begin("reading articles", 10)
        report_file(progress, "news/fast.txt")
        report_file(progress, "news/slow.txt")
        time.sleep(0.3)
    steps = [parse_step(line) for line in stream.getvalue().splitlines()]
    assert RebuildStep("reading articles", 0.0, "news/slow.txt") in steps
