"""The values that the templates of results show: made in a thread, of what was found."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.quotes import Quote
from pullquote.answering.search import FoundPassage
from pullquote.answering.statements import Statements
from pullquote.answering.timeline import Timeline, TimelineEntry
from pullquote.confidence.outcome import Outcome
from pullquote.english.dates import written_moment
from pullquote.json_output.account_labels import account_labels
from pullquote.json_output.holdings import HoldingsJson
from pullquote.json_output.notices import notices, verification_notices
from pullquote.json_output.timeline import timeline_notices
from pullquote.storage.source_check import SourceState
from pullquote.verification.verdicts import Finding, Verdict, Verification
from pullquote_bot.serving.permalinks import Links
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.strings import timelines as timeline_strings
from pullquote_bot.strings import verification as verification_strings
from pullquote_bot.strings import web as web_strings
from pullquote_bot.strings.quantities import counted, day, month_in_words, number
from pullquote_bot.terminal.timeline_text import dated, footer_parts, refusal_text
from pullquote_bot.visible_text import one_line
from pullquote_bot.web.quote_views import QuoteView, place_view, quote_view

Values = dict[str, Any]
_MOST_PLACES, _MOST_CHANGES, _MOST_FINDINGS = 3, 12, 20
_CHART_HEIGHT = 120
_MOST_MONTHS = 240
_FEWEST_MONTHS = 12
"""There is room for this many bars, so that one month is not as wide as the page."""
_MOST_SOURCES = 200


def held_briefly(archive: OpenIndex) -> Values:
    """How much the archive holds, and of which time."""
    first, last = archive.store.dates()
    return {
        "articles": counted(archive.store.visible_articles, "article"),
        "first": day(first) if first else "",
        "last": day(last) if last else "",
    }


def answer_values(answer: Answer, path: str) -> Values:
    """An answer, in the sentences of the terminal; its links begin with a path."""
    links = Links(path, answer.generation)
    footer = [
        answer_strings.confidence(answer),
        answer_strings.searched(answer),
        web_strings.archive_updated(answer.built),
    ]
    return {
        "outcome": answer.outcome.value,
        "refused": answer_strings.not_answered(answer) if answer.refusal else "",
        "reason": answer_strings.reason(answer),
        "unsure": answer_strings.NOT_SURE if answer.outcome is Outcome.UNSURE else "",
        "labels": [one_line(label) for label in account_labels(answer)],
        "quotes": _views(answer.quotes, links),
        "nearest": _views(answer.nearest, links),
        "nearest_label": answer_strings.NEAREST,
        "notices": [one_line(notice) for notice in notices(answer)],
        "named": [
            line for line in (answer_strings.dates(answer), answer_strings.order(answer)) if line
        ],
        "footer": " · ".join(filter(None, footer)),
    }


def passage_values(
    archive: OpenIndex, passages: Sequence[FoundPassage], total: int, path: str
) -> Values:
    """Passages that a search found."""
    quotes = [
        Quote(each.article, each.span, each.span, 0.0, SourceState.SAME, 0, each.row)
        for each in passages
    ]
    return {
        "quotes": _views(quotes, Links(path, archive.generation)),
        "footer": counted(total, "passage"),
    }


def statement_values(statements: Statements, links: Links) -> Values:
    """What somebody said."""
    found = statements.found
    shown, total = len(statements.statements), statements.total
    return {
        "refused": "" if found.printings else speaker_strings.nothing(found),
        "several": speaker_strings.several(found),
        "withheld": speaker_strings.withheld(statements.withheld) if statements.withheld else "",
        "quotes": _views([each.quote for each in statements.statements], links),
        "footer": web_strings.statements_shown(shown, total) if shown else "",
    }


def timeline_values(timeline: Timeline, path: str) -> Values:
    """A timeline: its dates, each with its quotes."""
    numbered = enumerate(timeline.entries, start=1)
    links = Links(path, timeline.generation)

    def date_of(pair: tuple[int, TimelineEntry]) -> str:
        return dated(pair[1])

    dates = [
        (date, [quote_view(number, entry.quote, links) for number, entry in entries])
        for date, entries in itertools.groupby(numbered, key=date_of)
    ]
    return {
        "refused": refusal_text(timeline) if timeline.refusal else "",
        "dates": dates,
        "notices": [one_line(notice) for notice in timeline_notices(timeline)],
        "footer": " · ".join(footer_parts(timeline)),
        "by_publication": timeline_strings.BY_PUBLICATION,
    }


def verification_values(verification: Verification, path: str) -> Values:
    """What is found of a text."""
    findings = verification.findings[:_MOST_FINDINGS]
    more = len(verification.findings) - len(findings)
    links = Links(path, verification.generation)
    return {
        "findings": [_finding_values(each, verification, links) for each in findings],
        "more": verification_strings.more_quotations(more) if more else "",
        "notices": [one_line(notice) for notice in verification_notices(verification)],
        "footer": verification_strings.covered(verification),
    }


def _finding_values(finding: Finding, verification: Verification, links: Links) -> Values:
    text = verification.text
    changes = [] if finding.verdict is not Verdict.ALTERED else [
        (
            verification_strings.CHANGES[change.kind],
            text[slice(*change.given)] or verification_strings.NOTHING,
            finding.places[0].source_text[slice(*change.printed)] or verification_strings.NOTHING,
        )
        for change in finding.changes
        if not change.kind.keeps_meaning
    ]  # fmt: skip
    attribution = finding.attribution
    return {
        "verdict": finding.verdict.value,
        "sentence": verification_strings.VERDICTS[finding.verdict],
        "remark": verification_strings.remark(finding),
        "attribution": verification_strings.ATTRIBUTIONS[attribution] if attribution else "",
        "speaker": one_line(finding.speaker),
        "given": finding.given.of(text),
        "changes": changes[:_MOST_CHANGES],
        "places": [
            place_view(number, place, links)
            for number, place in enumerate(finding.places[:_MOST_PLACES], start=1)
        ],
    }


def holdings_values(held: HoldingsJson) -> Values:
    """What an archive holds, in words."""
    first, last = held.first_published, held.last_published
    return {
        "articles": counted(held.articles, "article"),
        "first": day(first) if first else "",
        "last": day(last) if last else "",
        "built": written_moment(held.built),
        "sources": [
            {
                "name": source.source,
                "articles": number(source.articles),
                "first": day(source.first) if source.first else "",
                "last": day(source.last) if source.last else "",
            }
            for source in held.sources[:_MOST_SOURCES]
        ],
        "more": max(0, len(held.sources) - _MOST_SOURCES),
    }


def month_chart(held: HoldingsJson) -> Values:
    """The months of an archive as bars: the last 240, heights in pixels."""
    months = held.months[-_MOST_MONTHS:]
    most = max((month.articles for month in months), default=1)
    bars = [
        {
            "month": month_in_words(month.month),
            "articles": number(month.articles),
            "height": max(1, round(_CHART_HEIGHT * month.articles / most)),
        }
        for month in months
    ]
    return {
        "bars": bars,
        "height": _CHART_HEIGHT,
        "width": 10 * max(_FEWEST_MONTHS, len(bars)),
        "most": counted(most, "article"),
    }


def _views(quotes: Sequence[Quote], links: Links) -> list[QuoteView]:
    return [quote_view(number, quote, links) for number, quote in enumerate(quotes, start=1)]
