"""Who is quoted most, as a table with a chart, for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.speakers import QuotedSpeaker
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.terminal.screen import Screen

_BAR = "█"
_LONGEST_BAR = 20
"""Columns of the first speaker's bar."""


def speaker_table(speakers: Sequence[QuotedSpeaker], screen: Screen) -> str:
    """A line for each speaker: a bar, the number of statements and of articles, and the name."""
    if not speakers:
        return screen.bold(speaker_strings.NOBODY_QUOTED)
    statements, articles, speaker = speaker_strings.TABLE_HEAD
    head = f"{'':{_LONGEST_BAR}}  {statements}  {articles}  {speaker}"
    lines = [screen.dim(head)]
    highest = max(speaker.attributions for speaker in speakers)
    for quoted in speakers:
        bar = _BAR * max(1, round(_LONGEST_BAR * quoted.attributions / highest))
        numbers = f"{quoted.attributions:>{len(statements)},}  {quoted.articles:>{len(articles)},}"
        name = speaker_strings.named(quoted.name, quoted.description)
        lines.append(f"{screen.mark(f'{bar:{_LONGEST_BAR}}')}  {numbers}  {name}")
    return "\n".join(lines)
