"""Curves from a raw confidence to the one that is shown, as values that can be stored."""

from __future__ import annotations

import bisect
import math
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_CLOSEST_TO_CERTAIN = 1e-9
"""Probabilities closer to 0 or 1 than this have the logit of this one."""


class _Curve(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Platt(_Curve):
    """A sigmoid of the raw confidence's logit (Platt 1999)."""

    method: Literal["platt"] = "platt"
    intercept: float
    slope: Annotated[float, Field(gt=0)]

    def __call__(self, raw: float) -> float:
        """The confidence to show, from 0 to 1."""
        return sigmoid(self.intercept + self.slope * logit(raw))


class Isotonic(_Curve):
    """The blocks of an isotonic regression, joined by straight lines; constant outside of them.

    Attributes:
        raw: the raw confidence of each block, rising.
        shown: the confidence to show for it, never falling.
    """

    method: Literal["isotonic"] = "isotonic"
    raw: Annotated[tuple[float, ...], Field(min_length=1)]
    shown: Annotated[tuple[Annotated[float, Field(ge=0, le=1)], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if (
            len(self.raw) != len(self.shown)
            or list(self.raw) != sorted(set(self.raw))
            or list(self.shown) != sorted(self.shown)
        ):
            raise ValueError("is not a rising line")
        return self

    def __call__(self, raw: float) -> float:
        """The confidence to show, from 0 to 1."""
        right = bisect.bisect_left(self.raw, raw)
        if right in (0, len(self.raw)):
            return self.shown[min(right, len(self.shown) - 1)]
        (x0, x1), (y0, y1) = self.raw[right - 1 : right + 1], self.shown[right - 1 : right + 1]
        return y0 + (y1 - y0) * (raw - x0) / (x1 - x0)


Curve = Annotated[Platt | Isotonic, Field(discriminator="method")]


def logit(probability: float) -> float:
    """The logarithm of the odds. 0 and 1 count as the nearest probabilities that have one."""
    bounded = min(max(probability, _CLOSEST_TO_CERTAIN), 1 - _CLOSEST_TO_CERTAIN)
    return math.log(bounded / (1 - bounded))


def sigmoid(value: float) -> float:
    """The probability whose log-odds are `value`."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
