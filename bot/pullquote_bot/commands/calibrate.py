"""`pullquote calibrate`: a confidence that means what it says on this archive, and a threshold that keeps a promise."""

from __future__ import annotations

import argparse
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
from pullquote.evaluation.fitting import LEAST_OF_A_KIND, Fit, fit
from pullquote.evaluation.promises import Kind, Outcome, promise
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot.commands.archive_opening import open_archive, settings_for
from pullquote_bot.commands.eval import ask
from pullquote_bot.terminal.calibration_text import calibration_lines
from pullquote_bot.terminal.streams import Streams

_DEFAULT: tuple[tuple[Kind, float], ...] = (("false", 0.1),)


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Fit, choose, store unless only asked to look, and tell."""
    settings = settings_for(arguments, environment)
    questions = read_questions(arguments.questions)
    _see_kinds(questions, str(arguments.questions))
    archive = open_archive(settings)
    asked = ask(archive, questions, streams)
    outcomes = [Outcome(one.raw, one.judged.answerable, one.judged.right) for one in asked]
    fitted = _fit(outcomes, archive.scale.shipped.shown)
    calibration = _calibration(archive, questions.name, outcomes, fitted, _targets(arguments))
    if not arguments.dry_run:
        write_calibration(BuiltFolder(settings.index.path), calibration)
    if arguments.format == "json":
        streams.output.write(_json(calibration, fitted, stored=not arguments.dry_run))
    else:
        place = f"Nothing was stored (--dry-run); it would go to {settings.index.path / CALIBRATION_FILE}."
        stored = f"Stored in {settings.index.path / CALIBRATION_FILE}; delete that file to go back to what ships."
        lines = [
            *_held_out_lines(fitted),
            *calibration_lines(calibration),
            *_yield_lines(calibration.raw_threshold, outcomes),
        ]
        streams.output.write("\n".join([*lines, place if arguments.dry_run else stored]) + "\n")
        if settings.answer.threshold != "calibrated":
            streams.errors.write(
                f"warning: answer.threshold = {settings.answer.threshold} in the settings comes before the calibrated threshold\n"
            )
    return 0


def _targets(arguments: argparse.Namespace) -> Sequence[tuple[Kind, float]]:
    given: list[tuple[Kind, float]] = []
    if arguments.at_most_false is not None:
        given.append(("false", arguments.at_most_false))
    if arguments.at_most_wrong is not None:
        given.append(("wrong", arguments.at_most_wrong))
    return given or _DEFAULT


def _see_kinds(questions: QuestionSet, where: str) -> None:
    for known, words in ((True, "the archive answers"), (False, "it does not answer")):
        count = sum(question.answerable is known for question in questions.questions)
        if count < LEAST_OF_A_KIND:
            raise RequestError(
                f"holds {count:,} questions that {words}, and calibrating takes at least {LEAST_OF_A_KIND}",
                where=where,
                mend='Add such questions; "answerable": true or false says which they are',
            )


def _fit(outcomes: Sequence[Outcome], shipped: Curve) -> Fit:
    known = [one for one in outcomes if one.answerable is not None]
    return fit([one.raw for one in known], [bool(one.answerable) for one in known], shipped)


def _calibration(
    archive: OpenIndex,
    name: str,
    outcomes: Sequence[Outcome],
    fitted: Fit,
    targets: Sequence[tuple[Kind, float]],
) -> Calibration:
    threshold, promises = promise(targets, outcomes)
    return Calibration(
        created=dt.datetime.now(dt.UTC),
        fitted_for=fitted_for(archive.manifest, archive.settings),
        questions=name,
        answerable=sum(one.answerable is True for one in outcomes),
        unanswerable=sum(one.answerable is False for one in outcomes),
        curve=fitted.curve,
        raw_threshold=threshold,
        promises=promises,
    )


def _held_out_lines(fitted: Fit) -> list[str]:
    names = {
        "shipped": "as it ships",
        "platt": "Platt's sigmoid",
        "isotonic": "isotonic regression",
    }
    lines = [f"{'confidence, on questions held out':<36} {'log loss':>9} {'Brier':>7}"]
    for name, words in names.items():
        one = fitted.held_out[name]
        mark = "  chosen" if name == fitted.curve.method else ""
        lines.append(f"  {words:<34} {one.log_loss:9.4f} {one.brier:7.4f}{mark}")
    return [*lines, ""]


def _yield_lines(threshold: float, outcomes: Sequence[Outcome]) -> list[str]:
    answerable = [one for one in outcomes if one.answerable]
    answered = sum(one.raw >= threshold for one in answerable)
    return [
        f"That answers {answered:,} of the {len(answerable):,} questions that the archive answers ({answered / len(answerable):.1%}).",
        "",
    ]


def _json(calibration: Calibration, fitted: Fit, *, stored: bool) -> str:
    fields = {
        "stored": stored,
        "threshold": round(calibration.threshold, 4),
        "held_out": {
            name: {"log_loss": round(one.log_loss, 4), "brier": round(one.brier, 4)}
            for name, one in fitted.held_out.items()
        },
        "calibration": calibration.model_dump(mode="json"),
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"
