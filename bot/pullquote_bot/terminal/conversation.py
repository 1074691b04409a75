"""One reader's conversation with an archive: what is said is answered with text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.quotes import Quote
from pullquote.errors import RequestError
from pullquote_bot import strings
from pullquote_bot.terminal.answer_text import answer_text, article_text, context_text
from pullquote_bot.terminal.explanation_text import explanation_text
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import one_line


class Conversation:
    """Hears lines and says what to print.

    Attributes:
        over: whether the reader has taken leave.
    """

    def __init__(self, live: Callable[[], OpenIndex], screen: Screen) -> None:
        """Begin.

        Args:
            live: the archive to ask, looked up for each question. What is said of an answer comes from the one that gave it.
            screen: where the conversation is shown.
        """
        self.over = False
        self._live = live
        self._archive = live()
        self._screen = screen
        self._query: Query | None = None
        self._answer: Answer | None = None
        self._commands: Mapping[str, Callable[[str], str]] = {
            ":help": lambda _: strings.REPL_HELP,
            ":context": lambda words: context_text(*self._numbered(words), self._screen),
            ":article": lambda words: article_text(self._numbered(words)[1].article, self._screen),
            ":more": lambda _: self._more(),
            ":explain": lambda _: self._explain(),
            ":sources": lambda _: self._sources(),
            ":quit": lambda _: self._quit(),
        }

    def hear(self, line: str) -> str:
        """The reply to a line: an answer to a question, or what a command shows.

        Raises:
            PullquoteError: it cannot be answered.
        """
        said = line.strip()
        if not said:
            return ""
        if said.startswith(":"):
            name, _, words = said.partition(" ")
            command = self._commands.get(name)
            if command is None:
                raise RequestError(
                    f"there is no command {one_line(name)}", mend="Type :help for the list"
                )
            return command(words.strip())
        archive, query = self._live(), understand(said)
        self._answer = answer(archive, query)
        self._archive, self._query = archive, query
        return answer_text(self._answer, self._screen)

    def _numbered(self, words: str) -> tuple[int, Quote]:
        """The quote that a command names, the first if it names none."""
        if self._answer is None:
            raise RequestError(strings.REPL_NO_ANSWER_YET)
        shown = self._answer.shown
        number = int(words) if words.isdecimal() and len(words) < len("1000") else 0 if words else 1
        if not 1 <= number <= len(shown):
            raise RequestError(strings.problem_in_answer(words, len(shown)))
        return number, shown[number - 1]

    def _more(self) -> str:
        if self._answer is None or self._query is None:
            raise RequestError(strings.REPL_NO_ANSWER_YET)
        had = len(self._answer.shown)
        further = answer(self._archive, self._query, had + self._archive.settings.answer.quotes)
        self._answer = further
        return (
            answer_text(further, self._screen, first=had + 1)
            if len(further.shown) > had
            else strings.REPL_NO_MORE
        )

    def _explain(self) -> str:
        if self._answer is None:
            raise RequestError(strings.REPL_NO_ANSWER_YET)
        return explanation_text(self._answer, self._screen)

    def _sources(self) -> str:
        return "\n".join(strings.source_line(count) for count in self._archive.store.sources())

    def _quit(self) -> str:
        self.over = True
        return ""
