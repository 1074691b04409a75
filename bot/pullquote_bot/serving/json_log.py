"""Logs as JSON, one object a line, each with the id of the interaction that it belongs to."""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import logging
import re
from typing import TextIO

interaction_id: contextvars.ContextVar[str] = contextvars.ContextVar("interaction_id", default="")
"""The interaction, or the message, that is being dealt with."""
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON leaves as it is and a log cannot hold: ends of lines to some readers, controls of terminals, halves of characters."""
_REPLY_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]+")
"""What in an address of Discord's lets anyone reply in the bot's name, for a quarter of an hour."""
_QUIET = ("discord", "asyncio", "aiohttp")


class JsonFormatter(logging.Formatter):
    """A record as a line of JSON: time (UTC), level, what wrote it, event, and what `extra={"fields": {…}}` adds."""

    def __init__(self, secret: str = "") -> None:
        """Begin.

        Args:
            secret: what no line may hold, whatever error quotes it; empty for nothing.
        """
        super().__init__()
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if number := interaction_id.get():
            line["interaction"] = number
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line["error"] = f"{type(error).__name__}: {error}"
            if record.levelno >= logging.ERROR and not record.name.startswith(_QUIET):
                line["traceback"] = self.formatException(record.exc_info)
        written = _REPLY_TOKEN.sub(r"\1…", json.dumps(line, ensure_ascii=False, default=str))
        if self._secret:
            written = written.replace(self._secret, "…")
        return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def log_to(stream: TextIO, secret: str = "") -> None:
    """Write all logs to a stream, one line each, and a secret to none."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(secret))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
