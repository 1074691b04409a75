"""Opens indexes to measure them, with the reranker of the settings and without one."""

from __future__ import annotations

import os
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.packaged_rerankers import NONE
from pullquote.settings import load_settings


def open_index(folder: Path) -> OpenIndex:
    """Open the live generation of an index, with the settings of the environment."""
    return OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(folder)}))


def reranker_environments() -> dict[str, dict[str, str]]:
    """The environments of the processes to measure, by the name of the variant.

    "with the reranker" is left out if the settings name none.
    """
    without = {"without the reranker": {**os.environ, "PULLQUOTE_RERANK_MODEL": NONE}}
    if load_settings(os.environ).rerank.model == NONE:
        return without
    return {"with the reranker": dict(os.environ), **without}
