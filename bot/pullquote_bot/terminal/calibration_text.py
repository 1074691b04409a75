"""What a calibration promises, in words."""

from __future__ import annotations

from pullquote.confidence.calibration import Calibration, Promise, Stored
from pullquote.confidence.decision import FITTED_ON
from pullquote.english.dates import written_moment
from pullquote.evaluation.binomial import CONFIDENCE
from pullquote_bot import strings
from pullquote_bot.visible_text import one_line


def calibration_lines(calibration: Calibration) -> list[str]:
    """What was fitted, where answering begins, and what that keeps."""
    total = strings.counted(calibration.answerable + calibration.unanswerable, "question")
    return [
        (
            f"Fitted by {_METHODS[calibration.curve.method]} on {total} of {one_line(calibration.questions)}: "
            f"{calibration.answerable:,} that the archive answers, {calibration.unanswerable:,} that it does not."
        ),
        f"Answered from confidence {calibration.threshold:.3f} on (raw {calibration.raw_threshold:.3f}).",
        *(promise_line(promise) for promise in calibration.promises),
    ]


def status_text(stored: Stored, threshold: float) -> str:
    """For `status`: what the confidence was fitted on and where answering begins."""
    calibration = stored.used
    if calibration is None:
        shipped = f"as shipped, fitted on {FITTED_ON}; answered from {threshold:.3f} on"
        return (
            f"{shipped}. The stored calibration {stored.misfit}, and is not used. Run: pullquote calibrate QUESTIONS"
            if stored.misfit
            else shipped
        )
    promises = " ".join(promise_line(promise) for promise in calibration.promises)
    return (
        f"calibrated {written_moment(calibration.created)} on {one_line(calibration.questions)} "
        f"({calibration.answerable:,} answerable, {calibration.unanswerable:,} not); answered from {threshold:.3f} on. {promises}"
    )


def promise_line(promise: Promise) -> str:
    """A promise, what was seen, and how sure it is."""
    subject, done = {
        "false": ("of the questions without an answer", "are answered"),
        "wrong": ("of the answers", "are wrong"),
    }[promise.kind]
    return (
        f"At most {promise.target * 100:.3g}% {subject} {done}: seen {promise.seen:,} of {promise.of:,}, "
        f"and with {CONFIDENCE:.0%} certainty at most {promise.bound:.1%} in all."
    )


_METHODS = {"platt": "Platt's sigmoid", "isotonic": "isotonic regression"}
