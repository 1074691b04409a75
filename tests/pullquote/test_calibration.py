import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.answers import Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.confidence.calibration import (
    Calibration,
    Promise,
    fitted_for,
    read_calibration,
    write_calibration,
)
from pullquote.confidence.curves import Isotonic, Platt
from pullquote.confidence.decision import RERANKED
from pullquote.confidence.outcome import Outcome
from pullquote.confidence.verdict import ConfidenceScale
from pullquote.storage.built_folder import CALIBRATION_FILE, BuiltFolder
from support.archives import NOON, settings_for

QUESTION = "What did the bridge cables cost?"
SLOPE_TWO = Platt(intercept=0.0, slope=2.0)


def calibration_for(
    archive: OpenIndex,
    *,
    raw_threshold: float = 0.9,
    raw_unsure_threshold: float | None = None,
    curve: Platt | Isotonic = SLOPE_TWO,
) -> Calibration:
    """A calibration; without a threshold for "not sure", nothing is shown as not sure."""
    promise = Promise(kind="false", target=0.1, seen=1, of=100, bound=0.05)
    return Calibration(
        created=NOON,
        fitted_for=fitted_for(archive.manifest, archive.settings),
        questions="q.jsonl",
        answerable=40,
        unanswerable=100,
        curve=curve,
        raw_threshold=raw_threshold,
        raw_unsure_threshold=(
            raw_threshold if raw_unsure_threshold is None else raw_unsure_threshold
        ),
        promises=(promise,),
    )


@pytest.fixture
def copied(town_built: Path, tmp_path: Path) -> Path:
    """A copy of the town's index, to write to."""
    shutil.copytree(town_built, tmp_path / "built")
    return tmp_path / "built"


def test_a_stored_calibration_is_used_otherwise_what_ships(copied: Path) -> None:
    shipped = OpenIndex(settings_for(copied))
    before = answer(shipped, understand(QUESTION))
    assert (before.refusal, shipped.scale.threshold) == (None, RERANKED.threshold)
    assert shipped.scale.unsure_threshold == RERANKED.unsure_threshold
    assert before.explanation
    raw = before.explanation.verdict.raw
    assert before.confidence == RERANKED.shown(raw)
    write_calibration(BuiltFolder(copied), calibration_for(shipped, raw_threshold=raw - 1e-6))
    after = answer(OpenIndex(settings_for(copied)), understand(QUESTION))
    assert after.confidence == pytest.approx(raw**2 / (raw**2 + (1 - raw) ** 2)), "twice the logit"
    assert after.answered
    assert after.explanation
    assert after.explanation.verdict.raw == raw
    write_calibration(BuiltFolder(copied), calibration_for(shipped, raw_threshold=raw + 1e-6))
    refused = answer(OpenIndex(settings_for(copied)), understand(QUESTION))
    assert (refused.answered, refused.refusal) == (False, Refusal.SUBJECT_ONLY)
    unsure = calibration_for(shipped, raw_threshold=1.0, raw_unsure_threshold=raw - 1e-6)
    write_calibration(BuiltFolder(copied), unsure)
    between = answer(OpenIndex(settings_for(copied)), understand(QUESTION))
    assert (between.outcome, between.refusal) == (Outcome.UNSURE, None)
    sure = len(after.quotes)
    assert [quote.span for quote in between.quotes[:sure]] == [quote.span for quote in after.quotes]
    assert not any(quote.answer_spans for quote in between.quotes), "none is sure"
    (copied / CALIBRATION_FILE).unlink()
    assert answer(
        OpenIndex(settings_for(copied)), understand(QUESTION)
    ).confidence == RERANKED.shown(raw)


def test_a_threshold_in_the_settings_overrides_the_calibrated_one(copied: Path) -> None:
    write_calibration(
        BuiltFolder(copied), calibration_for(OpenIndex(settings_for(copied)), raw_threshold=1.0)
    )
    assert not answer(OpenIndex(settings_for(copied)), understand(QUESTION)).answered
    lower = settings_for(copied, ANSWER_THRESHOLD="0.01")
    assert answer(OpenIndex(lower), understand(QUESTION)).answered
    unsure = settings_for(copied, ANSWER_UNSURE_THRESHOLD="0.01")
    assert answer(OpenIndex(unsure), understand(QUESTION)).outcome is Outcome.UNSURE


def test_a_calibration_for_another_index_is_not_used_and_the_difference_is_named(
    copied: Path,
) -> None:
    archive, built = OpenIndex(settings_for(copied)), BuiltFolder(copied)
    fitting = calibration_for(archive)
    for name, value, difference in (
        ("encoder", "other", "another encoder"),
        ("format", 99, "another format of the index"),
        ("passage_words", 60, "another length of passages"),
        ("decision", "other", "another version of the ranking"),
        ("settings", "other", "another settings for finding and quoting"),
        ("passages", 1_000, "on 1,000 passages, and there are"),
    ):
        write_calibration(
            built,
            fitting.model_copy(
                update={"fitted_for": fitting.fitted_for.model_copy(update={name: value})}
            ),
        )
        stored = read_calibration(built, archive.manifest, archive.settings)
        assert difference in stored.misfit
        assert (stored.used, stored.calibration is None) == (None, False)
        assert OpenIndex(settings_for(copied)).scale.calibration is None
    write_calibration(built, fitting)
    assert read_calibration(built, archive.manifest, archive.settings).used == fitting
    changed = settings_for(copied, RETRIEVAL_PASSAGES="5")
    assert "settings for finding" in read_calibration(built, archive.manifest, changed).misfit
    assert (
        read_calibration(built, archive.manifest, settings_for(copied, ANSWER_QUOTES="9")).used
        == fitting
    ), "a setting that the raw confidence does not depend on"


@pytest.mark.parametrize("damage", ["", "{}", "[1]", "\x00", '{"format": 1}', "nan", "rising"])
def test_an_archive_with_a_damaged_calibration_still_answers(copied: Path, damage: str) -> None:
    archive = OpenIndex(settings_for(copied))
    fields = calibration_for(archive, curve=Isotonic(raw=(0.1, 0.2), shown=(0.3, 0.4))).model_dump(
        mode="json"
    )
    fields["curve"] = (
        {"method": "platt", "intercept": float("nan"), "slope": 1.0}
        if damage == "nan"
        else {**fields["curve"], "raw": [0.2, 0.1]}
    )
    (copied / CALIBRATION_FILE).write_text(
        json.dumps(fields) if damage in ("nan", "rising") else damage
    )
    assert (
        read_calibration(BuiltFolder(copied), archive.manifest, archive.settings).misfit
        == "is not of a form that this version reads"
    )
    assert answer(OpenIndex(settings_for(copied)), understand(QUESTION)).refusal is None


def test_a_calibration_that_was_changed_after_it_was_written_is_not_used(copied: Path) -> None:
    archive = OpenIndex(settings_for(copied))
    path = write_calibration(BuiltFolder(copied), calibration_for(archive))
    path.write_text(path.read_text().replace('"answerable": ', '"answerable": 1'))
    stored = read_calibration(BuiltFolder(copied), archive.manifest, archive.settings)
    assert stored.used is None
    assert "is not as it was written" in stored.misfit


def test_writing_leaves_one_file_that_reads_back_the_same(copied: Path) -> None:
    before = {path.name for path in copied.iterdir()}
    calibration = calibration_for(
        OpenIndex(settings_for(copied)), curve=Isotonic(raw=(0.1, 0.5), shown=(0.0, 1.0))
    )
    path = write_calibration(BuiltFolder(copied), calibration)
    assert {path.name for path in copied.iterdir()} == before | {CALIBRATION_FILE}
    assert Calibration.model_validate_json(path.read_bytes()) == calibration.sealed()
    assert calibration.created.tzinfo is dt.UTC


@given(st.floats(0, 1))
def test_an_isotonic_curve_is_linear_between_blocks_and_constant_outside_of_them(
    raw: float,
) -> None:
    line = Isotonic(raw=(0.25, 0.5, 0.75), shown=(0.1, 0.2, 0.9))
    expected = (
        0.1
        if raw <= 0.25
        else 0.9
        if raw >= 0.75
        else 0.1 + (raw - 0.25) * 0.4
        if raw <= 0.5
        else 0.2 + (raw - 0.5) * 2.8
    )
    assert line(raw) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_calibrated_thresholds_divide_raw_confidences_exactly_where_they_were_chosen(
    raw: float, one: float, other: float
) -> None:
    lower, upper = sorted((one, other))
    level = Calibration.model_construct(
        curve=Isotonic(raw=(0.5,), shown=(0.5,)), raw_threshold=upper, raw_unsure_threshold=lower
    )
    verdict = ConfidenceScale(level, "calibrated", "calibrated", RERANKED).verdict(raw)
    assert verdict.answered == (raw >= upper), "even where the curve is level"
    assert (verdict.outcome is Outcome.REFUSED) == (raw < lower)
    assert (verdict.raw, verdict.confidence) == (raw, 0.5)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_thresholds_in_the_settings_divide_what_is_shown(
    raw: float, threshold: float, unsure: float
) -> None:
    scale = ConfidenceScale(None, threshold, unsure, RERANKED)
    verdict = scale.verdict(raw)
    assert verdict.answered == (verdict.confidence >= threshold)
    assert (verdict.outcome is Outcome.REFUSED) == (verdict.confidence < min(threshold, unsure))
