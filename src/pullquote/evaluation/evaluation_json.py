"""An evaluation as JSON: printed by `pullquote eval --format json`, read by `--compare`.

docs/evaluation.md documents the fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pullquote.errors import RequestError
from pullquote.evaluation.bootstrap import Sampling, differences, estimates
from pullquote.evaluation.judged_answer import JudgedAnswer
from pullquote.evaluation.metrics import metric_statistics

_DIGITS = 4
"""Metrics are rounded to this many decimals."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class MetricJson(_Frozen):
    """The value of a metric.

    Attributes:
        value: on the questions that were asked.
        low, high: the ends of its 95% interval.
        of: number of questions that it is computed from.
    """

    value: float
    low: float
    high: float
    of: int


class MetricDifferenceJson(_Frozen):
    """The difference of a metric between two evaluations, over the questions that both asked.

    Attributes:
        value: this evaluation's value minus the other's.
        low, high: the ends of the 95% interval of the difference.
        of: number of questions that it is computed from.
        other: the other evaluation's value.
    """

    value: float
    low: float
    high: float
    of: int
    other: float


class ComparisonJson(_Frozen):
    """A paired comparison with another evaluation.

    Attributes:
        other: the file of the other evaluation.
        questions: number of questions that both asked.
        differences: by the name of the metric.
    """

    other: str
    questions: int
    differences: Mapping[str, MetricDifferenceJson]


class EvaluationJson(_Frozen):
    """An evaluation: what was asked of which index, the metrics, and every answer.

    Attributes:
        format: the version of this format.
        pullquote: the version of Pullquote.
        generation, articles, passages: of the index.
        questions, questions_sha256: name and hash of the question file.
        asked, answerable, unanswerable: numbers of questions.
        threshold: the lowest confidence with which a question is answered.
        unsure_threshold: the lowest confidence with which quotes are shown as not sure.
        calibrated: whether the confidence and the thresholds are calibrated on this archive.
        quotes, not_verbatim: number of quotes, and of those whose text is not in their article.
        figures: the metrics by name.
        comparison: with another evaluation, if one was given.
        results: every question with its judged answer.
    """

    format: Literal[2] = 2
    pullquote: str
    generation: str
    articles: int
    passages: int
    questions: str
    questions_sha256: str
    asked: int
    answerable: int
    unanswerable: int
    threshold: float
    unsure_threshold: float
    calibrated: bool
    quotes: int
    not_verbatim: int
    figures: Mapping[str, MetricJson]
    comparison: ComparisonJson | None = None
    results: tuple[JudgedAnswer, ...]


def metrics_json(judged: Sequence[JudgedAnswer]) -> dict[str, MetricJson]:
    """Every metric with its interval, by name, rounded to four decimals."""
    return {
        name: MetricJson(
            value=_round(estimate.value),
            low=_round(estimate.low),
            high=_round(estimate.high),
            of=estimate.question_count,
        )
        for name, estimate in estimates(metric_statistics(judged), _sampling(judged)).items()
    }


def compare(judged: Sequence[JudgedAnswer], other: EvaluationJson, name: str) -> ComparisonJson:
    """The paired differences from another evaluation.

    Args:
        judged: this evaluation's answers.
        other: the other evaluation.
        name: the file of the other evaluation.

    Raises:
        RequestError: the evaluations share no question, or a question with the same id has
            different words or expectations.
    """
    pairs = _same_questions(judged, other, name)
    ours, theirs = (metric_statistics(side) for side in zip(*pairs, strict=True))
    estimated = differences(ours, theirs, _sampling([our_answer for our_answer, _ in pairs]))
    return ComparisonJson(
        other=name,
        questions=len(pairs),
        differences={
            metric: MetricDifferenceJson(
                value=_round(estimate.value),
                low=_round(estimate.low),
                high=_round(estimate.high),
                of=estimate.question_count,
                other=_round(theirs[metric].value()),
            )
            for metric, estimate in estimated.items()
        },
    )


def _same_questions(
    judged: Sequence[JudgedAnswer], other: EvaluationJson, name: str
) -> list[tuple[JudgedAnswer, JudgedAnswer]]:
    """The answers to the questions that both asked, in pairs of this evaluation's and the other's.

    Raises:
        RequestError: as for `compare`.
    """
    their_answers = {answer.id: answer for answer in other.results}
    pairs = [(answer, their_answers[answer.id]) for answer in judged if answer.id in their_answers]
    mend = "Compare evaluations of the same question set"
    if not pairs:
        raise RequestError("has no question in common with this evaluation", where=name, mend=mend)
    for ours, theirs in pairs:
        if _expectation(ours) != _expectation(theirs):
            raise RequestError(
                f"the question {ours.id!r} has other words or another expectation there",
                where=name,
                mend=mend,
            )
    return pairs


def _expectation(answer: JudgedAnswer) -> tuple[object, ...]:
    """What both sides of a comparison must share."""
    evidence = [(span.article or answer.article, span.start, span.end) for span in answer.evidence]
    return answer.question, answer.expected, answer.article, evidence, answer.answerable


def _sampling(judged: Sequence[JudgedAnswer]) -> Sampling:
    """Answerable and unanswerable questions as strata, and the questions on an article together."""
    return Sampling(
        [answer.answerable for answer in judged], [answer.drawn_with for answer in judged]
    )


def read_evaluation(path: Path) -> EvaluationJson:
    """Read the JSON of an earlier evaluation.

    Raises:
        RequestError: the file cannot be read, or is not an evaluation.
    """
    mend = "Write one with: pullquote eval QUESTIONS --format json"
    try:
        return EvaluationJson.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RequestError(
            f"cannot be read ({error.strerror})", where=str(path), mend=mend
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(
            f"is not an evaluation ({'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']})",
            where=str(path),
            mend=mend,
        ) from error


def _round(value: float) -> float:
    return round(value, _DIGITS)
