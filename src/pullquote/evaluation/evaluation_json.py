"""An evaluation as JSON: what `pullquote eval --format json` prints, and what `--compare` reads. The README documents it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pullquote.errors import RequestError
from pullquote.evaluation.bootstrap import differences, estimates
from pullquote.evaluation.judging import Judged
from pullquote.evaluation.metrics import measures_of

_DIGITS = 4


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FigureJson(_Frozen):
    """A figure, its 95% interval, and how many questions it is of."""

    value: float
    low: float
    high: float
    of: int


class DifferenceJson(_Frozen):
    """This evaluation's figure less the other's, over the questions that both asked."""

    value: float
    low: float
    high: float
    of: int
    other: float


class ComparisonJson(_Frozen):
    """A paired comparison with another evaluation."""

    other: str
    questions: int
    differences: Mapping[str, DifferenceJson]


class EvaluationJson(_Frozen):
    """What came of asking a question set."""

    format: Literal[1] = 1
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
    calibrated: bool
    quotes: int
    not_verbatim: int
    figures: Mapping[str, FigureJson]
    comparison: ComparisonJson | None = None
    results: tuple[Judged, ...]


def figures_json(judged: Sequence[Judged]) -> dict[str, FigureJson]:
    """Every figure with its interval, rounded to four digits."""
    found = estimates(measures_of(judged), [one.answerable for one in judged])
    return {
        name: FigureJson(
            value=_round(estimate.value),
            low=_round(estimate.low),
            high=_round(estimate.high),
            of=estimate.of,
        )
        for name, estimate in found.items()
    }


def compare(judged: Sequence[Judged], other: EvaluationJson, name: str) -> ComparisonJson:
    """The paired differences with another evaluation.

    Args:
        judged: this evaluation's questions.
        other: the other evaluation.
        name: its file.

    Raises:
        RequestError: they share no question, or one of a name has other words or another expectation.
    """
    theirs = {one.id: one for one in other.results}
    pairs = [(one, theirs[one.id]) for one in judged if one.id in theirs]
    mend = "Compare evaluations of one question set"
    if not pairs:
        raise RequestError("has no question in common with this evaluation", where=name, mend=mend)
    for ours, its in pairs:
        if (ours.question, ours.expected, ours.answerable) != (
            its.question,
            its.expected,
            its.answerable,
        ):
            raise RequestError(
                f"the question {ours.id!r} is not the same there", where=name, mend=mend
            )
    left, right = (measures_of(side) for side in zip(*pairs, strict=True))
    found = differences(left, right, [one.answerable for one, _ in pairs])
    return ComparisonJson(
        other=name,
        questions=len(pairs),
        differences={
            figure: DifferenceJson(
                value=_round(estimate.value),
                low=_round(estimate.low),
                high=_round(estimate.high),
                of=estimate.of,
                other=_round(right[figure].point()),
            )
            for figure, estimate in found.items()
        },
    )


def read_evaluation(path: Path) -> EvaluationJson:
    """Read an evaluation that was written before.

    Raises:
        RequestError: it cannot be read, or is not one.
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
