"""The document of a large HTML page, extracted within a limit of processor time."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from pullquote_index.readers.documents.document import Document
from pullquote_index.readers.documents.pages import (
    LIST_OF_LINKS,
    MISSING_LIBRARY,
    TOO_DEEP,
    extract_page,
    import_libraries,
    is_page_of_links,
)
from pullquote_index.readers.problems import Problem, unreadable, without_text
from pullquote_index.readers.time_limit import PAGE_OVER_TIME, PAGE_SECONDS, OverBudgetError

_AGAIN_SECONDS = 0.5
"""Seconds after the limit at which a library that caught the error is interrupted again."""


def page_document(html: str, name: str) -> Iterator[Document | Problem]:
    """Yield the main text of a page and its metadata, or why there is none."""
    try:
        import_libraries()
        with _page_time():
            fields, blocks = extract_page(html)
            is_list = is_page_of_links(blocks, html)
    except ImportError:
        yield Problem(name, MISSING_LIBRARY)
    except RecursionError:
        yield Problem(name, TOO_DEEP)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - parsers raise anything at broken pages
        yield unreadable(name, error)
    else:
        yield without_text(name, LIST_OF_LINKS) if is_list else Document(tuple(blocks), fields)


@contextlib.contextmanager
def _page_time() -> Iterator[None]:
    """Raise `OverBudgetError` in the block when its processor time is over, repeatedly."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise OverBudgetError(PAGE_OVER_TIME)

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
