"""`pullquote repl`, and `pullquote` alone: questions and answers in conversation."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from pullquote.errors import ArchiveError, PullquoteError
from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot import strings
from pullquote_bot.commands.archive_opening import open_archive, settings_for
from pullquote_bot.index_strings import not_switched
from pullquote_bot.serving.live_archive import LiveArchive
from pullquote_bot.terminal.conversation import Conversation
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line

_PROMPT = "? "


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Answer until the input ends."""
    settings = settings_for(arguments, environment)

    def warn(error: ArchiveError) -> None:
        streams.errors.write(f"warning: {one_line(not_switched(str(error)))}\n")

    live = LiveArchive(BuiltFolder(settings.index.path), lambda: open_archive(settings), warn)
    conversation = Conversation(live.now, screen_of(streams.output, environment))
    interactive = streams.input.isatty() and streams.output.isatty()
    if interactive:
        streams.errors.write(strings.REPL_WELCOME + "\n")
    next_line = _editor(environment) if interactive else _reader(streams)
    while not conversation.over:
        try:
            line = next_line()
            if line is None:
                break
            _say(conversation, line, streams)
        except KeyboardInterrupt:
            streams.errors.write(f"\n{strings.REPL_ABANDONED}\n")
    return 0


def _say(conversation: Conversation, line: str, streams: Streams) -> None:
    try:
        reply = conversation.hear(line)
    except PullquoteError as error:
        streams.output.flush()
        streams.errors.write(f"error: {one_line(str(error))}\n")
        return
    if reply:
        streams.output.write(reply + "\n\n")
        streams.output.flush()


def _reader(streams: Streams) -> Callable[[], str | None]:
    """Lines as they come through a pipe."""
    return lambda: streams.input.readline() or None


def _editor(environment: Mapping[str, str]) -> Callable[[], str | None]:
    """Lines edited at a prompt, with a history that outlives the session."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - only a terminal needs it, and it takes a tenth of a second
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    path = _history_file(environment)
    history: History = FileHistory(str(path)) if path else InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=history)

    def line() -> str | None:
        try:
            return session.prompt(_PROMPT)
        except EOFError:
            return None

    return line


def _history_file(environment: Mapping[str, str]) -> Path | None:
    """A file that only its owner may read, or None where none can be kept."""
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
