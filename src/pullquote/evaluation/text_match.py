"""Comparing a quote with expected words, regardless of case and punctuation."""

from __future__ import annotations

import re


def normalise(text: str) -> str:
    """The form in which texts are compared: lower case, single spaces, no punctuation.

    English letters, digits, `$`, `%` and full stops stay. Commas are deleted, so "3,000" equals
    "3000".
    """
    plain = text.lower().replace("’", "'").replace(",", "")
    return " ".join(re.findall(r"[a-z0-9$%.]+", plain)).strip(" .")


def without_final_stops(normalised: str) -> str:
    """A normalised text without full stops at the ends of words.

    A word at the end of a sentence then equals the same word elsewhere.
    """
    return re.sub(r"\.+(?= |$)", "", normalised)


def contains_words(text: str, words: str) -> bool:
    """Whether a text contains words in this order, whole. Both are normalised texts."""
    return f" {words} " in f" {text} "
