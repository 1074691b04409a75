"""Compares two claims: whether one denies the other, or each blames the other's speaker."""

from __future__ import annotations

from pullquote.answering.claims import NOT_CONTENT, Claim
from pullquote.answering.same_matter import is_among, share_names, shared_part
from pullquote.english.accusations import Accusation, is_party
from pullquote.english.denials import Denial
from pullquote.english.irregular_verbs import verb_stems
from pullquote.english.word_frequencies import rarity

_DENIED, _DENIED_BY_VERB = 0.75, 0.55
"""A claim is denied that has this part of the content words that are denied, by their rarity:
by a negation, and by a verb such as "deny"."""
_UNNAMED = 0.45
"""And this part of those that are no names: a name is in much that is said."""
_ASSERTED = 0.45
"""A negated claim has this part of those of the claim that it negates."""
_EXPLICIT_DAYS, _NEGATION_DAYS = 60, 3
"""The most days between a claim and its denial: by a verb, and by a negation."""
_LEAST_STEMS, _LEAST_WITH_NAME = 3, 2
"""The number of stems that a claim and its denial share; by a negation, with a name among them."""


def denies(denying: Claim, asserting: Claim) -> bool:
    """Whether one claim denies what the other asserts."""
    denial = denying.denial
    if denial is None or not asserting.is_assertion:
        return False
    days = _EXPLICIT_DAYS if denial.is_explicit else _NEGATION_DAYS
    return (
        _asserts_what_is_denied(denial, denying, asserting)
        and _are_within(denying, asserting, days)
        and share_names(denying, asserting)
        and _is_of_its_subject(denial, denying, asserting)
    )


def _asserts_what_is_denied(denial: Denial, denying: Claim, asserting: Claim) -> bool:
    """Whether a claim has the first content word that is denied, and most of the others."""
    denied = _content(denial.denied)
    unnamed = [stem for stem in denied if stem not in denying.names]
    return (
        bool(denied)
        and _is_in(denied[0], asserting)
        and _has(asserting, denied, _DENIED_BY_VERB if denial.is_explicit else _DENIED)
        and (not unnamed or _has(asserting, unnamed, _UNNAMED))
    )


def _is_of_its_subject(denial: Denial, denying: Claim, asserting: Claim) -> bool:
    """Whether what a claim asserts is asserted of that of which it is denied."""
    denied, subject = _content(denial.denied), _content(denial.subject)
    if denial.is_of_subject:
        before = _content_before(denied[0], asserting)
        if not any(is_among(stem, before) for stem in subject):
            return False
    if not denial.is_explicit and not _is_counterpart(denying, asserting, subject, denied):
        return False
    shared = {stem for stem in (*denied, *subject) if _is_in(stem, asserting)}
    has_name = not shared.isdisjoint({*denying.names, *asserting.names})
    is_short = has_name and not denial.is_explicit
    return len(shared) >= (_LEAST_WITH_NAME if is_short else _LEAST_STEMS)


def _is_counterpart(
    denying: Claim, asserting: Claim, subject: list[str], denied: list[str]
) -> bool:
    """Whether a claim is the negated one without its negation, not only one with its words."""
    told = frozenset(_content(asserting.told))
    return (
        denying.is_future is asserting.is_future
        and _has(asserting, [*subject, *denied], _DENIED)
        and shared_part(asserting.core, denying.core) >= _DENIED
        and shared_part(told, denying.own_verb_stems, of_first=True) >= _ASSERTED
    )


def _content(text: str) -> list[str]:
    return [stem for stem in verb_stems(text) if stem not in NOT_CONTENT]


def _content_before(stem: str, claim: Claim) -> frozenset[str]:
    """The content stems of a claim before one of them; all if it is the first."""
    stems = _content(claim.text)
    at = next((at for at, other in enumerate(stems) if is_among(stem, {other})), 0)
    return frozenset(stems[:at] or stems)


def _is_in(stem: str, claim: Claim) -> bool:
    return is_among(stem, claim.own_verb_stems)


def _has(claim: Claim, stems: list[str], part: float) -> bool:
    """Whether a claim has a part of some stems, by their rarity."""
    total = sum(map(rarity, stems))
    return total > 0 and sum(rarity(one) for one in stems if _is_in(one, claim)) >= part * total


def _are_within(one: Claim, other: Claim, days: int) -> bool:
    if one.published is None or other.published is None:
        return one.published is other.published
    return abs((one.published - other.published).days) <= days


def blame_each_other(one: Claim, other: Claim) -> bool:
    """Whether the party that accuses in one claim is accused in the other, of the same matter."""
    return bool(one.accusations) and any(
        _answer_each_other(first, second, one, other)
        for first in one.accusations
        for second in other.accusations
    )


def _answer_each_other(first: Accusation, second: Accusation, one: Claim, other: Claim) -> bool:
    return (
        is_party(first.accuser, second.accused)
        and is_party(second.accuser, first.accused)
        and not is_party(first.accuser, second.accuser)
        and _are_within(one, other, _EXPLICIT_DAYS)
        and _share_matter(first, second, one, other)
    )


def _share_matter(first: Accusation, second: Accusation, one: Claim, other: Claim) -> bool:
    """Whether what one is accused of is also in the other claim, besides the parties."""
    parties = verb_stems(f"{first.accuser} {first.accused} {second.accuser} {second.accused}")
    for accusation, claim in ((first, other), (second, one)):
        stems = {stem for stem in verb_stems(accusation.matter) if stem not in NOT_CONTENT}
        if any(_is_in(stem, claim) for stem in stems if not is_among(stem, set(parties))):
            return True
    return False
