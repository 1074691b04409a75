"""What is found of a quote as a message for Discord."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote.verification.changes import Change
from pullquote.verification.verdicts import Finding, PrintedPlace, Verdict, Verification
from pullquote_bot.discord_bot.messages.answer_messages import (
    ANSWER_EDGE,
    REFUSAL_EDGE,
    UNSURE_EDGE,
)
from pullquote_bot.discord_bot.messages.citations import file_notices, headline, speaker_line
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    ActionMenu,
    Choice,
    Divider,
    Message,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT, Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line, with_bold
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.discord_bot.messages.shown_quotes import named_article
from pullquote_bot.discord_bot.messages.story_text import story_text
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import verification as strings
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
    lines = "\n".join(f"-# {line}" for line in _footer_lines(verification))
    footer = (Divider(), Text(lines, FOOTER_TEXT))
    note = Text(f"-# {discord_contents.TOO_LONG_FOR_DISCORD}")
    room = TEXT_ROOM - text_length((*footer, note))
    texts: list[Text] = []
    choices: dict[str, Choice] = {}
    is_complete = True
    for text, choice in _parts(verification):
        size = text_length((text,))
        if size <= room:
            texts.append(text)
            room -= size
            if choice:
                choices.setdefault(choice.custom_id, choice)
        else:
            is_complete = False
    notes = () if is_complete else (note,)
    edge = _EDGES.get(verification.verdict, UNSURE_EDGE)
    menu = ActionMenu(
        discord_labels.CONTEXT_MENU, tuple(choices.values()), str(CustomId(Action.MENU))
    )
    return Message((*texts, *notes, *footer), (menu,) if choices else (), edge)


def _footer_lines(verification: Verification) -> Iterator[str]:
    """The notices of the articles' files, and the period that the archive covers."""
    states = [place.source_state for finding in verification.findings for place in finding.places]
    notices = file_notices(verification.withheld, verification.built, states)
    for notice in notices[:_MOST_NOTICES]:
        yield escape_line(one_line(notice, _LONGEST_NOTICE))
    yield strings.covered(verification)


def _parts(verification: Verification) -> Iterator[tuple[Text, Choice | None]]:
    """Yield the texts and quotes; with a quote, the option that shows its context."""
    count = len(verification.findings)
    numbers = itertools.count(1)
    for number, finding in enumerate(verification.findings[:_MOST_FINDINGS], start=1):
        lines = [f"-# {strings.part_of(number, count)}"] if count > 1 else []
        lines += _finding_lines(finding, verification.text)
        yield Text("\n".join(lines)), None
        shown = finding.places[: _MOST_PLACES if count == 1 else 1]
        for place in shown:
            at = next(numbers)
            yield _place_text(at, place, finding), _choice(at, place, verification.generation)
        if len(finding.places) > len(shown):
            more = strings.more_places(len(finding.places) - len(shown))
            yield Text(f"-# {more}"), None
    if count > _MOST_FINDINGS:
        yield Text(f"-# {strings.more_quotations(count - _MOST_FINDINGS)}"), None


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
    yield f"{strings.GIVEN} {' '.join(with_bold(shown, spans).split())}"
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


def _place_text(number: int, place: PrintedPlace, finding: Finding) -> Text:
    """The words at a place, between their article's headline and their citation."""
    details = (
        f"**{number}** {speaker_line(place)}".rstrip(),
        _place_name(place),
        strings.TORN if place.before or place.after else "",
        open_link(place.article, None if place.in_headline else place.span),
    )
    changes = finding.changes if finding.verdict is Verdict.ALTERED else ()
    shown = (
        headline(place.article),
        _marked_quote(place, changes),
        f"-# {' · '.join(filter(None, details))}",
        story_text(place, (), _LONGEST_STORY),
    )
    return Text("\n".join(filter(None, shown)))


def _place_name(place: PrintedPlace) -> str:
    if place.in_headline:
        return strings.IN_HEADLINE
    paragraphs = place.article.paragraphs
    return article_strings.paragraph(paragraph_number(paragraphs, place.span.start))


def _choice(number: int, place: PrintedPlace, generation: GenerationId) -> Choice | None:
    """The option that shows the context of a place; none for a headline, which has none."""
    if place.in_headline or not place.article.prose.contains(place.span):
        return None
    custom_id = str(CustomId(Action.CONTEXT, generation, (place.row, *place.span)))
    label = f"{number} · {_place_name(place)}"
    return Choice(label, custom_id, named_article(place.article))


def _marked_quote(place: PrintedPlace, changes: Sequence[Change]) -> str:
    """A quote with the words in bold that differ from those given."""
    spans = [
        Span(change.printed.start - place.span.start, change.printed.end - place.span.start)
        for change in changes
        if not change.kind.keeps_meaning
    ]
    return block_quote(place.text, spans)
