"""What somebody said, as text for a terminal or a pipe."""

from __future__ import annotations

from pullquote.answering.quotes import cite
from pullquote.answering.statements import Statement, Statements
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.terminal.answer_text import citation_lines, speaker_lines
from pullquote_bot.terminal.margin import beside_margin
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.story_text import story_lines


def statement_text(statements: Statements, screen: Screen) -> str:
    """Statements as numbered quotes, each with its speaker and its citation."""
    lines: list[str] = []
    found = statements.found
    if not found.printings:
        lines.append(screen.bold(speaker_strings.nothing(found)))
    elif several := speaker_strings.several(found):
        lines += [several, ""]
    before: Statement | None = None
    for number, statement in enumerate(statements.statements, start=1):
        quote = statement.quote
        if (speaker := found.heading(statement, before)) is not None:
            lines += [screen.bold(speaker_strings.said_by(speaker.name, speaker.description)), ""]
        before = statement
        lines += beside_margin(f"[{number}]", quote.text, screen, quoted=True)
        lines += speaker_lines(quote, screen)
        lines += citation_lines(cite(number, quote), quote, screen)
        lines += [*story_lines(quote, (), screen), ""]
    if statements.withheld:
        lines.append(screen.bold(speaker_strings.withheld(statements.withheld)))
    if shown := len(statements.statements):
        lines.append(screen.dim(speaker_strings.found(shown, statements.total)))
    return "\n".join(lines)
