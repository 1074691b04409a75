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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.spans import Span
from pullquote.evaluation.bootstrap import Estimate, Sampling, differences, estimates
from pullquote.evaluation.questions import EvaluationQuestion, read_questions
from pullquote.evaluation.statistics import Mean
from pullquote_index.progress_forecast import Forecast
from question_forms import FORMS, PLAIN, forms_of, generator
from reranker_variants import open_index
from tables import markdown_table


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What is compared of an answer to a form of a question.

    Attributes:
        outcome: of the question.
        article: the id of the article of the first quote; empty if there is no quote.
        span: the place of the first quote in its text; None if there is no quote.
    """

    outcome: Outcome
    article: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class FormScore:
    """How a form of the questions is answered. All values are shares between 0 and 1.

    Attributes:
        form: the name of the form.
        changed: of the questions, those whose form differs from the plain question.
        answered: of the questions, those answered outright.
        shown: of the questions, those answered or unsure.
        answered_difference, shown_difference: this form's share minus the plain form's.
        same_first_quote: of the questions, those whose first quote is that of the plain form.
    """

    form: str
    changed: float
    answered: float
    shown: float
    answered_difference: Estimate
    shown_difference: Estimate
    same_first_quote: Estimate


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


def same_first_quote(ours: FormAnswer, theirs: FormAnswer) -> bool:
    """Whether the first quotes of two answers overlap in one article, or neither has a quote."""
    if ours.span is None or theirs.span is None:
        return ours.span is theirs.span
    return ours.article == theirs.article and ours.span.overlaps(theirs.span)


def sampling_of(questions: Sequence[EvaluationQuestion]) -> Sampling:
    """The questions about one article are drawn together."""
    clusters: list[tuple[str, str | int]] = []
    for question in questions:
        article = question.evidence_article
        if article is None and question.articles and len(question.articles) == 1:
            (article,) = question.articles
        clusters.append(("question", question.id) if article is None else ("article", article))
    return Sampling([None] * len(questions), clusters)


def scores(
    queries: Sequence[Mapping[str, Query]],
    answers: Sequence[Mapping[str, FormAnswer]],
    sampling: Sampling,
) -> list[FormScore]:
    """Compare each form with the plain one.

    Args:
        queries: of each question, by form.
        answers: of each question, by form.
        sampling: how the questions are drawn for the intervals.
    """
    rows = range(len(answers))
    plain = _outcome_means(answers, PLAIN)
    form_scores = []
    for form in FORMS:
        means = _outcome_means(answers, form)
        difference = differences(means, plain, sampling)
        same = Mean(rows, [same_first_quote(forms[form], forms[PLAIN]) for forms in answers])
        changed = sum(forms[form] != forms[PLAIN] for forms in queries)
        form_scores.append(
            FormScore(
                form=form,
                changed=changed / len(answers),
                answered=means["answered"].value(),
                shown=means["shown"].value(),
                answered_difference=difference["answered"],
                shown_difference=difference["shown"],
                same_first_quote=estimates({"same": same}, sampling)["same"],
            )
        )
    return form_scores


def _outcome_means(answers: Sequence[Mapping[str, FormAnswer]], form: str) -> dict[str, Mean]:
    rows, outcomes = range(len(answers)), [forms[form].outcome for forms in answers]
    return {
        "answered": Mean(rows, [outcome is Outcome.ANSWERED for outcome in outcomes]),
        "shown": Mean(rows, [outcome is not Outcome.REFUSED for outcome in outcomes]),
    }


def score_table(form_scores: Sequence[FormScore]) -> str:
    """The scores as a table in Markdown, in percent and percentage points."""
    head = ["form", "changed", "answered", "difference", "shown", "difference", "same first quote"]
    rows = []
    for score in form_scores:
        is_plain = score.form == PLAIN
        quote = score.same_first_quote
        rows.append(
            [
                score.form,
                "" if is_plain else f"{score.changed:.1%}",
                f"{score.answered:.1%}",
                "" if is_plain else _points(score.answered_difference),
                f"{score.shown:.1%}",
                "" if is_plain else _points(score.shown_difference),
                "" if is_plain else f"{quote.value:.1%} ({quote.low:.1%} to {quote.high:.1%})",
            ]
        )
    return markdown_table(head, rows)


def _points(difference: Estimate) -> str:
    """A difference in percentage points, with its interval."""
    value, low, high = (
        f"{100 * share:+.1f}" for share in (difference.value, difference.low, difference.high)
    )
    return f"{value} ({low} to {high})"


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
