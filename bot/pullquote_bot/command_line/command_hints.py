"""Commands that errors suggest, for the index that the failed command was about."""

from __future__ import annotations

import re
import shlex

from pullquote_bot.command_line.arguments import CommandArguments

_COMMAND = re.compile(r"\bpullquote (?:index|status|check|calibrate)\b(?! --(?:index|archive)\b)")


def with_index_options(message: str, arguments: CommandArguments) -> str:
    """An error whose suggested commands have the options that named the index.

    Args:
        message: the error, with commands such as "pullquote index".
        arguments: the command that failed; its `--config`, `--index` and `--archive` are repeated.
    """
    words = [
        word
        for option, value in (
            ("--config", arguments.config),
            ("--index", arguments.index),
            ("--archive", arguments.archive),
        )
        if value
        for word in (option, shlex.quote(str(value)))
    ]
    return _COMMAND.sub(lambda command: " ".join([command[0], *words]), message)
