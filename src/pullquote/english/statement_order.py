"""Whether a question asks for the newest or for the oldest statement of what it is about.

"Who is the mayor now?" asks for the newest, "What was the original price?" for the oldest. "The
first lady", "New York" and "a still life" ask for neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pullquote.english.order_cues import COMPOUND, CUES, PREPOSITION, Cue, StatementOrder

_NEWS_OF = " news"
"""What follows a subject of which the news is asked for."""


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """The order that a question asks for.

    Attributes:
        order: which statement comes first.
        words: the words that ask for it ("latest"); empty if the question is of a kind whose
            answer changes with time ("Who is the mayor?").
        question: the question without these words: articles seldom print them.
        asks_for_news: whether it asks for what is new of a subject, whatever that is ("What is the
            latest on the earthquake?").
        asks_whether: whether it asks if something is still so.
    """

    order: StatementOrder
    words: str
    question: str
    asks_for_news: bool = False
    asks_whether: bool = False

    @property
    def subject(self) -> str:
        """The words that articles on the subject print: the question's, without "news"."""
        return self.question.removesuffix(_NEWS_OF) if self.asks_for_news else self.question

    @property
    def goes_by_subject(self) -> bool:
        """Whether any statement on the subject counts: what is over is told in other words."""
        return self.asks_for_news or self.asks_whether


_ROLES = (
    r"(?:(?:prime |foreign )?minister|president|chancellor|premier|governor|mayor|chief|ceo"
    r"|(?:chief )?executive|chair(?:man|woman|person)?|director|head|leader|(?:co-)?lead|manager"
    r"|coach|captain|champion|editor|conductor|owner|holder|secretary|treasurer|speaker|king|queen"
    r"|pope|bishop|archbishop|ambassador|commissioner|principal|dean|rector|host|presenter|sponsor"
    r"|maintainer|member|tenant|landlord|commander|spokes(?:man|woman|person)|representative)s?"
)
_HOLDS = (
    r"owns|leads|runs|heads|chairs|holds|governs|coaches|manages|captains|edits|conducts|rules"
    r"|commands|represents|sponsors|maintains"
)
_QUANTITIES = (
    r"price|cost|fare|toll|fee|fine|rate|wage|salary|record|population|capacity|limit|address"
    r"|number|hours|version|deadline|budget|status"
)
_FATES = r"(?:dead|missing|injured|hurt|wounded|homeless|displaced|trapped|infected|killed)"
_COUNTED = (
    r"(?:members|employees|staff|people|users|customers|subscribers|followers|students|inhabitants"
    r"|residents|stores|shops|branches|countries|cases)"
)
_WORDS = r"(?:(?!who\b|that\b|whose\b)[\w'’.-]+\s+)"
_NOT_PAST = (
    r"(?!.*\b(?:who|whose|was|were|did|had)\b)"
    r"(?!.*\b(?:that|which)\b(?!\s+[\w’'-]+\s+\w+s\b))"  # "that Rust needs" is of the present
)
_CHANGING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"who(?:['’]s|\s+is|\s+are)\s+{_WORDS}{{1,5}}?{_ROLES}\b(?!['’-]){_NOT_PAST}",
        rf"who\s+(?:{_HOLDS})\b{_NOT_PAST}",
        rf"who(?:['’]s|\s+is|\s+are)\s+(?:in\s+charge|running|leading|heading)\b{_NOT_PAST}",
        rf"(?:what|which)\s+{_WORDS}{{0,2}}?version\b{_NOT_PAST}",
        rf"how\s+many\s+(?:[\w’'-]+\s+)?(?:is|are)\s+(?:now\s+|confirmed\s+|still\s+)*{_FATES}\b",
        rf"how\s+many\s+{_FATES}\b\W*(?:in|after|from|at|there)?\b{_NOT_PAST}",
        rf"how\s+many\s+{_COUNTED}\s+(?:do|does)\b.*\b(?:have|employ|run|serve)\b{_NOT_PAST}",
        r"(?:when|where)(?:['’]s|\s+is|\s+are|\s+does|\s+do)\s+the\s+next\b",
        r"how\s+many\b(?!.*\b(?:do|does|did|was|were|had)\b)[^?]*?\b(?:have|has)\s+(?!to\b)\w",
        rf"what(?:['’]s|\s+is|\s+are)\s+the\s+{_WORDS}{{0,3}}?(?:{_QUANTITIES})\b{_NOT_PAST}",
        rf"what(?:['’]s|\s+is|\s+are)\s+the\s+(?:minimum|maximum|default|legal)\s+\w{_NOT_PAST}",
        r"how\s+much\s+(?:does|do|is|are)\b.*\b(?:cost|toll|fare|fee|fine|price|ticket)s?\b",
        r"(?:when|(?:at\s+)?what\s+time)\s+(?:does|do)\b.*\b(?:open|close)\b",
    )
)
"""Questions whose answer changes with time, in the present tense."""
_TODAY = re.compile(r"\b(?:is|are|does|do|has|have)\b[^?]*\b(?P<words>today)\b")
"""What is so today was so before: it may have been said at any time. What happens today was not."""
_NEWS = re.compile(r"\bthe\s+$", re.IGNORECASE)
_ASKS_FOR_NEWS = re.compile(
    rf"what(?:['’]s|\s+(?:is|are))\s+(?:the\s+)?(?:news|updates?|developments?)\s+"
    rf"(?:{PREPOSITION}|regarding|concerning)\s+(?:the\s+)?(?P<subject>[^?]+?)\W*",
    re.IGNORECASE,
)
"""What is new of a subject is asked for best by the subject's name."""
_ASKS_FOR_NEWS_IN_OTHER_WORDS = re.compile(
    rf"(?:(?:(?:is|are)\s+there\s+)?any\s+(?:new\s+)?(?:news|updates?|developments?)\s+"
    rf"(?:{PREPOSITION}|regarding|concerning)|what(?:['’]s|\s+is)\s+(?:new|happening|going\s+on)"
    r"\s+(?:with|about|on))\s+(?:the\s+)?(?P<subject>[^?]+?)\W*"
    r"|where\s+(?:do|does)\s+(?:the\s+)?(?P<standing>[^?]+?)\s+(?:now\s+)?stand\W*",
    re.IGNORECASE,
)
"""The same without a word such as "latest"."""
_NEWS_OF_KEYWORDS = re.compile(
    r"(?:on|about|regarding|concerning)\s+(?:the\s+)?(?P<subject>[^?]+?)\W*", re.IGNORECASE
)
"""What follows "latest" in keywords: "latest on the fire"."""
_ASKS_WHETHER = re.compile(r"(?:is|are|do|does|has|have|can|will)\b.*\bstill\b", re.IGNORECASE)
_IS_NOUN = re.compile(rf"\s+(?:{PREPOSITION}|regarding|concerning)\b", re.IGNORECASE)


def order_asked(question: str, *, names_time: bool = False) -> OrderAsked | None:
    """The order that a question asks for; None if it asks for none, or for both.

    Args:
        question: its text.
        names_time: whether it names a time ("in 2019"), so that only its words ask for an order.
    """
    folded = question.lower() if question.isupper() else question
    found = list(_cues_in(folded))
    orders = {order for order, _ in found}
    if len(orders) > 1:
        return None
    if found:
        order, _ = found[0]
        spans = _outermost(match.span("words") for _, match in found)
        kept = {match.span("words") for _, match in found if match["words"].lower() == "new"}
        words = ", ".join(question[start:end] for start, end in spans)
        # What is new is often called so where it is told.
        without = _without(question, [span for span in spans if span not in kept])
        if of := _ASKS_FOR_NEWS.fullmatch(without) or _NEWS_OF_KEYWORDS.fullmatch(without):
            return OrderAsked(order, words, f"{of['subject']}{_NEWS_OF}", asks_for_news=True)
        return OrderAsked(
            order, words, without, asks_whether=_ASKS_WHETHER.match(folded) is not None
        )
    return _order_without_cue(question, folded, names_time=names_time)


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans, each once and in order, without those within another."""
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not outermost or end > outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _order_without_cue(question: str, folded: str, *, names_time: bool) -> OrderAsked | None:
    """The order that a question asks for without a word such as "latest"."""
    if today := _TODAY.search(folded):
        start, end = today.span("words")
        return OrderAsked(
            StatementOrder.NEWEST, question[start:end], _without(question, [(start, end)])
        )
    if not names_time and (of := _ASKS_FOR_NEWS_IN_OTHER_WORDS.fullmatch(folded)):
        subject = question[slice(*of.span("subject" if of["subject"] else "standing"))]
        return OrderAsked(StatementOrder.NEWEST, "", f"{subject}{_NEWS_OF}", asks_for_news=True)
    if not names_time and any(pattern.match(folded) for pattern in _CHANGING):
        return OrderAsked(StatementOrder.NEWEST, "", question)
    return None


def _cues_in(question: str) -> Iterator[tuple[StatementOrder, re.Match[str]]]:
    """The cues in a question, each with the match of its words.

    A cue in the middle of a question is in lower case: "First Republic Bank" has none.
    """
    for cue, pattern in zip(CUES, _PATTERNS, strict=True):
        for match in pattern.finditer(question):
            is_written_small = match["words"].islower() or not question[: match.start("words")]
            before, after = match["before"] or "", match["after"] or ""
            if (
                is_written_small
                and _is(cue.before, before)
                and not _is(cue.not_before, before)
                and _is(cue.after, after)
                and not _is(cue.not_after, after)
            ):
                yield cue.order, match


def _is(pattern: str, word: str) -> bool:
    return re.fullmatch(pattern, word, re.IGNORECASE) is not None


_WORD = r"\S{1,40}"
"""A word, of the longest its end: it is looked for from each character of a question."""


def _pattern(cue: Cue) -> re.Pattern[str]:
    """Matches a cue's words with the word before and after them."""
    before = rf"{_WORD}\s+{_WORD}\s+{_WORD}" if " " in cue.before else _WORD
    return re.compile(
        rf"(?:(?P<before>{before})\s+)?(?<![\w-])(?P<words>{cue.words})(?![\w-])"
        rf"(?:\s+(?P<after>{COMPOUND}\b|[\w'’-]+))?",
        re.IGNORECASE,
    )


_PATTERNS = tuple(map(_pattern, CUES))


def _without(question: str, spans: list[tuple[int, int]]) -> str:
    """The question without some words; "the latest on it" becomes "the news on it"."""
    for start, end in reversed(spans):
        before, after = question[:start], question[end:]
        is_noun = _NEWS.search(before) and _IS_NOUN.match(after)
        question = f"{before}news{after}" if is_noun else f"{before}{after}"
    return re.sub(r"\s+(?=[?,.;:!])", "", " ".join(question.split()))
