"""`pullquote eval`: asks a set of questions, and measures the answers."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Mapping
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import RequestError
from pullquote.evaluation.evaluation_json import (
    EvaluationJson,
    compare,
    metrics_json,
    read_evaluation,
)
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.evaluation.report import html_report
from pullquote.evaluation.runner import AnsweredQuestion, ask_all
from pullquote.storage.durable_files import write_durably
from pullquote_bot.command_line.arguments import EvalArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import evaluation as evaluation_strings
from pullquote_bot.terminal.evaluation_table import evaluation_text
from pullquote_bot.terminal.progress_bar import show_progress
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json

REPORT_PAGE = "report.html"
REPORT_DATA = "eval.json"


def run(arguments: EvalArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Ask, measure, and print. The exit status is 0 however good the answers are."""
    settings = settings_for(arguments, environment)
    questions = read_questions(arguments.questions)
    other = read_evaluation(arguments.compare) if arguments.compare else None
    if arguments.report:
        _make_folder(arguments.report)
    archive = open_archive(settings)
    evaluation = _evaluation(archive, questions, ask(archive, questions, streams))
    if other:
        comparison = compare(evaluation.results, other, str(arguments.compare))
        evaluation = evaluation.model_copy(update={"comparison": comparison})
    if arguments.report:
        page = arguments.report / REPORT_PAGE
        write_durably(arguments.report / REPORT_DATA, evaluation.model_dump_json() + "\n")
        write_durably(page, html_report(evaluation))
        streams.errors.write(evaluation_strings.report_written(page))
    streams.output.write(
        in_json(evaluation.model_dump_json()) + "\n"
        if arguments.format == "json"
        else evaluation_text(evaluation)
    )
    return 0


def ask(archive: OpenIndex, questions: QuestionSet, streams: Streams) -> list[AnsweredQuestion]:
    """Ask every question, with a progress bar on a terminal."""
    count = len(questions.questions)
    with show_progress(streams.errors) as progress:
        progress.begin(evaluation_strings.asking(count), count)
        return list(ask_all(archive, questions, lambda: progress.advance(1)))


def _evaluation(
    archive: OpenIndex, questions: QuestionSet, answered: list[AnsweredQuestion]
) -> EvaluationJson:
    judged = tuple(one.judged for one in answered)
    scale = archive.scale
    return EvaluationJson(
        pullquote=importlib.metadata.version("pullquote"),
        generation=archive.generation,
        articles=archive.manifest.articles,
        passages=archive.manifest.passages,
        questions=questions.name,
        questions_sha256=questions.sha256,
        asked=len(judged),
        answerable=sum(one.answerable is True for one in judged),
        unanswerable=sum(one.answerable is False for one in judged),
        threshold=round(scale.threshold, 4),
        unsure_threshold=round(scale.unsure_threshold, 4),
        calibrated=scale.calibration is not None,
        quotes=sum(one.quotes for one in judged),
        not_verbatim=sum(one.not_verbatim for one in judged),
        figures=metrics_json(judged),
        results=judged,
    )


def _make_folder(folder: Path) -> None:
    """Make the folder of the report before the questions are asked, so that mistakes show early.

    Raises:
        RequestError: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(
            f"cannot be made ({error.strerror})",
            where=str(folder),
            mend="Name a folder with --report",
        ) from error
    if not os.access(folder, os.W_OK):
        raise RequestError(
            "cannot be written to", where=str(folder), mend="Name another folder with --report"
        )
