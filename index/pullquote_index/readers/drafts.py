"""Recognises articles that are not published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from pullquote_index.readers.field_names import plain_name
from pullquote_index.readers.problems import Problem, draft

_UNPUBLISHED = frozenset("draft private pending trash auto-draft future inherit scheduled".split())
"""States of an article (WordPress, Ghost, Pelican) in which no reader sees it."""
_YES, _NO = (True, "true", "yes", "1", 1), (False, "false", "no", "0", 0)
_FOLDER = "_drafts"
"""Jekyll's folder of articles that are not published."""


def draft_in(fields: Mapping[str, object], keys: Sequence[str], where: str) -> Problem | None:
    """That the fields of an article say that it is not published.

    Args:
        fields: values by their names.
        keys: the names that may say so.
        where: the file and the line.
    """
    for key in keys:
        value = fields[key]
        if isinstance(value, str):
            value = value.strip().casefold()
        elif not isinstance(value, bool | int):
            continue
        name = plain_name(key)
        if name in ("draft", "isdraft"):
            is_draft = value in _YES
        elif name in ("status", "poststatus"):
            is_draft = value in _UNPUBLISHED
        else:
            is_draft = value in _NO
        if is_draft:
            return draft(where, f"is not published ({key}: {str(value).lower()})")
    return None


def is_in_drafts(path: PurePosixPath) -> bool:
    """Whether a path within an indexed folder lies in a folder of drafts."""
    return any(part.casefold() == _FOLDER for part in path.parts[:-1])
