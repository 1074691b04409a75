"""The bot's log: one JSON object a line, with the id of the interaction that it belongs to."""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import logging
import re
from typing import TextIO

from pullquote_bot.visible_text import cut_middle, in_json

interaction_id: contextvars.ContextVar[str] = contextvars.ContextVar("interaction_id", default="")
"""The id of the interaction, or of the message, that is being handled."""
_LONGEST_VALUE = 2_000
"""The most characters of an event, an error or another field."""
_LONGEST_TRACEBACK = 20_000
"""The most characters of a traceback."""
_REPLY_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]+")
"""The reply token in a Discord URL. For 15 minutes, it lets anyone reply in the bot's name."""
_WITHOUT_TRACEBACK = ("discord", "asyncio", "aiohttp")
"""Prefixes of the loggers whose errors are logged without a traceback."""


class JsonFormatter(logging.Formatter):
    """Formats a record as a line of JSON.

    The keys are the time (UTC), level, logger and event, and those of `extra={"fields": {…}}`.
    """

    def __init__(self, secret: str = "") -> None:
        """Make a formatter.

        Args:
            secret: text to remove from every line, such as the bot's token; empty for none.
        """
        super().__init__()
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line of JSON, without the line end."""
        time = dt.datetime.fromtimestamp(record.created, dt.UTC)
        fields: dict[str, object] = {
            "time": time.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _message(record),
        }
        if current_id := interaction_id.get():
            fields["interaction"] = current_id
        fields |= getattr(record, "fields", {})
        fields = {key: _short(value) for key, value in fields.items()}
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            fields["error"] = _short(f"{type(error).__name__}: {error}")
            if record.levelno >= logging.ERROR and not record.name.startswith(_WITHOUT_TRACEBACK):
                traceback = self.formatException(record.exc_info)
                fields["traceback"] = cut_middle(traceback, _LONGEST_TRACEBACK)
        line = _REPLY_TOKEN.sub(r"\1…", json.dumps(fields, ensure_ascii=False, default=str))
        if self._secret:
            line = line.replace(self._secret, "…")
        return in_json(line)


def _short(value: object) -> object:
    return cut_middle(value, _LONGEST_VALUE) if isinstance(value, str) else value


def _message(record: logging.LogRecord) -> str:
    """The message; as it is, with its arguments, where a library's arguments do not fit it."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args!r}"


def configure_logging(stream: TextIO, secret: str = "") -> None:
    """Write all logs of level INFO and above to a stream as JSON.

    Args:
        stream: where the lines are written.
        secret: text to remove from every line; empty for none.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(secret))
    logging.raiseExceptions = False  # A log that cannot be written prints no traceback beside it.
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("faiss").setLevel(logging.WARNING)  # it logs how it was loaded
