"""Quantities in a sentence: how many or how much of what, as a range of values."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from pullquote.corpus.spans import Span
from pullquote.english.counted_things import Thing, thing_counted, thing_described
from pullquote.english.dates import MONTH_NAMES
from pullquote.english.number_ranges import bounds, scaled
from pullquote.english.units import Unit, unit_after
from pullquote.english.vague_numbers import VagueNumber, vague_numbers
from pullquote.english.written_numbers import WrittenNumber, written_numbers

COUNT = "count"
"""The kind of a quantity of things."""
_SHARE = "percent"
CHANGE = ", change"
"""The end of the kinds of quantities by which something changes."""
_APPROXIMATELY = r"about|around|some|roughly|approximately|an\s+estimated|estimated|circa|or\s+so"
_ALMOST = r"almost|nearly|close\s+to|just\s+under|just\s+over|as\s+many\s+as"
_AT_LEAST = (
    r"at\s+least|more\s+than|no\s+(?:fewer|less)\s+than|over|upwards?\s+of|above|exceed(?:s|ed|ing)"
    r"|a\s+minimum\s+of|well\s+over"
)
_AT_MOST = (
    r"up\s+to|at\s+most|fewer\s+than|less\s+than|no\s+more\s+than|under|below|a\s+maximum\s+of"
)
_BEFORE = re.compile(
    rf"\b(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<about>{_APPROXIMATELY}|{_ALMOST}))"
    r"(?:\s+(?:the|a|an))?[\s]+$",
    re.IGNORECASE,
)
"""What says, before a number, that it is a bound or not exact."""
_AFTER = re.compile(r"\s*(?:\+|-plus\b|\s+or\s+more\b)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:to|and|or|[-–—])\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_RELATIVE_BEFORE = re.compile(
    r"\b(?:another|further|additional|extra|other|out\s+of|not|plus|one\s+in|every|per|past|last"
    r"|next|previous|first|final|remaining|these|those|both|times|averag(?:e|es|ed|ing)(?:\s+of)?)\s+$",
    re.IGNORECASE,
)
"""Before a number that counts from something else, or is that of a past state."""
_CHANGE_BEFORE = re.compile(
    r"\b(?:by|rose|risen|rises?|fell|fallen|falls?|grew|grown|grows?|increased?|decreased?|dropped"
    r"|jumped|climbed|gained|lost|slipped|declined|added|up|down|plunged|soared|surged|slid)\s+$",
    re.IGNORECASE,
)
"""Before a measure that is a change ("rose 8 percent")."""
_FROM_BEFORE = re.compile(r"\bfrom\s+$", re.IGNORECASE)
"""Before a measure of a past state ("from 7 percent to 8")."""
_RELATIVE_AFTER = re.compile(
    r"\s+(?:(?:more|fewer|less|other|further|additional)\b"
    r"|of\s+(?:the|them|those|these|his|her|its|their|whom|which|us|our|my|\d)"
    r"|(?:in|out\s+of)\s+(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|every|all)\b)"
    r"|(?:higher|lower|above|below|ago|later|earlier|times|straight|consecutive)\b)",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    r"\s*(?:of\b)?(?:\s*(?:the|all|its|his|her|their|our|those|these)\b)*", re.IGNORECASE
)
_NOT_A_QUANTITY_BEFORE = re.compile(
    rf"(?:[\w.,:/#$£€-]|\bno\.\s?|\b(?:{MONTH_NAMES})\.?\s"
    r"|\b(?:flight|highway|route|boeing|airbus|room|article|section|chapter|title|apollo|group"
    r"|phase|type|channel|area|interstate|number|figure|table|page|gate|platform|unit|level"
    r"|category|week|day|game|match|round|formula|grade|proposition|amendment|class|ward|district"
    r"|exhibit|paragraph|season|episode|version|model|aged?\s+under)\s)$",
    re.IGNORECASE,
)
_NOT_A_QUANTITY_AFTER = re.compile(
    rf"(?:st|nd|rd|th)\b|[:/]\d|['’]?s\b|\s(?:{MONTH_NAMES})\b|\s?[ap]\.?m\b|\s*[-–—]\s*\d|\.\d",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AGED = re.compile(r"\b(?:aged|at\s+the\s+age\s+of)\s+$", re.IGNORECASE)
_AFTER_A_NAME = re.compile(r"\b[A-Z][\w’'-]+,\s$")
_OLDEST = 115
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude\s+(?:of\s+)?$", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(r"[\s-]magnitude\b", re.IGNORECASE)
_RATE = re.compile(
    r"[^.;]{0,12}?\b(?:an?|per|each|every)\s+(hour|day|week|month|year|person|head|night)\b"
    r"|[^.;]{0,12}?\b(annually|daily|weekly|monthly|each|apiece|nightly)\b",
    re.IGNORECASE,
)
_LEAST_BARE = 10
"""Smaller numbers that count nothing in particular are no quantities: "one of them", "the two"."""


class Quantity(NamedTuple):
    """How many or how much of what.

    Attributes:
        span: the place of the number in the sentence.
        end: where its unit ends, or the noun that is counted.
        value: the number, in the first unit of its kind; of a range the middle.
        low, high: the values that it may stand for; `high` is infinite after "at least".
        kind: "count", or what its unit measures.
        thing: what is counted, or the quality that is measured ("long").
        rate: of which it is ("day", "year"); empty if of none.
    """

    span: Span
    end: int
    value: float
    low: float
    high: float
    kind: str
    thing: Thing
    rate: str

    @property
    def is_known(self) -> bool:
        """Whether the sentence says what it is of: not in "Bryant had 81"."""
        return self.kind != COUNT or self.thing.is_known

    def fits(self, other: Quantity) -> bool:
        """Whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high


def quantities(sentence: str) -> list[Quantity]:
    """The quantities in a sentence, in order.

    Dates, years, scores, names with numbers, and numbers that count from another one ("12 more",
    "by 8 percent", "two of the") are none.
    """
    vague = vague_numbers(sentence)
    numbers = [
        number
        for number in written_numbers(sentence)
        if _is_quantity(sentence, number) and not any(number.span.overlaps(v.span) for v in vague)
    ]
    found = [_vague_quantity(sentence, number) for number in vague]
    while numbers:
        number, *numbers = numbers
        between = sentence[number.span.end : numbers[0].span.start] if numbers else "."
        last = None
        if _RANGE.fullmatch(between) and _is_range(sentence, number, numbers[0], between):
            last, *numbers = numbers
        quantity = _quantity(sentence, number, last)
        if quantity is not None:
            found.append(quantity)
    return sorted(found, key=lambda quantity: quantity.span)


def _vague_quantity(sentence: str, number: VagueNumber) -> Quantity:
    """The quantity of "dozens of people" or of "half the members"."""
    end = number.span.end
    thing = thing_counted(sentence, number.span, end)
    if number.is_share:
        thing = thing_described(sentence, _whole(sentence, end))
    kind = _SHARE if number.is_share else COUNT
    middle = (number.low + number.high) / 2
    return Quantity(number.span, end, middle, number.low, number.high, kind, thing, "")


def _whole(sentence: str, at: int) -> int:
    """Where the noun begins of which a number is a share: after "of the", if that follows."""
    match = _OF_WHOLE.match(sentence, at)
    return match.end() if match else at


def _is_quantity(sentence: str, number: WrittenNumber) -> bool:
    start, end = number.span
    before, after = sentence[max(0, start - 20) : start], sentence[end : end + 16]
    if _NOT_A_QUANTITY_BEFORE.search(before) and not number.currency:
        return False
    if _NOT_A_QUANTITY_AFTER.match(after) and not re.match(r"\s*[-–—]\s*\d", after):
        return False
    return not _YEAR.fullmatch(sentence[start:end])


def _is_range(sentence: str, first: WrittenNumber, last: WrittenNumber, between: str) -> bool:
    """Whether two numbers are the ends of a range: "between 3 and 4", "3 to 4", "3-4"."""
    is_between = bool(_BETWEEN.search(sentence[: first.span.start]))
    is_and = between.strip().lower() == "and"
    return is_and is is_between and scaled(first, last) < last.value


def _quantity(sentence: str, number: WrittenNumber, last: WrittenNumber | None) -> Quantity | None:
    """The quantity of a number, or of a range; None if it counts from another one."""
    start, end = number.span.start, (last or number).span.end
    before = sentence[max(0, start - 40) : start]
    bound = _BEFORE.search(before)
    bare = before[: bound.start()] if bound else before
    if _RELATIVE_BEFORE.search(bare):
        return None
    unit = _unit(sentence, number, last)
    after = unit.end if unit else end
    is_share = unit is not None and unit.kind == _SHARE and sentence[after : after + 4] == " of "
    if not is_share and (
        _RELATIVE_AFTER.match(sentence, after) or _RELATIVE_AFTER.match(sentence, end)
    ):
        return None
    if unit and last is None and _FROM_BEFORE.search(bare):
        return None
    thing = thing_described(sentence, _whole(sentence, after) if is_share else after)
    if unit is None:
        thing = thing_counted(sentence, Span(start, end), after)
        if not thing.is_known and number.value < _LEAST_BARE:
            return None
    rate = _RATE.match(sentence, after)
    low, high = bounds(number, last, bound, has_unit=unit is not None)
    if _AFTER.match(sentence, end):
        high = math.inf
    factor = unit.factor if unit else 1.0
    is_change = unit is not None and last is None and _CHANGE_BEFORE.search(bare) is not None
    kind = (unit.kind if unit else COUNT) + (CHANGE if is_change else "")
    value = number.value if last is None else (scaled(number, last) + last.value) / 2
    return Quantity(
        Span(start, end),
        after,
        value * factor,
        low * factor,
        high * factor,
        kind,
        thing,
        ((rate[1] or rate[2]).lower() if rate else ""),
    )


def _unit(sentence: str, number: WrittenNumber, last: WrittenNumber | None) -> Unit | None:
    end = (last or number).span.end
    before = sentence[max(0, number.span.start - 20) : number.span.start]
    in_apposition = _AFTER_A_NAME.search(before) and sentence[end : end + 1] == ","
    if _AGED.search(before) or (in_apposition and number.value <= _OLDEST):
        return Unit("age", 31557600.0, end)
    if _MAGNITUDE_BEFORE.search(before) or _MAGNITUDE_AFTER.match(sentence, end):
        return Unit("magnitude", 1.0, end)
    return unit_after(sentence, end, number.currency or (last.currency if last else ""))
