"""Sentences of an explanation: how an answer was found and scored."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.confidence.outcome import Outcome
from pullquote.confidence.verdict import Verdict
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import one_line

NOTHING_SEARCHED = "Nothing was searched, so there is nothing to explain."
QUESTION_WORDS = "The question's words, and how much of it each makes up:"
SCORE = "score"

SCORE_PARTS = {
    "passage": "similarity of the passage",
    "fused": "ranks of the passage",
    "position": "place in the article",
    "similarity": "similarity of a sentence",
    "coverage": "words of the question",
    "headline": "words, with the headline's",
    "kind": "kind of thing asked for",
    "opening": "begins a paragraph",
    "leaning": "points back to what it does not quote",
    "timely": "of the time asked about",
    "recency": "how new the article is",
    "reranker": "read together with the question",
}
"""What each part of a score is given for."""
EVIDENCE = {
    "word_likeness": "nearness of the first passage to all words",
    "content_likeness": "nearness to the words that matter",
    "least_likeness": "nearness to the word that is missed most",
    "similarity": "similarity of a sentence of the quotes",
    "lead": "lead of the best passage over the others",
    "reranker": "likelihood that a span answers, read with the question",
}
"""What each part of the evidence for the confidence is."""

_ORDINALS = {0: "{number}th", 1: "{number}st", 2: "{number}nd", 3: "{number}rd"}
"""Ordinal numbers by their last digit; 0 for those of all others."""


def name_of(names: dict[str, str], key: str) -> str:
    """The words for a part of a score or of the evidence."""
    return one_line(names.get(key, key.replace("_", " ")))


def outcome(verdict: Verdict) -> str:
    """The confidence, the outcome, and what is missing to reach the next better outcome."""
    to_sure, to_unsure = (
        say("{gap:.3f} below", gap=max(0.0, threshold - verdict.confidence))
        for threshold in (verdict.threshold, verdict.unsure_threshold)
    )
    words = {
        Outcome.ANSWERED: say("answered"),
        Outcome.UNSURE: say("not sure, {to_sure} the threshold for a sure answer", to_sure=to_sure),
        Outcome.REFUSED: say(
            "refused, {to_unsure} the threshold for an answer that is not sure", to_unsure=to_unsure
        ),
    }
    return say(
        "Confidence {confidence:.3f}: {words}.",
        confidence=verdict.confidence,
        words=words[verdict.outcome],
    )


def thresholds(verdict: Verdict) -> str:
    """Both thresholds, and the beginning of what the confidence is computed from."""
    return say(
        "Answers are sure from {threshold:.3f} on, and shown as not sure from "
        "{unsure_threshold:.3f} on. The confidence is computed from",
        threshold=verdict.threshold,
        unsure_threshold=verdict.unsure_threshold,
    )


def evidence_value(value: float, enough: float | None) -> str:
    """A part of the evidence, from 0 to 1, and what would be enough for a sure answer.

    Args:
        value: the part.
        enough: what would be enough; None if the question is answered, or if 1 would not be.
    """
    if enough is None:
        return say("{value:.3f}", value=value)
    return say(
        "{value:.3f}  ({enough:.3f} would be enough for a sure answer, all else unchanged)",
        value=value,
        enough=enough,
    )


def score(value: float) -> str:
    """A quote's score, or a part of it."""
    return say("{value:+.3f}", value=value)


def word_share(word: str, share: float) -> str:
    """A word of the question, and the share of the question that it makes up."""
    return f"{one_line(word)} {share:.0%}"


def counts(searched: int, found: int, spans: int) -> str:
    """How many passages were searched and found, and how many spans were scored."""
    return say(
        "Searched {passages}, scored {spans} of the best {found:,}.",
        passages=counted(searched, "passage"),
        spans=counted(spans, "span"),
        found=found,
    )


def ranks(lexical: int | None, dense: int | None) -> str:
    """The ranks of a quote's passage in the two searches; None where a search did not return it."""
    known = [
        say("{ordinal} by {search}", ordinal=_ordinal(rank), search=search)
        for search, rank in ((say("words"), lexical), (say("meaning"), dense))
        if rank
    ]
    where = say(" and ").join(known) or say("in neither search")
    return say("passage {where}", where=where)


def words_held(words: Sequence[str]) -> str:
    """The question's words that a quote holds."""
    return (
        say("holds {words}", words=one_line(", ".join(words)))
        if words
        else say("holds none of the question's words")
    )


def _ordinal(number: int) -> str:
    last = number % 10
    is_regular = number % 100 in (11, 12, 13) or last not in _ORDINALS
    return say(_ORDINALS[0 if is_regular else last], number=number)


translate_constants(__name__)
