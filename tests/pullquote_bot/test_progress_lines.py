import io
import json

from pullquote_bot.serving.rebuild_process import Step, _step
from pullquote_bot.terminal.progress_json import progress_lines


def test_each_step_is_told_as_it_begins_and_not_each_advance() -> None:
    stream = io.StringIO()
    with progress_lines(stream) as progress:
        progress.begin("reading", None)
        progress.begin("embedding", 10_000)
        for _ in range(10_000):
            progress.advance(1)
    lines = [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]
    assert lines[:2] == [
        {"step": "reading", "done": 0, "total": None, "seconds_left": None},
        {"step": "embedding", "done": 0, "total": 10_000, "seconds_left": None},
    ]
    assert (lines[-1]["done"], lines[-1]["total"]) == (10_000, 10_000), "the end is told"
    assert len(lines) < 20


def test_what_is_told_is_understood_by_who_rebuilds() -> None:
    stream = io.StringIO()
    with progress_lines(stream) as progress:
        progress.begin("reading\nfiles", None)
        progress.begin("embedding", 4)
    assert [_step(line) for line in stream.getvalue().splitlines()] == [
        Step("reading\nfiles", None),
        Step("embedding", 0.0),
    ]


def test_how_far_a_step_is_never_passes_its_end() -> None:
    assert _step('{"step": "a", "done": 9, "total": 4}') == Step("a", 1.0)
    assert _step('{"step": "a", "done": 0, "total": 0}') == Step("a", None)


def test_other_lines_are_no_steps() -> None:
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
        assert _step(line) is None
