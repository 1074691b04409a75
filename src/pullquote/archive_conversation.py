"""A conversation through the Python door."""

from __future__ import annotations

import datetime as dt

from pullquote.answering.conversation import Conversation
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.archive_answer import ArchiveAnswer, archive_answer
from pullquote.archive_query import archive_query


class ArchiveConversation:
    """Questions that may refer to those before them: "When was that?", "And what did Kabul say?".

    `Archive.conversation` begins one. Not to be shared between threads.
    """

    def __init__(self, index: OpenIndex) -> None:
        """Begin a conversation with an open index."""
        self._index = index
        self._conversation = Conversation()

    def ask(
        self,
        question: str,
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        source: str = "",
        author: str = "",
        top: int | None = None,
        asked_on: dt.date | None = None,
        as_of: dt.date | None = None,
        dates: bool = True,
    ) -> ArchiveAnswer:
        """Answer the next question, as `Archive.ask` does.

        It takes the words that it leaves out from the question before it and its quotes; `carried`
        and `searched` of the answer say which. Dates, a source, an author and days that were named
        stay until others are named.

        Raises:
            RequestError: as for `Archive.ask`.
            ArchiveDamaged: a file of the index is damaged.
        """
        typed = archive_query(
            self._index,
            question,
            since=since,
            until=until,
            source=source,
            author=author,
            asked_on=asked_on,
            as_of=as_of,
            dates=dates,
        )
        query = self._conversation.next_query(typed)
        found = answer(self._index, query, top)
        self._conversation.record(query, found)
        return archive_answer(found)

    def new(self) -> None:
        """Forget the subject, the dates and the source."""
        self._conversation = Conversation()
