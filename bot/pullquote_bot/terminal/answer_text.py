"""Answers as text for a terminal or a pipe."""

from __future__ import annotations

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Citation, Quote, cite
from pullquote.confidence.outcome import Outcome
from pullquote.english.dates import written_moment
from pullquote.english.question_form import may_be_quoted
from pullquote.json_output.account_labels import account_labels
from pullquote.json_output.notices import notices
from pullquote_bot.citation_details import citation_details
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.terminal.margin import beside_margin, indented
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.story_text import story_lines
from pullquote_bot.visible_text import one_line


# Longer than 40 lines because it describes each of its options.
def answer_text(
    answer: Answer,
    screen: Screen,
    *,
    first: int = 1,
    nearest: bool = False,
    nearest_hint: str = "",
    dates_hint: str = "",
    offer: str = "",
) -> str:
    """An answer as text: numbered quotes, each followed by its citation.

    Args:
        answer: the answer.
        screen: how it is shown.
        first: the number of the first quote to show.
        nearest: whether a refusal shows the nearest passages.
        nearest_hint: how to see them, for a refusal that does not show them.
        dates_hint: how to ask without the dates that were read from the question's words.
        offer: how to verify the question, if it may be a quote.
    """
    read_as = answer_strings.follow_up(answer)
    lines = [screen.dim(read_as), ""] if read_as else []
    if answer.refusal:
        lines += [screen.bold(answer_strings.not_answered(answer)), answer_strings.reason(answer)]
        label = answer_strings.NEAREST if nearest else nearest_hint
        if answer.nearest and label:
            lines += ["", label]
        lines.append("")
    elif answer.outcome is Outcome.UNSURE:
        lines += [screen.bold(answer_strings.NOT_SURE), ""]
    if labels := account_labels(answer, first):
        lines += [*(screen.bold(one_line(label)) for label in labels), ""]
    for number, quote in enumerate(answer.shown if nearest else answer.quotes, start=1):
        if number >= first:
            lines += [*_quote_lines(number, quote, screen), ""]
    lines += [screen.bold(one_line(notice)) for notice in notices(answer, nearest=nearest)]
    if named := answer_strings.dates(answer, dates_hint):
        lines.append(screen.dim(named))
    if ordered := answer_strings.order(answer, dates_hint):
        lines.append(screen.dim(ordered))
    lines += [screen.dim(offer)] if offer and may_be_quoted(answer.query.text) else []
    footer = [
        answer_strings.confidence(answer),
        answer_strings.searched(answer),
        answer_strings.index_of(written_moment(answer.built)),
    ]
    lines.append(screen.dim(_joined(footer)))
    return "\n".join(lines)


def citation_lines(citation: Citation, quote: Quote, screen: Screen) -> list[str]:
    """The citation of a quote: the headline, the place, and the address or file."""
    article = citation.article
    address = article.url or article_strings.file_line(article.path, article.line)
    return [
        *indented(one_line(article.title) or article_strings.UNTITLED, screen.bold, screen),
        *indented(_joined(citation_details(citation, quote)), screen.dim, screen),
        *indented(one_line(address), screen.dim, screen),
    ]


def _quote_lines(number: int, quote: Quote, screen: Screen) -> list[str]:
    return [
        *beside_margin(f"[{number}]", quote.text, screen, quoted=True, bold=quote.answering),
        *speaker_lines(quote, screen),
        *_as_of_lines(quote, screen),
        *citation_lines(cite(number, quote), quote, screen),
        *story_lines(quote, {name.row for name in quote.other_printings}, screen),
    ]


def speaker_lines(quote: Quote, screen: Screen) -> list[str]:
    """Who says a quote; nothing if its article names nobody."""
    line = article_strings.said_by(quote.speaker_name, quote.speaker_description)
    return indented(line, screen.dim, screen) if line else []


def _as_of_lines(quote: Quote, screen: Screen) -> list[str]:
    line = article_strings.as_of(quote.as_of)
    return indented(line, screen.bold, screen) if line else []


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)
