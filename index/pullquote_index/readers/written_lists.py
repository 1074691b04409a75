"""Lists that are written as text."""

from __future__ import annotations

import ast
import json

_MAX_LIST_CHARACTERS = 20_000
"""A longer text is not read as a list."""


def listed(value: object) -> object:
    """A list that is written as text, as JSON or as Python prints it; other values unchanged."""
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return value
    text = value.strip()
    if not text.endswith("]") or len(text) > _MAX_LIST_CHARACTERS:
        return value
    for parse in (json.loads, ast.literal_eval):
        try:
            items = parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        return items if isinstance(items, list) else value
    return value
