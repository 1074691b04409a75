"""A reader's conversation with the archive: each line gets a reply as text."""

# Longer than 250 lines because the replies to all commands stand together.

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from pullquote.answering.answers import Answer
from pullquote.answering.archive_day import archive_day
from pullquote.answering.conversation import turn_of
from pullquote.answering.named_filters import check_author, check_source
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query
from pullquote.answering.quotes import Quote
from pullquote.answering.speakers import most_quoted
from pullquote.answering.statements import statements_of
from pullquote.answering.timeline import timeline_of
from pullquote.answering.turns import Turn
from pullquote.errors import RequestError
from pullquote.translation import say
from pullquote.verification.verifying import verify
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import prompt
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.strings.articles import source_line
from pullquote_bot.strings.timelines import SUBJECT_AFTER_TIMELINE
from pullquote_bot.strings.verification import OFFER
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.article_text import article_text
from pullquote_bot.terminal.context_text import context_text
from pullquote_bot.terminal.explanation_text import explanation_text
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.search_scope import SearchScope
from pullquote_bot.terminal.speaker_table import speaker_table
from pullquote_bot.terminal.statement_text import statement_text
from pullquote_bot.terminal.timeline_text import timeline_text
from pullquote_bot.terminal.verification_text import verification_text

_STATEMENTS = 20
"""The most statements of a speaker that are shown."""
_SPEAKERS = 20
"""The most speakers that are listed."""
_MAX_DIGITS = 3
"""Digits of a quote's number; `int` refuses texts of thousands of digits."""


class Conversation:
    """Replies to questions and commands.

    Attributes:
        ended: whether the reader has left.
    """

    def __init__(self, live: Callable[[], OpenIndex], screen: Screen) -> None:
        """Begin a conversation.

        Args:
            live: returns the live index. Each question is asked of it; what follows on an answer
                comes from the index that gave the answer.
            screen: how replies are shown.
        """
        self.ended = False
        self._live = live
        self._archive = live()
        self._screen = screen
        self._last: Answer | None = None
        self._query: Query | None = None
        self._scope = SearchScope()
        self._turn: Turn | None = None
        self._shown: tuple[Quote, ...] = ()
        self._commands: Mapping[str, Callable[[str], str]] = {
            ":help": lambda _: prompt.HELP,
            ":context": self._context,
            ":article": self._article,
            ":more": lambda _: self._more(),
            ":nearest": lambda _: self._nearest(),
            ":explain": lambda _: self._explain(),
            ":verify": self._verify,
            ":said": self._said,
            ":speakers": lambda _: self._speakers(),
            ":timeline": self._timeline,
            ":since": self._since,
            ":until": self._until,
            ":source": self._source,
            ":author": self._author,
            ":alldates": lambda _: self._all_dates(),
            ":new": lambda _: self._new(),
            ":sources": lambda _: self._sources(),
            ":quit": lambda _: self._quit(),
        }

    def reply(self, line: str) -> str:
        """The reply to a line: the answer to a question, or what a command shows.

        Raises:
            PullquoteError: the question cannot be answered, or there is no such command or quote.
        """
        words = line.strip()
        if not words:
            return ""
        if words.startswith(":"):
            name, _, argument = words.partition(" ")
            command = self._commands.get(name)
            if command is None:
                raise RequestError(
                    prompt.no_command(name),
                    mend=prompt.TYPE_HELP,
                )
            return command(argument.strip())
        return self._ask(self._live(), replace(self._scope.query(words), follows=self._turn))

    def _ask(self, archive: OpenIndex, query: Query) -> str:
        self._last = answer(archive, query)
        self._turn = turn_of(self._last, query.follows)
        self._archive, self._query = archive, query
        self._shown = self._last.quotes
        return answer_text(
            self._last,
            self._screen,
            nearest_hint=prompt.NEAREST_COMMAND,
            dates_hint=prompt.ALL_DATES_COMMAND,
            offer=say(OFFER),
        )

    def _last_answer(self) -> Answer:
        """The last answer.

        Raises:
            RequestError: nothing has been asked yet.
        """
        if self._last is None:
            raise RequestError(prompt.NO_ANSWER_YET)
        return self._last

    def _shown_quotes(self) -> tuple[Quote, ...]:
        """The quotes or nearest passages of the last answer that were shown.

        Raises:
            RequestError: nothing has been asked yet, or the question was refused and its nearest
                passages were not asked for.
        """
        if not self._shown:
            last = self._last_answer()
            mend = prompt.TYPE_NEAREST if last.nearest else ""
            raise RequestError(prompt.NOTHING_SHOWN, mend=mend)
        return self._shown

    def _numbered_quote(self, argument: str) -> tuple[int, Quote]:
        """The quote that a command names by its number; the first if it names none.

        Raises:
            RequestError: there is no such quote.
        """
        quotes = self._shown_quotes()
        usable = argument.isdecimal() and len(argument) <= _MAX_DIGITS
        number = int(argument) if usable else 0 if argument else 1
        if not 1 <= number <= len(quotes):
            raise RequestError(prompt.no_quote(argument or "1", len(quotes)))
        return number, quotes[number - 1]

    def _context(self, argument: str) -> str:
        number, quote = self._numbered_quote(argument)
        return context_text(number, quote, self._screen)

    def _article(self, argument: str) -> str:
        _, quote = self._numbered_quote(argument)
        return article_text(quote.article, self._screen)

    def _more(self) -> str:
        """The quotes, or the nearest passages, after those that were shown."""
        self._last_answer()
        count = len(self._shown_quotes())
        top = count + self._archive.settings.answer.quotes
        assert self._query is not None
        self._last = answer(self._archive, self._query, top)
        self._shown = self._last.shown
        if len(self._shown) <= count:
            return prompt.NO_MORE
        return answer_text(self._last, self._screen, first=count + 1, nearest=True)

    def _nearest(self) -> str:
        """The passages that came nearest to the last question, if it was refused."""
        last = self._last_answer()
        if not last.refusal:
            return prompt.NOT_REFUSED
        if not last.nearest:
            return prompt.NO_NEAREST
        self._shown = last.nearest
        return answer_text(last, self._screen, nearest=True)

    def _explain(self) -> str:
        return explanation_text(self._last_answer(), self._screen, nearest=bool(self._shown))

    def _verify(self, argument: str) -> str:
        if not argument:
            raise RequestError(prompt.NOTHING_TO_VERIFY)
        return verification_text(verify(self._live(), argument), self._screen)

    def _said(self, argument: str) -> str:
        """What somebody said, about a subject if "about" follows the name.

        Raises:
            RequestError: no name follows.
        """
        name, _, about = argument.partition(speaker_strings.ABOUT)
        if not name:
            raise RequestError(speaker_strings.NAME_AFTER_SAID)
        archive = self._live()
        found = statements_of(archive.store, name, about, top=_STATEMENTS)
        return statement_text(found, self._screen)

    def _speakers(self) -> str:
        """Who is quoted most in the articles that questions search, whoever wrote them."""
        scope = self._scope
        found = most_quoted(self._live().store, _SPEAKERS, scope.source, scope.since, scope.until)
        return speaker_table(found, self._screen)

    def _timeline(self, argument: str) -> str:
        """The timeline of a subject. :context and :article then refer to its quotes.

        Raises:
            RequestError: no subject follows.
        """
        if not argument:
            raise RequestError(say(SUBJECT_AFTER_TIMELINE))
        archive = self._live()
        timeline = timeline_of(archive, self._scope.query(argument))
        self._archive, self._last, self._query = archive, None, None
        self._shown = tuple(entry.quote for entry in timeline.entries)
        return timeline_text(timeline, self._screen)

    def _since(self, argument: str) -> str:
        return self._search(self._scope.since_typed(argument, self._today()))

    def _until(self, argument: str) -> str:
        return self._search(self._scope.until_typed(argument, self._today()))

    def _today(self) -> dt.date:
        """The day from which relative dates are counted."""
        archive = self._live()
        return archive_day(archive.store, archive.settings)

    def _source(self, argument: str) -> str:
        check_source(argument, self._live().store, ":source")
        return self._search(replace(self._scope, source=argument))

    def _author(self, argument: str) -> str:
        check_author(argument, self._live().store, ":author")
        return self._search(replace(self._scope, author=argument))

    def _search(self, scope: SearchScope) -> str:
        """Set what the following questions search."""
        self._scope = scope
        return answer_strings.following(scope.since, scope.until, scope.source, scope.author)

    def _all_dates(self) -> str:
        """Ask the last question again, without the dates in its words."""
        if self._query is None:
            raise RequestError(prompt.NO_ANSWER_YET)
        return self._ask(self._archive, replace(self._query, reads_dates=False))

    def _new(self) -> str:
        self._turn, self._scope = None, SearchScope()
        return prompt.FORGOTTEN

    def _sources(self) -> str:
        return "\n".join(map(source_line, self._archive.store.sources()))

    def _quit(self) -> str:
        self.ended = True
        return ""
