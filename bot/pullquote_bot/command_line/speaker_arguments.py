"""The arguments of the commands about speakers."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote_bot.command_line.arguments import FormatArguments


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidArguments(FormatArguments):
    """`pullquote said`.

    Attributes:
        speaker: the name of a person or a body; None with `all_attributions`.
        about: words that are in the statement, its paragraph or its headline; empty for any.
        since: the first day or period of publication, as typed; empty for no limit.
        until: the last day or period of publication, as typed; empty for no limit.
        top: the number of statements at most.
        all_attributions: print every attribution of the archive.
    """

    speaker: str | None = None
    about: str = ""
    since: str = ""
    until: str = ""
    top: int = 20
    all_attributions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersArguments(FormatArguments):
    """`pullquote speakers`.

    Attributes:
        source: the only source that counts; empty for all.
        since: the first day or period of publication, as typed; empty for no limit.
        until: the last day or period of publication, as typed; empty for no limit.
        top: the number of speakers at most.
    """

    source: str = ""
    since: str = ""
    until: str = ""
    top: int = 20
