"""The metrics of an evaluation as a table."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.evaluation.evaluation_json import ComparisonJson, EvaluationJson, MetricJson
from pullquote.evaluation.metrics import MEANINGS
from pullquote_bot.strings import evaluation as strings

_NAME_WIDTH = max(map(len, MEANINGS))
_MAX_SHARE = 10
"""Values from here on are no shares, and are shown with one decimal instead of three."""


def evaluation_text(evaluation: EvaluationJson) -> str:
    """What was asked, every metric with its interval and meaning, and the comparison if any."""
    questions = strings.question_set(
        evaluation.questions, evaluation.asked, evaluation.answerable, evaluation.unanswerable
    )
    lines = [
        strings.asked_of(questions, evaluation.articles, evaluation.generation),
        strings.quotes_shown(
            evaluation.threshold,
            evaluation.unsure_threshold,
            evaluation.quotes,
            evaluation.not_verbatim,
            calibrated=evaluation.calibrated,
        ),
        "",
        (
            f"{strings.METRIC:<{_NAME_WIDTH}}  {strings.VALUE:>7}  {strings.INTERVAL:>15}  "
            f"{strings.QUESTIONS:>9}"
        ),
        *(_row(name, metric) for name, metric in evaluation.figures.items()),
    ]
    if evaluation.comparison:
        lines += ["", *_comparison(evaluation.comparison)]
    return "\n".join(lines) + "\n"


def _row(name: str, metric: MetricJson) -> str:
    interval = f"{_number(metric.low)} - {_number(metric.high)}"
    return (
        f"{name:<{_NAME_WIDTH}}  {_number(metric.value):>7}  {interval:>15}  "
        f"{metric.of:>9,}  {MEANINGS[name]}"
    )


def _comparison(comparison: ComparisonJson) -> Iterator[str]:
    """The differences from another evaluation, those marked whose interval excludes 0."""
    yield strings.difference_from(comparison.other, comparison.questions)
    yield ""
    yield (
        f"{strings.METRIC:<{_NAME_WIDTH}}  {strings.OTHER_VALUE:>7}  {strings.DIFFERENCE:>10}  "
        f"{strings.INTERVAL:>17}"
    )
    for name, metric in comparison.differences.items():
        mark = "  *" if metric.low > 0 or metric.high < 0 else ""
        interval = f"{_number(metric.low, '+')} - {_number(metric.high, '+')}"
        yield (
            f"{name:<{_NAME_WIDTH}}  {_number(metric.other):>7}  {_number(metric.value, '+'):>10}  "
            f"{interval:>17}{mark}"
        )


def _number(value: float, sign: str = "") -> str:
    decimals = 3 if abs(value) < _MAX_SHARE else 1
    return f"{value:{sign}.{decimals}f}"
