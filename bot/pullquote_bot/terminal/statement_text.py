"""What somebody said, as text for a terminal or a pipe."""

from __future__ import annotations

from pullquote.answering.quotes import cite
from pullquote.answering.statements import Statements
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.terminal.answer_text import citation_lines, speaker_lines
from pullquote_bot.terminal.margin import beside_margin
from pullquote_bot.terminal.screen import Screen


def statement_text(found: Statements, screen: Screen, top: int) -> str:
    """Statements as numbered quotes, each with its speaker and its citation.

    Args:
        found: the statements.
        screen: how they are shown.
        top: the most that are shown.
    """
    lines: list[str] = []
    speakers = [(speaker.key.title(), speaker.attributions) for speaker in found.speakers]
    if not speakers:
        lines.append(screen.bold(speaker_strings.nobody(found.name)))
    elif not found.statements:
        names = [name for name, _ in speakers]
        lines.append(screen.bold(speaker_strings.not_on_this(names)))
    elif len(speakers) > 1:
        lines += [speaker_strings.several(speakers), ""]
    shown = found.statements[:top]
    for number, statement in enumerate(shown, start=1):
        quote = statement.quote
        lines += beside_margin(f"[{number}]", quote.text, screen, quoted=True)
        lines += speaker_lines(quote, screen)
        lines += [*citation_lines(cite(number, quote), quote, screen), ""]
    if found.withheld:
        lines.append(screen.bold(speaker_strings.withheld(found.withheld)))
    if shown:
        lines.append(screen.dim(speaker_strings.found(len(shown), len(found.statements))))
    return "\n".join(lines)
