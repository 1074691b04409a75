"""`pullquote eval` and `pullquote calibrate` as they are typed."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from pullquote.confidence.calibration import Calibration
from pullquote.confidence.decision import FITTED_ON, RERANKED
from pullquote.storage.built_folder import CALIBRATION_FILE
from support.archives import write_jsonl
from support.command_line import run

YES = [
    "harbour bridge",
    "bridge cables",
    "apricot harvest",
    "late frost",
    "town library",
    "upper valley",
    "Lidia Kovac",
    "Tomas Reed",
    "Mina Vale",
    "tide",
]
NO = [
    "World Cup",
    "Eiffel Tower",
    "prime minister of Peru",
    "price of gold",
    "moon landing",
    "chess final",
    "opera singer",
    "volcano",
    "submarine",
    "wifi",
]


@pytest.fixture
def index(town_built: Path, tmp_path: Path) -> str:
    shutil.copytree(town_built, tmp_path / "built")
    return str(tmp_path / "built")


@pytest.fixture
def questions(tmp_path: Path) -> str:
    asked = [
        (begin, True, words)
        for begin in ("What of the", "Who knows the", "What is the")
        for words in YES
    ]
    asked += [
        (begin, False, words)
        for begin in ("Who won the", "Where is the", "What is the")
        for words in NO
    ]
    records = [
        {
            "id": n,
            "question": f"{begin} {words}?",
            "answerable": known,
            **({"expected": words} if known else {}),
        }
        for n, (begin, known, words) in enumerate(asked)
    ]
    return str(write_jsonl(tmp_path / "q.jsonl", *records))


def json_of(command: list[str], *words: str) -> Any:
    """What a command prints with --format json. It must succeed, without a warning."""
    done = run(command, *words, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def status_text(command: list[str], index: str) -> str:
    return run(command, "status", "--index", index).stdout


def test_a_question_set_is_measured_and_reported(
    command: list[str], index: str, questions: str, tmp_path: Path
) -> None:
    report = tmp_path / "new" / "report"
    done = run(command, "eval", questions, "--index", index, "--report", str(report))
    assert (done.returncode, done.stderr) == (0, f"The report is in {report / 'report.html'}\n")
    assert "60 questions of q.jsonl, 30 answerable and 30 not, asked of 4 articles" in done.stdout
    rows = {line.split()[0] for line in done.stdout.splitlines() if line}
    names = (
        "hit@1 mrr words@1 words@3 crossings auroc coverage unsure refused denied answered_right "
        "error false_answer false_unsure ece ece_right p95_ms"
    )
    assert set(names.split()) <= rows
    assert "mc@1" not in rows, "there are no choices"
    assert (report / "report.html").read_text().startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in report.iterdir()) == ["eval.json", "report.html"]


def test_two_evaluations_are_compared(
    command: list[str], index: str, questions: str, tmp_path: Path
) -> None:
    asked = ("eval", questions, "--index", index)
    run(command, *asked, "--report", str(tmp_path))
    other = str(tmp_path / "eval.json")
    evaluation = json_of(command, *asked, "--compare", other)
    assert (evaluation["asked"], len(evaluation["results"])) == (60, 60)
    assert (evaluation["not_verbatim"], evaluation["calibrated"]) == (0, False)
    first = json.loads(Path(other).read_text())
    assert evaluation["figures"]["auroc"] == first["figures"]["auroc"]
    assert evaluation["comparison"]["differences"]["hit@3"]["value"] == 0
    text = run(command, *asked, "--compare", other).stdout
    assert f"Difference from {other}, over 60 questions that both asked;" in text


def test_a_dry_run_of_calibrate_stores_nothing(
    command: list[str], index: str, questions: str
) -> None:
    words = ("calibrate", questions, "--index", index, "--at-most-false", "20%", "--dry-run")
    done = run(command, *words)
    assert done.returncode == 0, done.stderr
    assert "Nothing was stored (--dry-run)" in done.stdout
    assert "At most 20% of the questions without an answer are answered: " in done.stdout
    usual = "At most 30% of the questions without an answer are answered or shown as not sure: "
    assert usual in done.stdout
    for count, kind in ((30, "answerable"), (30, "unanswerable")):
        shares = rf"Of the {count} {kind} questions, \d+ are answered .* not sure .* refused \("
        assert re.search(shares, done.stdout)
    assert not Path(index, CALIBRATION_FILE).exists()
    shown = " ".join(status_text(command, index).split())
    assert f"as shipped, fitted on {FITTED_ON}; questions are answered from" in shown


def test_a_calibration_is_used_until_the_index_no_longer_fits_it(
    command: list[str], index: str, questions: str
) -> None:
    words = ("calibrate", questions, "--index", index, "--at-most-false", "20%")
    fitted = json_of(command, *words, "--at-most-shown", "40%")
    assert fitted["stored"]
    promise, shown = fitted["calibration"]["promises"]
    assert (promise["kind"], shown["kind"]) == ("false", "shown")
    assert promise["bound"] <= 0.2
    assert shown["bound"] <= 0.4
    assert fitted["unsure_threshold"] <= fitted["threshold"]
    assert set(fitted["held_out"]) == {"shipped", "platt", "isotonic"}
    status = json_of(command, "status", "--index", index)
    assert (status["threshold"], status["calibration_misfit"]) == (fitted["threshold"], "")
    assert (
        f"At most 20% of the questions without an answer are answered: {promise['seen']} of 30"
    ) in status_text(command, index)
    measured = json_of(command, "eval", questions, "--index", index)
    assert measured["calibrated"]
    rate = promise["seen"] / promise["of"]
    assert measured["figures"]["false_answer"]["value"] == pytest.approx(rate, abs=1e-4)
    unsure_rate = shown["seen"] / shown["of"] - rate
    assert measured["figures"]["false_unsure"]["value"] == pytest.approx(unsure_rate, abs=1e-4)
    assert measured["unsure_threshold"] == fitted["unsure_threshold"]

    file = Path(index, CALIBRATION_FILE)
    stored = Calibration.model_validate_json(file.read_bytes())
    elsewhere = stored.fitted_for.model_copy(update={"passages": 994})
    other = stored.model_copy(update={"fitted_for": elsewhere, "seal": ""}).sealed()
    file.write_text(other.model_dump_json())
    assert "The stored calibration was fitted on 99" in status_text(command, index)
    asked = run(command, "ask", "What did the bridge cables cost?", "--index", index)
    assert (asked.returncode, asked.stderr) == (0, "")


def test_a_promise_that_the_sample_cannot_support_is_refused(
    command: list[str], index: str, questions: str
) -> None:
    refused = run(command, "calibrate", questions, "--index", index, "--at-most-false", "2%")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "takes at least 149 such questions, and the file has 30" in refused.stderr
    assert not Path(index, CALIBRATION_FILE).exists()


def test_a_set_whose_expectations_are_not_met_is_refused(
    command: list[str], index: str, questions: str
) -> None:
    file = Path(questions)
    file.write_text(file.read_text().replace('"expected": "', '"expected": "not in any article '))
    refused = run(command, "calibrate", questions, "--index", index, "--at-most-false", "20%")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "the first three quotes answer 0 questions, and calibrating takes" in refused.stderr
    assert not Path(index, CALIBRATION_FILE).exists()


def test_a_threshold_in_the_settings_that_overrides_the_calibrated_one_is_a_warning(
    command: list[str], index: str, questions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_ANSWER_UNSURE_THRESHOLD", "0.2")
    words = ("calibrate", questions, "--index", index, "--at-most-false", "20%", "--dry-run")
    done = run(command, *words)
    assert done.returncode == 0
    assert "answer.unsure_threshold = 0.2 in the settings overrides" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["eval", "/nowhere.jsonl"], "/nowhere.jsonl: cannot be read"),
        (["eval", "BAD"], "bad.jsonl:2: gold: is 4, and the choices are numbered 0 to 1"),
        (["eval", "FEW", "--compare", "/nowhere.json"], "/nowhere.json: cannot be read"),
        (["eval", "FEW", "--compare", "BAD"], "is not an evaluation"),
        (["eval", "FEW", "--report", "FEW"], "cannot be made"),
        (["eval", "FEW", "--index", "/nowhere"], "there is no index yet"),
        (["eval"], "required: QUESTIONS"),
        (
            ["calibrate", "FEW"],
            "few.jsonl: holds 1 question that the archive answers, and calibrating takes",
        ),
        (["calibrate", "FEW", "--at-most-false", "20"], "'20' is not a share such as 10% or 0.1"),
        (["calibrate", "FEW", "--at-most-wrong", "half"], "'half' is not a share"),
        (["calibrate", "FEW", "--at-most-shown", "1"], "'1' is not a share"),
    ],
)
def test_a_mistake_is_one_line_on_stderr_with_status_2(
    command: list[str], index: str, tmp_path: Path, words: list[str], message: str
) -> None:
    bad = write_jsonl(
        tmp_path / "bad.jsonl",
        {"question": "Who?"},
        {"question": "Who?", "choices": ["a", "b"], "gold": 4},
    )
    few = write_jsonl(
        tmp_path / "few.jsonl",
        {"question": "What did the bridge cables cost?", "expected": "14 million"},
    )
    typed = [{"BAD": str(bad), "FEW": str(few)}.get(word, word) for word in words]
    done = run(command, *typed, *([] if "--index" in words else ["--index", index]))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_asking_explains_as_text_and_as_json(command: list[str], index: str) -> None:
    words = ("ask", "What did the bridge cables cost?", "--explain", "--index", index)
    text = run(command, *words)
    assert text.returncode == 0
    assert "[1] passage 1st by words" in text.stdout
    explanation = json_of(command, *words)["explanation"]
    assert explanation["quotes"][0]["lexical_rank"] == 1
    assert explanation["threshold"] == RERANKED.threshold


@pytest.mark.parametrize("words", [["eval"], ["calibrate", "--dry-run", "--at-most-false", "20%"]])
def test_measuring_imports_nothing_that_only_building_needs(
    index: str, questions: str, words: list[str]
) -> None:
    needless = ("torch", "sentence_transformers", "scipy", "sklearn", "onnx", "discord")
    code = (
        "import sys; from pullquote_bot.cli import main; main();"
        f"print([name for name in {needless} if name in sys.modules])"
    )
    done = run([sys.executable, "-c", code], *words, questions, "--index", index)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
