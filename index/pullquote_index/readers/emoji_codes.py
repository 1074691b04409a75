"""Codes of emoji such as `:tada:`, which generators of sites show as the emoji."""

from __future__ import annotations

import functools
import re
import unicodedata

_CODE = re.compile(r"(?<![\w:\[/]):(?P<name>[a-z][a-z0-9_+-]{1,40}|[+-]1):(?![\w:\]/])")
_NAMES = {
    "+1": "👍",
    "-1": "👎",
    "boom": "💥",
    "bulb": "💡",
    "clap": "👏",
    "coffee": "☕",
    "cry": "😢",
    "exclamation": "❗",
    "eyes": "👀",
    "frowning": "😦",
    "grin": "😁",
    "grinning": "😀",
    "hammer_and_wrench": "🛠",
    "heart": "❤",
    "heart_eyes": "😍",
    "heavy_check_mark": "✔",
    "information_source": "ℹ",
    "joy": "😂",
    "laughing": "😆",
    "link": "🔗",
    "mag": "🔍",
    "muscle": "💪",
    "point_right": "👉",
    "pray": "🙏",
    "raised_hands": "🙌",
    "rotating_light": "🚨",
    "slightly_smiling_face": "🙂",
    "smile": "😄",
    "smile_cat": "😸",
    "smiley": "😃",
    "sob": "😭",
    "star": "⭐",
    "star2": "🌟",
    "sunglasses": "😎",
    "tada": "🎉",
    "thinking": "🤔",
    "thumbsdown": "👎",
    "thumbsup": "👍",
    "wave": "👋",
    "white_check_mark": "✅",
    "wink": "😉",
    "x": "❌",
    "zap": "⚡",
}
"""The most frequent of GitHub's codes that are not names of Unicode."""
_FIRST_SYMBOL = 0x2190
"""Characters before this one are letters, marks and signs of texts."""


def with_emoji(text: str) -> str:
    """A text with emoji in place of their codes. What is no known code stays."""
    return _CODE.sub(_emoji, text) if ":" in text else text


def _emoji(match: re.Match[str]) -> str:
    return _by_name(match["name"]) or match[0]


@functools.cache
def _by_name(name: str) -> str:
    """The emoji of a code; empty if it is none."""
    if name in _NAMES:
        return _NAMES[name]
    try:
        symbol = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return symbol if symbol >= chr(_FIRST_SYMBOL) and unicodedata.category(symbol) == "So" else ""
