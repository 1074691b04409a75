"""`pullquote calibrate`: fits the confidence to this archive, and chooses the threshold."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from pullquote.answering.open_index import OpenIndex
from pullquote.confidence.calibration import (
    CALIBRATION_FILE,
    Calibration,
    fitted_for,
    write_calibration,
)
from pullquote.confidence.curves import Curve
from pullquote.errors import RequestError
from pullquote.evaluation.fitting import MIN_PER_LABEL, FittedConfidence, fit_confidence
from pullquote.evaluation.promises import Outcome, PromiseKind, choose_threshold
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot.command_line.arguments import CalibrateArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.commands.eval import ask
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings import evaluation as evaluation_strings
from pullquote_bot.terminal.calibration_text import calibration_text
from pullquote_bot.terminal.streams import Streams

_DEFAULT_PROMISES: tuple[tuple[PromiseKind, float], ...] = (("false", 0.1),)


def run(arguments: CalibrateArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Ask, fit, choose the threshold, store the calibration, and print it."""
    settings = settings_for(arguments, environment)
    questions = read_questions(arguments.questions)
    _check_counts(questions, str(arguments.questions))
    archive = open_archive(settings)
    outcomes = [
        Outcome(one.raw_confidence, one.judged.answerable, one.judged.right)
        for one in ask(archive, questions, streams)
    ]
    fitted = _fit(outcomes, archive.scale.shipped.shown)
    calibration = _calibration(archive, questions.name, outcomes, fitted, _promises(arguments))
    stored = not arguments.dry_run
    if stored:
        write_calibration(BuiltFolder(settings.index.path), calibration)
    if arguments.format == "json":
        streams.output.write(_json(calibration, fitted, stored=stored))
        return 0
    path = settings.index.path / CALIBRATION_FILE
    streams.output.write(calibration_text(calibration, fitted, outcomes, path, stored=stored))
    if settings.answer.threshold != "calibrated":
        warning = evaluation_strings.threshold_overridden(settings.answer.threshold)
        streams.errors.write(diagnostics.warning(warning))
    return 0


def _promises(arguments: CalibrateArguments) -> Sequence[tuple[PromiseKind, float]]:
    promises: list[tuple[PromiseKind, float]] = []
    if arguments.at_most_false is not None:
        promises.append(("false", arguments.at_most_false))
    if arguments.at_most_wrong is not None:
        promises.append(("wrong", arguments.at_most_wrong))
    return promises or _DEFAULT_PROMISES


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


def _fit(outcomes: Sequence[Outcome], shipped: Curve) -> FittedConfidence:
    """Fit the confidence to the questions that are known to be answerable or not."""
    labelled = [
        (outcome.raw_confidence, outcome.answerable)
        for outcome in outcomes
        if outcome.answerable is not None
    ]
    return fit_confidence(
        [confidence for confidence, _ in labelled],
        [answerable for _, answerable in labelled],
        shipped,
    )


def _calibration(
    archive: OpenIndex,
    questions: str,
    outcomes: Sequence[Outcome],
    fitted: FittedConfidence,
    targets: Sequence[tuple[PromiseKind, float]],
) -> Calibration:
    threshold, promises = choose_threshold(targets, outcomes)
    return Calibration(
        created=dt.datetime.now(dt.UTC),
        fitted_for=fitted_for(archive.manifest, archive.settings),
        questions=questions,
        answerable=sum(outcome.answerable is True for outcome in outcomes),
        unanswerable=sum(outcome.answerable is False for outcome in outcomes),
        curve=fitted.curve,
        raw_threshold=threshold,
        raw_unsure_threshold=threshold,
        promises=promises,
    )


def _json(calibration: Calibration, fitted: FittedConfidence, *, stored: bool) -> str:
    fields = {
        "stored": stored,
        "threshold": round(calibration.threshold, 4),
        "held_out": {
            name: {"log_loss": round(loss.log_loss, 4), "brier": round(loss.brier, 4)}
            for name, loss in fitted.held_out.items()
        },
        "calibration": calibration.model_dump(mode="json"),
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"
