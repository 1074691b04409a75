"""Whether a quote holds expected words."""

from __future__ import annotations

import re


def norm(text: str) -> str:
    """A text as it is compared: lower case, its letters and digits of English alone, with $, % and points; no commas."""
    plain = text.lower().replace("’", "'").replace(",", "")
    return " ".join(re.findall(r"[a-z0-9$%.]+", plain)).strip(" .")


def without_stops(plain: str) -> str:
    """The same without points that end a word, so that words are found at the end of a sentence, too."""
    return re.sub(r"\.+(?= |$)", "", plain)


def holds(text: str, words: str) -> bool:
    """Whether a text holds words, whole; both as `norm` writes them."""
    return f" {words} " in f" {text} "
