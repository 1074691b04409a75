"""Opens the index of a command, or its articles alone."""

from __future__ import annotations

import datetime as dt

import pullquote_index
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.shared_models import SharedModels
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import Encoder
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import last_day_published

_MODELS = SharedModels()
"""Of all archives that this process opens: those with one model share it."""


def open_archive(settings: Settings, generation: GenerationId | None = None) -> OpenIndex:
    """Open the index of the settings, with the runtime that its encoder needs.

    Args:
        settings: name the folder of the index.
        generation: the generation to open; the live one if None.

    Raises:
        ArchiveError: there is no index, or it cannot be used.
        EncoderError: its encoder needs what is not installed.
    """
    return OpenIndex(settings, _load_encoder, generation, models=_MODELS)


def open_articles(settings: Settings) -> ArticleStore:
    """Open the articles of the live generation alone, as readers may see them.

    Raises:
        ArchiveError: there is no index, or its articles cannot be read.
    """
    index = store_of(settings.index)
    live = index.live()
    today = last_day_published(dt.datetime.now(dt.UTC))
    return index.visible_articles(live, index.manifest(live), today)


def _load_encoder(card: EncoderCard, built: BuiltFolder) -> Encoder:
    """Load an encoder that ONNX Runtime does not run.

    The package imports its modules of building only now; most questions do not need them.
    """
    return pullquote_index.load_encoder(card, built)
