"""The Python door: open an index, ask it, read quotes with their citations."""

# Longer than 250 lines because its one class has a method for each kind of question.

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Self

from pullquote.answering.archive_day import archive_day
from pullquote.answering.index_encoder import EncoderLoader
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.shared_models import SharedModels
from pullquote.answering.speakers import QuotedSpeaker, most_quoted
from pullquote.answering.statements import statements_of
from pullquote.answering.timeline import timeline_of
from pullquote.archive_answer import ArchiveAnswer, ArchiveQuote, archive_answer, numbered
from pullquote.archive_conversation import ArchiveConversation
from pullquote.archive_query import archive_query, date_of
from pullquote.archive_timeline import ArchiveTimeline, archive_timeline
from pullquote.archive_verification import ArchiveVerification, archive_verification
from pullquote.corpus.articles import Article, ArticleId
from pullquote.english.typed_periods import Limit
from pullquote.settings import load_settings
from pullquote.store_address import checked_address
from pullquote.verification.verifying import verify

_MODELS = SharedModels()  # of all archives that are open


class Archive:
    """A built index, open for questions. Safe to share between threads.

    Open it with `Archive.open`, best in a `with` statement. It stays on the generation that was
    live then; open it again to follow a rebuild.
    """

    def __init__(self, index: OpenIndex) -> None:
        """Wrap an open index; `Archive.open` does both.

        Raises:
            TypeError: the argument is no open index.
        """
        if not isinstance(index, OpenIndex):
            raise TypeError('open an archive with Archive.open("my-index")')
        self._index = index

    @classmethod
    def open(
        cls,
        index: str | Path | None = None,
        *,
        archive: str | None = None,
        store: str | None = None,
        config: str | Path | None = None,
        load_encoder: EncoderLoader | None = None,
    ) -> Self:
        """Open the index in a folder, or of an archive of the settings, without writing to it.

        Args:
            index: the folder of an index.
            archive: in its place, an archive of the settings; None for the only one there.
            store: in its place, the address of a PostgreSQL database that holds an index, without
                a password: postgresql://USER@HOST/DATABASE.
            config: a settings file; PULLQUOTE_… variables count as they do for the command line.
            load_encoder: `pullquote_index.load_encoder`, needed only for an index that was built
                with `encoder.runtime = "sentence-transformers"`.

        Raises:
            SettingsError: the settings are wrong, or name no such archive, or several.
            ArchiveError: there is no index, it does not fit the settings, or it is damaged.
        """
        if sum(place is not None for place in (index, archive, store)) > 1:
            raise TypeError("name an index, an archive or a store, and nothing else of these")
        settings = load_settings(os.environ, Path(config) if config else None)
        if store is not None:
            chosen = settings.with_store(checked_address(store))
        elif index is not None:
            chosen = settings.with_index(Path(index))
        else:
            chosen = settings.of_archive(archive)
        return cls(OpenIndex(chosen, load_encoder, models=_MODELS))

    # Longer than 40 lines because it describes each of its options.
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
        """Answer a question with quotes, or refuse it.

        Args:
            question: in English.
            since: search articles published on or after this date, or the first day of a period
                such as "30 October 2025", "14 February", "2025", "Q3" or "last week".
            until: search articles published on or before this date, or the last day of a period.
            source: search articles of this source only.
            author: search articles of this author only, whatever the case and accents of the name.
            top: the most quotes; the settings' number if None.
            asked_on: the day from which "last week" is counted; that of the settings if None.
            as_of: ask as of this day: nothing is searched that was published later or has no date.
            dates: whether dates in the words of the question count.

        Raises:
            RequestError: the question has no words or too many, a date cannot be read, or the
                archive has no such source or author.
            ArchiveDamaged: a file of the index is damaged.
        """
        query = archive_query(
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
        return archive_answer(answer(self._index, query, top))

    def conversation(self) -> ArchiveConversation:
        """Begin a conversation: each question may refer to those before it."""
        return ArchiveConversation(self._index)

    def verify(self, text: str, *, speaker: str = "") -> ArchiveVerification:
        """Find out whether the archive prints a text, word for word or with changes.

        Args:
            text: a sentence, a quotation, or a page with several quotations.
            speaker: who is said to have said it; if empty, whom the text names.

        Raises:
            RequestError: the text has less than two words, or is too long.
            ArchiveDamaged: a file of the index is damaged.
        """
        return archive_verification(verify(self._index, text, speaker))

    def said(
        self,
        name: str,
        about: str = "",
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
    ) -> tuple[ArchiveQuote, ...]:
        """What a person or a body said, newest first, the same statement once.

        Args:
            name: a full name or a part of it.
            about: every one of these words is in the statement, its paragraph or its headline.
            since: articles published on or after this date, or the first day of a period.
            until: articles published on or before this date, or the last day of a period.

        Returns:
            A quote for each statement; empty if the archive quotes nobody of this name, or not on
            this.

        Raises:
            RequestError: the name has no letters, or a date cannot be read.
            ArchiveDamaged: a file of the index is damaged.
        """
        today = archive_day(self._index.store, self._index.settings)
        first = date_of(since, "since", today, Limit.SINCE)
        last = date_of(until, "until", today, Limit.UNTIL)
        found = statements_of(self._index.store, name, about, first, last)
        return numbered([statement.quote for statement in found.statements])

    def speakers(
        self,
        top: int = 20,
        *,
        source: str = "",
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
    ) -> tuple[QuotedSpeaker, ...]:
        """Who is quoted most.

        Args:
            top: the most speakers.
            source: count articles of this source only.
            since: articles published on or after this date, or the first day of a period.
            until: articles published on or before this date, or the last day of a period.

        Raises:
            RequestError: a date cannot be read, or the archive has no such source.
            ArchiveDamaged: a file of the index is damaged.
        """
        store = self._index.store
        today = archive_day(store, self._index.settings)
        first = date_of(since, "since", today, Limit.SINCE)
        last = date_of(until, "until", today, Limit.UNTIL)
        return tuple(most_quoted(store, top, source, first, last))

    def timeline(
        self,
        subject: str,
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        source: str = "",
        top: int | None = None,
    ) -> ArchiveTimeline:
        """The quotes that report a subject, one or two a date, oldest first, without repeats.

        Args:
            subject: the matter, such as "Istanbul talks".
            since: articles published on or after this date, or the first day of a period, and no
                earlier dates.
            until: articles published on or before this date, or the last day of a period, and no
                later dates.
            source: search articles of this source only.
            top: the most dates; 12 if None.

        Raises:
            RequestError: the subject has no words or too many, a date cannot be read, or the
                archive has no such source.
            ArchiveDamaged: a file of the index is damaged.
        """
        query = archive_query(self._index, subject, since=since, until=until, source=source)
        return archive_timeline(timeline_of(self._index, query, top))

    def article(self, article_id: str) -> Article:
        """An article by its id, as a quote's `article.id` gives it.

        Raises:
            RequestError: the archive has no such article.
        """
        return self._index.article(ArticleId(article_id))

    @property
    def generation(self) -> str:
        """The id of the index generation that is open."""
        return self._index.generation

    def __len__(self) -> int:
        """The number of articles."""
        return self._index.store.visible_articles

    def close(self) -> None:
        """Close the index's files."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        place, articles = self._index.place, f"{len(self):,} articles"
        return f"Archive({place!r}, {articles}, {self.generation})"
