"""The Prometheus metrics, served on the loopback address only.

The one module that imports prometheus_client. docs/running.md lists the metrics.
"""

# Longer than 250 lines because all metrics stand together.

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import prometheus_client
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pullquote.answering.answers import Answer, Refusal
from pullquote.confidence.outcome import Outcome
from pullquote.errors import SettingsError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId

ADDRESS = "127.0.0.1"
_STEP_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Upper bounds of the histogram's buckets, in seconds: up to a second."""
_QUESTION_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the histogram's buckets, in seconds: up to a minute."""

# Without this, each counter comes with a second metric: the time of its creation.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = prometheus_client.CollectorRegistry()
_LABELLED = prometheus_client.CollectorRegistry()
"""The counters, each with the name of an archive as a label."""
_QUESTIONS = prometheus_client.Counter(
    "pullquote_questions",
    "Questions asked, by outcome.",
    ["archive", "outcome"],
    registry=_LABELLED,
)
_REFUSALS = prometheus_client.Counter(
    "pullquote_refusals", "Questions refused, by reason.", ["archive", "reason"], registry=_LABELLED
)
_ERRORS = prometheus_client.Counter(
    "pullquote_errors",
    "Errors that were shown to an asker, by kind.",
    ["archive", "kind"],
    registry=_LABELLED,
)
_STEP_SECONDS = prometheus_client.Histogram(
    "pullquote_step_seconds",
    "Time of each step of an answer.",
    ["archive", "step"],
    buckets=_STEP_BUCKETS,
    registry=_LABELLED,
)
_QUESTION_SECONDS = prometheus_client.Histogram(
    "pullquote_question_seconds",
    "Time from a question's arrival to its outcome, waiting included.",
    ["archive"],
    buckets=_QUESTION_BUCKETS,
    registry=_LABELLED,
)


class _Unnamed(Collector):
    """The counters, without the label of the archive where its name is empty."""

    def collect(self) -> Iterable[Metric]:
        for metric in _LABELLED.collect():
            for place, sample in enumerate(metric.samples):
                if sample.labels.get("archive") == "":
                    labels = {key: value for key, value in sample.labels.items() if value}
                    metric.samples[place] = sample._replace(labels=labels)
            yield metric


REGISTRY.register(_Unnamed())


def export_archives(names: Iterable[ArchiveName]) -> None:
    """Export each outcome and each reason of these archives from the start, with 0."""
    for name in names:
        for outcome in Outcome:
            _QUESTIONS.labels(name, outcome)
        for reason in Refusal:
            _REFUSALS.labels(name, reason)
        _QUESTION_SECONDS.labels(name)


class AnswerCount(NamedTuple):
    """What is counted of an answer."""

    archive: ArchiveName
    outcome: Outcome
    refusal: Refusal | None
    timings: Mapping[str, float]


_collected: contextvars.ContextVar[list[AnswerCount] | None] = contextvars.ContextVar(
    "collected", default=None
)


@contextlib.contextmanager
def collected_counts() -> Iterator[list[AnswerCount]]:
    """Collect what is counted in the block, for `add_counts` in the process with the metrics."""
    counts: list[AnswerCount] = []
    token = _collected.set(counts)
    try:
        yield counts
    finally:
        _collected.reset(token)


def count_answer(answer: Answer, archive: ArchiveName = ONLY_ARCHIVE) -> None:
    """Count a question by its outcome, and the time of its steps."""
    count = AnswerCount(archive, answer.outcome, answer.refusal, answer.timings)
    counts = _collected.get()
    if counts is None:
        add_counts([count])
    else:
        counts.append(count)


def add_counts(counts: Iterable[AnswerCount]) -> None:
    """Add what was counted to the metrics."""
    for archive, outcome, refusal, timings in counts:
        _QUESTIONS.labels(archive, outcome).inc()
        if refusal:
            _REFUSALS.labels(archive, refusal).inc()
        for step, milliseconds in timings.items():
            _STEP_SECONDS.labels(archive, step).observe(milliseconds / 1000)


def observe_question_seconds(seconds: float, archive: ArchiveName = ONLY_ARCHIVE) -> None:
    """Record the time from a question's, or a search's, arrival to its outcome."""
    _QUESTION_SECONDS.labels(archive).observe(seconds)


def count_error(error: Exception, archive: ArchiveName = ONLY_ARCHIVE) -> None:
    """Count an error that was shown to an asker, by the name of its class."""
    _ERRORS.labels(archive, type(error).__name__).inc()


@dataclass(frozen=True, slots=True)
class ArchiveValues:
    """The values of an archive that is open.

    Attributes:
        generation: the live generation of its index.
        built: when it was built, UTC.
        passages: how many passages it has.
    """

    generation: GenerationId
    built: dt.datetime
    passages: int


@dataclass(frozen=True, slots=True)
class GaugeValues:
    """The values of the gauges at one moment.

    Attributes:
        archives: those of the archives that are open, by name.
        queue_length: questions that wait or are being answered.
        resident_bytes: the resident memory of the process.
        event_loop_lag: the 99th percentile of the event loop's lag, in seconds.
    """

    archives: Mapping[ArchiveName, ArchiveValues]
    queue_length: int
    resident_bytes: int
    event_loop_lag: float


class _Gauges(Collector):
    """The metrics that are read when Prometheus asks for them."""

    def __init__(
        self, read_values: Callable[[], GaugeValues], now: Callable[[], dt.datetime]
    ) -> None:
        self._read_values = read_values
        self._now = now

    def collect(self) -> Iterable[Metric]:
        values = self._read_values()
        yield from self._of_archives(values.archives)
        yield GaugeMetricFamily(
            "pullquote_queue_length", "Questions waiting or being answered.", values.queue_length
        )
        yield GaugeMetricFamily(
            "pullquote_resident_memory_bytes",
            "Resident memory of the process.",
            values.resident_bytes,
        )
        yield GaugeMetricFamily(
            "pullquote_event_loop_lag_seconds",
            "99th percentile of the event loop's lag.",
            values.event_loop_lag,
        )

    def _of_archives(self, archives: Mapping[ArchiveName, ArchiveValues]) -> Iterable[Metric]:
        """The gauges of each archive, with its name as a label unless it is empty."""
        age = GaugeMetricFamily(
            "pullquote_generation_age_seconds",
            "Time since the live generation of the index was built.",
        )
        info = GaugeMetricFamily("pullquote_generation_info", "The live generation: always 1.")
        passages = GaugeMetricFamily("pullquote_passages", "Passages in the live generation.")
        for name, values in archives.items():
            label: dict[str, str] = {"archive": name} if name else {}
            seconds = max(0.0, (self._now() - values.built).total_seconds())
            age.add_sample(age.name, label, seconds)
            info.add_sample(info.name, label | {"generation": values.generation}, 1.0)
            passages.add_sample(passages.name, label, values.passages)
        return age, info, passages


METRICS_TYPE = prometheus_client.CONTENT_TYPE_LATEST
"""The media type of `metrics_text`."""


def metrics_text() -> bytes:
    """All metrics, as Prometheus reads them."""
    return prometheus_client.generate_latest(REGISTRY)


@contextlib.contextmanager
def gauges(
    read_values: Callable[[], GaugeValues], now: Callable[[], dt.datetime]
) -> Iterator[None]:
    """Report the gauges among the metrics in the `with` block.

    Args:
        read_values: returns the values of the gauges; called from any thread.
        now: the time of day, with its time zone.
    """
    collector = _Gauges(read_values, now)
    REGISTRY.register(collector)
    try:
        yield
    finally:
        REGISTRY.unregister(collector)


@contextlib.contextmanager
def serve_metrics(port: int) -> Iterator[None]:
    """Serve the metrics over HTTP in the `with` block.

    Args:
        port: a port of the loopback address; 0 serves nothing.

    Raises:
        SettingsError: the port cannot be opened.
    """
    if not port:
        yield
        return
    try:
        server, thread = prometheus_client.start_http_server(port, ADDRESS, REGISTRY)
    except OSError as error:
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
