"""Every error that Pullquote raises on purpose.

    PullquoteError
    ├── SettingsError      a settings file or variable is wrong
    ├── RequestError       a question, option or batch line is wrong
    ├── ArticleError       an article, or the file that holds it, cannot be read
    ├── EncoderError       the embedding model is missing, damaged or cannot be exported
    └── ArchiveError       the index on disk cannot be used
        ├── ArchiveMissing     there is none yet
        ├── ArchiveMismatch    it was made with other settings or by another version
        ├── ArchiveDamaged     a file of it is missing or is not what the manifest says
        ├── ArchiveBusy        another process is building it
        └── ArchiveNotWritten  its folder is full or cannot be written

A message has three parts: what is wrong, where (file and line, key, id), and the next
command to type. Programmer's mistakes stay `ValueError` and `TypeError`.
"""

from __future__ import annotations

from typing import ClassVar

_REBUILD = "Rebuild it with: pullquote index"


class PullquoteError(Exception):
    """Base of all errors that a user can cause and mend.

    Args:
        what: what is wrong, one sentence without a full stop.
        where: the file, line, key or id it concerns; empty when `what` says it all.
        mend: what to do next, usually a command to type; if None, what mends most errors of
            this class; empty when nothing helps.
    """

    usual_mend: ClassVar[str] = ""

    def __init__(self, what: str, *, where: str = "", mend: str | None = None) -> None:
        mend = self.usual_mend if mend is None else mend
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        located = f"{self.where}: {self.what}" if self.where else self.what
        return f"{located}. {self.mend}" if self.mend else located


class SettingsError(PullquoteError):
    """A settings file or environment variable holds an unknown key or a bad value."""


class RequestError(PullquoteError):
    """What the asker typed (a question, an option, a batch line) cannot be used."""


class ArticleError(PullquoteError):
    """An article, or the file that holds it, cannot be read as one."""


class EncoderError(PullquoteError):
    """The embedding model is missing, is not the one expected, or cannot be exported."""


class ArchiveError(PullquoteError):
    """The index on disk cannot be used."""


class ArchiveMissing(ArchiveError):
    """There is no index where one was looked for."""

    usual_mend = "Build it with: pullquote index"


class ArchiveMismatch(ArchiveError):
    """The index was made with other settings or by another version of Pullquote."""

    usual_mend = _REBUILD


class ArchiveDamaged(ArchiveError):
    """A file of the index is missing, cut short or altered."""

    usual_mend = _REBUILD


class ArchiveBusy(ArchiveError):
    """Another process is building the index."""


class ArchiveNotWritten(ArchiveError):
    """The folder of the index is full, or cannot be written."""
