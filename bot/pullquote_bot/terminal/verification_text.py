"""What is found of a quote as text for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.corpus.paragraphs import paragraph_number
from pullquote.json_output.notices import verification_notices
from pullquote.verification.changes import Change
from pullquote.verification.verdicts import Finding, PrintedPlace, Verdict, Verification
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import verification as strings
from pullquote_bot.strings.quantities import day
from pullquote_bot.terminal.margin import beside_margin, indented
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.story_text import story_lines
from pullquote_bot.visible_text import one_line

_MOST_PLACES = 5
"""The most places that are shown."""
_MOST_CHANGES = 12
"""The most changes that are shown."""


def verification_text(verification: Verification, screen: Screen) -> str:
    """What is found of a text: for each quotation the verdict, the changes and the places.

    Args:
        verification: what is found.
        screen: how it is shown.
    """
    lines: list[str] = []
    count = len(verification.findings)
    for number, finding in enumerate(verification.findings, start=1):
        if count > 1:
            lines += [screen.dim(strings.part_of(number, count))]
        lines += [*_finding_lines(finding, verification.text, screen), ""]
    lines += [screen.bold(one_line(notice)) for notice in verification_notices(verification)]
    lines.append(screen.dim(strings.covered(verification)))
    return "\n".join(lines)


def _finding_lines(finding: Finding, text: str, screen: Screen) -> Iterator[str]:
    yield screen.bold(strings.VERDICTS[finding.verdict])
    if remark := strings.remark(finding):
        yield remark
    if finding.attribution:
        yield f"{strings.ATTRIBUTIONS[finding.attribution]} {one_line(finding.speaker)}"
    if finding.verdict is not Verdict.VERBATIM:
        yield strings.GIVEN
        yield from beside_margin("", finding.given.of(text), screen, quoted=False)
    if finding.verdict is Verdict.ALTERED:
        yield from _change_lines(finding, text, screen)
        yield strings.NEAREST_PLACE
    for number, place in enumerate(finding.places[:_MOST_PLACES]):
        if finding.verdict is Verdict.VERBATIM:
            yield strings.ALSO_PRINTED if number else strings.FIRST_PRINTED
        yield from _place_lines(place, screen)
    if len(finding.places) > _MOST_PLACES:
        yield strings.more_places(len(finding.places) - _MOST_PLACES)


def _change_lines(finding: Finding, text: str, screen: Screen) -> Iterator[str]:
    """The changes of the meaning, each with the words on both sides."""
    changes = [change for change in finding.changes if not change.kind.keeps_meaning]
    place = finding.places[0]
    for change in changes[:_MOST_CHANGES]:
        yield from indented(_change_line(change, text, place), screen.dim, screen)
    if len(changes) > _MOST_CHANGES:
        yield from indented(strings.more_changes(len(changes) - _MOST_CHANGES), screen.dim, screen)


def _change_line(change: Change, text: str, place: PrintedPlace) -> str:
    given = one_line(text[slice(*change.given)]) or strings.NOTHING
    printed = one_line(place.source_text[slice(*change.printed)]) or strings.NOTHING
    return f"{strings.CHANGES[change.kind]}: {given} ← {printed}"


def _place_lines(place: PrintedPlace, screen: Screen) -> Iterator[str]:
    """The words at a place, the rest of their sentence, and the citation."""
    yield from beside_margin("", place.text, screen, quoted=True)
    article = place.article
    if said_by := article_strings.said_by(place.speaker_name, place.speaker_description):
        yield from indented(said_by, screen.dim, screen)
    for label, span in ((strings.BEFORE, place.before), (strings.AFTER, place.after)):
        if span:
            yield from indented(
                f"{label} {one_line(span.of(place.source_text))}", screen.dim, screen
            )
    yield from indented(one_line(article.title) or article_strings.UNTITLED, screen.bold, screen)
    number = paragraph_number(article.paragraphs, place.span.start)
    where = article_strings.place(number, *place.span)
    details = (
        one_line(article.source or article.section),
        article_strings.written_by(article.authors),
        day(article.published),
        strings.IN_HEADLINE if place.in_headline else where,
        one_line(article.url or article_strings.file_line(article.path, article.line)),
    )
    yield from indented(" · ".join(filter(None, details)), screen.dim, screen)
    yield from story_lines(place, (), screen)
