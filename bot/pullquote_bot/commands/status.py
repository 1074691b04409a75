"""`pullquote status`: what the index holds, and whether it is up to date."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pullquote.confidence.calibration import ConfidenceScale, Stored, read_calibration
from pullquote.confidence.decision import decision_for
from pullquote.english.dates import written_moment
from pullquote.errors import ArchiveMismatch, ArchiveMissing
from pullquote.models.reranker import NONE
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore, SourceCount
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import (
    STORE_FILE,
    GenerationId,
    Manifest,
    check_settings,
    read_manifest,
)
from pullquote_bot import strings
from pullquote_bot.commands.archive_opening import settings_for
from pullquote_bot.strings import counted
from pullquote_bot.terminal.calibration_text import status_text
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line
from pullquote_index.lifecycle.build_lock import current_builder
from pullquote_index.lifecycle.freshness import Drift, drift

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Status:
    manifest: Manifest
    folder: Path
    size: int
    sources: list[SourceCount]
    dates: tuple[dt.date | None, dt.date | None]
    drift: Drift
    mismatch: str
    calibration: Stored
    threshold: float
    reranker: str
    age: dt.timedelta
    kept: list[GenerationId]
    current_builder: str
    partial: int


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Tell. Exit status 0 even where the articles have changed: that is what was asked."""
    status = _read(settings_for(arguments, environment), dt.datetime.now(dt.UTC))
    streams.output.write(_json(status) if arguments.format == "json" else _text(status))
    return 0


def _read(settings: Settings, now: dt.datetime) -> _Status:
    built = BuiltFolder(settings.index.path)
    try:
        folder = built.folder_of(built.live())
    except ArchiveMissing as error:
        if who := current_builder(built.path):
            raise ArchiveMissing(
                f"{error.what}; {who} is building it",
                where=str(built.path),
                mend="Wait until it is done",
            ) from error
        raise
    manifest = read_manifest(folder)
    mismatch = ""
    try:
        check_settings(manifest, settings, built.path)
    except ArchiveMismatch as error:
        mismatch = str(error)
    stored = read_calibration(built, manifest, settings)
    threshold = ConfidenceScale(
        stored.used, settings.answer.threshold, decision_for(reranked=settings.rerank.model != NONE)
    ).threshold
    store = ArticleStore(folder / STORE_FILE)
    try:
        size = sum(
            file.stat().st_size
            for part in (folder, built.encoder_folder(manifest.encoder))
            for file in part.rglob("*")
            if file.is_file()
        )
        return _Status(
            manifest,
            folder,
            size,
            store.sources(),
            store.dates(),
            drift(manifest, store, built.path),
            mismatch,
            stored,
            threshold,
            settings.rerank.model,
            now - manifest.created,
            built.finished(),
            current_builder(built.path),
            sum(file.stat().st_size for file in built.partial.glob("*")),
        )
    finally:
        store.close()


def _text(status: _Status) -> str:
    manifest, seen = status.manifest, status.drift
    first, last = (strings.day(date) if date else strings.UNDATED for date in status.dates)
    rows = [
        ("articles", f"{manifest.articles:,}, published {first} to {last}"),
        ("sources", _sources(status.sources)),
        (
            "passages",
            f"{manifest.passages:,} of about {manifest.passage_words} words, {manifest.sentences:,} sentences",
        ),
        (
            "generation",
            f"{manifest.id}, built {written_moment(manifest.created)} ({_age(status.age)} ago)",
        ),
        (
            "encoder",
            f"{manifest.encoder.model}, {manifest.encoder.runtime}, {manifest.encoder.dimension} dimensions",
        ),
        ("reranker", status.reranker),
        ("vectors", f"{manifest.vector_index} index"),
        ("size on disk", f"{status.size / 1e6:,.1f} MB in {status.folder.parents[1]}"),
        ("read from", ", ".join(manifest.roots)),
        ("up to date", _drift_text(seen)),
        ("kept", f"{counted(len(status.kept), 'generation')}; pullquote index --list shows them"),
        ("confidence", status_text(status.calibration, status.threshold)),
    ]
    if status.current_builder:
        rows.append(("being built", f"by {status.current_builder}"))
    if status.mismatch:
        rows.append(("settings", status.mismatch))
    return "".join(f"{name:<13} {one_line(value)}\n" for name, value in rows)


def _sources(counts: list[SourceCount]) -> str:
    listed = [
        f"{count.source or strings.NO_SOURCE} ({count.articles:,})" for count in counts[:_SHOWN]
    ]
    return ", ".join(listed) + (
        f", and {len(counts) - _SHOWN:,} more" if len(counts) > _SHOWN else ""
    )


def _drift_text(seen: Drift) -> str:
    if seen.away and seen.fresh:
        return "not known: the articles' folder is not on this machine"
    if seen.fresh:
        return "yes"
    parts = [
        f"{len(names):,} {what} ({', '.join(names[:3])}{' …' if len(names) > 3 else ''})"  # noqa: PLR2004
        for what, names in _named(seen)
        if names
    ]
    return f"no: {'; '.join(parts)}. Run: pullquote index"


def _named(seen: Drift) -> list[tuple[str, tuple[str, ...]]]:
    return [("changed", seen.changed), ("gone", seen.gone), ("new", seen.new)]


def _age(age: dt.timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{minutes // size} {unit}{'s' if minutes // size > 1 else ''}"
    return "less than a minute"


def _json(status: _Status) -> str:
    manifest = status.manifest
    fields = {
        "generation": manifest.id,
        "format": manifest.format,
        "pullquote": manifest.pullquote,
        "began": manifest.began.isoformat(),
        "created": manifest.created.isoformat(),
        "age_seconds": max(0, round(status.age.total_seconds())),
        "articles": manifest.articles,
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "first_published": status.dates[0] and status.dates[0].isoformat(),
        "last_published": status.dates[1] and status.dates[1].isoformat(),
        "sources": [asdict(count) for count in status.sources],
        "encoder": manifest.encoder.model_dump(),
        "reranker": status.reranker,
        "vector_index": manifest.vector_index,
        "files_read": manifest.read,
        "passages_embedded": manifest.embedded,
        "kept": status.kept,
        "being_built_by": status.current_builder or None,
        "partial_bytes": status.partial,
        "bytes": status.size,
        "roots": manifest.roots,
        "fresh": status.drift.fresh and not status.mismatch,
        **dict(_named(status.drift)),
        "settings_mismatch": status.mismatch,
        "threshold": round(status.threshold, 4),
        "calibration": status.calibration.calibration.model_dump(mode="json")
        if status.calibration.calibration
        else None,
        "calibration_misfit": status.calibration.misfit,
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"
