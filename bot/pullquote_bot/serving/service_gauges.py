"""The values of a service's gauges, for the metrics."""

from __future__ import annotations

from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import ArchiveValues, GaugeValues
from pullquote_bot.serving.service import Service


def gauge_values(service: Service) -> GaugeValues:
    """The values now."""
    return GaugeValues(
        archives=service.read_open(_archive_values),
        queue_length=service.answer_queue.length,
        resident_bytes=service.resident_bytes(),
        event_loop_lag=service.event_loop_lag.percentile(0.99) or 0.0,
    )


def _archive_values(opened: OpenArchive) -> ArchiveValues:
    manifest = opened.archive.manifest
    return ArchiveValues(opened.archive.generation, manifest.created, manifest.passages)
