"""Models that several open indexes share: archives with one model need its memory once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from pullquote.answering.index_encoder import EncoderLoader, open_encoder
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import Encoder
from pullquote.models.reranker import Reranker, open_reranker, reranker_key
from pullquote.storage.built_folder import BuiltFolder

Model = TypeVar("Model", Encoder, Reranker)


class SharedModels:
    """The models that are open now. Safe to share between threads.

    A model is closed with the last index that uses it. Models are told apart by the hashes of
    their files, so one that is open is taken whichever folder it was opened from.
    """

    def __init__(self) -> None:
        """Start without models."""
        self._encoders: WeakValueDictionary[str, Encoder] = WeakValueDictionary()
        self._rerankers: WeakValueDictionary[str, Reranker] = WeakValueDictionary()
        self._lock = threading.Lock()
        self._loading: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def encoder(
        self, card: EncoderCard, built: BuiltFolder, load_encoder: EncoderLoader | None
    ) -> Encoder:
        """The encoder of an index; see `open_encoder`."""
        return self._shared(
            self._encoders, card.hash, lambda: open_encoder(card, built, load_encoder)
        )

    def reranker(self, model: str, exported: Path) -> Reranker | None:
        """The reranker that the settings name; see `open_reranker`."""
        key = reranker_key(model, exported)
        if key is None:  # there is none: no model is wanted, or the error says so
            return open_reranker(model, exported)
        return self._shared(self._rerankers, key, lambda: _opened_reranker(model, exported))

    def _shared(
        self, opened: WeakValueDictionary[str, Model], key: str, load: Callable[[], Model]
    ) -> Model:
        """The open model with a key; it is loaded once, whoever waits for it."""
        with self._lock:
            loading = self._loading[key]
        with loading:
            model = opened.get(key)
            if model is None:
                model = opened[key] = load()
            return model


def _opened_reranker(model: str, exported: Path) -> Reranker:
    reranker = open_reranker(model, exported)
    assert reranker is not None  # it has a key
    return reranker
