"""Sentences of an explanation: how an answer was found and scored."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.confidence.outcome import Outcome
from pullquote.confidence.verdict import Verdict
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


def name_of(names: dict[str, str], key: str) -> str:
    """The words for a part of a score or of the evidence."""
    return one_line(names.get(key, key.replace("_", " ")))


def outcome(verdict: Verdict) -> str:
    """The confidence, the outcome, and what is missing to reach the next better outcome."""
    to_sure, to_unsure = (
        f"{max(0.0, threshold - verdict.confidence):.3f} below"
        for threshold in (verdict.threshold, verdict.unsure_threshold)
    )
    words = {
        Outcome.ANSWERED: "answered",
        Outcome.UNSURE: f"not sure, {to_sure} the threshold for a sure answer",
        Outcome.REFUSED: f"refused, {to_unsure} the threshold for an answer that is not sure",
    }
    return f"Confidence {verdict.confidence:.3f}: {words[verdict.outcome]}."


def thresholds(verdict: Verdict) -> str:
    """Both thresholds, and the beginning of what the confidence is computed from."""
    return (
        f"Answers are sure from {verdict.threshold:.3f} on, and shown as not sure from "
        f"{verdict.unsure_threshold:.3f} on. The confidence is computed from"
    )


def evidence_value(value: float, enough: float | None) -> str:
    """A part of the evidence, from 0 to 1, and what would be enough for a sure answer.

    Args:
        value: the part.
        enough: what would be enough; None if the question is answered, or if 1 would not be.
    """
    if enough is None:
        return f"{value:.3f}"
    return f"{value:.3f}  ({enough:.3f} would be enough for a sure answer, all else unchanged)"


def word_share(word: str, share: float) -> str:
    """A word of the question, and the share of the question that it makes up."""
    return f"{one_line(word)} {share:.0%}"


def counts(searched: int, found: int, spans: int) -> str:
    """How many passages were searched and found, and how many spans were scored."""
    return (
        f"Searched {counted(searched, 'passage')}, "
        f"scored {counted(spans, 'span')} of the best {found:,}."
    )


def ranks(lexical: int | None, dense: int | None) -> str:
    """The ranks of a quote's passage in the two searches; None where a search did not return it."""
    known = [
        f"{_ordinal(rank)} by {search}"
        for search, rank in (("words", lexical), ("meaning", dense))
        if rank
    ]
    return f"passage {' and '.join(known) or 'in neither search'}"


def words_held(words: Sequence[str]) -> str:
    """The question's words that a quote holds."""
    return f"holds {one_line(', '.join(words))}" if words else "holds none of the question's words"


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
