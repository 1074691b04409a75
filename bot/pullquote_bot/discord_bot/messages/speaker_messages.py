"""What somebody said, and who is quoted most, as messages for Discord."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pullquote.answering.quotes import cite
from pullquote.answering.source_states import SourceStates, UnchangedSources
from pullquote.answering.speakers import QuotedSpeaker
from pullquote.answering.statements import FoundStatements, Statement, printed_statement
from pullquote.storage.manifest import GenerationId, Manifest
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.bar_charts import rank_chart
from pullquote_bot.discord_bot.messages.citations import citation_line, short_speaker
from pullquote_bot.discord_bot.messages.components import (
    Divider,
    Message,
    Part,
    Picture,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT, Action
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.messages.paged_quotes import (
    QUOTE_ROOM,
    QUOTES_ON_PAGE,
    page_message,
    pages_of,
)
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.messages.shown_quotes import ShownQuote, length_of, shown_quote
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import quantities
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.visible_text import one_line

MOST_SPEAKERS = 12
"""Speakers that /speakers lists."""
_LONGEST_NOTE = 300
"""Characters of the list of speakers below statements."""
_LONGER = 40
"""The number of characters by which a statement that is shown may be longer than as it was found:
it may be printed elsewhere, and others print it."""
_PAGE_ROOM = QUOTE_ROOM - QUOTES_ON_PAGE * _LONGER
"""Characters for the statements of a page, and the list of speakers."""
_LONGEST_SOURCE = 60
"""Characters of a source's name."""


def said_message(
    text: str,
    place: tuple[Scope, GenerationId],
    found: FoundStatements,
    states: SourceStates,
    page: int,
) -> Message:
    """One page of what somebody said, newest first; a note in place of what no source prints now.

    Args:
        text: who was asked for, and about what.
        place: the dates that were searched, and the generation of the index.
        found: all that they said.
        states: the states of the sources: the statements of the page are compared with them.
        page: the page, from 0; the nearest one if there is no such page.
    """
    header = question_text(text, discord_contents.SAID_MARK)
    if not found.printings:
        nothing = Text(escape_line(speaker_strings.nothing(found)))
        return Message((header, nothing), (), PASSAGE_EDGE)
    scope, generation = place
    headings = _headings(found)
    shown = _shown_statements(found, headings, states)
    several = escape_line(speaker_strings.several(found)[:_LONGEST_NOTE])
    pages = pages_of(shown, _PAGE_ROOM - text_length((Text(several),)))
    page = min(max(page, 0), len(pages) - 1)
    counts = quantities.counted(len(shown), "statement")
    return page_message(
        header,
        [_checked(shown[number], found, headings[number], states) for number in pages[page]],
        (page, len(pages)),
        (Action.SAID, generation, scope),
        [several, counts] if several else [counts],
    )


def _shown_statements(
    found: FoundStatements, headings: Sequence[str], states: SourceStates
) -> list[ShownQuote]:
    """Every statement as if no source had changed: which of them are on a page, and its size."""
    unchanged = UnchangedSources(states.store)
    return [
        _shown_statement(number, printed_statement(printings, unchanged) or printings[0], heading)
        for number, (printings, heading) in enumerate(
            zip(found.printings, headings, strict=True), start=1
        )
    ]


def _headings(found: FoundStatements) -> list[str]:
    """What stands above each statement: its speaker, where those of another of one name begin."""
    headings = []
    before: Statement | None = None
    for statement, *_ in found.printings:
        speaker = found.heading(statement, before)
        name = (short_speaker(speaker.name), short_speaker(speaker.description)) if speaker else ()
        headings.append(f"**{', '.join(filter(None, name))}**" if name else "")
        before = statement
    return headings


def _shown_statement(number: int, statement: Statement, heading: str) -> ShownQuote:
    """A statement with its speaker and citation; one that fits no message has a note instead."""
    room = _PAGE_ROOM - 2 * _LONGEST_NOTE
    shown = replace(shown_quote(number, statement.quote, room - len(heading) - 1), above=heading)
    if length_of([shown]) > room:
        citation = citation_line(cite(number, statement.quote), statement.quote)
        return replace(shown, content=f"-# {discord_contents.PASSAGE_TOO_LONG}\n{citation}")
    return shown


def _checked(
    shown: ShownQuote, found: FoundStatements, heading: str, states: SourceStates
) -> ShownQuote:
    """A statement at a printing that its source still prints.

    If there is none, or its citation is too long for the page, a note stands in its place.
    """
    if statement := printed_statement(found.printings[shown.number - 1], states):
        printed = _shown_statement(shown.number, statement, heading)
        if length_of([printed]) <= length_of([shown]) + _LONGER:
            return printed
    note = f"-# **{shown.number}** · {discord_contents.STATEMENT_CHANGED}"
    return replace(shown, content=note)


def speakers_message(
    manifest: Manifest,
    speakers: Sequence[QuotedSpeaker],
    source: str,
    first: dt.date | None,
    last: dt.date | None,
) -> Message:
    """Who is quoted most, with a chart.

    Args:
        manifest: the manifest of the live generation.
        speakers: the most quoted first.
        source: the source of the articles that count; empty for all.
        first: the first day of publication; None for no limit.
        last: the last day of publication; None for no limit.
    """
    searched = answer_strings.part_searched(first, last, source[:_LONGEST_SOURCE])
    lines = [discord_contents.MOST_QUOTED]
    lines += [f"-# {escape_line(searched)}"] if searched else []
    lines += [_speaker_line(rank, quoted) for rank, quoted in enumerate(speakers, start=1)]
    if not speakers:
        lines.append(speaker_strings.NOBODY_QUOTED)
    parts: list[Part] = [Text("\n".join(lines))]
    if speakers:
        counts = [quoted.attributions for quoted in speakers]
        description = discord_contents.speakers_chart_description(
            len(speakers), one_line(speakers[0].name)[:_LONGEST_SOURCE], counts[0]
        )
        parts.append(Picture("speakers.png", rank_chart(counts), description))
    updated = discord_contents.archive_updated(manifest.created)
    return Message((*parts, Divider(), Text(f"-# {updated}", FOOTER_TEXT)), (), PASSAGE_EDGE)


def _speaker_line(rank: int, quoted: QuotedSpeaker) -> str:
    """A speaker's rank, name and description, and how often they are quoted."""
    description = short_speaker(quoted.description)
    name = f"**{short_speaker(quoted.name)}**{', ' if description else ''}{description}"
    return f"{rank} · {name}: {speaker_strings.counts(quoted.attributions, quoted.articles)}"
