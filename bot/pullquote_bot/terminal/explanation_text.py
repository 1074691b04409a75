"""How an answer came about, as text."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.answering.answers import Answer
from pullquote.json_output.explanation import (
    EvidenceJson,
    ExplanationJson,
    FoundJson,
    explanation_json,
)
from pullquote_bot import strings
from pullquote_bot.strings import counted
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line

_PARTS = {
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
"""In words, what a part of a score is given for."""
_EVIDENCE = {
    "similarity": "similarity of the nearest passage and sentence",
    "window": "question's words in the best span and its headline",
    "around": "question's words in the best passage and its headline",
    "reranker": "likelihood that the best span answers, read with the question",
}
_WIDTH = 66


def explanation_text(answer: Answer, screen: Screen) -> str:
    """What the confidence was made of, and for each quote how it was found and what its score is the sum of."""
    told = explanation_json(answer)
    if told is None:
        return strings.EXPLAIN_NOTHING
    lines = [
        screen.bold(_verdict(told)),
        *(
            f"  {_named(_EVIDENCE, name):<{_WIDTH}}{_figure(part)}"
            for name, part in told.evidence.items()
        ),
    ]
    if told.words:
        lines.append("The question's words, and how much of it each makes up:")
        lines.append(
            "  " + ", ".join(f"{one_line(word)} {share:.0%}" for word, share in told.words.items())
        )
    lines.append(
        f"Searched {counted(told.passages_searched, 'passage')}, looked into the best {told.passages_found:,}, "
        f"scored {counted(told.spans_scored, 'span')} of them."
    )
    for found in told.quotes:
        lines += ["", *_quote(found, screen)]
    return "\n".join(lines)


def _verdict(told: ExplanationJson) -> str:
    if told.short_by:
        return f"Confidence {told.confidence:.3f} is {told.short_by:.3f} short of the {told.threshold:.3f} that an answer takes. It is made of"
    return f"Confidence {told.confidence:.3f}; an answer takes {told.threshold:.3f}. It is made of"


def _figure(part: EvidenceJson) -> str:
    return f"{part.value:.3f}" + (
        f"  ({part.enough:.3f} would do, all else as it is)" if part.enough is not None else ""
    )


def _quote(found: FoundJson, screen: Screen) -> Iterator[str]:
    ranks = [
        f"{_ordinal(rank)} by {way}"
        for way, rank in (("words", found.lexical_rank), ("meaning", found.dense_rank))
        if rank
    ]
    holds = (
        f"holds {', '.join(map(one_line, found.words))}"
        if found.words
        else "holds none of the question's words"
    )
    yield f"{screen.mark(f'[{found.number}]')} passage {' and '.join(ranks) or 'in neither list'}; {holds}"
    yield f"  {'score':<{_WIDTH}}{found.score:+.3f}"
    for name, value in sorted(found.parts.items(), key=lambda part: -abs(part[1])):
        if value:
            yield f"    {_named(_PARTS, name):<{_WIDTH - 2}}{value:+.3f}"


def _named(names: dict[str, str], name: str) -> str:
    return names.get(name, name.replace("_", " "))


def _ordinal(number: int) -> str:
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"
