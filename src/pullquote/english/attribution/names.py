"""The names in an article, and which of them are one person's or one body's."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pullquote.corpus.spans import Span
from pullquote.english.attribution.descriptions import description_of
from pullquote.english.attribution.role_words import FEMALE, MALE, ROLES, TITLES

_ABBREVIATED = (
    r"(?:[A-Z]|Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Hon|St|Jr|Sr)\."
)
_WORD = (
    rf"(?:(?:[A-Z]\.){{2,}}|{_ABBREVIATED}"
    r"|[A-ZÀ-ÖØ-Þ]\w*(?:[-'’][A-ZÀ-Þ]\w+|-[a-z]{2,4}\b|['’]s\b)*)"
)
_PARTICLE = r"(?:de|da|di|del|della|der|den|van|von|bin|ibn|al|el|la|le|ul|ur|dos|du|ter|zu|y)"
_JOINT = rf"[ \xa0](?:&[ \xa0]|{_PARTICLE}[ \xa0](?:{_PARTICLE}[ \xa0])?)?"
_RUN = re.compile(rf"{_WORD}(?:{_JOINT}{_WORD})*")
_INITIAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.[A-Z])*\.\Z")
_WORDS = re.compile(r"\S+")
_NOT_A_NAME = frozenset(
    "a an the this that these those in on at by for from to with of about after before during as "
    "and but or so yet if when while where why how what who which since until because although "
    "though however meanwhile still also even not no yes he she it they we i you his her its their "
    "our my your there here then now once later earlier last next some many most all both each "
    "every another other one two three several few more than just only while asked according "
    "under over through between among against despite instead like speaking meet watch monday "
    "tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow est edt gmt".split()
)
_MAX_WORDS = 6
_DESCRIBED_PLACES = 6
"""A description is looked for where a name stands for the first times."""
_BODIES = frozenset(
    "committee department party council court agency association university institute times post "
    "journal news house ministry commission bank board bureau center centre union congress senate "
    "office service administration campaign authority foundation group inc corp company society "
    "federation league organization organisation states kingdom nations hampshire convention act "
    "tribune herald review press church school college hospital police army navy guard club team "
    "street city county district island islands river lake bay valley network television radio "
    "magazine report poll institution trust fund party's assembly parliament government cup bowl "
    "office america award awards warriors grants".split()
)
"""Last words of names that are no person's."""


@dataclass(slots=True)
class Named:
    """Somebody whom an article names.

    Attributes:
        words: the words of the fullest name, in lower case, without initials.
        name: where that name stands first.
        places: where the name or its last word stands, in order.
        gender: "m" or "f", empty if it is not known.
        description: what the article says that they are.
    """

    words: tuple[str, ...]
    name: Span
    places: list[Span] = field(default_factory=list)
    gender: str = ""
    description: Span | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is known to be a person's name."""
        return bool(self.gender or self.description) and self.is_likely_person

    @property
    def is_likely_person(self) -> bool:
        """Whether nothing says that it is not a person's name."""
        return self.words[-1] not in _BODIES and "&" not in self.words


class Names:
    """The names of an article."""

    def __init__(self, text: str, within: Span) -> None:
        """Find them."""
        self._text = text
        self.by_words: dict[tuple[str, ...], Named] = {}
        singles: list[tuple[str, Span, str]] = []
        for span, title in name_spans(text, within):
            words = name_words(span.of(text))
            if len(words) > 1:
                self._add(words, span, title)
            elif words:
                singles.append((words[0], span, title))
        self._by_last: dict[str, list[Named]] = {}
        self._by_ends: dict[tuple[str, str], list[Named]] = {}
        for named in self.by_words.values():
            if "&" not in named.words:  # "Low" alone is no "Hill & Low"
                self._by_last.setdefault(named.words[-1], []).append(named)
            self._by_ends.setdefault((named.words[0], named.words[-1]), []).append(named)
        for with_same_ends in self._by_ends.values():
            with_same_ends.sort(key=lambda named: -len(named.words))
        self._bearers: dict[tuple[str, str, bool], Named | None] = {}
        for word, span, title in singles:
            self._add_single(word, span, title)
        self.places = sorted(
            ((place, named) for named in self.by_words.values() for place in named.places),
            key=lambda pair: pair[0],
        )

    def _add(self, words: tuple[str, ...], span: Span, title: str) -> None:
        named = self.by_words.get(words)
        if named is None:
            named = self.by_words[words] = Named(words, span)
            named.gender = gender_of(title) or gender_of(words[0])
        named.places.append(span)
        if words[-1] in _BODIES or len(named.places) > _DESCRIBED_PLACES:
            return
        if named.description is None or len(named.description.of(self._text).split()) == 1:
            named.description = description_of(self._text, span) or named.description
            if named.description and not named.gender:
                role = named.description.of(self._text).split()[-1].lower()
                named.gender = gender_of(role)

    def _add_single(self, word: str, span: Span, title: str) -> None:
        known = self._by_last.get(word)
        if known and len(known) == 1:
            known[0].places.append(span)
            known[0].gender = known[0].gender or gender_of(title)
        elif not known and (title or word not in _NOT_A_NAME):
            self._add((word,), span, title)

    def full(self, span: Span) -> Named | None:
        """Who is meant by a name in the article; None if it may be one of several."""
        words = name_words(span.of(self._text))
        if not words:
            return None
        if len(words) > 1 and words in self.by_words:
            longest = self._by_ends[words[0], words[-1]][:2]
            longer = [named for named in longest if len(named.words) > len(words)]
            return longer[0] if len(longer) == 1 else self.by_words[words]
        if words[-1] not in self._by_last:
            return self.by_words.get(words)
        before = self._text[max(0, span.start - 5) : span.start]
        title = before.split()
        gender = gender_of(title[-1].strip(".").lower()) if title else ""
        article = before[-4:] in {"the ", "The "}  # "the Taliban"
        key = (words[-1], gender, article)
        if key not in self._bearers:  # kept, because a last name may be that of thousands
            self._bearers[key] = self._bearer(words[-1], gender, only_persons=article)
        return self._bearers[key]

    def _bearer(self, last: str, gender: str, *, only_persons: bool) -> Named | None:
        """Which of those with one last name is meant; None if that is open."""
        known = [named for named in self._by_last[last] if named.is_person or not only_persons]
        if len(known) == 1:
            return known[0] if known[0].is_likely_person else None
        fitting = [named for named in known if not gender or named.gender in {"", gender}]
        if len(fitting) == 1:
            return fitting[0]
        fitting.sort(key=lambda named: -len(named.places))
        if fitting and len(fitting[0].places) > 2 * len(fitting[1].places):
            return fitting[0]
        return None

    def before(self, position: int, reach: int) -> Iterator[tuple[Span, Named]]:
        """The names before a position, the nearest first, from at most `reach` characters."""
        number = bisect.bisect_left(self.places, position, key=lambda pair: pair[0].start)
        while number > 0 and self.places[number - 1][0].start >= position - reach:
            number -= 1
            yield self.places[number]


def name_spans(text: str, within: Span) -> Iterator[tuple[Span, str]]:
    """The names in a text, each with the title before it, in lower case; empty without one."""
    for match in _RUN.finditer(text, *within):
        words = list(_WORDS.finditer(text, *match.span()))
        first, title = 0, ""
        is_body = words[-1][0].lower().strip(".") in _BODIES
        for number, word in enumerate(words):
            bare = word[0].lower().rstrip(".")
            if (bare in TITLES or bare in ROLES) and number + 1 < len(words) and not is_body:
                first, title = number + 1, bare
            elif bare in _NOT_A_NAME or word[0].endswith(("'s", "’s")):
                first, title = number + 1, ""
        if first < len(words) and len(words) - first <= _MAX_WORDS:
            end = words[-1].end()
            if text[end - 1] == "." and not _INITIAL.match(words[-1][0]):
                end -= words[-1][0].lower() not in {"jr.", "sr."}
            yield Span(words[first].start(), end), title


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without titles, initials and "Jr."."""
    words = name.replace("’", "'").removesuffix("'s").split()
    return tuple(
        word.lower().strip(".,")
        for number, word in enumerate(words)
        if not _INITIAL.match(word)
        and word.lower() not in {"jr.", "sr.", "jr", "sr"}
        and not (number == 0 and word.lower() == "the")
    )


def gender_of(word: str) -> str:
    """The gender of a title, a role or a first name; empty if it is not known."""
    if word in MALE:
        return "m"
    return "f" if word in FEMALE else ""
