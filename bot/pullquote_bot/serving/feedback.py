"""A reader's rating of an answer."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's rating of an answer.

    Attributes:
        message: the id of the answer's message.
        user: the id of the reader.
        helpful: the rating.
        comment: what was wrong, in the reader's words; may be empty.
        question: the question; empty unless `discord.keep_questions` is set.
        generation: the generation of the index that answered.
        at: the time of the rating, in ISO form.
        server: the id of the server of the message; 0 for none, or if it is not known.
        channel: the id of its channel; 0 if it is not known, or only the reader sees the message.
        quotes: the quotes that the message shows: the id of the article, start and end; none if
            it has none, or its generation was deleted.
        archive: the archive that answered; empty if the settings name none.
    """

    message: int
    user: int
    helpful: bool
    comment: str
    question: str
    generation: str
    at: str
    server: int = 0
    channel: int = 0
    quotes: tuple[tuple[str, int, int], ...] = ()
    archive: str = ""

    @property
    def address(self) -> str:
        """The address of the message; empty if others cannot open it."""
        if not self.channel:
            return ""
        return f"https://discord.com/channels/{self.server or '@me'}/{self.channel}/{self.message}"

    def as_row(self) -> tuple[object, ...]:
        """The values as they are stored: in this order, the quotes as JSON."""
        *values, quotes, archive = dataclasses.astuple(self)
        return (*values, json.dumps(quotes) if quotes else "", archive)


def feedback_of(row: tuple[Any, ...]) -> Feedback:
    """Feedback as it was stored.

    Raises:
        ValueError: it is not feedback that the bot stored.
        TypeError: likewise.
    """
    message, user, helpful, comment, question, generation, at, server, channel, quotes, archive = (
        row
    )
    spans = json.loads(quotes) if quotes else []
    places = tuple((str(article), int(start), int(end)) for article, start, end in spans)
    return Feedback(
        message,
        user,
        bool(helpful),
        comment,
        question,
        generation,
        at,
        server,
        channel,
        places,
        archive,
    )
