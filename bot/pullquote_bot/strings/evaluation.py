"""Sentences of `pullquote eval` and `pullquote calibrate`."""

from __future__ import annotations

from pathlib import Path

from pullquote.confidence.calibration import Calibration, Promise, StoredCalibration
from pullquote.confidence.decision import FITTED_ON
from pullquote.english.dates import written_moment
from pullquote.evaluation.binomial import CONFIDENCE_LEVEL
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import one_line

METRIC = "metric"
VALUE = "value"
OTHER_VALUE = "other"
DIFFERENCE = "difference"
INTERVAL = "95% interval"
QUESTIONS = "questions"
"""The headings of the tables of metrics."""

HELD_OUT = "confidence, on questions held out"
LOG_LOSS = "log loss"
BRIER = "Brier"
CHOSEN = "chosen"
"""The headings of the table of curves, and the mark of the one that is used."""

CURVES = {
    "shipped": "as shipped",
    "platt": "Platt's sigmoid",
    "isotonic": "isotonic regression",
}
"""The curves from the raw confidence to the one that is shown, by method."""


def asking(questions: int) -> str:
    """The step that asks every question."""
    return f"asking {counted(questions, 'question')}"


def report_written(page: Path) -> str:
    """Where the report is."""
    return f"The report is in {one_line(str(page))}\n"


def question_set(name: str, asked: int, answerable: int, unanswerable: int) -> str:
    """The question set of an evaluation, with its numbers of questions."""
    return (
        f"{counted(asked, 'question')} of {one_line(name)}, "
        f"{answerable:,} answerable and {unanswerable:,} not"
    )


def asked_of(questions: str, articles: int, generation: str) -> str:
    """What was asked of which index."""
    asked = f"{one_line(questions)}, asked of {counted(articles, 'article')}"
    return f"{asked} (generation {one_line(generation)})."


def quotes_shown(
    threshold: float, unsure_threshold: float, quotes: int, not_verbatim: int, *, calibrated: bool
) -> str:
    """The thresholds of an evaluation, and the number of quotes that were not verbatim."""
    kind = "calibrated" if calibrated else "not calibrated"
    return (
        f"{answered_from(threshold)}, and shown as not sure from {unsure_threshold:.3f} on; {kind} "
        "on this archive. "
        f"{counted(quotes, 'quote')} shown, {not_verbatim:,} not verbatim."
    )


def answered_from(threshold: float) -> str:
    """From which confidence questions are answered."""
    return f"Questions are answered from confidence {threshold:.3f} on"


def difference_from(other: str, questions: int) -> str:
    """The line above the differences from another evaluation."""
    return (
        f"Difference from {one_line(other)}, over {counted(questions, 'question')} that both "
        "asked; * where the interval excludes 0:"
    )


def too_few(count: int, minimum: int, *, answerable: bool) -> str:
    """A question set with too few questions that are answerable, or that are not."""
    kind = "the archive answers" if answerable else "it does not answer"
    held = counted(count, "question")
    return f"holds {held} that {kind}, and calibrating takes at least {minimum}"


def too_few_right(count: int, minimum: int) -> str:
    """A question set of which too few questions are answered by the first quotes."""
    right = counted(count, "question")
    return f"the first three quotes answer {right}, and calibrating takes at least {minimum}"


def fitted(calibration: Calibration) -> str:
    """By which method a calibration was fitted, and on which questions."""
    return f"Fitted by {CURVES[calibration.curve.method]} on {_questions(calibration)}."


def thresholds(calibration: Calibration) -> str:
    """The thresholds of a calibration, as they are shown and raw."""
    return (
        f"{answered_from(calibration.threshold)} (raw {calibration.raw_threshold:.3f}), "
        f"and shown as not sure from {calibration.unsure_threshold:.3f} on "
        f"(raw {calibration.raw_unsure_threshold:.3f})."
    )


def kept_promise(promise: Promise) -> str:
    """A promise, what the sample shows, and the upper bound of the rate."""
    subject, event = {
        "false": ("questions without an answer", "are answered"),
        "shown": ("questions without an answer", "are answered or shown as not sure"),
        "wrong": ("answers", "are wrong"),
    }[promise.kind]
    return (
        f"At most {promise.target * 100:.3g}% of the {subject} {event}: "
        f"{promise.seen:,} of {promise.of:,} in the sample, "
        f"and with {CONFIDENCE_LEVEL:.0%} certainty at most {promise.bound:.1%} of all such."
    )


def outcome_shares(answered: int, unsure: int, refused: int, *, answerable: bool) -> str:
    """What becomes of the answerable questions, or of the unanswerable ones."""
    count = answered + unsure + refused
    kind = "answerable" if answerable else "unanswerable"
    return (
        f"Of the {count:,} {kind} questions, {answered:,} are answered ({answered / count:.1%}), "
        f"{unsure:,} shown as not sure ({unsure / count:.1%}), "
        f"and {refused:,} refused ({refused / count:.1%})."
    )


def calibration_stored(path: Path) -> str:
    """Where a calibration is stored."""
    return (
        f"Stored in {one_line(str(path))}; delete that file to go back to the shipped confidence."
    )


def calibration_not_stored(path: Path) -> str:
    """A dry run."""
    return f"Nothing was stored (--dry-run); it would be stored in {one_line(str(path))}."


def threshold_overridden(key: str, setting: float) -> str:
    """The settings hold a number that overrides a calibrated threshold."""
    return f"answer.{one_line(key)} = {setting} in the settings overrides the calibrated one"


def confidence_in_force(stored: StoredCalibration, threshold: float) -> str:
    """For `pullquote status`: what the confidence was fitted on, and the threshold."""
    begins = f"questions are answered from {threshold:.3f} on"
    calibration = stored.used
    if calibration is None:
        shipped = f"as shipped, fitted on {FITTED_ON}; {begins}"
        if not stored.misfit:
            return shipped
        misfit = f"The stored calibration {one_line(stored.misfit)}, and is not used"
        return f"{shipped}. {misfit}. Run: pullquote calibrate QUESTIONS"
    promises = " ".join(kept_promise(promise) for promise in calibration.promises)
    created = written_moment(calibration.created)
    return f"calibrated {created} on {_questions(calibration)}; {begins}. {promises}"


def _questions(calibration: Calibration) -> str:
    total = calibration.answerable + calibration.unanswerable
    return question_set(
        calibration.questions, total, calibration.answerable, calibration.unanswerable
    )
