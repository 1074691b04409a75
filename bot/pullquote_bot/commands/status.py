"""`pullquote status`: what the index holds, and whether it is up to date."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from pullquote.confidence.calibration import StoredCalibration, read_calibration
from pullquote.confidence.decision import decision_for
from pullquote.confidence.verdict import ConfidenceScale
from pullquote.errors import ArchiveMismatch, ArchiveMissing
from pullquote.packaged_rerankers import NONE
from pullquote.settings import Settings
from pullquote.storage.hidden_articles import Hidden
from pullquote.storage.index_store import IndexStore, StoreKind
from pullquote.storage.manifest import GenerationId, Manifest, check_settings
from pullquote.storage.store_values import SourceCount
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import last_day_published
from pullquote_bot.command_line.arguments import StatusArguments
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import status as status_strings
from pullquote_bot.strings.evaluation import confidence_in_force
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json
from pullquote_index.lifecycle.freshness import SourceChanges, source_changes

_LABEL_WIDTH = 13
"""In characters."""


@dataclass(frozen=True, slots=True)
class _Status:
    """The state of an index.

    Attributes:
        manifest: of the live generation.
        store: which store the index is in.
        vector_index: the kind of index of its vectors, in words.
        place: the folder or the address of the index.
        hidden: its articles that are withdrawn or of the future.
        size: of the generation and its encoder, in bytes.
        sources: the sources, the one with the most articles first.
        dates: the first and the last day of publication; None if no article has a date.
        source_changes: the files that differ from those that were read.
        mismatch: how the settings differ from the index; empty if they do not.
        calibration: the stored calibration.
        threshold: the lowest confidence that answers.
        unsure_threshold: the lowest confidence whose quotes are shown as not sure.
        reranker: the name of the reranker in force.
        age: the time since the generation was built.
        kept: the generations that are kept.
        current_builder: the process that is building the index; empty if none is.
        partial: size of what an unfinished build has left, in bytes.
    """

    manifest: Manifest
    store: StoreKind
    vector_index: str
    place: str
    hidden: Hidden
    size: int
    sources: list[SourceCount]
    dates: tuple[dt.date | None, dt.date | None]
    source_changes: SourceChanges
    mismatch: str
    calibration: StoredCalibration
    threshold: float
    unsure_threshold: float
    reranker: str
    age: dt.timedelta
    kept: list[GenerationId]
    current_builder: str
    partial: int


def run(arguments: StatusArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print the status. The exit status is 0 even if the articles have changed."""
    status = _read(settings_for(arguments, environment), dt.datetime.now(dt.UTC))
    streams.output.write(_json(status) if arguments.format == "json" else _text(status))
    return 0


def _read(settings: Settings, now: dt.datetime) -> _Status:
    index = store_of(settings.index)
    live = _live(index)
    manifest = index.manifest(live)
    calibration = read_calibration(index, manifest, settings)
    scale = ConfidenceScale(
        calibration.used,
        settings.answer.threshold,
        settings.answer.unsure_threshold,
        decision_for(reranked=settings.rerank.model != NONE),
    )
    today = last_day_published(now)
    with contextlib.closing(index.visible_articles(live, manifest, today)) as store:
        return _Status(
            manifest=manifest,
            store=index.kind,
            vector_index=index.vector_index(manifest),
            place=index.place,
            hidden=store.hidden,
            size=index.size(live, manifest),
            sources=store.sources(),
            dates=store.dates(),
            source_changes=source_changes(manifest, store, index.folder),
            mismatch=_mismatch(manifest, settings, index),
            calibration=calibration,
            threshold=scale.threshold,
            unsure_threshold=scale.unsure_threshold,
            reranker=settings.rerank.model,
            age=now - manifest.created,
            kept=index.finished(),
            current_builder=index.current_builder(),
            partial=index.partial_size(),
        )


def _live(index: IndexStore) -> GenerationId:
    """The id of the live generation.

    Raises:
        ArchiveMissing: there is no index; the message names the process that is building one.
    """
    try:
        return index.live()
    except ArchiveMissing as error:
        if builder := index.current_builder():
            raise ArchiveMissing(
                f"{error.what}; {builder} is building it",
                where=index.place,
                mend="Wait until it is done",
            ) from error
        raise


def _mismatch(manifest: Manifest, settings: Settings, index: IndexStore) -> str:
    try:
        check_settings(manifest, settings, index.place)
    except ArchiveMismatch as error:
        return str(error)
    return ""


def _text(status: _Status) -> str:
    manifest, encoder = status.manifest, status.manifest.encoder
    rows = [
        status_strings.articles(_visible_articles(status), *status.dates),
        status_strings.sources(status.sources),
        status_strings.passages(manifest.passages, manifest.passage_words, manifest.sentences),
        status_strings.generation(manifest.id, manifest.created, status.age),
        status_strings.encoder(encoder.model, encoder.runtime, encoder.dimension),
        status_strings.reranker(status.reranker),
        status_strings.vectors(status.vector_index),
        status_strings.size(status.size, status.place, is_folder=status.store == "embedded"),
        status_strings.roots(manifest.roots),
        status_strings.up_to_date(
            _differences(status.source_changes),
            away=status.source_changes.away,
            elsewhere=status.source_changes.elsewhere,
            withdrawn=status.hidden.withdrawn,
        ),
        status_strings.kept(len(status.kept)),
        status_strings.confidence(confidence_in_force(status.calibration, status.threshold)),
        status_strings.unsure(status.unsure_threshold),
    ]
    if status.hidden.articles:
        rows.append(status_strings.hidden(len(status.hidden.articles)))
    if status.current_builder:
        rows.append(status_strings.being_built(status.current_builder))
    if status.mismatch:
        rows.append(status_strings.settings(status.mismatch))
    return "".join(f"{label:<{_LABEL_WIDTH}} {value}\n" for label, value in rows)


def _visible_articles(status: _Status) -> int:
    return status.manifest.articles - len(status.hidden.articles)


def _differences(found: SourceChanges) -> dict[str, tuple[str, ...]]:
    """The names of files by how they differ."""
    return {"changed": found.changed, "gone": found.gone, "new": found.new}


def _json(status: _Status) -> str:
    manifest, calibration = status.manifest, status.calibration.calibration
    first, last = status.dates
    fields = {
        "generation": manifest.id,
        "store": status.store,
        "format": manifest.format,
        "pullquote": manifest.pullquote,
        "began": manifest.began.isoformat(),
        "created": manifest.created.isoformat(),
        "age_seconds": max(0, round(status.age.total_seconds())),
        "articles": _visible_articles(status),
        "hidden": len(status.hidden.articles),
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "first_published": first and first.isoformat(),
        "last_published": last and last.isoformat(),
        "sources": [asdict(count) for count in status.sources],
        "encoder": manifest.encoder.model_dump(),
        "reranker": status.reranker,
        "vector_index": status.vector_index,
        "files_read": manifest.read,
        "passages_embedded": manifest.embedded,
        "kept": status.kept,
        "being_built_by": status.current_builder or None,
        "partial_bytes": status.partial,
        "bytes": status.size,
        "roots": manifest.roots,
        "fresh": status.source_changes.is_empty
        and not status.mismatch
        and not status.hidden.withdrawn,
        **_differences(status.source_changes),
        "settings_mismatch": status.mismatch,
        "threshold": round(status.threshold, 4),
        "unsure_threshold": round(status.unsure_threshold, 4),
        "calibration": calibration.model_dump(mode="json") if calibration else None,
        "calibration_misfit": status.calibration.misfit,
    }
    return in_json(json.dumps(fields, ensure_ascii=False)) + "\n"
