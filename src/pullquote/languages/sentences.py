"""Finds the sentences of a text by the rules of its language.

English, and texts of an unknown language, have rules of their own (pullquote.english.sentences).
All others share one procedure; abbreviations, ordinals and the words that begin a sentence are
those of the language. Each expression takes linear time on any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.corpus.spans import Span, trimmed
from pullquote.english.sentences import sentences as english_sentences
from pullquote.languages.abbreviations import (
    ANYWHERE,
    BEFORE_NAME,
    BEFORE_NUMBER,
    WITH_DOTTED_ORDINALS,
)
from pullquote.languages.function_words import FUNCTION_WORDS
from pullquote.languages.recognition import ENGLISH, UNKNOWN

WITHOUT_SPACES = frozenset("zh ja th lo km my".split())
"""Languages that are written without spaces between words."""

_QUOTES = "\"'“”„‚‘’«»‹›"
_BRACKETS = ")]}）］】〉》」』"
_CLOSERS = re.escape(_QUOTES + _BRACKETS)
_OPENERS = _QUOTES + "([{（［【〈《「『¿¡"
_BEFORE_WORD = _OPENERS + "-–—― \u00a0\u202f"
"""What may stand between the end of a sentence and the first word of the next."""
_UNSPACED = "。！？｡؟۔।॥։።။។"
"""Marks that end a sentence even without white space after them."""
_END = re.compile(
    rf"(?:[{_UNSPACED}][{_UNSPACED}.!?…]*(?:[{re.escape(_BRACKETS)}”’\"]+|[{_CLOSERS}]+(?=\s|$))?"
    rf"|(?<![.!?…])[.!?…]++(?:[\u00a0\u202f][»›]|[{_CLOSERS}])*+(?=\s|$))"
)
"""Marks at the end of a sentence, with the quotation marks and brackets that follow them."""
_DUTCH_ELISION = re.compile(r"['‘’][a-z]\s+(?=[A-Z])")
"""’s Avonds: a sentence that begins with a small letter."""
_FRENCH_CLOSER = re.compile(r"\s[»›](?=\s|$)")
_GREEK_END = re.compile(rf"{_END.pattern}|[;\u037e][{_CLOSERS}]*+(?=\s|$)")
"""In Greek, a semicolon ends a question."""
_WORD_BEFORE = re.compile(r"[^\s\u3040-\u9fff" + re.escape(_OPENERS) + _UNSPACED + r"]{1,40}$")
"""The word before a full stop, without Chinese and Japanese characters before it."""
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXLC]{2,7})(?:\.?[-–/](?:\d{1,3}|[IVXLC]{1,7}))?")
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")
"""A single letter, or several with full stops between them: J, z.B, J.-C, А.С."""
_ERAS = frozenset({"J.-C"})
_ENUMERATOR = re.compile(r"(?:[•*–-]\s?)?(?:\d{1,2}|[^\W\d_])[.)]")
_SPEECH_IN_CHINESE = re.compile(
    r"[^，。！？：；、\s]{0,6}?(?:说|說|问|問|道|表示|喊|称|稱|回答|答|告诉|告訴|叫|写|寫)"
)
_SPEECH_IN_JAPANESE = re.compile(r"[とっては、がをにのもなでか]")
_STREET = {"de": "str", "nl": "str"}
"""The end of an abbreviated street, which a house number follows."""
_LOOK_AHEAD = 60


def sentences(text: str, within: Span, language: str = UNKNOWN) -> list[Span]:
    """The sentences of one paragraph of `text`, in order.

    Args:
        text: an article's text.
        within: one of its paragraphs; every sentence lies in it.
        language: the ISO 639 code of the text's language; empty if it is unknown.

    Returns:
        Spans that neither begin nor end with white space and leave out nothing but white space.
        Empty if the paragraph has nothing else.
    """
    if language in (ENGLISH, UNKNOWN):
        return english_sentences(text, within)
    spans = []
    start = within.start
    for cut in (*_Ends(text, within, language).positions(), within.end):
        span = trimmed(text, Span(start, cut))
        is_enumerator = cut < within.end and _ENUMERATOR.fullmatch(text, *span)
        if span.start < span.end and not is_enumerator:
            spans.append(span)
            start = cut
    return spans


class _Ends:
    """Finds the ends of sentences in one paragraph."""

    def __init__(self, text: str, within: Span, language: str) -> None:
        self._text = text
        self._within = within
        self._language = language
        self._first_words = FUNCTION_WORDS.get(language, frozenset())
        self._has_danda = text.find("।", *within) >= 0

    def positions(self) -> Iterator[int]:
        """Yield where sentences end within the paragraph, in order."""
        marks = _GREEK_END if self._language == "el" else _END
        position = self._within.start
        while (match := marks.search(self._text, position, self._within.end)) is not None:
            end = position = match.end()
            if self._language == "fr" and (
                closer := _FRENCH_CLOSER.match(self._text, end, self._within.end)
            ):
                end = position = closer.end()
            if end < self._within.end and self._ends(match, end):
                yield end

    def _ends(self, match: re.Match[str], end: int) -> bool:
        """Whether marks end a sentence, given what follows from `end` on."""
        ahead = self._text[end : min(self._within.end, end + _LOOK_AHEAD)]
        following = ahead.lstrip()
        if self._language == "nl" and (elision := _DUTCH_ELISION.match(following)):
            following = following[elision.end() :]
        if not following:
            return False
        first = following.lstrip(_BEFORE_WORD)[:1]
        if first.islower() or following[0] in ",;:":
            return False
        mark = match.group()
        if mark[-1] in _BRACKETS + '”’"' and not ahead[0].isspace():
            return not self._is_attribution(following)
        bare = mark.rstrip(_QUOTES + _BRACKETS + " \u00a0\u202f")
        if len(bare) > 1 and set(bare) <= {".", "…"}:
            return self._text[match.start() - 1 : match.start()] not in ("[", "(")
        if bare == "." and mark == bare:
            return self._full_stop_ends(match.start(), following, first)
        return True

    def _is_attribution(self, following: str) -> bool:
        """Whether words right after a closing quotation mark say who speaks."""
        if self._language == "ja":
            return _SPEECH_IN_JAPANESE.match(following) is not None
        return self._language == "zh" and _SPEECH_IN_CHINESE.match(following) is not None

    def _full_stop_ends(self, position: int, following: str, first: str) -> bool:
        """Whether a single full stop ends a sentence, given what follows it."""
        if self._has_danda:
            return False  # it shortens a word
        start = max(self._within.start, position - 40)
        found = _WORD_BEFORE.search(self._text, start, position)
        word = found.group() if found else ""
        if self._is_before(word.lower(), first):
            return False
        if word.isdecimal() and self._language == "ko":
            return False  # a date: 2024. 5. 3.; sentences end with verbs
        if self._is_ambiguous(word):
            return self._begins(following)
        if _INITIALS.fullmatch(word):
            return self._ends_after_letter(word, position, following)
        return True

    def _is_before(self, word: str, first: str) -> bool:
        """Whether a word, in lower case, is an abbreviation of what stands before the next one."""
        if word in BEFORE_NAME.get(self._language, ()):
            return True
        is_before_number = word in BEFORE_NUMBER.get(self._language, ()) or (
            self._language in _STREET and word.endswith(_STREET[self._language])
        )
        return is_before_number and first.isdigit()

    def _is_ambiguous(self, word: str) -> bool:
        """Whether the full stop of an abbreviation or ordinal may also end a sentence."""
        return word.lower() in ANYWHERE.get(self._language, ()) or (
            self._language in WITH_DOTTED_ORDINALS and _ORDINAL.fullmatch(word) is not None
        )

    def _ends_after_letter(self, word: str, position: int, following: str) -> bool:
        """Whether a full stop after a letter ends a sentence: an initial never does."""
        if word.isupper() and (len(word) == 1 or ("-" in word and word not in _ERAS)):
            return False
        if self._language == "ko":
            return True
        if not word[0].islower() and not word[0].isupper():  # of a script without capitals
            before = self._text[max(self._within.start, position - 3) : position - len(word)]
            return before[-2:-1].isdigit()  # an era after a year
        return self._begins(following)

    def _begins(self, following: str) -> bool:
        """Whether a capitalised word follows that seldom is a name."""
        stripped = following.lstrip(_BEFORE_WORD)
        word = _NEXT_WORD.match(stripped)
        if word is None:
            return False
        bare, elision, _ = word.group().lower().replace("’", "'").partition("'")
        if len(bare) == 1 and stripped[word.end() : word.end() + 1] == ".":
            return False  # a further letter of z. B.
        return following[0] in _OPENERS or bool(elision) or bare in self._first_words
