"""The quotations in a text, and who is said there to have said each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.spans import Span, trimmed

_MARKS = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"|(?<!\w)‘([^‘]+?)’(?!\w)|(?<!\w)'([^']{12,}?)'(?!\w)"
)
_TORN = re.compile(r"(?:(?<=[.!?] )|\A)(?P<end>[^“”\n]{1,2000})”|“(?P<start>[^“”\n]+)")
"""A quotation of which the text has only the end or the beginning: another mark is not there."""
_FEWEST_WORDS = 3
"""Fewer words between quotation marks are a name or an expression, and no quotation."""
_CUES = (
    "said|says|say|told|tells|added|adds|asked|asks|wrote|writes|warned|warns|claimed|claims|"
    "argued|argues|insisted|insists|stated|states|declared|declares|announced|announces|replied|"
    "explained|explains|noted|notes|recalled|admitted|promised|tweeted|posted|continued|concluded|"
    "complained|denied|denies|believes|thinks|called|calls|testified|joked|remarked|responded"
)
_NAME = (
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Sir)\.?\s)?[A-ZÀ-Þ][\w'’-]+(?:\s(?:(?:of|de|da|van|"
    r"von|der|den|bin|al|la|el)\s)*(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]+))*)"
)
_PRONOUNS = frozenset("he she it they we i you the a an this that who there his her their".split())
_AFTER = (
    re.compile(rf"\s*,?\s*(?:{_CUES})\s(?:(?:the\s)?[a-z]+\s){{0,4}}?{_NAME}"),
    re.compile(rf"\s*,?\s*{_NAME}(?:,[^,“\"]{{1,60}},)?\s(?:{_CUES})\b"),
    re.compile(rf"\s*,?\s*according to\s{_NAME}"),
    re.compile(rf"\s*[—–-]+\s*{_NAME}"),
    re.compile(rf"\s*\(\s*{_NAME}\s*\)"),
    re.compile(
        rf"[\s,.?!–—-]*\b(?:[Dd]id|[Hh]as)\s{_NAME}\s(?:(?:really|actually|ever|just)\s)*"
        r"(?:say|said|write|written|tweet|tweeted|claim|claimed)\b"
    ),
    re.compile(rf"[\s,.?!–—-]*\b(?:was|is)?\s*(?:attributed to|said by)\s{_NAME}"),
)
_BEFORE = (
    re.compile(
        rf"\b(?:[Dd]id|[Hh]as|[Hh]ave)\s{_NAME}\s(?:(?:really|actually|ever|just|once)\s)*"
        r"(?:say|said|tell|told|write|written|tweet|tweeted|claim|claimed)\b[^.!\n“\"]{0,60}\Z"
    ),
    re.compile(
        rf"\b(?:attributed to|words of|quotes?\s(?:by|from|of))\s{_NAME}[^.!?\n“\"]{{0,30}}\Z"
    ),
    re.compile(rf"{_NAME}(?:,[^,“\"]{{1,60}},)?\s(?:{_CUES})\b[^.!?\n“\"]{{0,60}}\Z"),
    re.compile(rf"(?:[Aa]ccording to|[Aa]s)\s{_NAME}[^.!?\n“\"]{{0,30}}\Z"),
    re.compile(rf"{_NAME}\s*:\s*\Z"),
    re.compile(rf"(?:\A|\n)\W*{_NAME}\s*:\s[^“\"\n]{{0,80}}\Z"),
)
_GOES_ON = re.compile(
    rf"[”\"’'»\s,.–—-]*(?:(?:and|but|then|also|later|[Hh]e|[Ss]he|[Tt]hey)\s+)+"
    rf"(?:(?:also|then|later|has|had)\s+)*(?:{_CUES})\b[^.!?\n“\"]{{0,40}}[“\"‘'«„\s:]*"
)
"""Between two quotations of one speaker: "…" and added: "…"."""
_SIGNED = re.compile(
    rf"(?P<quote>.*\w.*?[.!?…]?)\s+(?:[—–]|--?)\s*{_NAME}(?:,[^,.!?\n]{{1,60}})?\s*", re.DOTALL
)
_TOLD_BEFORE = (
    re.compile(
        rf"(?P<quote>[^\n]*\w[^\n]*?),?\s+(?:{_CUES})\s(?:(?:the\s)?[a-z]+\s){{0,4}}?{_NAME}\W*"
    ),
    re.compile(rf"(?P<quote>[^\n]*\w[^\n]*?),\s+{_NAME}\s(?:{_CUES})\W*"),
)
"""A sentence without quotation marks, and after it who is said to have said it."""
_TOLD_AFTER = re.compile(rf"\W*{_NAME}\s(?:{_CUES})\s(?:that\s)?(?P<quote>[^\n]*\w[^\n]*)")
_LOOK = 160
"""How many characters before and after a quotation are read for its speaker."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A part of a text that is judged by itself.

    Attributes:
        span: its place in the text.
        speaker: who is said to have said it; empty if nobody is named.
    """

    span: Span
    speaker: str = ""


def quotations(text: str) -> list[Quotation]:
    """What stands between quotation marks, in order, if it has three words or more.

    Without such marks, a text before or after the name of who said it.
    """
    found: list[Quotation] = []
    for match in _marked(text):
        inner = trimmed(text, Span(*match.span(match.lastindex or 0)))
        if len(inner.of(text).split() if inner.start < inner.end else "") >= _FEWEST_WORDS:
            speaker = _speaker(text, Span(*match.span()))
            if not speaker and found and _GOES_ON.fullmatch(text, found[-1].span.end, inner.start):
                speaker = found[-1].speaker
            found.append(Quotation(inner, speaker))
    return found or _signed(text) or _told(text)


def _marked(text: str) -> list[re.Match[str]]:
    """What stands between quotation marks, in order; beside it also what has one mark alone.

    A text without any pair of marks is judged as a whole.
    """
    pairs = list(_MARKS.finditer(text))
    starts = [0, *(match.end() for match in pairs)]
    ends = [*(match.start() for match in pairs), len(text)]
    between = zip(starts, ends, strict=True)
    torn = [match for start, end in between for match in _TORN.finditer(text, start, end)]
    return sorted((*pairs, *torn), key=lambda match: match.start()) if pairs else []


def _signed(text: str) -> list[Quotation]:
    """A text without quotation marks before the name of who said it: "… – Ann Low"."""
    return _before_name(text, _SIGNED)


def _told(text: str) -> list[Quotation]:
    """A sentence without quotation marks beside the name of who said it: "…, said Ann Low"."""
    if "\n" in text.strip():
        return []
    told = [quotation for form in _TOLD_BEFORE for quotation in _before_name(text, form)]
    if match := _TOLD_AFTER.fullmatch(text):
        told += _attributed(text, match, Span(*match.span("quote")))
    return [one for one in told if one.speaker.split()[0].lower() not in _PRONOUNS][:1]


def _before_name(text: str, form: re.Pattern[str]) -> list[Quotation]:
    """What stands before a name at the end of a text.

    Only the end is matched: these forms take time that grows with the square of what they match.
    """
    end_start = max(0, len(text) - 2 * _LOOK)
    match = form.fullmatch(text, end_start)
    return _attributed(text, match, Span(0, match.end("quote"))) if match else []


def _attributed(text: str, match: re.Match[str], quoted: Span) -> list[Quotation]:
    """A quotation of whom a match names, if it has three words or more."""
    span = trimmed(text, quoted)
    return [Quotation(span, match["name"])] if len(span.of(text).split()) >= _FEWEST_WORDS else []


def lines(text: str) -> list[Quotation]:
    """The lines of a text that have words, each as a part."""
    return [
        Quotation(span)
        for match in re.finditer(r"[^\r\n]+", text)
        if (span := trimmed(text, Span(*match.span()))).start < span.end
    ]


def outside(text: str, parts: Sequence[Quotation]) -> list[Span]:
    """What of a text is in none of its quotations."""
    starts = [0, *(part.span.end for part in parts)]
    ends = [*(part.span.start for part in parts), len(text)]
    return [Span(*pair) for pair in zip(starts, ends, strict=True) if pair[0] < pair[1]]


def _speaker(text: str, quoted: Span) -> str:
    """The name beside a quotation; empty if there is none."""
    after = text[quoted.end : quoted.end + _LOOK].split("\n", 1)[0]
    before = text[max(0, quoted.start - _LOOK) : quoted.start]
    matches = [pattern.match(after) for pattern in _AFTER]
    matches += [pattern.search(before) for pattern in _BEFORE]
    for match in matches:
        if match and match["name"].split()[0].lower() not in _PRONOUNS:
            return str(match["name"])
    return ""
