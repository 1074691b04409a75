"""Starts, uses and ends the processes that read documents."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO, Any

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import Document, articles_of, encodable
from pullquote_index.readers.documents.memory_limit import OUT_OF_MEMORY_STATUS
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.problems import Problem, ProblemKind, SourceFile
from pullquote_index.readers.text_limits import too_many_characters

_MODULE = "pullquote_index.readers.documents.worker"
_CHUNK_BYTES = 1 << 16
_ANSWER_BYTES = 8 << 20
"""An answer's size beside its text: fields, numbers, punctuation."""
_ANSWER_RATIO = 6
"""JSON spells a character with at most six bytes."""


class _Stopped(Exception):
    """The process ended, or was ended, before it answered. The message says why."""


class _Worker:
    """One process that reads documents, one file after the other."""

    def __init__(self) -> None:
        # -P: a json.py in the current folder is not imported.
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._unread = bytearray()
        self._memory_bytes = limits.MEMORY_BYTES
        self._is_last = False

    @property
    def is_usable(self) -> bool:
        """Whether it can read another file."""
        return not self._is_last and self._process.poll() is None

    def read(
        self, kind: str, file: SourceFile, max_bytes: int, text: str
    ) -> Iterator[Document | Problem]:
        """Yield what it finds in a file.

        Raises:
            _Stopped: the process ended.
        """
        is_small = bool(text) or _size(file) <= max_bytes
        self._memory_bytes = limits.ARTICLE_MEMORY_BYTES if is_small else limits.MEMORY_BYTES
        page = text.encode("utf-8", "surrogatepass")
        request = {
            "kind": kind,
            "path": str(file.path),
            "root": "" if file.is_named else str(file.root),
            "name": file.name,
            "max_characters": file.options.max_characters,
            "cpu_seconds": limits.CPU_SECONDS,
            "memory_bytes": self._memory_bytes,
            "text_bytes": len(page),
        }
        try:
            _pipe(self._process.stdin).write(json.dumps(request).encode() + b"\n" + page)
            _pipe(self._process.stdin).flush()
        except OSError as error:
            raise _Stopped(self._reason()) from error
        most = file.options.max_characters
        while "end" not in (answer := json.loads(self._line(most))):
            yield _decoded(answer)
        self._is_last = "last" in answer

    def _line(self, max_characters: int) -> bytes:
        """The next line of its output."""
        deadline = time.monotonic() + limits.WAIT_SECONDS
        output = _pipe(self._process.stdout).fileno()
        searched = 0
        while (end := self._unread.find(b"\n", searched)) < 0:
            searched = len(self._unread)
            if searched > _ANSWER_BYTES + _ANSWER_RATIO * max_characters:
                raise _Stopped(too_many_characters(max_characters))
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([output], [], [], left)[0]:
                raise _Stopped(f"takes more than {limits.WAIT_SECONDS} seconds to read")
            data = os.read(output, _CHUNK_BYTES)
            if not data:
                raise _Stopped(self._reason())
            self._unread += data
        line = bytes(self._unread[:end])
        del self._unread[: end + 1]
        return line

    def _reason(self) -> str:
        """Why the process ended."""
        status = self._process.wait()
        if -status == signal.SIGXCPU:
            return f"takes more than {limits.CPU_SECONDS} seconds of processor time to read"
        if -status == signal.SIGPROF:
            return limits.PDF_OVER_TIME
        if status == OUT_OF_MEMORY_STATUS:
            return limits.out_of_memory(self._memory_bytes)
        name = signal.Signals(-status).name if status < 0 else f"status {status}"
        memory = f"{self._memory_bytes >> 20:,} MB of memory"
        return f"is broken, or needs more than {memory}: its parser ended with {name}"

    def close(self) -> None:
        """End the process, and wait until it is gone."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        self._process.wait()


class _Workers:
    """The processes that wait for a file. They end when none came for `IDLE_SECONDS`."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def take(self) -> _Worker:
        """A process that is not in use."""
        self._stop_timer()
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_usable:
                    return worker
                worker.close()
        return _Worker()

    def give_back(self, worker: _Worker) -> None:
        """Keep a process for the next file."""
        with self._lock:
            self._idle.append(worker)
        self._stop_timer()
        self._timer = threading.Timer(limits.IDLE_SECONDS, self.close)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        """End the processes that are not in use."""
        self._stop_timer()
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _stop_timer(self) -> None:
        if timer := self._timer:
            timer.cancel()


_WORKERS = _Workers()
atexit.register(_WORKERS.close)


def close_workers() -> None:
    """End the processes that read documents. The next document starts a new one."""
    _WORKERS.close()


def read_in_worker(kind: str, file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a file that a process of its own reads.

    Args:
        kind: the kind of file, a key of `worker.PARSERS`.
        file: the file.
        max_bytes: the maximum size of an article's text, in bytes.
    """
    yield from articles_of(documents_in_worker(kind, file, max_bytes), file, max_bytes)


def documents_in_worker(
    kind: str, file: SourceFile, max_bytes: int, text: str = ""
) -> Iterator[Document | Problem]:
    """Yield what a process of its own finds in a file.

    Args:
        kind: the kind of file, a key of `worker.PARSERS`, or "page" for an HTML page.
        file: the file.
        max_bytes: the maximum size of an article's text, in bytes.
        text: the text of an HTML page.
    """
    worker = _WORKERS.take()
    is_done = False
    try:
        yield from worker.read(kind, file, max_bytes, text)
        is_done = worker.is_usable
    except _Stopped as stopped:
        yield Problem(file.name, str(stopped))
    finally:  # also where the caller stops in the middle of a file
        if is_done:
            _WORKERS.give_back(worker)
        else:
            worker.close()


def _decoded(answer: dict[str, Any]) -> Document | Problem:
    if "problem" in answer:
        where, what, skipped, kind = answer["problem"]
        return Problem(where, encodable(what), skipped, ProblemKind(kind))
    return Document(
        blocks=tuple(
            ExtractedBlock(encodable(text), BlockKind(kind), level, page=page)
            for text, kind, level, page in answer["blocks"]
        ),
        fields=answer["fields"],
        record_sha256=answer["sha256"],
        line=answer["line"],
        given_id=answer["id"],
    )


def _size(file: SourceFile) -> int:
    """A file's size in bytes; 0 if it cannot be examined."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # it was asked for
    return pipe
