"""`pullquote repl`, and `pullquote` alone: questions and answers in conversation."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from pullquote.errors import ArchiveError, PullquoteError
from pullquote.storage.stores import store_of
from pullquote_bot.command_line.arguments import ReplArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.serving.live_archive import LiveArchive
from pullquote_bot.strings import diagnostics, prompt
from pullquote_bot.strings.index import not_switched
from pullquote_bot.terminal.conversation import Conversation
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams

_PROMPT = "? "


def run(arguments: ReplArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Answer until the input ends."""
    settings = settings_for(arguments, environment)

    def warn(error: ArchiveError) -> None:
        streams.errors.write(diagnostics.warning(not_switched(str(error))))

    live = LiveArchive(store_of(settings.index), lambda: open_archive(settings), warn)
    conversation = Conversation(live.current, screen_of(streams.output, environment))
    interactive = streams.input.isatty() and streams.output.isatty()
    if interactive:
        streams.errors.write(prompt.WELCOME + "\n")
    next_line = _line_editor(environment) if interactive else _line_reader(streams)
    while not conversation.ended:
        try:
            line = next_line()
            if line is None:
                break
            _reply(conversation, line, streams)
        except KeyboardInterrupt:
            streams.errors.write(f"\n{prompt.CANCELLED}\n")
    return 0


def _reply(conversation: Conversation, line: str, streams: Streams) -> None:
    """Print the reply to a line, or the error."""
    try:
        reply = conversation.reply(line)
    except PullquoteError as error:
        streams.output.flush()
        streams.errors.write(diagnostics.error(str(error)))
        return
    if reply:
        streams.output.write(reply + "\n\n")
        streams.output.flush()


def _line_reader(streams: Streams) -> Callable[[], str | None]:
    """Reads lines from a pipe; None at its end."""
    return lambda: streams.input.readline() or None


def _line_editor(environment: Mapping[str, str]) -> Callable[[], str | None]:
    """Reads lines that are edited at a prompt, with a lasting history; None at the end."""
    # Only a terminal needs it, and it takes a tenth of a second.
    from prompt_toolkit import PromptSession  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    path = _history_file(environment)
    history: History = FileHistory(str(path)) if path else InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=history)

    def read_line() -> str | None:
        try:
            return session.prompt(_PROMPT)
        except EOFError:
            return None

    return read_line


def _history_file(environment: Mapping[str, str]) -> Path | None:
    """The file of the history, which only its owner may read; None if it cannot be written."""
    state = environment.get("XDG_STATE_HOME") or (
        Path(environment["HOME"]) / ".local" / "state" if environment.get("HOME") else ""
    )
    if not state:
        return None
    path = Path(state) / "pullquote" / "history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
    except OSError:
        return None
    return path
