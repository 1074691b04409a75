"""How an answer was found and scored, as text."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.answering.answers import Answer
from pullquote.confidence.verdict import Verdict
from pullquote.json_output.explanation import ExplanationJson, FoundJson, explanation_json
from pullquote_bot.strings import explanation as strings
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line

_LABEL_WIDTH = 65
"""Characters before a space and a value; labels of parts are indented by 4 of them, others by 2."""


def explanation_text(answer: Answer, screen: Screen, *, nearest: bool = False) -> str:
    """What the confidence was computed from; how each quote was found, and its score in parts.

    Args:
        answer: the answer.
        screen: how it is shown.
        nearest: whether the nearest passages of a refusal are explained, too.
    """
    explanation = explanation_json(answer)
    if explanation is None or answer.explanation is None:
        return strings.NOTHING_SEARCHED
    lines = [*_confidence(explanation, answer.explanation.verdict, screen)]
    if explanation.words:
        shares = (
            strings.word_share(one_line(word), share) for word, share in explanation.words.items()
        )
        lines += [strings.QUESTION_WORDS, f"  {', '.join(shares)}"]
    lines.append(
        strings.counts(
            explanation.passages_searched, explanation.passages_found, explanation.spans_scored
        )
    )
    for quote in explanation.quotes if nearest or answer.quotes else ():
        lines += ["", *_quote(quote, screen)]
    return "\n".join(lines)


def _confidence(explanation: ExplanationJson, verdict: Verdict, screen: Screen) -> Iterator[str]:
    yield screen.bold(strings.outcome(verdict))
    yield strings.thresholds(verdict)
    for key, part in explanation.evidence.items():
        label = strings.name_of(strings.EVIDENCE, key)
        yield f"  {label:<{_LABEL_WIDTH}} {strings.evidence_value(part.value, part.enough)}"


def _quote(quote: FoundJson, screen: Screen) -> Iterator[str]:
    ranks = strings.ranks(quote.lexical_rank, quote.dense_rank)
    words = strings.words_held([one_line(word) for word in quote.words])
    yield f"{screen.mark(f'[{quote.number}]')} {ranks}; {words}"
    yield f"  {strings.SCORE:<{_LABEL_WIDTH}} {strings.score(quote.score)}"
    for key, value in sorted(quote.parts.items(), key=lambda part: -abs(part[1])):
        if value:
            label = strings.name_of(strings.SCORE_PARTS, key)
            yield f"    {label:<{_LABEL_WIDTH - 2}} {strings.score(value)}"
