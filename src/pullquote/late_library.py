"""Libraries that are imported when they are first used.

The bot's process that speaks to Discord, and commands that answer nothing, need none of them:
together they take 56 MB and a fifth of a second.
"""

from __future__ import annotations

import importlib
from typing import Any


class LateLibrary:
    """A library, by its name; its first attribute that is read imports it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)
