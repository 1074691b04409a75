"""Asks an index the questions of a set plainly and in perturbed forms, and compares the answers.

    python benchmarks/perturbed_questions.py --index DIR --questions questions.jsonl
        [--limit N] [--seed 7] [--format json]

The file is one that `pullquote eval` reads; its answerable questions are asked, or N drawn from
them. The forms: one or two letters of the content words are wrong; a greeting and thanks stand
around the question; it has no question mark; it is all in capitals; it has neither capitals nor a
question mark. "Changed" is the share of questions whose form differs from the plain question; the
others count with their plain answer. "Answered" is the share that is answered outright, "shown" the
share that is answered or unsure. The differences are percentage points, the form minus plain.
"Same first quote" is the share whose first quote overlaps the plain question's first quote in the
same article; of a refused question, the first of the nearest quotes is compared. In parentheses are
95% intervals of resampling the questions in pairs, the questions about one article together.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from form_scores import FormAnswer, sampling_of, score_table, scores
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.evaluation.questions import EvaluationQuestion, read_questions
from pullquote_index.progress_forecast import Forecast
from question_forms import forms_of, generator
from reranker_variants import open_index


def drawn(
    questions: Sequence[EvaluationQuestion], limit: int | None, seed: int
) -> list[EvaluationQuestion]:
    """The answerable questions, or `limit` drawn from them, in the order of the file."""
    answerable = [question for question in questions if question.answerable]
    if limit is None:
        return answerable
    by_draw = sorted(
        answerable, key=lambda question: generator(seed, "limit", question.id).random()
    )
    chosen = {question.id for question in by_draw[:limit]}
    return [question for question in answerable if question.id in chosen]


def queries_by_form(question: EvaluationQuestion, seed: int) -> dict[str, Query]:
    """A question's query in each form, with the same dates.

    Raises:
        RequestError: a form is too long.
    """
    plain = question.query
    return {
        form: understand(text, since=plain.since, until=plain.until, asked_on=plain.asked_on)
        for form, text in forms_of(plain.text, question.id, seed).items()
    }


def ask(index: OpenIndex, query: Query) -> FormAnswer:
    """Ask one form. If it is refused, the first of the nearest quotes is the first quote."""
    result = answer(index, query)
    if not result.shown:
        return FormAnswer(result.outcome)
    first = result.shown[0]
    return FormAnswer(result.outcome, first.article.id, first.span)


def ask_all(
    index: OpenIndex, queries: Sequence[Mapping[str, Query]], stream: TextIO
) -> list[dict[str, FormAnswer]]:
    """The answers to each question by form. Forms with the same text are asked once.

    Args:
        index: the index that answers.
        queries: the queries of each question by form.
        stream: for the progress, one line that is overwritten.
    """
    forecast = Forecast(time.monotonic)
    forecast.begin(sum(len(set(forms.values())) for forms in queries))
    answers = []
    for number, forms in enumerate(queries, start=1):
        answer_of = {}
        for query in dict.fromkeys(forms.values()):
            answer_of[query] = ask(index, query)
            forecast.advance(1)
        answers.append({form: answer_of[query] for form, query in forms.items()})
        progress = f"{number:,} of {len(queries):,} questions, {_time_left(forecast)} left"
        stream.write(f"\r{progress:60}")
        stream.flush()
    stream.write("\n")
    return answers


def _time_left(forecast: Forecast) -> str:
    """Minutes and seconds, as 12:03."""
    seconds = forecast.seconds_left()
    if seconds is None:
        return "-:--"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def main() -> None:
    """Ask, compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="ask this many questions")
    parser.add_argument("--seed", type=int, default=7, help="of the draws (default: 7)")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args()
    question_set = read_questions(options.questions)
    questions = drawn(question_set.questions, options.limit, options.seed)
    if not questions:
        raise SystemExit(f"{options.questions} has no answerable questions")
    queries = [queries_by_form(question, options.seed) for question in questions]
    index = open_index(options.index)
    answers = ask_all(index, queries, sys.stderr)
    form_scores = scores(queries, answers, sampling_of(questions))
    if options.format == "json":
        forms = [asdict(score) for score in form_scores]
        summary = {"questions": len(questions), "seed": options.seed, "forms": forms}
        print(json.dumps(summary, indent=2))
    else:
        passages = f"{index.manifest.passages:,} passages"
        print(f"{passages}, {len(questions):,} questions of {question_set.name}\n")
        print(score_table(form_scores))


if __name__ == "__main__":
    main()
