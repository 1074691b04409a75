"""The figures of an evaluation as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.evaluation.evaluation_json import ComparisonJson, EvaluationJson, FigureJson
from pullquote.evaluation.metrics import MEANINGS
from pullquote_bot.strings import counted
from pullquote_bot.visible_text import one_line

_NAME = max(map(len, MEANINGS))
_ALWAYS_TWO_DIGITS = 10
"""From so much on a figure is no share, and is told with one digit after the point."""


def evaluation_text(evaluation: EvaluationJson) -> str:
    """What was asked of what, every figure with its interval and meaning, and the differences if there was a comparison."""
    kind = (
        "calibrated on this archive" if evaluation.calibrated else "not calibrated on this archive"
    )
    lines = [
        (
            f"{counted(evaluation.asked, 'question')} of {one_line(evaluation.questions)}, {evaluation.answerable:,} answerable and "
            f"{evaluation.unanswerable:,} not, put to {counted(evaluation.articles, 'article')} (generation {evaluation.generation})."
        ),
        (
            f"Answered from confidence {evaluation.threshold:.3f} on, {kind}. "
            f"{evaluation.quotes:,} quotes were shown, {evaluation.not_verbatim:,} of them not verbatim."
        ),
        "",
        f"{'figure':<{_NAME}}  {'value':>7}  {'95% interval':>15}  {'of':>6}",
        *(_row(name, figure) for name, figure in evaluation.figures.items()),
    ]
    if evaluation.comparison:
        lines += ["", *_differences(evaluation.comparison)]
    return "\n".join(lines) + "\n"


def _row(name: str, figure: FigureJson) -> str:
    interval = f"{_number(figure.low)} - {_number(figure.high)}"
    return f"{name:<{_NAME}}  {_number(figure.value):>7}  {interval:>15}  {figure.of:>6,}  {MEANINGS[name]}"


def _differences(comparison: ComparisonJson) -> Iterator[str]:
    yield f"Less {one_line(comparison.other)}, over {counted(comparison.questions, 'question')} that both asked; * where the interval leaves out 0:"
    yield ""
    yield f"{'figure':<{_NAME}}  {'there':>7}  {'difference':>10}  {'95% interval':>17}"
    for name, one in comparison.differences.items():
        mark = "  *" if one.low > 0 or one.high < 0 else ""
        interval = f"{_number(one.low, '+')} - {_number(one.high, '+')}"
        yield f"{name:<{_NAME}}  {_number(one.other):>7}  {_number(one.value, '+'):>10}  {interval:>17}{mark}"


def _number(value: float, sign: str = "") -> str:
    digits = 3 if abs(value) < _ALWAYS_TWO_DIGITS else 1
    return f"{value:{sign}.{digits}f}"
