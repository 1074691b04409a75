"""The result of a calibration as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pullquote.confidence.calibration import Calibration
from pullquote.evaluation.fitting import FittedConfidence
from pullquote.evaluation.promises import Outcome
from pullquote_bot.strings import evaluation as evaluation_strings

_CURVE_WIDTH = 34


def calibration_text(
    calibration: Calibration,
    fitted: FittedConfidence,
    outcomes: Sequence[Outcome],
    path: Path,
    *,
    stored: bool,
) -> str:
    """What was fitted, the threshold, and what it keeps.

    Args:
        calibration: the calibration.
        fitted: the curves that were compared.
        outcomes: the questions that were asked.
        path: the file of the calibration.
        stored: whether it was written to that file.
    """
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    answered = sum(outcome.raw_confidence >= calibration.raw_threshold for outcome in answerable)
    lines = [
        *_held_out_losses(fitted),
        "",
        evaluation_strings.fitted(calibration),
        evaluation_strings.threshold(calibration),
        *map(evaluation_strings.kept_promise, calibration.promises),
        evaluation_strings.answered_share(answered, len(answerable)),
        "",
        evaluation_strings.calibration_stored(path)
        if stored
        else evaluation_strings.calibration_not_stored(path),
    ]
    return "\n".join(lines) + "\n"


def _held_out_losses(fitted: FittedConfidence) -> Iterator[str]:
    """A table of the curves, with how well each predicts questions that it was not fitted on."""
    loss_heading, brier_heading = evaluation_strings.LOG_LOSS, evaluation_strings.BRIER
    heading = evaluation_strings.HELD_OUT
    yield f"{heading:<{_CURVE_WIDTH + 2}} {loss_heading:>9} {brier_heading:>7}"
    for method, name in evaluation_strings.CURVES.items():
        loss = fitted.held_out[method]
        mark = f"  {evaluation_strings.CHOSEN}" if method == fitted.curve.method else ""
        yield f"  {name:<{_CURVE_WIDTH}} {loss.log_loss:9.4f} {loss.brier:7.4f}{mark}"
