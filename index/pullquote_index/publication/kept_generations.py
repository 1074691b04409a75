"""Switches between the generations of an index, and deletes old ones, in either store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pullquote.settings import Settings
from pullquote.storage.manifest import GenerationId, Manifest, check_settings
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import withdrawn_by
from pullquote_index.lifecycle import history
from pullquote_index.lifecycle.history import PruneReport, find_generation
from pullquote_index.publication.build_session import (
    build_session,
    delete_generations,
    delete_superseded,
    delete_unused_models,
    generations_with,
    kept_generations,
    live_generation,
)
from pullquote_index.publication.generation_upload import make_live


def roll_back(settings: Settings, wanted: str, now: Callable[[], dt.datetime]) -> Manifest:
    """Make an older generation the live one; see `history.roll_back`."""
    if not settings.index.store:
        return history.roll_back(settings, wanted, now)
    index = store_of(settings.index)
    index.live()  # raises if there is no index
    with build_session(settings.index.store, now) as connection:
        kept = [GenerationId(name) for name, _ in kept_generations(connection)]
        live = GenerationId(live_generation(connection))
        generation = find_generation(wanted, kept, live, index.place)
        manifest = index.manifest(generation)
        index.check(generation, manifest)
        check_settings(manifest, settings, index.place)
        make_live(connection, generation)
        return manifest


def prune(settings: Settings, now: Callable[[], dt.datetime]) -> PruneReport:
    """Delete what is not needed; see `history.prune`. Of a database, its working folder stays."""
    if not settings.index.store:
        return history.prune(settings, now)
    index = store_of(settings.index)
    live = index.live()  # raises if there is no index
    with build_session(settings.index.store, now) as connection:
        superseded = delete_superseded(connection, settings.index.keep)
        withdrawn = withdrawn_by(index.withdrawals())
        tainted = [name for name in generations_with(connection, withdrawn) if name != live]
        delete_generations(connection, tainted)
        encoders = delete_unused_models(connection)
        deleted = tuple(GenerationId(name) for name in (*superseded, *tainted))
        return PruneReport(deleted, encoders, ())
