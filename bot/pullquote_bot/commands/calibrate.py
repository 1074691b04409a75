"""`pullquote calibrate`: fits the confidence to this archive, and chooses the thresholds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from pullquote.answering.open_index import OpenIndex
from pullquote.confidence.calibration import Calibration, fitted_for
from pullquote.confidence.curves import Curve
from pullquote.errors import RequestError
from pullquote.evaluation.fitting import MIN_PER_LABEL, FittedConfidence, fit_confidence
from pullquote.evaluation.promises import PromiseKind, choose_thresholds
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.evaluation.scored_question import ScoredQuestion
from pullquote.storage.stores import store_of
from pullquote_bot.command_line.arguments import CalibrateArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.commands.eval import ask
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings import evaluation as evaluation_strings
from pullquote_bot.terminal.calibration_text import calibration_text
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json

_DEFAULT_FALSE = 0.1
"""Promised for "false" if nothing is promised of the answers."""
_USUAL_SHOWN = 0.3
"""Used for "shown" without a promise of it, if the threshold for answering keeps it."""


def run(arguments: CalibrateArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Ask, fit, choose the thresholds, store the calibration, and print it."""
    settings = settings_for(arguments, environment)
    questions = read_questions(arguments.questions)
    _check_counts(questions, str(arguments.questions))
    archive = open_archive(settings)
    scored = [
        ScoredQuestion(one.raw_confidence, one.judged.answerable, one.judged.right)
        for one in ask(archive, questions, streams)
    ]
    fitted = _fit(scored, archive.scale.shipped.shown, str(arguments.questions))
    calibration = _calibration(archive, questions.name, scored, fitted, _promises(arguments))
    stored, index = not arguments.dry_run, store_of(settings.index)
    if stored:
        index.write_calibration(calibration.to_text())
    if arguments.format == "json":
        streams.output.write(_json(calibration, fitted, stored=stored))
        return 0
    place = index.calibration_place
    is_file = index.kind == "embedded"
    streams.output.write(
        calibration_text(calibration, fitted, scored, place, is_file=is_file, stored=stored)
    )
    for key, setting in (
        ("threshold", settings.answer.threshold),
        ("unsure_threshold", settings.answer.unsure_threshold),
    ):
        if setting != "calibrated":
            warning = evaluation_strings.threshold_overridden(key, setting)
            streams.errors.write(diagnostics.warning(warning))
    return 0


def _promises(arguments: CalibrateArguments) -> Sequence[tuple[PromiseKind, float]]:
    promises: list[tuple[PromiseKind, float]] = []
    if arguments.at_most_false is not None:
        promises.append(("false", arguments.at_most_false))
    if arguments.at_most_wrong is not None:
        promises.append(("wrong", arguments.at_most_wrong))
    if not promises:
        promises.append(("false", _DEFAULT_FALSE))
    if arguments.at_most_shown is not None:
        promises.append(("shown", arguments.at_most_shown))
    return promises


def _check_counts(questions: QuestionSet, file: str) -> None:
    """Check that there are enough answerable and enough unanswerable questions.

    Raises:
        RequestError: there are too few of either.
    """
    for answerable in (True, False):
        count = sum(question.answerable is answerable for question in questions.questions)
        if count < MIN_PER_LABEL:
            raise RequestError(
                evaluation_strings.too_few(count, MIN_PER_LABEL, answerable=answerable),
                where=file,
                mend='Add such questions; "answerable": true or false says which they are',
            )


def _fit(scored: Sequence[ScoredQuestion], shipped: Curve, file: str) -> FittedConfidence:
    """Fit the confidence to whether the first three quotes answer each question.

    A question that does not say what is right counts as right if the archive answers it.

    Raises:
        RequestError: too few questions are right.
    """
    labelled = [
        (question.raw_confidence, label)
        for question in scored
        if (label := question.answerable if question.right is None else question.right) is not None
    ]
    right = sum(label for _, label in labelled)
    if right < MIN_PER_LABEL:
        raise RequestError(
            evaluation_strings.too_few_right(right, MIN_PER_LABEL),
            where=file,
            mend="Add questions that the archive answers, or correct what they expect",
        )
    return fit_confidence(
        [confidence for confidence, _ in labelled], [label for _, label in labelled], shipped
    )


def _calibration(
    archive: OpenIndex,
    questions: str,
    scored: Sequence[ScoredQuestion],
    fitted: FittedConfidence,
    targets: Sequence[tuple[PromiseKind, float]],
) -> Calibration:
    thresholds = choose_thresholds(targets, scored, usual_shown=_USUAL_SHOWN)
    return Calibration(
        created=dt.datetime.now(dt.UTC),
        fitted_for=fitted_for(archive.manifest, archive.settings),
        questions=questions,
        answerable=sum(question.answerable is True for question in scored),
        unanswerable=sum(question.answerable is False for question in scored),
        curve=fitted.curve,
        raw_threshold=thresholds.answered,
        raw_unsure_threshold=thresholds.unsure,
        promises=thresholds.promises,
    )


def _json(calibration: Calibration, fitted: FittedConfidence, *, stored: bool) -> str:
    fields = {
        "stored": stored,
        "threshold": round(calibration.threshold, 4),
        "unsure_threshold": round(calibration.unsure_threshold, 4),
        "held_out": {
            name: {"log_loss": round(loss.log_loss, 4), "brier": round(loss.brier, 4)}
            for name, loss in fitted.held_out.items()
        },
        "calibration": calibration.model_dump(mode="json"),
    }
    return in_json(json.dumps(fields, ensure_ascii=False)) + "\n"
