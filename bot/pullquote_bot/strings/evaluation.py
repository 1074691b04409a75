"""Sentences of `pullquote eval` and `pullquote calibrate`."""

from __future__ import annotations

from pathlib import Path

from pullquote.confidence.calibration import Calibration, Promise, StoredCalibration
from pullquote.confidence.decision import FITTED_ON
from pullquote.english.dates import written_moment
from pullquote.evaluation.binomial import CONFIDENCE_LEVEL
from pullquote.translation import say, translate_constants
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
    return say("asking {questions}", questions=counted(questions, "question"))


def report_written(page: Path) -> str:
    """Where the report is."""
    return say("The report is in {page}\n", page=one_line(str(page)))


def question_set(name: str, asked: int, answerable: int, unanswerable: int) -> str:
    """The question set of an evaluation, with its numbers of questions."""
    return say(
        "{questions} of {name}, {answerable:,} answerable and {unanswerable:,} not",
        questions=counted(asked, "question"),
        name=one_line(name),
        answerable=answerable,
        unanswerable=unanswerable,
    )


def asked_of(questions: str, articles: int, generation: str) -> str:
    """What was asked of which index."""
    asked = say(
        "{questions}, asked of {articles}",
        questions=one_line(questions),
        articles=counted(articles, "article"),
    )
    return say("{asked} (generation {generation}).", asked=asked, generation=one_line(generation))


def quotes_shown(
    threshold: float, unsure_threshold: float, quotes: int, not_verbatim: int, *, calibrated: bool
) -> str:
    """The thresholds of an evaluation, and the number of quotes that were not verbatim."""
    kind = say("calibrated") if calibrated else say("not calibrated")
    return say(
        "{answered_from}, and shown as not sure from {unsure_threshold:.3f} on; {kind} "
        "on this archive. {quotes} shown, {not_verbatim:,} not verbatim.",
        answered_from=answered_from(threshold),
        unsure_threshold=unsure_threshold,
        kind=kind,
        quotes=counted(quotes, "quote"),
        not_verbatim=not_verbatim,
    )


def answered_from(threshold: float) -> str:
    """From which confidence questions are answered."""
    return say("Questions are answered from confidence {threshold:.3f} on", threshold=threshold)


def difference_from(other: str, questions: int) -> str:
    """The line above the differences from another evaluation."""
    return say(
        "Difference from {other}, over {questions} that both asked; * where the interval "
        "excludes 0:",
        other=one_line(other),
        questions=counted(questions, "question"),
    )


def too_few(count: int, minimum: int, *, answerable: bool) -> str:
    """A question set with too few questions that are answerable, or that are not."""
    kind = say("the archive answers") if answerable else say("it does not answer")
    held = counted(count, "question")
    return say(
        "holds {held} that {kind}, and calibrating takes at least {minimum}",
        held=held,
        kind=kind,
        minimum=minimum,
    )


def too_few_right(count: int, minimum: int) -> str:
    """A question set of which too few questions are answered by the first quotes."""
    right = counted(count, "question")
    return say(
        "the first three quotes answer {right}, and calibrating takes at least {minimum}",
        right=right,
        minimum=minimum,
    )


def fitted(calibration: Calibration) -> str:
    """By which method a calibration was fitted, and on which questions."""
    return say(
        "Fitted by {curve} on {questions}.",
        curve=say(CURVES[calibration.curve.method]),
        questions=_questions(calibration),
    )


def thresholds(calibration: Calibration) -> str:
    """The thresholds of a calibration, as they are shown and raw."""
    return say(
        "{answered_from} (raw {raw_threshold:.3f}), and shown as not sure from "
        "{unsure_threshold:.3f} on (raw {raw_unsure_threshold:.3f}).",
        answered_from=answered_from(calibration.threshold),
        raw_threshold=calibration.raw_threshold,
        unsure_threshold=calibration.unsure_threshold,
        raw_unsure_threshold=calibration.raw_unsure_threshold,
    )


def kept_promise(promise: Promise) -> str:
    """A promise, what the sample shows, and the upper bound of the rate."""
    subject, event = {
        "false": (say("questions without an answer"), say("are answered")),
        "shown": (
            say("questions without an answer"),
            say("are answered or shown as not sure"),
        ),
        "wrong": (say("answers"), say("are wrong")),
    }[promise.kind]
    return say(
        "At most {target:.3g}% of the {subject} {event}: {seen:,} of {of:,} in the "
        "sample, and with {certainty:.0%} certainty at most {bound:.1%} of all "
        "such.",
        target=promise.target * 100,
        subject=subject,
        event=event,
        seen=promise.seen,
        of=promise.of,
        certainty=CONFIDENCE_LEVEL,
        bound=promise.bound,
    )


def outcome_shares(answered: int, unsure: int, refused: int, *, answerable: bool) -> str:
    """What becomes of the answerable questions, or of the unanswerable ones."""
    count = answered + unsure + refused
    kind = say("answerable") if answerable else say("unanswerable")
    return say(
        "Of the {count:,} {kind} questions, {answered:,} are answered ({answered_share:.1%}), "
        "{unsure:,} shown as not sure ({unsure_share:.1%}), and {refused:,} refused "
        "({refused_share:.1%}).",
        count=count,
        kind=kind,
        answered=answered,
        answered_share=answered / count,
        unsure=unsure,
        unsure_share=unsure / count,
        refused=refused,
        refused_share=refused / count,
    )


def calibration_stored(place: str, *, is_file: bool) -> str:
    """Where a calibration is stored: in a file, or in a table of a database."""
    path = one_line(place)
    if is_file:
        return say(
            "Stored in {path}; delete that file to go back to the shipped confidence.", path=path
        )
    return say(
        "Stored in {path}; empty that table (DELETE FROM pullquote.calibration) to go back to "
        "the shipped confidence.",
        path=path,
    )


def calibration_not_stored(place: str) -> str:
    """A dry run."""
    return say(
        "Nothing was stored (--dry-run); it would be stored in {path}.", path=one_line(place)
    )


def threshold_overridden(key: str, setting: float) -> str:
    """The settings hold a number that overrides a calibrated threshold."""
    return say(
        "answer.{key} = {setting} in the settings overrides the calibrated one",
        key=one_line(key),
        setting=setting,
    )


def confidence_in_force(stored: StoredCalibration, threshold: float) -> str:
    """For `pullquote status`: what the confidence was fitted on, and the threshold."""
    begins = say("questions are answered from {threshold:.3f} on", threshold=threshold)
    calibration = stored.used
    if calibration is None:
        shipped = say(
            "as shipped, fitted on {questions}; {begins}", questions=say(FITTED_ON), begins=begins
        )
        if not stored.misfit:
            return shipped
        misfit = say(
            "The stored calibration {misfit}, and is not used", misfit=one_line(stored.misfit)
        )
        return say(
            "{shipped}. {misfit}. Run: pullquote calibrate QUESTIONS",
            shipped=shipped,
            misfit=misfit,
        )
    promises = " ".join(kept_promise(promise) for promise in calibration.promises)
    return say(
        "calibrated {created} on {questions}; {begins}. {promises}",
        created=written_moment(calibration.created),
        questions=_questions(calibration),
        begins=begins,
        promises=promises,
    )


def _questions(calibration: Calibration) -> str:
    total = calibration.answerable + calibration.unanswerable
    return question_set(
        calibration.questions, total, calibration.answerable, calibration.unanswerable
    )


translate_constants(__name__)
