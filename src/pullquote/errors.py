"""Every error that Pullquote raises on purpose.

    PullquoteError
    ├── SettingsError      a settings file or variable is wrong
    ├── RequestError       a question, option or batch line is wrong
    ├── ArticleError       an article, or the file that holds it, cannot be read
    ├── EncoderError       a model is missing, is not the one expected, or cannot be exported
    ├── WorkersError       the processes that embed cannot be reached or used
    └── ArchiveError       the index on disk cannot be used
        ├── ArchiveMissing     there is no index yet
        ├── ArchiveMismatch    it was built with other settings or by another version
        ├── ArchiveDamaged     a file of it is missing or damaged
        ├── ArchiveBusy        another process is building it
        └── ArchiveNotWritten  its folder is full or cannot be written

A message has three parts: what is wrong, where (file and line, key, id), and the next command to
type. A programmer's mistakes are `ValueError` and `TypeError`.
"""

from __future__ import annotations

import functools
from typing import ClassVar

_REBUILD = "Rebuild it with: pullquote index"


class PullquoteError(Exception):
    """Base of all errors that a user can cause and correct.

    Args:
        what: what is wrong, one sentence without a full stop.
        where: the file, line, key or id; empty if `what` is enough.
        mend: what to do next, usually a command to type; None for the usual remedy of the class;
            empty if there is none.
    """

    usual_mend: ClassVar[str] = ""

    def __init__(self, what: str, *, where: str = "", mend: str | None = None) -> None:
        mend = self.usual_mend if mend is None else mend
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __reduce__(self) -> tuple[object, ...]:
        """How the error is pickled, for another process."""
        return functools.partial(type(self), where=self.where, mend=self.mend), (self.what,)

    def __str__(self) -> str:
        located = f"{self.where}: {self.what}" if self.where else self.what
        return f"{located}. {self.mend}" if self.mend else located


class SettingsError(PullquoteError):
    """A settings file or an environment variable has an unknown key or a bad value."""


class RequestError(PullquoteError):
    """A question, an option or a line of a batch cannot be used."""


class ArticleError(PullquoteError):
    """An article, or the file that holds it, cannot be read."""


class EncoderError(PullquoteError):
    """A model is missing, is not the one expected, or cannot be exported."""


class WorkersError(PullquoteError):
    """The processes that embed passages cannot be reached, are not fit for it, or have ended."""


class ArchiveError(PullquoteError):
    """The index on disk cannot be used."""


class ArchiveMissing(ArchiveError):
    """There is no index in the folder."""

    usual_mend = "Build it with: pullquote index"


class ArchiveMismatch(ArchiveError):
    """The index was built with other settings or by another version of Pullquote."""

    usual_mend = _REBUILD


class ArchiveDamaged(ArchiveError):
    """A file of the index is missing or damaged."""

    usual_mend = f"{_REBUILD} --full"


class ArchiveBusy(ArchiveError):
    """Another process is building the index."""


class ArchiveNotWritten(ArchiveError):
    """The folder of the index is full or cannot be written."""
