"""Whose words they are: whether the archive gives the words at a place to the speaker named."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.english.attribution.descriptions_agree import description_from
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.verification.verdicts import Attribution, PrintedPlace


def attribution_of(places: Sequence[PrintedPlace], speaker: str) -> Attribution | None:
    """Compare who is named with whom the archive quotes at the places found.

    A speaker is the one named if the name has all words that are given, or the given words have all
    of the name ("Defense Minister Khawaja Asif"); a description counts with its name. A striker is
    not the senator of the same name.

    Args:
        places: where the words are printed, the first printing first.
        speaker: who is said to have said them; empty if nobody is named.

    Returns:
        None if nobody is named. Confirmed if one of the places gives the words to the speaker,
        contradicted if they give them to others alone.
    """
    if not speaker:
        return None
    wanted = _terms(speaker)
    quoted = [place for place in places if place.speaker_name]
    if wanted and any(wanted <= _said_by(place) for place in places if not place.speaker):
        return Attribution.CONFIRMED
    if not wanted or not quoted:
        return Attribution.UNKNOWN
    is_confirmed = any(is_said_by(place, speaker) for place in quoted)
    return Attribution.CONFIRMED if is_confirmed else Attribution.CONTRADICTED


def is_said_by(place: PrintedPlace, speaker: str) -> bool:
    """Whether the archive gives the words at a place to the speaker named, by name.

    Args:
        place: where the words are printed.
        speaker: who is said to have said them.
    """
    return _is_one_of(_terms(speaker), place) and not _is_namesake(speaker, place)


def _is_one_of(wanted: frozenset[str], place: PrintedPlace) -> bool:
    name = _terms(place.speaker_name)
    described = name | _terms(place.speaker_description)
    return bool(name) and (name <= wanted or wanted <= described)


def _said_by(place: PrintedPlace) -> frozenset[str]:
    """The words for speakers who are several: "Ann Low and Bo Berg, the doctors"."""
    return _terms(" ".join(span.of(place.article.text) for span in place.said_by))


def _is_namesake(speaker: str, place: PrintedPlace) -> bool:
    """Whether the place describes its speaker as another than who is named, of the same name."""
    name = _terms(place.speaker_name)
    besides = [word for word in speaker.split() if not _terms(word) <= name or not _terms(word)]
    typed = description_from(" ".join(besides).strip(" ,"))
    return typed.conflicts_with(description_from(place.speaker_description))


def _terms(name: str) -> frozenset[str]:
    return frozenset(analyse(name)) - STOP_TERMS
