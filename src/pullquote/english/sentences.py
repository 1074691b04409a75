"""Finds the sentences of a text, as exact spans.

A rule-based segmenter for English news prose. It only chooses where to cut, so its spans are
exact for any Unicode text. docs/decisions/0002 compares it with other segmenters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.corpus.spans import Span, trimmed

_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹"

_END = re.compile(
    rf"(?:\.(?:\s\.){{1,3}}|(?<![.!?…。！？])[.!?…。！？]++)[{re.escape(_CLOSERS)}]*+(?=\s|$)"
    rf"|[。！？]++[{re.escape(_CLOSERS)}]*+"
)
"""Closing punctuation with the quotation marks and brackets that follow it. A run of marks is tried
at its first one alone: to try each of them would take a time that grows with their square."""

_BEFORE_NAME = frozenset(
    "mr mrs ms mx messrs dr drs prof profs sens reps govs gens prop rev hon fr sr sra st ste mt ft "
    "gen lt col maj capt cmdr cpl sgt adm brig pvt pfc sen rep gov pres sec amb atty supt det insp "
    "msgr esq dep asst assoc dir".split()
)
"""Abbreviations before a name. They never end a sentence."""

_BEFORE_NUMBER = frozenset(
    "no nos n° p pp vol art fig ch sec op para jan feb mar apr jun jul aug sept sep oct nov "
    "dec".split()
)
"""Abbreviations before a number. They do not end a sentence if a digit follows."""

_ANYWHERE = frozenset(
    "vs v etc e.g i.e cf al approx est dept univ assn bros co corp inc ltd llc plc jr sr ave blvd "
    "rd hwy u.s u.k u.n e.u u.s.a u.a.e d.c a.m p.m ph.d b.a m.a m.d b.c a.d bc ad min max tel ext "
    "ed eds calif fla ill mass mich minn okla ore pa tenn tex va vt wash wis ariz ark colo conn "
    "del ga ind kan ky la md mo mont neb nev n.h n.j n.m n.y n.c n.d s.c s.d w.va wyo".split()
)
"""Abbreviations at any place. They end a sentence only if the next word begins one."""

_FIRST_WORDS = frozenset(
    "a about according after all although among an and another any as at because before both but "
    "by de despite did do does each even every few first following for four from he her here his "
    "how however i if in instead is it its it's just last later like many meanwhile more most much "
    "my neither no nor not now of officials on once one only or other others our over people "
    "police several she since so some soon still such that that's the their then there these they "
    "this those though three through thus to today two under until upon was we we're were what "
    "when where whether which while who why will with would yes yet you your".split()
)
"""Words that, capitalised after an abbreviation, begin a sentence: they seldom are a name."""

_ENUMERATOR = re.compile(
    r"(?<!\S)(?:[•⁃‣◦*–-]\s?)?(?:(?P<number>\d{1,2})(?:\.\)|[.)])|(?P<letter>[a-z])\.)\s+"
)
_WORD_BEFORE = re.compile(r"[^\s" + re.escape(_OPENERS) + r"—–]+$")


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of one paragraph of `text`, in order.

    Args:
        text: an article's text.
        within: one of its paragraphs; every sentence lies in it.

    Returns:
        Spans that neither begin nor end with white space and leave out nothing but white space.
        Empty if the paragraph has nothing else.
    """
    cuts = sorted({*_stops(text, within), *_enumerators(text, within), within.end})
    spans = []
    start = within.start
    for cut in cuts:
        span = trimmed(text, Span(start, cut))
        if span.start < span.end and (
            cut == within.end or not _ENUMERATOR.fullmatch(text, span.start, cut + 1)
        ):
            spans.append(span)
            start = cut
    return spans


def _stops(text: str, within: Span) -> Iterator[int]:
    """Where closing punctuation ends a sentence."""
    for match in _END.finditer(text, within.start, within.end):
        if match.end() < within.end and _ends_sentence(text, within, match):
            spaced_after_full_stop = (
                match.group().startswith(". .")
                and not text[match.start() - 1 : match.start()].isspace()
            )
            yield match.start() + 1 if spaced_after_full_stop else match.end()


def _ends_sentence(text: str, within: Span, match: re.Match[str]) -> bool:
    """Whether the closing punctuation that `_END` matched ends a sentence."""
    mark = match.group()
    following = text[match.end() : min(within.end, match.end() + 60)].lstrip()
    if not following:
        return False
    first = following.lstrip(_OPENERS)[:1]
    if first.islower():  # "Is it?" he asked; … well, what I mean; etc. and so on
        return False
    bare = mark.rstrip(_CLOSERS)
    if len(bare) > 1 and set(bare) <= {".", " ", "…"}:
        return not _is_omission(text, match, following)
    if bare.endswith(".") and mark == bare:
        return _full_stop_ends(_word_before(text, within, match.start()), following, first)
    # "(He worked as an engineer.) at": lower case follows, so this is no end, as decided above.
    return True


def _is_omission(text: str, match: re.Match[str], following: str) -> bool:
    """Whether dots mark omitted words and not an end.

    Three spaced dots mark an omission, as do dots in brackets. A fourth dot is a full stop.
    """
    before = text[match.start() - 1 : match.start()]
    spaced = match.group().count(".") == len("...") and " " in match.group() and before.isspace()
    return spaced or following.startswith(".") or before in "[("


def _word_before(text: str, within: Span, position: int) -> str:
    match = _WORD_BEFORE.search(text, max(within.start, position - 40), position)
    return match.group() if match else ""


def _full_stop_ends(word: str, following: str, first: str) -> bool:
    """Whether the full stop after `word` ends a sentence, given what follows it."""
    lower = word.lower()
    next_word = (
        re.split(r"[\s,.;:!?]", following.lstrip(_OPENERS), maxsplit=1)[0].lower().replace("’", "'")
    )
    begins = next_word in _FIRST_WORDS or following[0] in _OPENERS
    if lower in _BEFORE_NAME and not (lower in _ANYWHERE and begins):
        return False
    if lower in _BEFORE_NUMBER and first.isdigit():
        return False
    if lower in _ANYWHERE:
        return begins
    if len(word) == 1 and word.isalpha() and word.isupper():
        return word == "I" and begins  # an initial (Albert I. Jones) or a pronoun (you and I. Did)
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):  # J.K. Rowling; the E.U. How
        return begins
    return True


def _enumerators(text: str, within: Span) -> Iterator[int]:
    """Where the items of a numbered or lettered list in one paragraph begin."""
    begin = trimmed(text, within).start
    expected: dict[str, int] = {}
    starts: dict[str, list[int]] = {"number": [], "letter": []}
    for match in _ENUMERATOR.finditer(text, within.start, within.end):
        kind = "number" if match["number"] else "letter"
        value = int(match["number"]) if match["number"] else ord(match["letter"]) - ord("a") + 1
        if value == expected.get(kind) or (match.start() <= begin and kind not in expected):
            expected[kind] = value + 1
            starts[kind].append(match.start())
    for item_starts in starts.values():
        yield from item_starts[1:]
