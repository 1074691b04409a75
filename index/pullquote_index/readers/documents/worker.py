"""A process of its own that reads documents for the build, with limits on time and memory.

    python -m pullquote_index.readers.documents.worker

Each line of standard input is a request: the kind of a file, its path and name, and the limits. The
text of an HTML page follows it. The answers are lines of standard output: documents, problems, then
`{"end": true}`. The process ends when its input ends, so it never outlives the build.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pullquote.plain_files import check_without_holes, open_plain, open_within
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import INSTALL_COMMAND, Document
from pullquote_index.readers.documents.memory_limit import MemoryLimit
from pullquote_index.readers.documents.page_document import page_document
from pullquote_index.readers.documents.pages import import_libraries
from pullquote_index.readers.problems import Problem, unreadable
from pullquote_index.readers.text_limits import too_many_characters

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


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be read, and within which limits; `worker_process` writes it.

    Attributes:
        kind: a key of `PARSERS`, or `_PAGE`.
        path: the file.
        root: the folder that it must be in; empty if the file itself was named.
        name: the file's name in citations, for problems.
        max_characters: the maximum length of an article's text.
        cpu_seconds, memory_bytes: the limits of the process.
        text_bytes: the length of the text that follows the request.
    """

    kind: str
    path: str
    root: str
    name: str
    max_characters: int
    cpu_seconds: int
    memory_bytes: int
    text_bytes: int


def main() -> None:
    """Answer requests until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)  # what a library prints is no answer
    _forbid_writing()
    memory, kinds = MemoryLimit(), set[str]()
    while line := sys.stdin.buffer.readline():
        request = _Request(**json.loads(line))
        if request.kind not in kinds:
            _import_libraries(request.kind)
            kinds.add(request.kind)
            memory.start()
        if not _answer(request, answers, memory):
            break


def _import_libraries(kind: str) -> None:
    """Import what reads this kind, so that it is not of the file's time and memory."""
    with contextlib.suppress(ImportError):  # reported where it is used
        if kind == _PAGE:
            import_libraries()
        else:
            importlib.import_module(f"{__package__}.{PARSERS[kind]}")


def _forbid_writing() -> None:
    """A parser writes no files: neither documents nor memory dumps."""
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (0, 0))


def _allow_cpu(seconds: int) -> None:
    """Allow the processor time of one more document."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _answer(request: _Request, answers: BinaryIO, memory: MemoryLimit) -> bool:
    """Write the answers to a request. Returns whether the process can be used again."""
    _allow_cpu(request.cpu_seconds)
    memory.set(request.memory_bytes)
    is_whole = True
    problems = 0
    try:
        for item in _items(request):
            problems += isinstance(item, Problem) and not item.is_expected
            if isinstance(item, Document):
                _write(answers, _within_length(item, request))
                _allow_cpu(request.cpu_seconds)
            elif item.is_expected or problems <= limits.PROBLEMS:
                _write(answers, item)
        if problems > limits.PROBLEMS:
            more = problems - limits.PROBLEMS
            _write(answers, Problem(request.name, f"has {more:,} more entries that cannot be read"))
    except MemoryError:
        is_whole = False
    is_usable = memory.lift() and is_whole
    if not is_whole:
        _write(answers, Problem(request.name, limits.out_of_memory(request.memory_bytes)))
    answers.write(b'{"end": true}\n' if is_usable else b'{"end": true, "last": true}\n')
    answers.flush()
    return is_usable


def _items(request: _Request) -> Iterator[Document | Problem]:
    """Yield what is in the file, or in the page."""
    if request.kind == _PAGE:
        text = sys.stdin.buffer.read(request.text_bytes).decode("utf-8", "surrogatepass")
        return page_document(text, request.name)
    return _documents_of(
        request.kind, request.path, request.root, request.name, request.max_characters
    )


def _within_length(document: Document, request: _Request) -> Document | Problem:
    """The document, or that it has more text than an article: it is not sent then."""
    characters = sum(len(block.text) for block in document.blocks)
    if characters <= request.max_characters:
        return document
    where = f"{request.name}:{document.line}" if document.line else request.name
    return Problem(where, too_many_characters(request.max_characters))


def _documents_of(
    kind: str, path: str, root: str, name: str, max_characters: int
) -> Iterator[Document | Problem]:
    """As `read_documents`, of the file that is opened: it cannot be swapped for a link then.

    Args:
        kind: a key of `PARSERS`.
        path: the file.
        root: the folder that it must be in; empty if the file itself was named.
        name: the file's name in citations, for problems.
        max_characters: the maximum length of an article's text.
    """
    file = Path(path)
    try:
        opened = open_within(file, Path(root)) if root else open_plain(file, follow_links=True)
        with opened as stream:
            check_without_holes(stream, file)
            descriptor = _DESCRIPTORS / str(stream.fileno())
            path_of_opened = descriptor if descriptor.exists() else file
            yield from read_documents(kind, path_of_opened, name, max_characters)
    except OSError as error:
        yield Problem(name, f"cannot be read ({error.strerror or error})")


def read_documents(
    kind: str, path: Path, name: str, max_characters: int
) -> Iterator[Document | Problem]:
    """Yield what the parser of this kind finds. Whatever it raises is a problem of the file.

    Args:
        kind: a key of `PARSERS`.
        path: the file.
        name: the file's name in citations, for problems.
        max_characters: the maximum length of an article's text.

    Raises:
        MemoryError: the file needs too much memory.
    """
    try:
        module = importlib.import_module(
            f"{__package__}.{PARSERS[kind]}"
        )  # at once, the second time
        yield from module.documents(path, name, max_characters)
    except ModuleNotFoundError as error:
        yield Problem(name, f"is read with {error.name}: type {INSTALL_COMMAND}")
    except MemoryError:
        raise
    except OSError as error:
        yield Problem(name, f"cannot be read ({error.strerror or error})")
    except Exception as error:  # noqa: BLE001 - parsers raise anything at broken files
        yield unreadable(name, error)


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
                [words, block.kind, block.level, block.page]
                for block in item.blocks
                if (words := " ".join(block.text.split()))
            ],
        }
    line = json.dumps(answer, ensure_ascii=False)
    answers.write(line.encode("utf-8", "surrogatepass") + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
