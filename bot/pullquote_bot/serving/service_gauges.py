"""The values of a service's gauges, for the metrics."""

from __future__ import annotations

from pullquote_bot.serving.prometheus_metrics import GaugeValues
from pullquote_bot.serving.service import Service


def gauge_values(service: Service) -> GaugeValues:
    """The values now."""
    manifest, generation = service.archives.run(
        None, lambda opened: (opened.archive.manifest, opened.archive.generation)
    )
    return GaugeValues(
        generation=generation,
        built=manifest.created,
        passages=manifest.passages,
        queue_length=service.answer_queue.length,
        resident_bytes=service.resident_bytes(),
        event_loop_lag=service.event_loop_lag.percentile(0.99) or 0.0,
    )
