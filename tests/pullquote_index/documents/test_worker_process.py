"""The processes that read documents: their limits, their end, what is left of them."""

import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote_index.readers.documents import limits, worker, worker_process
from pullquote_index.readers.documents.document import Document
from pullquote_index.readers.documents.worker_process import close_workers, read_in_worker
from pullquote_index.readers.problems import Problem, ReadingOptions, SourceFile
from support.document_files import (
    pdf_bytes,
    pdf_content,
    pdf_of_contents,
    read_article,
    read_file,
    read_problem,
)

LINE = (72.0, 700.0, 10.0, "The quay is long.")


@pytest.fixture(autouse=True)
def _no_workers() -> Iterator[None]:
    close_workers()
    yield
    close_workers()


def pdf_file(folder: Path, name: str = "quay.pdf") -> Path:
    path = folder / name
    path.write_bytes(pdf_bytes([[LINE]]))
    return path


def workers() -> list[int]:
    """The process ids of the workers that wait for a file."""
    return [idle._process.pid for idle in worker_process._WORKERS._idle]


def test_one_process_reads_file_after_file(tmp_path: Path) -> None:
    read_article(pdf_file(tmp_path))
    first = workers()
    read_article(pdf_file(tmp_path, "other.pdf"))
    assert workers() == first
    assert len(first) == 1


@pytest.mark.parametrize(
    ("sent", "reason"),
    [(signal.SIGKILL, "its parser ended with SIGKILL"), (signal.SIGPROF, limits.PDF_OVER_TIME)],
)
def test_a_process_that_dies_costs_its_file_and_is_replaced(
    tmp_path: Path, sent: signal.Signals, reason: str
) -> None:
    path = tmp_path / "news.mbox"
    message = b"From a@example.org Thu May  2 10:00:00 2024\nSubject: x\n\nWords.\n\n"
    path.write_bytes(message * 20_000)
    before = set(children())
    items = read_in_worker("mbox", SourceFile("news.mbox", path, tmp_path), 10_000)
    assert isinstance(next(items), Article)
    (child,) = set(children()) - before
    os.kill(child, sent)
    *_, last = items
    assert isinstance(last, Problem)
    assert reason in str(last)
    assert read_article(pdf_file(tmp_path)).text == "The quay is long."
    assert child not in children()


def children() -> list[int]:
    """The process ids of this process's children, dead ones too."""
    done = subprocess.run(
        ["ps", "-o", "pid=,ppid=,command=", "-A"], capture_output=True, text=True, check=True
    )
    rows = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    return [int(row[0]) for row in rows if int(row[1]) == os.getpid() and "ps -o" not in row[2]]


def test_processor_time_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    path = tmp_path / "slow.pdf"
    page = [(10.0, 780.0 - 12 * at, 10.0, "a b " * 24) for at in range(60)]
    path.write_bytes(pdf_of_contents([pdf_content(page)], times=400))
    file = SourceFile("slow.pdf", path, tmp_path, ReadingOptions(max_characters=10_000_000))
    (problem,) = read_in_worker("pdf", file, 1 << 30)
    assert str(problem) == "slow.pdf: takes more than 1 seconds of processor time to read; skipped"


def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(pdf_of_contents([zlib.compress(b" " * (400 << 20))], packed=True))
    assert path.stat().st_size < 1 << 20
    problem = read_problem(path)
    assert "needs more than 128 MB of memory" in problem
    assert read_article(pdf_file(tmp_path)).text == "The quay is long."


def test_waiting_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_article(pdf_file(tmp_path))
    (stopped,) = workers()
    os.kill(stopped, signal.SIGSTOP)
    with monkeypatch.context() as patch:  # starting the next process may take longer
        patch.setattr(limits, "WAIT_SECONDS", 1)
        problem = read_problem(pdf_file(tmp_path))
    assert problem.endswith("takes more than 1 seconds to read; skipped")
    assert stopped not in children()
    assert read_article(pdf_file(tmp_path)).text == "The quay is long."


def test_nothing_is_left_of_a_reading_that_was_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    message = b"From a@example.org Thu May  2 10:00:00 2024\nSubject: x\n\nWords.\n\n"
    path.write_bytes(message * 5_000)
    before = set(children())
    items = read_in_worker("mbox", SourceFile("news.mbox", path, tmp_path), 10_000)
    next(items)
    assert set(children()) > before
    items.close()  # type: ignore[attr-defined]
    assert set(children()) <= before


def test_problems_beyond_a_hundred_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "empty.rss"
    path.write_bytes(b"<rss><channel>" + b"<item/>" * 20_000 + b"</channel></rss>")
    problems = [str(item) for item in read_file(path)]
    assert len(problems) == 101
    assert problems[-1] == (
        "archive/empty.rss: has 19,900 more entries that cannot be read; skipped"
    )


def test_a_process_without_work_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.2)
    read_article(pdf_file(tmp_path))
    (idle,) = workers()
    deadline = time.monotonic() + 20
    while idle in children():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert read_article(pdf_file(tmp_path)).text == "The quay is long."


def test_a_process_ends_with_a_build_that_is_killed(tmp_path: Path) -> None:
    pdf_file(tmp_path)
    script = (
        "import sys, time\nfrom pathlib import Path\n"
        "from support.document_files import read_article\n"
        "from pullquote_index.readers.documents import worker_process\n"
        "read_article(Path(sys.argv[1]))\n"
        "print(worker_process._WORKERS._idle[0]._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    build = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "quay.pdf"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert build.stdout is not None
    child = int(build.stdout.readline())
    build.kill()
    build.wait()
    build.stdout.close()
    deadline = time.monotonic() + 20
    while is_alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_alive(process: int) -> bool:
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:1] not in {"", "Z"}


@pytest.mark.parametrize(
    ("kind", "library"), [("pdf", "pypdfium2"), ("docx", "docx"), ("feed", "lxml")]
)
def test_a_missing_library_names_the_command(
    kind: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"<rss/>")
    parser = f"{worker.__package__}.{worker.PARSERS[kind]}"
    monkeypatch.delitem(sys.modules, parser, raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    (problem,) = worker.read_documents(kind, path, "news/file", 1000)
    assert str(problem) == (
        f'news/file: is read with {library}: type pip install "pullquote[formats]"; skipped'
    )


def test_messages_need_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    path = tmp_path / "news.mbox"
    start = b"From a@example.org Thu May  2 10:00:00 2024\n"
    path.write_bytes(
        start + b"Content-Type: text/html\n\n<p>x</p>\n\n" + start + b"Subject: y\n\nWords.\n"
    )
    html, plain = worker.read_documents("mbox", path, "news.mbox", 1000)
    assert isinstance(html, Document)
    assert isinstance(plain, Document)
    assert [block.text for block in (*html.blocks, *plain.blocks)] == ["x", "Words."]


def test_reading_plain_files_starts_no_process_and_imports_no_parser() -> None:
    statement = (
        "import sys; import pullquote_index.readers as r; from pathlib import Path;"
        "assert r.reader_for(Path('a.pdf'));"
        "print([m for m in ('lxml', 'docx', 'pypdfium2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", statement], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
