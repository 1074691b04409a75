"""`pullquote eval`: a question set put to the index, and how well it was answered."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
from collections.abc import Mapping
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import RequestError
from pullquote.evaluation.evaluation_json import (
    EvaluationJson,
    compare,
    figures_json,
    read_evaluation,
)
from pullquote.evaluation.questions import QuestionSet, read_questions
from pullquote.evaluation.report import report
from pullquote.evaluation.runner import AnsweredQuestion, ask_all
from pullquote.storage.durable_files import write_durably
from pullquote_bot.commands.archive_opening import open_archive, settings_for
from pullquote_bot.strings import counted
from pullquote_bot.terminal.evaluation_table import evaluation_text
from pullquote_bot.terminal.progress_bar import progress_on
from pullquote_bot.terminal.streams import Streams

REPORT_PAGE = "report.html"
REPORT_DATA = "eval.json"


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Ask, measure, and tell. Exit status 0 however good the answers were: that is what was asked."""
    settings = settings_for(arguments, environment)
    questions = read_questions(arguments.questions)
    other = read_evaluation(arguments.compare) if arguments.compare else None
    if arguments.report:
        _make(arguments.report)
    archive = open_archive(settings)
    with_results = _evaluation(archive, questions, ask(archive, questions, streams))
    if other:
        compared = compare(with_results.results, other, str(arguments.compare))
        with_results = with_results.model_copy(update={"comparison": compared})
    if arguments.report:
        write_durably(arguments.report / REPORT_DATA, with_results.model_dump_json() + "\n")
        write_durably(arguments.report / REPORT_PAGE, report(with_results))
        streams.errors.write(f"The report is in {arguments.report / REPORT_PAGE}\n")
    streams.output.write(
        with_results.model_dump_json() + "\n"
        if arguments.format == "json"
        else evaluation_text(with_results)
    )
    return 0


def ask(archive: OpenIndex, questions: QuestionSet, streams: Streams) -> list[AnsweredQuestion]:
    """Ask every question, showing on a terminal how far it is."""
    count = len(questions.questions)
    with progress_on(streams.errors) as progress:
        progress.begin(f"asking {counted(count, 'question')}", count)
        return list(ask_all(archive, questions, lambda: progress.advance(1)))


def _evaluation(
    archive: OpenIndex, questions: QuestionSet, asked: list[AnsweredQuestion]
) -> EvaluationJson:
    judged = tuple(one.judged for one in asked)
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
        calibrated=scale.calibration is not None,
        quotes=sum(one.quotes for one in judged),
        not_verbatim=sum(one.not_verbatim for one in judged),
        figures=figures_json(judged),
        results=judged,
    )


def _make(folder: Path) -> None:
    """Make the report's folder before the questions are asked, so that a mistake is told at once."""
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
