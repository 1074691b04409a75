"""The tokens of a sentence: words, marks, and each quotation as one."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.spans import Span
from pullquote.english.attribution.quotations import Quotation
from pullquote.english.sentences import sentences

QUOTE = "“”"
"""The word of a token that is a whole quotation."""
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Hon|St|Jr|Sr"
    r"|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
    r"|\w+n['’]t\b"
    r"|['’](?:s|re|ve|d|ll|m)\b"
    r"|\d[\d,.]*\d%?"
    r"|[@#]?\w+(?:[-&/@.]\w+)*"
    r"|--|\S"
)
_SAYS_ON = re.compile(r"[?!,…—–-][”\"’'»]$")
"""The end of a quotation after which its sentence may go on: "Is it?" he asked."""


class Tokens:
    """The tokens of one sentence.

    Attributes:
        text: the article's text.
        start, end: the sentence's span.
        starts, ends: the offsets of the tokens in the text.
        words: the tokens in lower case, with straight apostrophes; QUOTE for a quotation.
    """

    __slots__ = ("end", "ends", "start", "starts", "text", "words")

    def __init__(self, text: str, sentence: Span, quoted: Sequence[Span]) -> None:
        """Cut a sentence.

        Args:
            text: the article's text.
            sentence: its span.
            quoted: the quotations in it, in order.
        """
        self.text = text
        self.start, self.end = sentence
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        position = sentence.start
        for quotation in quoted:
            self._cut(position, quotation.start)
            self.starts.append(quotation.start)
            self.ends.append(quotation.end)
            self.words.append(QUOTE)
            position = quotation.end
        self._cut(position, sentence.end)

    def _cut(self, start: int, end: int) -> None:
        for match in _TOKEN.finditer(self.text, start, end):
            self.starts.append(match.start())
            self.ends.append(match.end())
            self.words.append(match[0].lower().replace("’", "'"))

    def __len__(self) -> int:
        return len(self.words)

    def word(self, number: int) -> str:
        """The word of a token; empty before the first and after the last."""
        return self.words[number] if 0 <= number < len(self.words) else ""

    def is_capital(self, number: int) -> bool:
        """Whether a token begins with a capital letter."""
        return 0 <= number < len(self.words) and self.text[self.starts[number]].isupper()

    def span(self, first: int, end: int) -> Span:
        """The characters from token `first` up to token `end`, which is not included."""
        return Span(self.starts[first], self.ends[end - 1])

    @property
    def last(self) -> int:
        """The number of tokens without the full stop, or other marks, at the end."""
        end = len(self.words)
        while end and self.words[end - 1] in {".", ";", ":", ",", ")", "—", "–", "-", "--"}:
            end -= 1
        return end

    @property
    def quotations(self) -> list[Span]:
        """The spans of the quotations."""
        return [
            Span(self.starts[number], self.ends[number])
            for number, word in enumerate(self.words)
            if word == QUOTE
        ]

    @property
    def is_quotation(self) -> bool:
        """Whether there is nothing but quotations."""
        return QUOTE in self.words and all(
            word == QUOTE or word in {".", ",", "…", "-", "—"} for word in self.words
        )


def sentence_tokens(text: str, paragraph: Span, quoted: Sequence[Quotation]) -> Iterator[Tokens]:
    """The sentences of a paragraph as tokens; a quotation is never cut."""
    spans = [quotation.span for quotation in quoted]
    for sentence in _sentences(text, paragraph, spans):
        first = bisect.bisect_left(spans, sentence.start, key=lambda span: span.start)
        last = bisect.bisect_left(spans, sentence.end, key=lambda span: span.start)
        yield Tokens(text, sentence, spans[first:last])


def _sentences(text: str, paragraph: Span, quoted: Sequence[Span]) -> list[Span]:
    """The sentences, where a quotation counts as a word."""
    if not quoted:
        return sentences(text, paragraph)
    parts, position = [], paragraph.start
    for span in quoted:
        parts.append(text[position : span.start])
        parts.append(_masked(text, span))
        position = span.end
    parts.append(text[position : paragraph.end])
    masked = "".join(parts)
    offset = paragraph.start
    return [
        Span(start + offset, end + offset) for start, end in sentences(masked, Span(0, len(masked)))
    ]


def _masked(text: str, span: Span) -> str:
    """A quotation as one word of its length, with its first letter and its closing marks."""
    length = span.end - span.start
    if length < 5:  # noqa: PLR2004 - too short to have marks inside
        return text[span.start : span.end]
    first = text[span.start + 1]
    closing = text[span.end - 2 : span.end]
    if _SAYS_ON.search(closing):
        closing = "x" + closing[1]
    return f"{text[span.start]}{first if first.isalnum() else 'X'}{'x' * (length - 4)}{closing}"
