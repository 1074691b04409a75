"""Answer questions from an archive of articles, every word of an answer quoted from an article.

    from pullquote import Archive

    with Archive.open("my-index") as archive:
        found = archive.ask("Who mediated the talks?", since="October 2025")
        for quote in found.quotes:
            print(quote.text, quote.citation)

`pullquote_index.build_index` builds the index. docs/python.md describes both.

Names are imported when they are first used (PEP 562), so that `import pullquote` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pullquote.answering.answers import Refusal
    from pullquote.answering.quotes import Citation
    from pullquote.answering.speakers import QuotedSpeaker
    from pullquote.archive import Archive
    from pullquote.archive_answer import ArchiveAnswer, ArchiveQuote
    from pullquote.archive_conversation import ArchiveConversation
    from pullquote.archive_timeline import ArchiveTimeline, DatedQuote
    from pullquote.archive_verification import ArchiveFinding, ArchiveVerification
    from pullquote.confidence.outcome import Outcome
    from pullquote.corpus.articles import Article
    from pullquote.corpus.spans import Span
    from pullquote.errors import PullquoteError
    from pullquote.verification.changes import Change, ChangeKind
    from pullquote.verification.verdicts import Attribution, PrintedPlace, Verdict

    __version__: str

_HOMES = {
    "Archive": "pullquote.archive",
    "ArchiveAnswer": "pullquote.archive_answer",
    "ArchiveConversation": "pullquote.archive_conversation",
    "ArchiveFinding": "pullquote.archive_verification",
    "ArchiveQuote": "pullquote.archive_answer",
    "ArchiveTimeline": "pullquote.archive_timeline",
    "ArchiveVerification": "pullquote.archive_verification",
    "Article": "pullquote.corpus.articles",
    "Attribution": "pullquote.verification.verdicts",
    "Change": "pullquote.verification.changes",
    "ChangeKind": "pullquote.verification.changes",
    "Citation": "pullquote.answering.quotes",
    "DatedQuote": "pullquote.archive_timeline",
    "Outcome": "pullquote.confidence.outcome",
    "PrintedPlace": "pullquote.verification.verdicts",
    "PullquoteError": "pullquote.errors",
    "QuotedSpeaker": "pullquote.answering.speakers",
    "Refusal": "pullquote.answering.answers",
    "Span": "pullquote.corpus.spans",
    "Verdict": "pullquote.verification.verdicts",
}

__all__ = [
    "Archive",
    "ArchiveAnswer",
    "ArchiveConversation",
    "ArchiveFinding",
    "ArchiveQuote",
    "ArchiveTimeline",
    "ArchiveVerification",
    "Article",
    "Attribution",
    "Change",
    "ChangeKind",
    "Citation",
    "DatedQuote",
    "Outcome",
    "PrintedPlace",
    "PullquoteError",
    "QuotedSpeaker",
    "Refusal",
    "Span",
    "Verdict",
    "__version__",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("pullquote")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'pullquote' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
