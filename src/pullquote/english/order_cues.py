"""The words by which a question asks for the newest or the oldest statement, and where they do not.

"Who is the mayor now?" asks for the newest, "the now famous bridge" for nothing.
"""

from __future__ import annotations

import enum
from typing import NamedTuple


class StatementOrder(enum.StrEnum):
    """Which statement of the same thing a question asks for."""

    NEWEST = "newest"
    OLDEST = "oldest"


class Cue(NamedTuple):
    """Words that ask for an order, as a pattern, and what stands beside them.

    Attributes:
        order: the order.
        words: the words.
        before: what the word before them is, if that matters; "" for no word as well.
        not_before: what it is not.
        after, not_after: the same for the word after them.
    """

    order: StatementOrder
    words: str
    before: str = r".*"
    not_before: str = r"(?!)"
    after: str = r".*"
    not_after: str = r"(?!)"


_DETERMINER = (
    r"the|a|an|this|that|these|those|my|your|his|her|its|our|their|whose|which|every|each|no|some"
    r"|any|very|.*['’]s|.*s['’]"
)
PREPOSITION = (
    r"in|on|at|of|off|for|from|to|by|with|into|and|or|but|than|as|during|until|till|since|after"
    r"|before|through|over|under|about|between|across|along"
)
_PERIOD = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:week|weekend|month|year|night|day|decade|season"
    r"|summer|winter|spring|autumn|fall|quarter|minute|hour|second|term|century)s?|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|few|couple|long|longer"
    r"|forever|one|two|three|four|five|six|ten|several|only|nearly|almost|at|more|less|\d.*"
)
COMPOUND = (
    r"(?:(?:death|asking|ticket|opening|closing|completion|release) (?:toll|price|date)s?"
    r"|(?-i:[A-Z][\w.-]*(?: (?:of |the )?[A-Z][\w.-]*){0,3} (?:survey|report|census|conference)))"
)
"""Nouns of several words that count as one after a cue: "death toll", "State of Rust survey"."""
_STATED = (
    r"(?:account|address|announcement|assessment|bid|budget|capacity|census|claim|cost|count|date"
    r"|deadline|edition|estimate|explanation|fare|fee|figure|forecast|goal|location|member|name"
    r"|number|offer|owner|plan|population|prediction|price|proposal|purpose|release|report"
    r"|schedule|size|statement|survey|target|toll|total|update|value|version|winner|champion"
    r"|known|official|published|reported|confirmed|estimated|stable|office|headquarter|home|venue"
    r"|site|slogan|logo)s?"
    rf"|{COMPOUND}"
)
"""What is stated at one time and otherwise at another, and words before such nouns."""
_NOT_AFTER_ADVERB = (
    rf"{PREPOSITION}|{_PERIOD}|place|places|time|times|class|hand|aid|names?|half|base|lady|ladies"
    r"|responders?|ministers?|person|people|team|round|page|m[ae]n|wom[ae]n|to|is|was|were|and"
)
_NEW_NAMES = (
    r"york.*|zealand.*|jersey|delhi|orleans|mexico|hampshire|england|deal|guinea|haven|castle|age"
    r"|testament|wave|world|south|brunswick|caledonia|year.*|stud(?:y|ies)|research|species"
)
_ASKING = r"who|whom|what|which|where|when|it|this|that|he|she|they"
"""Words before "is the newest" that do not say of what things it is the newest: "what", "it"."""
_NEWEST, _OLDEST = StatementOrder.NEWEST, StatementOrder.OLDEST
CUES = (
    Cue(_NEWEST, r"(?:latest|lastest|newest)(?: news| stable)?", after=r".+"),
    Cue(
        _NEWEST,
        r"(?:is|are) (?:the )?(?:latest|newest|most recent|current)(?: one)?",
        before=r".+",
        not_before=_ASKING,
        after=r"",
    ),
    Cue(_NEWEST, r"most recent(?:ly| stable)?"),
    Cue(_NEWEST, r"by now|as of (?:now|today)|at (?:the )?last count"),
    Cue(
        _NEWEST,
        r"(?:most )?(?:updated|up[- ]to[- ]date)|most current",
        before=rf"{_DETERMINER}|",
        after=_STATED,
    ),
    Cue(_NEWEST, r"reigning|incumbent|present-day", before=_DETERMINER, after=r".+"),
    Cue(_NEWEST, r"currently|nowadays|presently|at present|as of now|these days"),
    Cue(
        _NEWEST,
        r"current(?: stable)?",
        before=rf"{_DETERMINER}|",
        after=r".+",
        not_after=rf"{PREPOSITION}|accounts?|affairs|events?|is|was|are|were|flows?|runs?",
    ),
    Cue(
        _NEWEST,
        r"right now|just now|now",
        not_before=rf"{_DETERMINER}|by|until|from|till|apocalypse|between",
        not_after=r"that|then|defunct|deceased|former",
    ),
    Cue(
        _NEWEST,
        r"still",
        not_before=rf"{_DETERMINER}|film|movie|st[ao]n?o?d\w*|sit|sat|be|keep|kept|hold|held|lie|lay",
        not_after=r"li(?:fe|ves)|images?|photo.*|pictures?|waters?|born|births?|frames?|cameras?",
    ),
    Cue(_NEWEST, r"at the moment", not_after=r"of|when|that|the|an?|he|she|they|it"),
    Cue(_NEWEST, r"(?:so|thus) far", not_after=rf"{PREPOSITION}|away|apart|north|south|west"),
    Cue(_NEWEST, r"to date|to this day|any ?more|any longer", after=r""),
    Cue(_NEWEST, r"last", before=r"the", after=rf"time|{_STATED}|election|eruption|increase"),
    Cue(
        _NEWEST,
        r"last",
        before=r".+",
        not_before=rf"{_DETERMINER}|{PREPOSITION}|will|would|could|can|may"
        r"|might|must|should|to",
        after=r"[a-z]+",
        not_after=_NOT_AFTER_ADVERB,
    ),
    Cue(_NEWEST, r"new", before=r"(?:who|what) (?:is|are) the", after=r".+", not_after=_NEW_NAMES),
    Cue(
        _OLDEST,
        r"(?:is|are|was|were) the (?:first|earliest)(?: one)?",
        before=r".+",
        not_before=_ASKING,
        after=r"",
    ),
    Cue(_OLDEST, r"originally|initially"),
    Cue(_OLDEST, r"original|initial|earliest", after=_STATED),
    Cue(_OLDEST, r"first", before=r"the|very", after=_STATED, not_after=r"(?:name|number)s?"),
    Cue(_OLDEST, r"at first", not_after=r"sight|glance|light|hand|base"),
    Cue(
        _OLDEST,
        r"first",
        before=r".+",
        not_before=rf"{_DETERMINER}|{PREPOSITION}|\d.*|\w*teen|\w*ty|one|two|three|go|went|came|come"
        r"|finish|finished|be|ladies|ever",
        after=r"[a-z]+",
        not_after=_NOT_AFTER_ADVERB,
    ),
)
