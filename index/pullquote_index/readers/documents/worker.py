"""A process of its own that reads documents for the build, with limits on time and memory.

    python -m pullquote_index.readers.documents.worker

Each line of standard input is a request: the kind of a file, its path and name, and the limits.
The answers are lines of standard output: documents, problems, then `{"end": true}`. The process
ends when its input ends, so it never outlives the build.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from pullquote.plain_files import open_plain, open_within
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import INSTALL_COMMAND, Document
from pullquote_index.readers.documents.pages import (
    MISSING_LIBRARY,
    TOO_DEEP,
    extract_page,
    import_libraries,
)
from pullquote_index.readers.problems import Problem, unreadable
from pullquote_index.readers.time_limit import PAGE_OVER_TIME, PAGE_SECONDS, OverBudgetError

_AGAIN_SECONDS = 0.5
"""Seconds after the limit at which a library that caught the error is interrupted again."""
PARSERS = {
    "pdf": "pdf",
    "docx": "word_documents",
    "mail": "mail",
    "mbox": "mailboxes",
    "feed": "feeds",
    "json": "json_exports",
}
"""The module that reads each kind of file. It is imported when such a file is met."""
_PAGE = "page"
"""The kind of an HTML page, whose text is in the request."""
_DESCRIPTORS = Path("/proc/self/fd")
"""The open files of this process by number, where the system has such a folder."""
_WATCH_SECONDS = 0.1
_OUT_OF_MEMORY_STATUS = 3
"""The exit status of a process that needed too much memory."""


def main() -> None:
    """Answer requests until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)  # what a library prints is no answer
    _forbid_writing()
    for line in sys.stdin.buffer:
        if not _answer(json.loads(line), answers):
            break


def _forbid_writing() -> None:
    """A parser writes no files: neither documents nor memory dumps."""
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (0, 0))


def _limit_memory(most: int) -> None:
    """Limit the address space, in bytes. macOS has no such limit: the process watches itself."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    elif threading.active_count() == 1:
        threading.Thread(target=_watch_memory, args=[most], daemon=True).start()


def _watch_memory(most: int) -> None:
    """End the process when its resident memory grows above the limit. macOS counts bytes."""
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= most:
        time.sleep(_WATCH_SECONDS)
    os._exit(_OUT_OF_MEMORY_STATUS)


def _allow_cpu(seconds: int) -> None:
    """Allow the processor time of one more document."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _answer(request: Mapping[str, str | int], answers: BinaryIO) -> bool:
    """Write the answers to a request. Returns whether the process can be used again."""
    path, root, name = (str(request[key]) for key in ("path", "root", "name"))
    cpu_seconds = int(request["cpu_seconds"])
    _limit_memory(int(request["memory_bytes"]))
    _allow_cpu(cpu_seconds)
    is_usable = True
    problems = 0
    try:
        kind, max_bytes = str(request["kind"]), int(request["max_bytes"])
        for item in (
            _read_page(str(request["text"]), name)
            if kind == _PAGE
            else _documents_of(kind, path, root, name, max_bytes)
        ):
            problems += isinstance(item, Problem) and not item.is_expected
            if isinstance(item, Document):
                _write(answers, item)
                _allow_cpu(cpu_seconds)
            elif item.is_expected or problems <= limits.PROBLEMS:
                _write(answers, item)
        if problems > limits.PROBLEMS:
            more = problems - limits.PROBLEMS
            _write(answers, Problem(name, f"has {more:,} more entries that cannot be read"))
    except MemoryError:
        is_usable = False
        _write(answers, Problem(name, limits.out_of_memory(int(request["memory_bytes"]))))
    answers.write(b'{"end": true}\n' if is_usable else b'{"end": true, "last": true}\n')
    answers.flush()
    return is_usable


def _documents_of(
    kind: str, path: str, root: str, name: str, max_bytes: int
) -> Iterator[Document | Problem]:
    """As `read_documents`, of the file that is opened: it cannot be swapped for a link then.

    Args:
        kind: a key of `PARSERS`.
        path: the file.
        root: the folder that it must be in; empty if the file itself was named.
        name: the file's name in citations, for problems.
        max_bytes: the maximum size of an article's text, in bytes.
    """
    file = Path(path)
    try:
        opened = open_within(file, Path(root)) if root else open_plain(file, follow_links=True)
        with opened as stream:
            descriptor = _DESCRIPTORS / str(stream.fileno())
            path_of_opened = descriptor if descriptor.exists() else file
            yield from read_documents(kind, path_of_opened, name, max_bytes)
    except OSError as error:
        yield Problem(name, f"cannot be read ({error.strerror or error})")


def read_documents(
    kind: str, path: Path, name: str, max_bytes: int
) -> Iterator[Document | Problem]:
    """Yield what the parser of this kind finds. Whatever it raises is a problem of the file.

    Args:
        kind: a key of `PARSERS`.
        path: the file.
        name: the file's name in citations, for problems.
        max_bytes: the maximum size of an article's text, in bytes.

    Raises:
        MemoryError: the file needs too much memory.
    """
    try:
        module = importlib.import_module(f"{__package__}.{PARSERS[kind]}")
        yield from module.documents(path, name, max_bytes)
    except ModuleNotFoundError as error:
        yield Problem(name, f"is read with {error.name}: type {INSTALL_COMMAND}")
    except MemoryError:
        raise
    except OSError as error:
        yield Problem(name, f"cannot be read ({error.strerror or error})")
    except Exception as error:  # noqa: BLE001 - parsers raise anything at broken files
        yield unreadable(name, error)


def _read_page(html: str, name: str) -> Iterator[Document | Problem]:
    """Yield the main text of a page and its metadata, or why there is none."""
    try:
        import_libraries()
        with _page_time():
            fields, blocks = extract_page(html)
    except ImportError:
        yield Problem(name, MISSING_LIBRARY)
    except RecursionError:
        yield Problem(name, TOO_DEEP)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - parsers raise anything at broken pages
        yield unreadable(name, error)
    else:
        yield Document(tuple(blocks), fields)


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


def _write(answers: BinaryIO, item: Document | Problem) -> None:
    if isinstance(item, Problem):
        answer: dict[str, object] = {"problem": [item.where, item.what, item.skipped, item.kind]}
    else:
        answer = {
            "fields": dict(item.fields),
            "line": item.line,
            "sha256": item.record_sha256,
            "id": item.given_id,
            "blocks": [
                [block.text, block.kind, block.level, block.page]
                for block in item.blocks
                if block.text.strip()
            ],
        }
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
