"""The input of a reader, and what it reports about articles that it cannot read."""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from pullquote.corpus.articles import Article, ArticleId
from pullquote.plain_files import check_without_holes, open_plain, open_within
from pullquote.settings_articles import ArticleSettings
from pullquote.settings_types import zone_named
from pullquote_index.readers.time_limit import OverBudgetError

_KIND_STEP, _COUNT_STEP = 2, 32
MAX_CHARACTERS = 1_000_000
"""The default of `articles.max_characters`."""
_MAX_REASON = 200
"""The most characters of an error's message that are repeated."""
FieldPaths = tuple[tuple[str, str], ...]
"""Names of Pullquote's own fields, each with the name or the path of the archive's field:
`(("text", "story.body"), ("published", "when"))`."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the settings say about reading.

    Attributes:
        encoding: the encoding of text that is neither marked nor UTF-8; empty for Windows-1252,
            with a note.
        fields: `[articles.fields]`, the archive's own names of fields.
        max_characters: the most characters of an article's text.
        time_zone: the name of the archive's time zone.
    """

    encoding: str = ""
    fields: FieldPaths = ()
    max_characters: int = MAX_CHARACTERS
    time_zone: str = "UTC"

    @classmethod
    def of(cls, settings: ArticleSettings) -> ReadingOptions:
        """What `[articles]` of the settings says."""
        return cls(
            settings.encoding,
            settings.fields.paths(),
            settings.max_characters,
            settings.time_zone,
        )

    @property
    def zone(self) -> dt.tzinfo:
        """The archive's time zone."""
        return zone_named(self.time_zone)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that contains articles.

    Attributes:
        name: its name in citations: the name of the indexed folder, then the path in it.
        path: its absolute path.
        root: the absolute path of the indexed folder.
        options: what the settings say about reading it.
        is_named: whether the file itself was named to be indexed; a link is then followed.
    """

    name: str
    path: Path
    root: Path
    options: ReadingOptions = ReadingOptions()
    is_named: bool = False

    @contextlib.contextmanager
    def opened(self) -> Iterator[BufferedReader]:
        """Open the file for reading: it and no other, if somebody swaps it for a link meanwhile.

        Raises:
            OSError: it cannot be read, is no plain file, has holes, or is no longer in its folder.
        """
        is_named, path = self.is_named, self.path
        opened = open_plain(path, follow_links=True) if is_named else open_within(path, self.root)
        with opened as stream:
            check_without_holes(stream, path)
            yield stream


class ProblemKind(enum.IntEnum):
    """What a reader reports."""

    PROBLEM = 0
    """Something is wrong: an article is left out, or a part of it."""
    NOTE = 1
    """The article is read, but on a guess that may be wrong."""
    DRAFT = 2
    """The article is not published, and is left out."""
    NO_TEXT = 3
    """A page that only has fields, such as a list or a redirection. It is left out."""
    OTHER_FILES = 4
    """Files in an archive that are of other kinds. They are not read, and nothing is wrong."""
    WITHDRAWN = 5
    """The article was withdrawn, and is left out. `where` is its id."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with a file, a line or an article.

    Attributes:
        where: the file, with the line after a colon.
        what: what is wrong, without a full stop.
        skipped: whether the article was left out; if not, it was read without the wrong part.
        kind: whether it is a problem at all.
        count: the number of articles or lines that it is about.
    """

    where: str
    what: str
    skipped: bool = True
    kind: ProblemKind = ProblemKind.PROBLEM
    count: int = 1

    @property
    def code(self) -> int:
        """Whether the article is left out, the kind and the count, in one number for the index."""
        return self.skipped + _KIND_STEP * self.kind + _COUNT_STEP * (self.count - 1)

    @property
    def is_expected(self) -> bool:
        """Whether the article is left out on purpose: it is counted, and not a warning."""
        return self.kind in (ProblemKind.DRAFT, ProblemKind.NO_TEXT, ProblemKind.WITHDRAWN)

    @property
    def is_note(self) -> bool:
        """Whether nothing is left out that could be an article."""
        return self.kind in (ProblemKind.NOTE, ProblemKind.OTHER_FILES)

    @property
    def stops_strict_build(self) -> bool:
        """Whether something is wrong, or may be."""
        return self.kind in (ProblemKind.PROBLEM, ProblemKind.NOTE)

    def __str__(self) -> str:
        if self.is_note:
            return f"{self.where}: {self.what}"
        if self.is_expected:
            return f"{self.where}: {self.what}; left out"
        return f"{self.where}: {self.what}; {'skipped' if self.skipped else 'read without it'}"


def problem_of_code(where: str, what: str, code: int) -> Problem:
    """The problem with this code."""
    kind = ProblemKind(code % _COUNT_STEP // _KIND_STEP)
    return Problem(where, what, bool(code % _KIND_STEP), kind, code // _COUNT_STEP + 1)


def unreadable(where: str, error: Exception) -> Problem:
    """That a reader, or a library that it uses, raised an error."""
    return Problem(where, _what_failed("read", error))


def failed_article(article: Article, done: str, error: Exception) -> Problem:
    """That a step after reading raised an error at an article.

    Args:
        article: the article.
        done: what the step does with it: "cut into passages".
        error: what it raised.
    """
    return Problem(location(article), _what_failed(done, error))


def _what_failed(done: str, error: Exception) -> str:
    if isinstance(error, OverBudgetError):
        return str(error)
    if isinstance(error, MemoryError):
        return f"needs more memory to be {done} than there is"
    reason = ascii(" ".join(str(error).split()))[1:-1][:_MAX_REASON]
    return f"cannot be {done} ({type(error).__name__}: {reason})"


def location(article: Article) -> str:
    """The file of an article, with its line or number if the file has several."""
    return f"{article.path}:{article.line}" if article.line else article.path


def note(where: str, what: str) -> Problem:
    """A note about an article that is read."""
    return Problem(where, what, skipped=False, kind=ProblemKind.NOTE)


def other_files(where: str, what: str) -> Problem:
    """Files in an archive that are of other kinds."""
    return Problem(where, what, skipped=False, kind=ProblemKind.OTHER_FILES)


def draft(where: str, what: str) -> Problem:
    """An article that is not published."""
    return Problem(where, what, kind=ProblemKind.DRAFT)


def without_text(where: str, what: str) -> Problem:
    """A page that only has fields."""
    return Problem(where, what, kind=ProblemKind.NO_TEXT)


def withdrawn_article(article_id: ArticleId) -> Problem:
    """An article that was withdrawn."""
    return Problem(article_id, "is withdrawn", kind=ProblemKind.WITHDRAWN)
