"""What somebody said, and who is quoted most, as messages for Discord."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pullquote.answering.quotes import cite
from pullquote.answering.source_states import SourceStates, UnchangedSources
from pullquote.answering.speakers import QuotedSpeaker
from pullquote.answering.statements import FoundStatements, Statement, printed_statement
from pullquote.storage.manifest import GenerationId, Manifest
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.bar_charts import rank_chart
from pullquote_bot.discord_bot.messages.citations import citation_line, short_speaker, speaker_line
from pullquote_bot.discord_bot.messages.components import (
    Button,
    Divider,
    Message,
    Part,
    Picture,
    Section,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line
from pullquote_bot.discord_bot.messages.paged_sections import (
    SECTION_ROOM,
    SECTIONS_IN_MESSAGE,
    page_message,
    pages_of,
)
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.messages.story_text import story_text
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
_PAGE_ROOM = SECTION_ROOM - SECTIONS_IN_MESSAGE * _LONGER
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
    header = question_text(text, discord_strings.SAID_MARK)
    if not found.printings:
        nothing = Text(escape_line(speaker_strings.nothing(found)))
        return Message((header, nothing), (), PASSAGE_EDGE)
    scope, generation = place
    headings = _headings(found)
    sections = _sections(found, headings, states, generation)
    several = escape_line(speaker_strings.several(found)[:_LONGEST_NOTE])
    pages = pages_of(sections, _PAGE_ROOM - text_length((Text(several),)))
    page = min(max(page, 0), len(pages) - 1)
    counts = quantities.counted(len(sections), "statement")
    return page_message(
        header,
        [
            _checked(number, sections[number], found, headings[number], states, generation)
            for number in pages[page]
        ],
        (page, len(pages)),
        (Action.SAID, generation, scope),
        [several, counts] if several else [counts],
    )


def _sections(
    found: FoundStatements,
    headings: Sequence[str],
    states: SourceStates,
    generation: GenerationId,
) -> list[Section]:
    """Every statement as if no source had changed: which of them are on a page, and its size."""
    unchanged = UnchangedSources(states.store)
    return [
        _statement_section(
            number, printed_statement(printings, unchanged) or printings[0], heading, generation
        )
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


def _statement_section(
    number: int, statement: Statement, heading: str, generation: GenerationId
) -> Section:
    """A statement with its speaker and citation; one that fits no message has a note instead."""
    quote = statement.quote
    citation = citation_line(cite(number, quote), quote)
    content = "\n".join(
        filter(None, (heading, block_quote(quote.text), speaker_line(quote), citation))
    )
    story = story_text(
        quote, (), _PAGE_ROOM - 2 * _LONGEST_NOTE - text_length((Text(content),)) - 1
    )
    custom_id = CustomId(Action.CONTEXT, generation, (quote.row, *quote.span))
    button = Button(discord_strings.CONTEXT_BUTTON, str(custom_id))
    section = Section(Text("\n".join(filter(None, (content, story)))), button)
    if text_length((section,)) > _PAGE_ROOM - 2 * _LONGEST_NOTE:
        note = "\n".join(filter(None, (heading, f"-# {discord_strings.PASSAGE_TOO_LONG}")))
        return Section(Text(f"{note}\n{citation}"), button)
    return section


def _checked(
    number: int,
    section: Section,
    found: FoundStatements,
    heading: str,
    states: SourceStates,
    generation: GenerationId,
) -> Section:
    """The section of a statement at a printing that its source still prints.

    If there is none, or its citation is too long for the page, a note stands in its place.
    """
    if statement := printed_statement(found.printings[number], states):
        printed = _statement_section(number + 1, statement, heading, generation)
        if text_length((printed,)) <= text_length((section,)) + _LONGER:
            return printed
    note = Text(f"**{number + 1}** · {discord_strings.STATEMENT_CHANGED}")
    return Section(note, section.button)


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
    lines = [discord_strings.MOST_QUOTED]
    lines += [f"-# {escape_line(searched)}"] if searched else []
    lines += [_speaker_line(rank, quoted) for rank, quoted in enumerate(speakers, start=1)]
    if not speakers:
        lines.append(speaker_strings.NOBODY_QUOTED)
    parts: list[Part] = [Text("\n".join(lines))]
    if speakers:
        counts = [quoted.attributions for quoted in speakers]
        description = discord_strings.speakers_chart_description(
            len(speakers), one_line(speakers[0].name)[:_LONGEST_SOURCE], counts[0]
        )
        parts.append(Picture("speakers.png", rank_chart(counts), description))
    generation = discord_strings.generation_line(manifest.id, manifest.created)
    return Message((*parts, Divider(), Text(f"-# {generation}")), (), PASSAGE_EDGE)


def _speaker_line(rank: int, quoted: QuotedSpeaker) -> str:
    """A speaker's rank, name and description, and how often they are quoted."""
    description = short_speaker(quoted.description)
    name = f"**{short_speaker(quoted.name)}**{', ' if description else ''}{description}"
    return f"{rank} · {name}: {speaker_strings.counts(quoted.attributions, quoted.articles)}"
