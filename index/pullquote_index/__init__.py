"""Builds indexes: reads articles, cuts them into passages, embeds these, and writes a generation.

    from pullquote_index import build_index

    build_index("my-articles/", index="my-index")

Names are imported when they are first used (PEP 562), so `import pullquote_index` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pullquote_index.build_report import BuildReport
    from pullquote_index.indexing import build_index
    from pullquote_index.model_export.encoder_export import load_encoder

_HOMES = {
    "BuildReport": "pullquote_index.build_report",
    "build_index": "pullquote_index.indexing",
    "load_encoder": "pullquote_index.model_export.encoder_export",
}

__all__ = ["BuildReport", "build_index", "load_encoder"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'pullquote_index' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
