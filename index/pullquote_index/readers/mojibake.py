"""Recognises UTF-8 that was read as Windows-1252."""

from __future__ import annotations

import itertools
import re

from pullquote_index.readers.problems import Problem, note

_MOJIBAKE = re.compile("â€[\x9d™œ˜“”¦¢]|Ã[©¨¤¶¼±³¡ªº§«´‰–Ÿ\xad\xa0]|Â[\xa0£©°»«·]")
"""Characters of UTF-8 that were read as Windows-1252: quotation marks, accents, spaces."""


def mojibake_in(text: str) -> str:
    """A sample of UTF-8 in a text that was read as Windows-1252; empty if there is none."""
    # A single character is found fast.
    if text.isascii() or ("â" not in text and "Ã" not in text and "Â" not in text):
        return ""
    found = [match[0] for match in itertools.islice(_MOJIBAKE.finditer(text), 2)]
    return found[0] if len(found) > 1 or (found and found[0].startswith("â")) else ""


def mojibake_note(where: str, sample: str) -> Problem:
    """That a text looks garbled."""
    what = f"looks like UTF-8 that was read as Windows-1252 ({sample}); it is quoted as it stands"
    return note(where, what)
