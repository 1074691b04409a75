"""The failures of a report: every question that went wrong, with its quotes, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.evaluation.html_text import html_text
from pullquote.evaluation.judging import QUOTES_READ, JudgedAnswer


def failures_html(judged: Sequence[JudgedAnswer]) -> Iterator[str]:
    """Three sections of failures, each with the highest confidence first."""
    failures_by_heading = {
        f"Answerable, but not right in the first {QUOTES_READ} quotes": [
            answer for answer in judged if answer.answerable and answer.right is False
        ],
        "Right, but refused": [
            answer
            for answer in judged
            if answer.answerable and answer.right and not answer.answered
        ],
        "Not answerable, but answered": [
            answer for answer in judged if answer.answerable is False and answer.answered
        ],
    }
    for heading, failures in failures_by_heading.items():
        yield f"<h2>{html_text(heading)}: {len(failures):,}</h2>"
        for answer in sorted(failures, key=lambda failure: -failure.confidence):
            yield _failure(answer)


def _failure(answer: JudgedAnswer) -> str:
    outcome = "answered" if answer.answered else f"refused ({answer.refusal})"
    summary = f"{outcome}, confidence {answer.confidence:.0%}"
    parts = [
        (
            f"<details><summary>{html_text(answer.question)} "
            f"<span class=faint>{html_text(summary)}</span></summary>"
        )
    ]
    if answer.answerable is not False:
        expected = " / ".join(answer.expected) or "an article"
        parts.append(f"<p>Expected: {html_text(expected)}. {html_text(_ranks(answer))}</p>")
    for number, quote in enumerate(answer.shown, start=1):
        fields = (quote.title, quote.source, str(quote.published or ""), quote.article_id)
        source = " · ".join(field for field in fields if field)
        parts.append(
            f"<blockquote>[{number}] {html_text(quote.text)}"
            f"<cite>{html_text(source)}</cite></blockquote>"
        )
    return "".join([*parts, "</details>"])


def _ranks(answer: JudgedAnswer) -> str:
    """Where the expected words and articles rank, in sentences."""
    words = (
        f"The expected words are first found in quote {answer.rank}."
        if answer.rank
        else f"None of the {answer.quotes} quotes contains the expected words."
    )
    article = (
        f"The first quote from an expected article is quote {answer.article_rank}."
        if answer.article_rank
        else f"None of the {answer.quotes} quotes is from an expected article."
    )
    sentences = (
        words if answer.expected else "",
        article if answer.expected_articles is not None else "",
    )
    return " ".join(filter(None, sentences))
