"""Who a speaker is: the fullest name that the article gives, and what it says that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pullquote.corpus.spans import Span
from pullquote.english.attribution.names import Named, Names, name_spans
from pullquote.english.attribution.role_words import ROLES, TITLES

_PRONOUNS = {"he": "m", "she": "f", "his": "m", "her": "f"}
_NO_NAME = frozenset("i we you they it that this these those what one who which".split())
_REACH = 900
"""The most characters between a pronoun and the name that it is for."""
_SPEAKERS_BACK = 20
"""The number of speakers before a pronoun among which it may have its own."""
_NOMINAL_REACH = 6_000
_FIRST_PART = re.compile(r"[^,(;:—–]+")
_DETERMINERS = frozenset("the a an his her its their our".split())
_NO_HEAD = frozenset("of in at for from on with to and or".split())
"""Before a name that is not the speaker's: "the mayor of Lowtown", "Ann Low and Bob High"."""
_JOINT = re.compile(r"([^,;:()]+?)\s+and\s+([^,;:()]+)")
_BARE = re.compile(r"[\w-]+")
_SENTENCE_HEAD = re.compile(
    r"(?:^|[.!?:”\"\n]\s*|[.!?:”\"\n]\s[A-Z][^.!?:”\"\n]{1,80},\s)"
    r"(?:(?:But|And|Yet|So|Then|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|President|The|former|Former)\.?\s"
    r"|[\w’'-]+\s(?=[\w’' -]*\Z)){0,5}\Z"
)


class Resolver:
    """Resolves the speakers of one article, in the order of the text."""

    def __init__(self, text: str, within: Span) -> None:
        """Find the names of an article."""
        self._text = text
        self._names = Names(text, within)
        self._speakers: list[tuple[int, Named | None]] = []

    def resolve(self, speaker: Sequence[Span]) -> tuple[Span | None, Span | None]:
        """The name and the description of a speaker; None for what the article does not give."""
        if not speaker:
            return None, None
        span = speaker[0]
        words = span.of(self._text).lower()
        if words in _PRONOUNS:
            found = self._pronoun(span, _PRONOUNS[words])
        elif words == "who":
            found = self._antecedent(span)
        elif words in _NO_NAME:
            return None, None
        else:
            own = self._own_name(span)
            if own is not None:
                found = self._names.full(own)
                if found is None:
                    return own, None
            else:
                found = self._nominal(span)
                if found is None:
                    self._speakers.append((span.start, None))
                    return None, self._described(span)
        if found is None:
            return None, None
        self._speakers.append((span.start, found))
        return found.name, found.description

    def each(self, speaker: Sequence[Span]) -> list[Sequence[Span]]:
        """The speakers of what two say together ("Low and Berg"), else the one speaker.

        Bodies and firms with an "and" in their names are one.
        """
        joint = _JOINT.fullmatch(self._text, *speaker[0]) if speaker else None
        if joint is None:
            return [speaker]
        parts = [Span(*joint.span(number)) for number in (1, 2)]
        owned = [self._own_name(part) for part in parts]
        named = [self._names.full(name) for name in owned if name is not None]
        apart = {
            one.words
            for one in named
            if one is not None and (one.is_person or (len(one.words) > 1 and one.is_likely_person))
        }
        return [(part,) for part in parts] if len(apart) == len(parts) else [speaker]

    def _own_name(self, span: Span) -> Span | None:
        """The name in a speaker's words: at the end of what is before a comma."""
        part = _FIRST_PART.match(self._text, *span)
        if part is None:
            return None
        stripped = part[0].rstrip()
        first = stripped.split(maxsplit=1)[0].lower()
        is_role = first in _DETERMINERS or first.endswith(("'s", "’s"))
        if is_role and part.end() + 2 < span.end:  # "its mayor, Ann Low,"
            apposed = _FIRST_PART.match(self._text, part.end() + 2, span.end)
            if apposed is not None and all(word[0].isupper() for word in apposed[0].split()):
                return Span(*apposed.span())
        end = span.start + len(stripped)
        if stripped.endswith(("'s", "’s")):
            end -= 2
        names = [name for name, _ in name_spans(self._text, Span(span.start, end))]
        if not names or names[-1].end < end - 1:
            return None
        before = self._text[span.start : names[-1].start].lower().split()
        if before and before[-1] in {"the", "a", "an"}:
            before.pop()
        if before and before[-1] in _NO_HEAD:
            return None
        return names[-1]

    def _pronoun(self, span: Span, gender: str) -> Named | None:
        """Who "he" or "she" is.

        The last speaker or the last name at the head of a sentence, whichever is nearer; without
        one the nearest name. Nobody, if the last speaker has no name.
        """
        speaker = next(
            (
                (start, named)
                for start, named in reversed(self._speakers[-_SPEAKERS_BACK:])
                if named is None or (named.gender in {"", gender} and named.is_likely_person)
            ),
            None,
        )
        fallback = None
        for place, named in self._names.before(span.start, _REACH):
            if speaker is not None and place.start <= speaker[0]:
                break
            if named.gender not in {"", gender} or not named.is_person:
                continue
            if self._heads_sentence(place):
                return named
            fallback = fallback or named
        if speaker is not None and speaker[0] >= span.start - _REACH:
            return speaker[1]
        return fallback

    def _heads_sentence(self, place: Span) -> bool:
        """Whether a name is the first of its sentence, with little before it."""
        before = self._text[max(0, place.start - 130) : place.start]
        return _SENTENCE_HEAD.search(before) is not None

    def _antecedent(self, span: Span) -> Named | None:
        """Who "who" is: the name before it."""
        return next((named for _, named in self._names.before(span.start, 60)), None)

    def _nominal(self, span: Span) -> Named | None:
        """Who "the minister" is: the one named before whose description has the word."""
        part = _FIRST_PART.match(self._text, *span)
        words = part[0].lower().split() if part else []
        if not words or words[0] not in {"the", "this", "that"}:
            return None
        head = words[-1].strip(".")
        if head not in ROLES and head not in TITLES:
            return None
        wanted = {word.strip(".") for word in words[1:]} - {"former"}
        fitting = {
            named.words: named
            for _, named in self._names.before(span.start, _NOMINAL_REACH)
            if named.description
            and wanted <= set(_BARE.findall(named.description.of(self._text).lower()))
        }
        last = self._speakers[-1][1] if self._speakers else None
        if last is not None and last.words in fitting:
            return last
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _described(self, span: Span) -> Span | None:
        """A speaker without a name, as a description: "a White House official"."""
        words = re.findall(r"[\w-]+", span.of(self._text).lower())
        return (
            span
            if any(word in ROLES or word.removesuffix("s") in ROLES for word in words)
            else None
        )
