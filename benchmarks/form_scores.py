"""Compares the answers to perturbed questions with the answers to the plain ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.answering.query import Query
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.spans import Span
from pullquote.evaluation.bootstrap import Estimate, Sampling, differences, estimates
from pullquote.evaluation.questions import EvaluationQuestion
from pullquote.evaluation.statistics import Mean
from question_forms import FORMS, PLAIN
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
