"""Units after numbers: of money, measure and time, in one unit of each kind."""

from __future__ import annotations

import re
from typing import NamedTuple

_CURRENCIES = {
    "dollar": "dollars? usd",
    "euro": "euros? eur",
    "pound": "pounds? sterling gbp",
    "franc": "francs?",
    "yen": "yen",
    "yuan": "yuan renminbi",
    "rouble": "roubles? rubles?",
    "rupee": "rupees?",
    "crown": "crowns? kron(?:a|or|er|e)",
    "peso": "pesos?",
    "lira": "liras? lire",
    "won": "won",
    "shekel": "shekels?",
    "real": "reais",
    "rand": "rand",
    "zloty": "zlot(?:y|ys|ych)",
    "cent": "cents? pence",
}
_MEASURES = (
    ("speed", 1.0, r"km/h|kph|(?:km|kilomet(?:re|er)s?)\s+(?:an|per)\s+hour"),
    ("speed", 1.609, r"mph|miles\s+(?:an|per)\s+hour"),
    ("speed", 1.852, r"knots"),
    ("area", 1e6, r"(?:square|sq\.?)\s+(?:km|kilomet(?:re|er)s?)"),
    ("area", 2.59e6, r"(?:square|sq\.?)\s+miles?"),
    ("area", 1.0, r"(?:square|sq\.?)\s+met(?:re|er)s?"),
    ("area", 0.0929, r"(?:square|sq\.?)[\s-]+f(?:ee|oo)?t"),
    ("area", 1e4, r"hectares?"),
    ("area", 4047.0, r"acres?"),
    ("length", 1e3, r"km|kilomet(?:re|er)s?"),
    ("length", 1609.0, r"miles?"),
    ("length", 1.0, r"met(?:re|er)s?|m"),
    ("length", 0.9144, r"yards?"),
    ("length", 0.3048, r"f(?:ee|oo)t|ft"),
    ("length", 0.0254, r"inch(?:es)?"),
    ("length", 0.01, r"cm|centimet(?:re|er)s?"),
    ("length", 0.001, r"mm|millimet(?:re|er)s?"),
    ("mass", 1e3, r"tonnes?|tons?"),
    ("mass", 1.0, r"kg|kilos?|kilogram(?:me)?s?"),
    ("mass", 0.4536, r"lbs?"),
    ("mass", 1e-3, r"gram(?:me)?s?"),
    ("volume", 1.0, r"lit(?:re|er)s?"),
    ("volume", 3.785, r"gallons?"),
    ("power", 1.0, r"megawatts?|mw"),
    ("power", 1e3, r"gigawatts?|gw"),
    ("heat", 1.0, r"(?:degrees?\s+)?celsius|°\s?c|degrees?\s+c"),
    ("heat, fahrenheit", 1.0, r"(?:degrees?\s+)?fahrenheit|°\s?f|degrees?\s+f"),
    ("time", 1.0, r"seconds?"),
    ("time", 60.0, r"minutes?|mins?"),
    ("time", 3600.0, r"hours?|hrs?"),
    ("time", 86400.0, r"days?"),
    ("time", 604800.0, r"weeks?"),
    ("time", 2629800.0, r"months?"),
    ("time", 31557600.0, r"years?"),
    ("points", 1.0, r"percentage\s+points?"),
    ("percent", 1.0, r"per\s?cent|percent|%|pc"),
)
_KINDS = (
    *((f"money, {name}", 1.0, "|".join(forms.split())) for name, forms in _CURRENCIES.items()),
    *_MEASURES,
)
_UNIT = re.compile(
    r"[\s-]{0,2}(?:"
    + "|".join(rf"(?P<u{at}>{pattern})" for at, (_, _, pattern) in enumerate(_KINDS))
    + r")(?![^\W_])",
    re.IGNORECASE,
)
_POUNDS_OF_MASS = re.compile(r"\b(?:weigh\w*|heavy|mass)\b", re.IGNORECASE)
_KILOS_OF_POUND = 0.4536
_OLD = re.compile(r"[\s-]+(?:old|of\s+age)\b", re.IGNORECASE)


class Unit(NamedTuple):
    """The unit of a number.

    Attributes:
        kind: what it measures: "length", "money, euro", "percent"…
        factor: the unit in the first unit of its kind.
        end: where its name ends in the text.
    """

    kind: str
    factor: float
    end: int


def unit_after(text: str, at: int, currency: str = "") -> Unit | None:
    """The unit whose name begins at a place in a text, or None.

    Args:
        text: a sentence.
        at: where a number ends.
        currency: the currency whose sign is before the number, if there is one.
    """
    match = _UNIT.match(text, at)
    if currency:
        is_repeated = match is not None and currency in match[0].lower()
        return Unit(f"money, {currency}", 1.0, match.end() if match and is_repeated else at)
    if match is None:
        return None
    kind, factor, _ = _KINDS[int((match.lastgroup or "u0")[1:])]
    if kind == "money, pound" and _POUNDS_OF_MASS.search(text):
        kind, factor = "mass", _KILOS_OF_POUND
    if kind == "time" and (old := _OLD.match(text, match.end())):
        return Unit("age", factor, old.end())
    return Unit(kind, factor, match.end())
