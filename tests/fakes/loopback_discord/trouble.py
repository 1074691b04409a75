"""Trouble on purpose: errors, limits, slowness, each for the requests that it is meant for."""

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Failure:
    """Answers that are to fail, so many times."""

    method: str
    pattern: re.Pattern[str]
    # 0 ends the connection without an answer.
    status: int
    code: int | None = None
    times: int = 1
    # Whether Discord does what was asked and only its answer fails, as with a time-out on the way back.
    done_anyway: bool = False
    retry_after: float = 0.0
    is_global: bool = False


@dataclass(slots=True)
class Trouble:
    """What is to go wrong next."""

    failures: list[Failure] = field(default_factory=list)
    delays: list[tuple[re.Pattern[str], float]] = field(default_factory=list)

    def take(self, method: str, path: str) -> Failure | None:
        for failure in self.failures:
            if (
                failure.times > 0
                and failure.method in {method, "*"}
                and failure.pattern.search(path)
            ):
                failure.times -= 1
                return failure
        return None

    def delay_of(self, path: str) -> float:
        return sum(seconds for pattern, seconds in self.delays if pattern.search(path))
