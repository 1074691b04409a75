"""What is found of a quote as a message for Discord."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote.verification.changes import Change
from pullquote.verification.verdicts import Finding, PrintedPlace, Verdict, Verification
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import (
    ANSWER_EDGE,
    REFUSAL_EDGE,
    UNSURE_EDGE,
)
from pullquote_bot.discord_bot.messages.citations import file_notices, short_title, speaker_line
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Button,
    Divider,
    Message,
    Part,
    Section,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape, escape_line
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.discord_bot.messages.story_text import story_text
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import verification as strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.visible_text import one_line

_MOST_FINDINGS = 6
_MOST_PLACES = 3
"""Places that are shown of one text."""
_MOST_CHANGES = 8
_LONGEST_GIVEN = 300
"""Characters of the given text that are shown."""
_LONGEST_CHANGED = 80
"""Characters of each side of a change that are shown."""
_LONGEST_NAME = 80
_LONGEST_STORY = 1_500
"""Characters of a later version's words and notes; longer ones would leave no room for quotes."""
_MOST_NOTICES = 2
_LONGEST_NOTICE = 200
_EDGES = {Verdict.VERBATIM: ANSWER_EDGE, Verdict.ABSENT: REFUSAL_EDGE}


def verification_message(verification: Verification) -> Message:
    """The verdict of each quotation of a text, its changes, and where it is printed.

    No quote is cut: one for which there is no room is left out, and a note says so.
    """
    footer = (Divider(), Text("\n".join(f"-# {line}" for line in _footer_lines(verification))))
    note = Text(f"-# {discord_strings.TOO_LONG_FOR_DISCORD}")
    room = TEXT_ROOM - text_length((*footer, note))
    parts: list[Part] = []
    is_complete = True
    used: set[str] = set()
    for part in _parts(verification, used):
        size = text_length((part,))
        if size <= room:
            parts.append(part)
            room -= size
        else:
            is_complete = False
    notes = () if is_complete else (note,)
    edge = _EDGES.get(verification.verdict, UNSURE_EDGE)
    return Message((*parts, *notes, *footer), (), edge)


def _footer_lines(verification: Verification) -> Iterator[str]:
    """The notices of the articles' files, and the period that the archive covers."""
    states = [place.source_state for finding in verification.findings for place in finding.places]
    notices = file_notices(verification.withheld, verification.built, states)
    for notice in notices[:_MOST_NOTICES]:
        yield escape_line(one_line(notice, _LONGEST_NOTICE))
    yield strings.covered(verification)


def _parts(verification: Verification, used: set[str]) -> Iterator[Part]:
    """Yield the texts and quotes; `used` receives the custom ids of the buttons."""
    count = len(verification.findings)
    for number, finding in enumerate(verification.findings[:_MOST_FINDINGS], start=1):
        lines = [f"-# {strings.part_of(number, count)}"] if count > 1 else []
        lines += _finding_lines(finding, verification.text)
        yield Text("\n".join(lines))
        shown = finding.places[: _MOST_PLACES if count == 1 else 1]
        for place in shown:
            yield _place_part(place, finding, verification.generation, used)
        if len(finding.places) > len(shown):
            yield Text(f"-# {strings.more_places(len(finding.places) - len(shown))}")
    if count > _MOST_FINDINGS:
        yield Text(f"-# {strings.more_quotations(count - _MOST_FINDINGS)}")


def _finding_lines(finding: Finding, text: str) -> Iterator[str]:
    yield f"**{strings.VERDICTS[finding.verdict]}**"
    given = finding.given.of(text)
    is_cut = len(given) > _LONGEST_GIVEN
    marked = [] if is_cut or finding.verdict is not Verdict.ALTERED else finding.changes
    shown = f"{given[:_LONGEST_GIVEN]}…" if is_cut else given
    spans = [
        Span(change.given.start - finding.given.start, change.given.end - finding.given.start)
        for change in marked
        if not change.kind.keeps_meaning
    ]
    yield f"{strings.GIVEN} {' '.join(_marked(shown, spans).split())}"
    if remark := strings.remark(finding):
        yield remark
    if finding.attribution and finding.places:
        name = escape_line(one_line(finding.speaker)[:_LONGEST_NAME])
        yield f"{strings.ATTRIBUTIONS[finding.attribution]} {name}"
    if finding.verdict is Verdict.ALTERED:
        yield from _change_lines(finding, text)


def _change_lines(finding: Finding, text: str) -> Iterator[str]:
    changes = [change for change in finding.changes if not change.kind.keeps_meaning]
    for change in changes[:_MOST_CHANGES]:
        given = _side(text, change.given)
        printed = _side(finding.places[0].source_text, change.printed)
        yield f"· {strings.CHANGES[change.kind]}: {given} ← {printed}"
    if len(changes) > _MOST_CHANGES:
        yield f"· {strings.more_changes(len(changes) - _MOST_CHANGES)}"


def _side(text: str, span: Span) -> str:
    """The words on one side of a change, cut if they are many."""
    words = one_line(text[slice(*span)])
    if not words:
        return strings.NOTHING
    is_cut = len(words) > _LONGEST_CHANGED
    return escape_line(f"{words[:_LONGEST_CHANGED]}…" if is_cut else words)


def _place_part(
    place: PrintedPlace, finding: Finding, generation: GenerationId, used: set[str]
) -> Part:
    """The words at a place and their citation, with the button that shows their context."""
    article = place.article
    details = (
        escape_line(one_line(article.source or article.section)[:_LONGEST_NAME]),
        article_strings.written_by(article.authors, escape_line),
        day(article.published),
        strings.IN_HEADLINE
        if place.in_headline
        else article_strings.paragraph(paragraph_number(article.paragraphs, place.span.start)),
        strings.TORN if place.before or place.after else "",
        open_link(article, None if place.in_headline else place.span),
    )
    changes = finding.changes if finding.verdict is Verdict.ALTERED else ()
    quote = _marked_quote(place, changes)
    citation = f"**{short_title(article.title)}**\n-# {' · '.join(filter(None, details))}"
    story = story_text(place, (), _LONGEST_STORY)
    shown = (quote, speaker_line(place), citation, story)
    text = Text("\n".join(filter(None, shown)))
    custom_id = str(CustomId(Action.CONTEXT, generation, (place.row, *place.span)))
    if place.in_headline or custom_id in used or not article.prose.contains(place.span):
        return text
    used.add(custom_id)
    return Section(text, Button(discord_strings.CONTEXT_BUTTON, custom_id))


def _marked_quote(place: PrintedPlace, changes: Sequence[Change]) -> str:
    """A quote with the words in bold that differ from those given."""
    spans = [
        Span(change.printed.start - place.span.start, change.printed.end - place.span.start)
        for change in changes
        if not change.kind.keeps_meaning
    ]
    if len(place.text.splitlines()) > 1:  # also at breaks such as U+2028
        return block_quote(place.text)
    return f"> {_marked(place.text, spans)}"


def _marked(text: str, spans: Sequence[Span]) -> str:
    """A text escaped, with parts of it in bold. Markup in the text stays text."""
    pieces, at = [], 0
    for start, end in sorted(set(spans)):
        if at <= start < end <= len(text) and text[start:end].strip():
            pieces += [escape(text[at:start]), f"**{escape(text[start:end])}**"]
            at = end
    return "".join([*pieces, escape(text[at:])])
