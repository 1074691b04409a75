"""From the raw confidence to the one that is shown: the curves that may be fitted, as values that can be stored."""

from __future__ import annotations

import bisect
import math
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_EDGE = 1e-9


class _Curve(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Platt(_Curve):
    """A sigmoid of the raw confidence's logit (Platt 1999)."""

    method: Literal["platt"] = "platt"
    intercept: float
    slope: Annotated[float, Field(gt=0)]

    def __call__(self, raw: float) -> float:
        """The confidence, from 0 to 1."""
        return sigmoid(self.intercept + self.slope * logit(raw))


class Isotonic(_Curve):
    """A rising broken line through the blocks of an isotonic regression, level outside them."""

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
        """The confidence, from 0 to 1."""
        after = bisect.bisect_left(self.raw, raw)
        if after == 0 or after == len(self.raw):
            return self.shown[min(after, len(self.shown) - 1)]
        (x, z), (y, w) = self.raw[after - 1 : after + 1], self.shown[after - 1 : after + 1]
        return y + (w - y) * (raw - x) / (z - x)


Curve = Annotated[Platt | Isotonic, Field(discriminator="method")]


def logit(raw: float) -> float:
    """The logarithm of the odds; of 0 and 1, which have none, that of the nearest that has."""
    held = min(max(raw, _EDGE), 1 - _EDGE)
    return math.log(held / (1 - held))


def sigmoid(value: float) -> float:
    """The probability whose odds have this logarithm."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
