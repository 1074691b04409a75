"""Names compared as people type them: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FEWEST_WITH_RUN_TOGETHER = 3
"""Of so many names, one may be the two others."""


def name_key(text: str) -> str:
    """The text's words in lower case, without accents and punctuation, one space between them."""
    if text.isascii():  # as most names are, and much faster
        return " ".join(re.findall(r"[0-9a-z]+", text.lower()))
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    without_accents = "".join(
        character for character in decomposed if not unicodedata.combining(character)
    )
    return " ".join(
        "".join(character if character.isalnum() else " " for character in without_accents).split()
    )


def single_names(names: Sequence[str]) -> list[str]:
    """The names of an article's authors, without one that runs all the others together.

    Programs that read web pages list "Ann Low Bo Berg", "Ann Low", "Bo Berg" for one byline.
    """
    words = [name_key(name).split() for name in names]
    every_word = [word for own in words for word in own]
    return [
        name
        for name, own in zip(names, words, strict=True)
        if not own
        or len(names) < _FEWEST_WITH_RUN_TOGETHER
        or sorted(own * 2) != sorted(every_word)
    ]
