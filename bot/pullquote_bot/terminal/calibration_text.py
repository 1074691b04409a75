"""The result of a calibration as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.confidence.calibration import Calibration
from pullquote.evaluation.fitting import FittedConfidence
from pullquote.evaluation.scored_question import ScoredQuestion
from pullquote_bot.strings import evaluation as evaluation_strings

_CURVE_WIDTH = 34


def calibration_text(
    calibration: Calibration,
    fitted: FittedConfidence,
    scored: Sequence[ScoredQuestion],
    place: str,
    *,
    is_file: bool,
    stored: bool,
) -> str:
    """What was fitted, the thresholds, what they keep, and what becomes of the questions.

    Args:
        calibration: the calibration.
        fitted: the curves that were compared.
        scored: the questions that were asked.
        place: where calibrations are stored.
        is_file: whether that is a file; otherwise it is a table of a database.
        stored: whether this one was.
    """
    lines = [
        *_held_out_losses(fitted),
        "",
        evaluation_strings.fitted(calibration),
        evaluation_strings.thresholds(calibration),
        *map(evaluation_strings.kept_promise, calibration.promises),
        *_outcome_shares(calibration, scored),
        "",
        evaluation_strings.calibration_stored(place, is_file=is_file)
        if stored
        else evaluation_strings.calibration_not_stored(place),
    ]
    return "\n".join(lines) + "\n"


def _outcome_shares(calibration: Calibration, scored: Sequence[ScoredQuestion]) -> Iterator[str]:
    """How many of the answerable and of the unanswerable questions have each outcome."""
    for answerable in (True, False):
        raw = [question.raw_confidence for question in scored if question.answerable is answerable]
        answered = sum(value >= calibration.raw_threshold for value in raw)
        shown = sum(value >= calibration.raw_unsure_threshold for value in raw)
        yield evaluation_strings.outcome_shares(
            answered, shown - answered, len(raw) - shown, answerable=answerable
        )


def _held_out_losses(fitted: FittedConfidence) -> Iterator[str]:
    """A table of the curves, with how well each predicts questions that it was not fitted on."""
    loss_heading, brier_heading = evaluation_strings.LOG_LOSS, evaluation_strings.BRIER
    heading = evaluation_strings.HELD_OUT
    yield f"{heading:<{_CURVE_WIDTH + 2}} {loss_heading:>9} {brier_heading:>7}"
    for method, name in evaluation_strings.CURVES.items():
        loss = fitted.held_out[method]
        mark = f"  {evaluation_strings.CHOSEN}" if method == fitted.curve.method else ""
        yield f"  {name:<{_CURVE_WIDTH}} {loss.log_loss:9.4f} {loss.brier:7.4f}{mark}"
