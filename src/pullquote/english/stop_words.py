"""Words and phrases of a question that articles need not contain."""

from __future__ import annotations

import re

from pullquote.english.stems import analyse

INTERROGATIVE = re.compile(
    r"\bhow\s+(?:many|much|long|far|often|old|big|large|tall|high|deep|wide|fast|soon)\b"
    r"|\bwhat\s+(?:kind|sort|type)\s+of\b|\b(?:this|last|next)\s+(?:week|month|year)\b"
    r"|\baccording\s+to\b",
    re.IGNORECASE,
)
"""Phrases that name the kind of answer, and set phrases."""

STOP_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before "
    "being below between both but by can could did do does doing don down during each few for from "
    "further had has have having he her here hers him his how i if in into is it its just ll me "
    "might more most much must my no nor not of off on once only or other our ours out over own re "
    "s same shall she should so some such t than that the their theirs them then there these they "
    "this those through to too under until up upon ve very was we were what when where which while "
    "who whom whose why will with would you your yours please say says said saying tell tells told "
    "ask asks asked happen happened take took place "
    "wat wut wht whats whos wheres whens hows pls plz thx teh im ive dont doesnt didnt isnt wasnt "
    "wont cant".split()
)
"""Words without content of their own, in lower case; also as people type them in a hurry."""

STOP_TERMS = frozenset(analyse(" ".join(sorted(STOP_WORDS))))
"""The stems of the stop words."""
