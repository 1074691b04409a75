"""Injected faults: the errors, rate limits, delays and outages that a test asks for."""

import re
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True)
class Failure:
    """A failing response to the next `times` requests that match."""

    method: str
    pattern: re.Pattern[str]
    # 0 closes the connection without a response.
    status: int
    code: int | None = None
    times: int = 1
    # Whether the request takes effect and only its response fails, as when a response is lost.
    done_anyway: bool = False
    retry_after: float = 0.0
    is_global: bool = False
    # The whole response, of a proxy or of no form at all, instead of one of Discord's.
    raw: web.Response | None = None


@dataclass(slots=True)
class FaultInjection:
    """The faults that are still to come."""

    failures: list[Failure] = field(default_factory=list)
    # Seconds that each request to a matching path waits.
    delays: list[tuple[re.Pattern[str], float]] = field(default_factory=list)

    def next_failure(self, method: str, path: str) -> Failure | None:
        """The failure for a request, counted as used."""
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
        """The seconds that a request waits."""
        return sum(seconds for pattern, seconds in self.delays if pattern.search(path))
