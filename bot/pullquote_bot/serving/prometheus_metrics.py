"""What the bot tells Prometheus, on loopback alone. The one module that imports prometheus_client.

What each metric is, the README says under their names.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import prometheus_client
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pullquote.answering.answers import Answer, Refusal
from pullquote.errors import SettingsError
from pullquote.storage.manifest import GenerationId

ADDRESS = "127.0.0.1"
_TO_A_SECOND = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
_TO_A_MINUTE = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call] # a time for each counter that nobody reads
REGISTRY = prometheus_client.CollectorRegistry()
_QUESTIONS = prometheus_client.Counter(
    "pullquote_questions", "Questions answered or refused.", registry=REGISTRY
)
_REFUSALS = prometheus_client.Counter(
    "pullquote_refusals", "Questions refused, by reason.", ["reason"], registry=REGISTRY
)
_ERRORS = prometheus_client.Counter(
    "pullquote_errors", "Errors that an asker was told of, by kind.", ["kind"], registry=REGISTRY
)
_STEPS = prometheus_client.Histogram(
    "pullquote_step_seconds",
    "Time of each step of an answer.",
    ["step"],
    buckets=_TO_A_SECOND,
    registry=REGISTRY,
)
_WAITS = prometheus_client.Histogram(
    "pullquote_question_seconds",
    "From a question's coming to its outcome, waiting included.",
    buckets=_TO_A_MINUTE,
    registry=REGISTRY,
)
for reason in Refusal:
    _REFUSALS.labels(reason)


def note_answer(found: Answer) -> None:
    """A question was answered or refused."""
    _QUESTIONS.inc()
    if found.refusal:
        _REFUSALS.labels(found.refusal).inc()
    for step, milliseconds in found.timings.items():
        _STEPS.labels(step).observe(milliseconds / 1000)


def note_wait(seconds: float) -> None:
    """A question, or a search, came and was dealt with."""
    _WAITS.observe(seconds)


def note_error(error: Exception) -> None:
    """Something went wrong that an asker was told of."""
    _ERRORS.labels(type(error).__name__).inc()


@dataclass(frozen=True, slots=True)
class Moment:
    """How the bot is doing at one moment.

    Attributes:
        generation: the live one.
        built: when that was built, UTC.
        passages: how many it holds.
        waiting: questions waiting or being answered.
        resident: memory that the process holds, in bytes.
        lag: how late the event loop was in 99 of 100 of its last looks, at most, in seconds.
    """

    generation: GenerationId
    built: dt.datetime
    passages: int
    waiting: int
    resident: int
    lag: float


class _Gauges(Collector):
    """What is looked up when it is asked for."""

    def __init__(self, look: Callable[[], Moment], now: Callable[[], dt.datetime]) -> None:
        self._look = look
        self._now = now

    def collect(self) -> Iterable[Metric]:
        moment = self._look()
        age = max(0.0, (self._now() - moment.built).total_seconds())
        yield GaugeMetricFamily(
            "pullquote_generation_age_seconds",
            "Since the live generation of the index was built.",
            age,
        )
        live = GaugeMetricFamily(
            "pullquote_generation_info", "The live generation: always 1.", labels=["generation"]
        )
        live.add_metric([moment.generation], 1.0)
        yield live
        yield GaugeMetricFamily(
            "pullquote_passages", "Passages in the live generation.", moment.passages
        )
        yield GaugeMetricFamily(
            "pullquote_queue_length", "Questions waiting or being answered.", moment.waiting
        )
        yield GaugeMetricFamily(
            "pullquote_resident_memory_bytes", "Memory that the process holds.", moment.resident
        )
        yield GaugeMetricFamily(
            "pullquote_event_loop_lag_seconds",
            "How late the event loop was at most, in 99 of 100 looks.",
            moment.lag,
        )


@contextlib.contextmanager
def served(port: int, look: Callable[[], Moment], now: Callable[[], dt.datetime]) -> Iterator[None]:
    """Serve the metrics for the block; nothing where the port is 0.

    Args:
        port: of the loopback address.
        look: tells how the bot is doing, from any thread.
        now: the time of day, with its time zone.

    Raises:
        SettingsError: the port cannot be had.
    """
    if not port:
        yield
        return
    gauges = _Gauges(look, now)
    REGISTRY.register(gauges)
    try:
        server, thread = prometheus_client.start_http_server(port, ADDRESS, REGISTRY)
    except OSError as error:
        REGISTRY.unregister(gauges)
        raise SettingsError(
            f"metrics cannot be served at {ADDRESS}:{port} ({error.strerror})",
            where="metrics.port",
            mend="Name a free port, or 0 for none",
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        REGISTRY.unregister(gauges)
