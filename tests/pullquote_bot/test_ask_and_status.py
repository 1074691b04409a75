"""`pullquote ask`, `status` and `check`, run in this process."""

import io
import json
import shutil
from pathlib import Path

import pytest

from pullquote.storage.built_folder import CALIBRATION_FILE
from pullquote_bot import cli
from pullquote_bot.command_line.arguments import AskArguments, CheckArguments, StatusArguments
from pullquote_bot.commands import ask, check, status
from pullquote_bot.terminal.streams import Streams

COST = "What did the bridge cables cost?"
THRESHOLDS = {"answered": ("0", "0"), "unsure": ("1", "0"), "refused": ("1", "1")}
"""The two thresholds with which a question has an outcome."""


def environment_for(outcome: str) -> dict[str, str]:
    threshold, unsure_threshold = THRESHOLDS[outcome]
    return {
        "PULLQUOTE_ANSWER_THRESHOLD": threshold,
        "PULLQUOTE_ANSWER_UNSURE_THRESHOLD": unsure_threshold,
    }


def printed_by_ask(arguments: AskArguments, outcome: str, typed: str = "") -> tuple[int, str]:
    """The exit status, and what is on standard output."""
    streams = Streams(io.StringIO(typed), io.StringIO(), io.StringIO())
    exit_status = ask.run(arguments, streams, environment_for(outcome))
    return exit_status, streams.output.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize(
    ("outcome", "exit_status", "required"),
    [("answered", 0, 0), ("unsure", 0, 1), ("refused", 1, 1)],
)
def test_the_exit_status_follows_the_outcome(
    town_built: Path, output: str, outcome: str, exit_status: int, required: int
) -> None:
    for require_answered, expected in ((False, exit_status), (True, required)):
        arguments = AskArguments(
            question=COST,
            index=town_built,
            format="json" if output == "json" else "text",
            require_answered=require_answered,
        )
        assert printed_by_ask(arguments, outcome)[0] == expected


@pytest.mark.parametrize("outcome", THRESHOLDS)
def test_json_has_the_outcome_and_only_a_sure_answer_is_answered(
    town_built: Path, outcome: str
) -> None:
    _, printed = printed_by_ask(
        AskArguments(question=COST, index=town_built, format="json"), outcome
    )
    fields = json.loads(printed)
    assert fields["outcome"] == outcome
    assert fields["answered"] == (outcome == "answered")
    assert bool(fields["quotes"]) == (outcome != "refused")
    assert bool(fields["nearest"]) == (outcome == "refused"), "JSON has them without --nearest"


def test_nearest_shows_the_passages_of_a_refusal_and_else_a_line_says_how(
    town_built: Path,
) -> None:
    without, with_nearest = (
        printed_by_ask(
            AskArguments(question=COST, index=town_built, nearest=nearest, explain=True), "refused"
        )[1]
        for nearest in (False, True)
    )
    assert "--nearest shows the passages that came nearest." in without
    assert "[1]" not in without
    assert "--nearest" not in with_nearest
    assert "[1] │ " in with_nearest
    assert "[1] passage" in with_nearest


@pytest.mark.parametrize("outcome", THRESHOLDS)
def test_the_outcomes_do_not_change_the_exit_status_of_a_batch(
    town_built: Path, outcome: str
) -> None:
    arguments = AskArguments(batch="-", index=town_built, nearest=True, require_answered=True)
    exit_status, printed = printed_by_ask(arguments, outcome, json.dumps({"question": COST}))
    assert exit_status == 0
    assert json.loads(printed)["outcome"] == outcome


def test_status_shows_both_thresholds(town_built: Path) -> None:
    environment = {
        "PULLQUOTE_ANSWER_THRESHOLD": "0.625",
        "PULLQUOTE_ANSWER_UNSURE_THRESHOLD": "0.125",
    }
    text, as_json = (io.StringIO(), io.StringIO())
    status.run(
        StatusArguments(index=town_built), Streams(io.StringIO(), text, io.StringIO()), environment
    )
    status.run(
        StatusArguments(index=town_built, format="json"),
        Streams(io.StringIO(), as_json, io.StringIO()),
        environment,
    )
    assert "answered from 0.625 on" in text.getvalue()
    assert "not sure      quotes are shown as not sure from 0.125 on" in text.getvalue()
    fields = json.loads(as_json.getvalue())
    assert (fields["threshold"], fields["unsure_threshold"]) == (0.625, 0.125)


def test_too_little_memory_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out_of_memory(*_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(status, "run", run_out_of_memory)
    errors = io.StringIO()
    assert cli.run(["status"], Streams(io.StringIO(), io.StringIO(), errors), {}) == 2
    assert errors.getvalue().startswith("error: there is not enough memory.")
    assert errors.getvalue().count("\n") == 1


def test_check_finds_a_calibration_that_is_not_as_it_was_written(
    town_built: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "built"
    shutil.copytree(town_built, copy)
    (copy / CALIBRATION_FILE).write_text('{"raw_threshold": 0.05}')
    output = io.StringIO()
    streams = Streams(io.StringIO(), output, io.StringIO())
    assert check.run(CheckArguments(index=copy), streams, {}) == 1
    assert f"{CALIBRATION_FILE}: is not of a form that this version reads" in output.getvalue()
