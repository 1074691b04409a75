"""Whether two articles whose words are nearly the same tell one story.

Versions of a story and copies of it in several papers have most sentences in common. So have
articles made from one template (a forecast, a list of prices, winning numbers), and articles of a
source that all end in the same box: these are not copies, whatever their likeness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.english.sentence_changes import SentenceWords, likeness, sentence_words, swaps
from pullquote_index.steps.story_writer import ArticleHeading

_MAX_DAYS = 14
"""The most days between the dates of two copies, unless they have one address. Where a date is
missing, their words alone decide."""
_LEAST_SHARE = 0.5
"""At least this share of the shorter article's words is in sentences that the other has too."""
_MOST_SWAPS, _SWAPS_PER_WORD = 2, 0.03
"""More words than that, and than this share of the shorter article's words, must not be numbers
and names in place of others: a template is filled in anew."""
_LEAD_SENTENCES = 3
_LEAST_OF_HEADLINE = 0.5
_MOST_COMPARED = 100
"""The most sentences of each article that are compared with all others of the other."""
_SOURCE_IN_HEADLINE = re.compile(r"\s+[|–—]\s+[^|–—]{2,30}$")


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as it is compared with others.

    Attributes:
        headline: the words of its headline.
        address: its address without scheme and query; empty if it is unknown.
        sentences: those that are quoted, without those that many articles of its source have.
    """

    headline: SentenceWords
    address: str
    sentences: Sequence[SentenceWords]


@dataclass(frozen=True, slots=True)
class _Common:
    """What two articles have in common.

    Attributes:
        words: the words of the sentences of the first one that the other has too, or nearly so.
        swapped_words: the words of those that differ in a number, a name or a day.
        swaps: the number of such words that stand in place of others.
        is_of_another_day: whether the first sentences are the same but for the day.
        has_lead: whether one of the first sentences is among the other's first ones.
    """

    words: int
    swapped_words: int
    swaps: int
    is_of_another_day: bool
    has_lead: bool


def telling_of(title: str, url: str, sentences: Sequence[str]) -> Telling:
    """An article to compare.

    Args:
        title: its headline.
        url: its address.
        sentences: those that are quoted and are its own.
    """
    return Telling(
        sentence_words(_SOURCE_IN_HEADLINE.sub("", title)),
        bare_address(url),
        [sentence_words(sentence) for sentence in sentences],
    )


def bare_address(url: str) -> str:
    """An address without its scheme, query, fragment and last slash; empty if there is none."""
    _, _, rest = url.strip().partition("://")
    return re.split(r"[?#]", rest, maxsplit=1)[0].removeprefix("www.").rstrip("/").casefold()


def are_near(heading: ArticleHeading, other: ArticleHeading) -> bool:
    """Whether the dates or the addresses of two articles allow that they tell one story."""
    if heading.url and bare_address(heading.url) == bare_address(other.url):
        return True
    if heading.published is None or other.published is None:
        return True
    return abs((heading.published - other.published).days) <= _MAX_DAYS


def tells_same_story(telling: Telling, other: Telling) -> bool:
    """Whether two articles that `are_near` tell one story; see the module."""
    shorter, longer = sorted((telling, other), key=_word_count)
    total = _word_count(shorter)
    common = _common(shorter, longer)
    if common.words < _LEAST_SHARE * total or not total:
        return False
    if telling.address and telling.address == other.address:
        return True
    if common.is_of_another_day or swaps(telling.headline, other.headline).days:
        return False
    if common.swaps > max(_MOST_SWAPS, _SWAPS_PER_WORD * total):
        return False
    if common.swapped_words > common.words - common.swapped_words:
        return False
    return common.has_lead or _share_headline(telling, other)


def _word_count(telling: Telling) -> int:
    return sum(len(sentence.words) for sentence in telling.sentences)


def _common(shorter: Telling, longer: Telling) -> _Common:
    theirs = {sentence.words: number for number, sentence in enumerate(longer.sentences)}
    ours = {sentence.words for sentence in shorter.sentences}
    rest = [
        (number, sentence)
        for number, sentence in enumerate(longer.sentences)
        if sentence.words not in ours
    ][:_MOST_COMPARED]
    words = swapped_words = swap_count = compared = 0
    is_of_another_day = has_lead = False
    for number, sentence in enumerate(shorter.sentences):
        place = theirs.get(sentence.words)
        if place is None and compared < _MOST_COMPARED:
            compared += 1
            place, nearest = _nearest(sentence, rest)
            if nearest is not None:
                found = swaps(sentence, nearest)
                swap_count += sum(found)
                swapped_words += len(sentence.words) * any(found)
                is_of_another_day |= bool(found.days) and 0 in (number, place)
        if place is not None:
            words += len(sentence.words)
            has_lead |= number < _LEAD_SENTENCES and place < _LEAD_SENTENCES
    return _Common(words, swapped_words, swap_count, is_of_another_day, has_lead)


def _nearest(
    sentence: SentenceWords, others: Sequence[tuple[int, SentenceWords]]
) -> tuple[int | None, SentenceWords | None]:
    """The most similar of some sentences with its number; None if none is similar."""
    best, place, nearest = 0.0, None, None
    for number, other in others:
        if (value := likeness(sentence, other)) > best:
            best, place, nearest = value, number, other
    return place, nearest


def _share_headline(telling: Telling, other: Telling) -> bool:
    ours, theirs = telling.headline.content, other.headline.content
    fewer = min(len(ours), len(theirs))
    return fewer > 0 and len(ours & theirs) >= _LEAST_OF_HEADLINE * fewer
