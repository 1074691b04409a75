"""Whether two claims are about one matter: by their words, their names and their headlines."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from pullquote.answering.claims import Claim
from pullquote.english.stems import are_akin
from pullquote.english.word_frequencies import rarity

_SAME_THING = 0.65
"""Two sentences tell the same if they share this part of the content words of the shorter one,
weighted by their rarity."""
_TELLING, _SAME_HEADLINE = 0.7, 0.5
"""So rare is a word, and so much is shared, of headlines that are about the same."""
_CONTRASTS = tuple(
    tuple(frozenset(words.split()) for words in sides.split("|"))
    for sides in (
        "first|second|third|fourth|fifth|last",
        "north northern|south southern|east eastern|west western",
        "men male boys|women female girls",
        "rose risen rises grew grown increased|fell fallen falls decreased dropped declined",
        "imports imported|exports exported",
        "won wins|lost loses",
        "quarter|half|year|month",
    )
)
"""Words of which two claims about one thing have those of the same side."""


def tell_the_same(one: Claim, other: Claim) -> bool:
    """Whether two claims are about the same matter, whatever they say of it."""
    return (
        not _are_contrasted(one, other)
        and share_names(one, other)
        and shared_part(one.core, other.core) >= _SAME_THING
    )


def _are_contrasted(one: Claim, other: Claim) -> bool:
    """Whether each has words of another side of a contrast: "first" and "second"."""
    return any(
        (found := _sides(one, sides)) and (others := _sides(other, sides)) and not found & others
        for sides in _CONTRASTS
    )


def _sides(claim: Claim, sides: Sequence[frozenset[str]]) -> set[int]:
    return {at for at, words in enumerate(sides) if not words.isdisjoint(claim.words)}


def share_names(one: Claim, other: Claim) -> bool:
    """Whether two claims name the same: they share a name, and not each has one of its own."""
    if not one.names and not other.names:
        return share_headline(one, other)
    own = [name for name in one.names if not is_among(name, other.stems)]
    others = [name for name in other.names if not is_among(name, one.stems)]
    if own and others:
        return False
    return any(is_among(name, other.stems) for name in one.possible_names) or any(
        is_among(name, one.stems) for name in other.possible_names
    )


def share_headline(one: Claim, other: Claim) -> bool:
    """Whether the headlines of claims that name nothing are about the same."""
    shared = one.headline & other.headline
    is_telling = any(rarity(stem) >= _TELLING for stem in shared)
    return is_telling and shared_part(one.headline, other.headline) >= _SAME_HEADLINE


def is_among(stem: str, stems: AbstractSet[str]) -> bool:
    """Whether a stem is among others, or one is that is derived from it or from which it is."""
    return stem in stems or any(are_akin(stem, other) for other in stems)


def shared_part(one: AbstractSet[str], other: AbstractSet[str], *, of_first: bool = False) -> float:
    """The part of the stems of the shorter of two claims that the other has, by rarity.

    Args:
        one: the stems of one claim.
        other: those of the other.
        of_first: whether it is the part of the stems of `one` instead.
    """
    weights = [sum(rarity(stem) for stem in stems) for stems in (one, other)]
    is_first = of_first or weights[0] <= weights[1]
    shorter, longer = (one, other) if is_first else (other, one)
    total = weights[0 if is_first else 1]
    shared = sum(rarity(stem) for stem in shorter if is_among(stem, longer))
    return shared / total if total else 1.0
