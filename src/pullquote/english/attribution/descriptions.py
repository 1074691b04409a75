"""What an article says that somebody is: "Pakistan's defense minister"."""

from __future__ import annotations

import re

from pullquote.corpus.spans import Span
from pullquote.english.attribution.cue_verbs import CUE_VERBS
from pullquote.english.attribution.role_words import ROLES, TITLES

_APPOSITION = re.compile(
    r"\s*(?:\([^()\n]{1,30}\)\s*)?,\s(?P<what>[^,;:!?()\n“”\"—–]{3,90}?)"
    r"(?=,|\.(?:\s|$)|;|\s[—–-]\s|\s(?:who|whose|told|said|says|wrote|added)\b|$)"
)
_NO_APPOSITION = frozenset(
    "which who whom whose where when while and but or as after before in on at of to with for from "
    "by if because although though he she it they we i that then".split()
)
_WORD = re.compile(r"\S+")
_BREAKS = frozenset(
    "and but or that to by with from as said says on in at for when while after before if than "
    "because is was were are has have had tells told asked like where which who how what why about "
    "against between including called named also then did does do not be been will would".split()
)
_DETERMINERS = frozenset("the a an his her its their".split())
_SHORT_TITLES = frozenset(
    "mr mrs ms miss mx dr prof hon sen rep gov gen lt col maj capt sgt adm rev".split()
)
_NOT_LAST = frozenset("former ex state prime vice deputy democratic conservative hon".split())
_STOPS = (",", ";", ":", "”", '"', "“", ")", "(", "—", "–", "!", "?", "…")
_LOOK_BACK = 90
"""The most characters before a name that may describe its bearer."""


def description_of(text: str, name: Span) -> Span | None:
    """What is said beside a name, after it or before it; None if nothing is."""
    if text[name.end : name.end + 1] in {",", " ", "\xa0"}:
        after = _APPOSITION.match(text, name.end, min(len(text), name.end + 140))
        if after is not None and _is_role(after["what"]):
            return Span(*after.span("what"))
    return _before(text, name)


def _is_role(words: str) -> bool:
    """Whether a phrase says what somebody is: not "said that it would ruin the farmers"."""
    parts = words.lower().replace("’", "'").split()
    if parts[0] in _NO_APPOSITION or parts[0] in CUE_VERBS:
        return False
    return any(map(is_role, parts[:9]))


def is_role(word: str) -> bool:
    """Whether a word in lower case is what somebody may be."""
    bare = word.removesuffix("s")
    return word in ROLES or bare in ROLES or bare.rsplit("-", 1)[-1] in ROLES


def _before(text: str, name: Span) -> Span | None:
    """A description that ends where a name begins: "White House spokesman Josh Earnest"."""
    start = max(0, name.start - _LOOK_BACK)
    if name.start == start or text[name.start - 1] not in " \xa0":
        return None
    words = list(_WORD.finditer(text, start, name.start))
    if not words or (start > 0 and words[0].start() == start):
        words = words[1:]
    first = len(words)
    is_apposed = (
        bool(words) and words[-1][0].endswith(",") and text[name.end : name.end + 1] in {",", "."}
    )
    while first > 0 and _belongs(text, words, first - 1, is_apposed=is_apposed):
        first -= 1
        if words[first][0].lower() in _DETERMINERS or words[first][0][0] in '“"(':
            break
    kept = words[first:]
    last = kept[-1][0].lower().rstrip(".,") if kept else ""
    if is_apposed and not (
        kept and (kept[0][0].lower() in _DETERMINERS or kept[0][0].endswith(("'s", "’s", "s’")))
    ):
        return None
    if not kept or last in _NOT_LAST or not (last in ROLES or last in TITLES):
        return None
    if last in _SHORT_TITLES and not all(word[0][0].isupper() for word in kept[:-1] or kept[:0]):
        return None
    if len(kept) == 1 and last in _SHORT_TITLES:
        return None
    begin = kept[0].start() + (text[kept[0].start()] in '“"(')
    return Span(begin, kept[-1].end() - is_apposed)


def _belongs(text: str, words: list[re.Match[str]], number: int, *, is_apposed: bool) -> bool:
    """Whether a word may be a part of the description that the words after it are."""
    word = words[number][0]
    if is_apposed and number == len(words) - 1:  # "its mayor, Ann Low,"
        word = word.removesuffix(",")
    bare = word.lower().rstrip(".")
    if "\n" in text[words[number].end() : words[number].end() + 2]:
        return False
    if bare in _BREAKS or (bare == "of" and not _of_title(words, number)):
        return False
    if word.endswith(_STOPS) or (word.endswith(".") and bare not in _SHORT_TITLES):
        return False
    if word.endswith("ing") and word.islower() and not is_role(word):
        return False
    begins = number + 1 < len(words) and words[number + 1][0].lower() == "former"
    return not begins or bare in _DETERMINERS


def _of_title(words: list[re.Match[str]], number: int) -> bool:
    """Whether an "of" is inside a title: "Secretary of State Ann Low"."""
    return number > 0 and words[number - 1][0].lower() in TITLES
