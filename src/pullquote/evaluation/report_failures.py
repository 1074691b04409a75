"""The failures of a report: every question that went wrong, with its quotes, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.confidence.outcome import Outcome
from pullquote.evaluation.html_text import html_text
from pullquote.evaluation.judged_answer import QUOTES_READ, JudgedAnswer

OUTCOME_NAMES = {
    Outcome.ANSWERED: "answered",
    Outcome.UNSURE: "shown as not sure",
    Outcome.REFUSED: "refused",
}
"""The outcomes in words."""


def failures_html(judged: Sequence[JudgedAnswer]) -> Iterator[str]:
    """Sections of failures, each with the highest confidence first."""
    answerable = [answer for answer in judged if answer.answerable]
    unanswerable = [answer for answer in judged if answer.answerable is False]
    failures_by_heading = {
        f"Answerable, but not right in the first {QUOTES_READ} quotes": [
            answer for answer in answerable if answer.right is False
        ],
        "Right, but refused": [
            answer for answer in answerable if answer.right and answer.outcome is Outcome.REFUSED
        ],
        "Right, but shown as not sure": [
            answer for answer in answerable if answer.right and answer.outcome is Outcome.UNSURE
        ],
        "Not answerable, but answered": [
            answer for answer in unanswerable if answer.outcome is Outcome.ANSWERED
        ],
        "Not answerable, but shown as not sure": [
            answer for answer in unanswerable if answer.outcome is Outcome.UNSURE
        ],
    }
    for heading, failures in failures_by_heading.items():
        yield f"<h2>{html_text(heading)}: {len(failures):,}</h2>"
        for answer in sorted(failures, key=lambda failure: -failure.confidence):
            yield _failure(answer)


def _failure(answer: JudgedAnswer) -> str:
    outcome = OUTCOME_NAMES[answer.outcome] + (f" ({answer.refusal})" if answer.refusal else "")
    summary = f"{outcome}, confidence {answer.confidence:.0%}"
    parts = [
        (
            f"<details><summary>{html_text(answer.question)} "
            f"<span class=faint>{html_text(summary)}</span></summary>"
        )
    ]
    if answer.answerable is not False:
        parts.append(f"<p>Expected: {html_text(_expected(answer))} {html_text(_ranks(answer))}</p>")
    for number, quote in enumerate(answer.shown, start=1):
        fields = (quote.title, quote.source, str(quote.published or ""), quote.article_id)
        source = " · ".join(field for field in fields if field)
        parts.append(
            f"<blockquote>[{number}] {html_text(quote.text)}"
            f"<cite>{html_text(source)}</cite></blockquote>"
        )
    return "".join([*parts, "</details>"])


def _expected(answer: JudgedAnswer) -> str:
    """The expected words and evidence, or an article."""
    evidence = [
        f"“{span.text}”"
        if span.text
        else f"[{span.start}, {span.end}) of {span.article or answer.article}"
        for span in answer.evidence
    ]
    return " / ".join([*answer.expected, *evidence] or ["an article"]) + "."


def _ranks(answer: JudgedAnswer) -> str:
    """Where the expected text and articles rank, in sentences."""
    text_names = [
        name
        for name, expected in (("words", answer.expected), ("evidence", answer.evidence))
        if expected
    ]
    name = " or ".join(text_names)
    text = (
        f"The first quote with the expected {name} is quote {answer.rank}."
        if answer.rank
        else f"None of the {answer.quotes} quotes has the expected {name}."
    )
    article = (
        f"The first quote from an expected article is quote {answer.article_rank}."
        if answer.article_rank
        else f"None of the {answer.quotes} quotes is from an expected article."
    )
    sentences = (
        text if answer.expects_text else "",
        article if answer.expected_articles is not None else "",
    )
    return " ".join(filter(None, sentences))
