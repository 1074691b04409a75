"""Archives: members by their own readers, names, links, bombs, broken and interrupted ones."""

import datetime as dt
import gzip
import io
import json
import os
import stat
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote_index.readers import reader_for
from pullquote_index.readers.documents import limits
from pullquote_index.readers.problems import Problem, SourceFile
from support.document_files import pdf_bytes, read_article, read_file, read_problem

POST = b"---\ntitle: Ferry\n---\nThe ferry sails on Monday.\n"
LINES = b'{"text": "One crown."}\n{"text": "Two crowns."}\n'
FILES = {
    "posts/ferry.md": POST,
    "posts/fares.jsonl": LINES,
    "pictures/a.png": b"\x89PNG",
    "posts/.hidden.md": POST,
    "__MACOSX/posts/._ferry.md": POST,
    "plan.pdf": pdf_bytes([[(72, 700, 10, "The quay is long.")]]),
}


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as package:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            package.addfile(info, io.BytesIO(data))
    return stream.getvalue()


PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    ".zip": zipped,
    ".tar": tarred,
    ".tar.gz": lambda files: tarred(files, "w:gz"),
    ".tgz": lambda files: tarred(files, "w:gz"),
}


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files; it must be empty afterwards."""
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("suffix", PACKERS)
def test_members_are_read_by_the_reader_of_their_kind(
    suffix: str, tmp_path: Path, spool: Path
) -> None:
    path = tmp_path / f"blog{suffix}"
    path.write_bytes(PACKERS[suffix](FILES))
    *articles, problem = read_file(path)
    assert [(a.path, a.line) for a in articles if isinstance(a, Article)] == [
        (f"archive/blog{suffix}/posts/ferry.md", 1),
        (f"archive/blog{suffix}/posts/fares.jsonl", 1),
        (f"archive/blog{suffix}/posts/fares.jsonl", 2),
        (f"archive/blog{suffix}/plan.pdf", 6),
    ]
    first = articles[0]
    assert isinstance(first, Article)
    assert (first.id, first.title) == (first.path, "Ferry")
    assert isinstance(problem, Problem)
    assert str(problem) == f"archive/blog{suffix}: holds a file of another kind (1 .png)"
    assert problem.is_note
    assert not problem.stops_strict_build
    assert list(spool.iterdir()) == []


def test_any_readable_file_may_be_packed_by_gzip(tmp_path: Path) -> None:
    path = tmp_path / "ferry.md.gz"
    path.write_bytes(gzip.compress(POST))
    article = read_article(path)
    assert (article.path, article.title, article.line) == ("archive/ferry.md.gz", "Ferry", 1)
    assert reader_for(tmp_path / "ferry.png.gz") is None


@pytest.mark.parametrize("name", ["../out.md", "/etc/out.md", "a/../../out.md", "C:/out.md"])
@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_a_name_that_leads_out_of_the_archive_is_refused(
    name: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"blog{suffix}"
    path.write_bytes(PACKERS[suffix]({name: POST, "in.md": POST}))
    problem, article = read_file(path)
    assert "has a name that leads out of its archive" in str(problem)
    assert isinstance(article, Article)
    assert not (tmp_path / "out.md").exists()


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as package:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"link{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/hostname"
            package.addfile(info)
    (tmp_path / "links.tar").write_bytes(stream.getvalue())
    problems = read_file(tmp_path / "links.tar")
    assert len(problems) == 3
    assert all("is a link, or no regular file" in str(problem) for problem in problems)

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(entry, "/etc/hostname")
    (tmp_path / "links.zip").write_bytes(stream.getvalue())
    assert "is a link, or no regular file" in read_problem(tmp_path / "links.zip")


def test_archives_within_archives_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "outer.zip"
    inner = zipped({"ferry.md": POST})
    path.write_bytes(zipped({"inner.zip": inner, "a.jsonl.gz": gzip.compress(LINES)}))
    problem, *articles = read_file(path)
    assert str(problem) == "archive/outer.zip/inner.zip: is an archive within an archive; skipped"
    assert len(articles) == 2
    (tmp_path / "outer.zip.gz").write_bytes(gzip.compress(inner))
    assert "is an archive within an archive" in read_problem(tmp_path / "outer.zip.gz")


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_a_bomb_is_stopped_and_what_was_read_is_kept(
    suffix: str, tmp_path: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RATIO_FREE_BYTES", 1 << 20)
    path = tmp_path / f"bomb{suffix}"
    bomb = b"a " * (4 << 20)
    path.write_bytes(PACKERS[suffix]({"ferry.md": POST, "bomb.txt": bomb}))
    article, problem = read_file(path)
    assert isinstance(article, Article)
    assert "unpacks to more than 200 times its size, as no text does" in str(problem)
    assert list(spool.iterdir()) == []


def test_a_bomb_in_a_file_that_is_not_read_is_stopped_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RATIO_FREE_BYTES", 1 << 20)
    path = tmp_path / "bomb.tgz"
    path.write_bytes(tarred({"bomb.bin": bytes(8 << 20), "ferry.md": POST}, "w:gz"))
    assert "unpacks to more than 200 times its size" in str(read_file(path)[0])


def test_files_that_are_the_same_bytes_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RATIO_FREE_BYTES", 1 << 20)
    monkeypatch.setattr(limits, "UNPACKED_RATIO", 20)
    text = os.urandom(50_000).hex().encode()
    data = zipped({"0.txt": text})
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, count = data[directory:end], 200
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, directory, 0
    )
    path = tmp_path / "overlapping.zip"
    path.write_bytes(data[:directory] + entry * count + tail)
    *_, problem = read_file(path)
    assert str(problem).endswith("MB; the files before are read; skipped")


def test_an_archive_with_too_many_files_is_not_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMBER_BYTES", 1 << 30)
    monkeypatch.setattr(limits, "MEMBERS", 2)
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{number}.md": POST for number in range(3)}))
    assert read_problem(path) == "archive/many.zip: holds more than 2 files; skipped"
    path = tmp_path / "many.tar"
    path.write_bytes(tarred({f"{number}.md": POST for number in range(3)}))
    *articles, problem = read_file(path)
    assert len(articles) == 2
    assert str(problem) == (
        "archive/many.tar: holds more than 2 files; the files before are read; skipped"
    )


def test_a_zip_file_with_a_huge_list_of_files_is_not_opened(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 5, 5, 0x7FFFFFFF, 0, 0)
    path = tmp_path / "list.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(100) + end)
    assert "has a list of files of more than 64 MB" in read_problem(path)


def test_a_tar_file_with_a_huge_header_is_not_read_on(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    path = tmp_path / "header.tar"
    path.write_bytes(tarred({"ferry.md": POST})[:1024] + info.tobuf(tarfile.GNU_FORMAT))
    article, problem = read_file(path)
    assert isinstance(article, Article)
    assert "has a header of more than 1 MB" in str(problem)


def test_encrypted_members_and_those_of_other_methods_say_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"ferry.md": POST}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    assert read_problem(tmp_path / "locked.zip") == (
        "archive/locked.zip/ferry.md: is encrypted; skipped"
    )
    data = bytearray(zipped({"ferry.md": POST}))
    data[directory + 10] = 14
    (tmp_path / "lzma.zip").write_bytes(data)
    assert "is packed by a method that is not read (number 14)" in read_problem(
        tmp_path / "lzma.zip"
    )


def test_a_lying_size_or_a_broken_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zipped({"ferry.md": POST, "fares.jsonl": LINES}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<L", 7)  # seven bytes unpacked
    path = tmp_path / "lying.zip"
    path.write_bytes(data)
    problem, *articles = read_file(path)
    assert "archive/lying.zip/ferry.md: is broken in its archive (Bad CRC-32" in str(problem)
    assert len(articles) == 2


def test_a_member_that_begins_before_the_archive_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zipped({"ferry.md": POST, "fares.jsonl": LINES}))
    end = data.index(b"PK\x05\x06")
    # The list of files seems to begin later, so that the first member begins at -5.
    data[end + 16 : end + 20] = struct.pack("<L", data.index(b"PK\x01\x02") + 5)
    path = tmp_path / "before.zip"
    path.write_bytes(data)
    first, second = read_file(path)
    assert "is broken in its archive (it begins before the archive)" in str(first)
    assert "archive/before.zip/fares.jsonl: is broken in its archive" in str(second)


@pytest.mark.parametrize("suffix", PACKERS)
def test_what_is_no_archive_says_so(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(b"no archive " * 100)
    assert "is not a whole" in read_problem(path)


def test_of_a_gzip_file_that_is_cut_short_what_it_holds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.tar.gz"
    noise = json.dumps({"text": os.urandom(50_000).hex()}).encode()
    path.write_bytes(tarred({"ferry.md": POST, "noise.jsonl": noise}, "w:gz")[:20_000])
    article, problem = read_file(path)
    assert isinstance(article, Article)
    assert str(problem).startswith("archive/cut.tar.gz: is not a whole archive (")
    path = tmp_path / "cut.txt.gz"
    path.write_bytes(gzip.compress(os.urandom(9_000).hex().encode())[:5_000])
    article, problem = read_file(path)
    assert isinstance(article, Article)
    assert "archive/cut.txt.gz: is broken in its archive" in str(problem)


def test_what_a_killed_process_left_is_deleted(spool: Path, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = spool / f"pullquote-archive-{dead.pid}-abc_1"
    left.mkdir()
    (left / "ferry.md").write_bytes(POST)
    others = [spool / f"pullquote-archive-{os.getpid()}-x", spool / "pullquote-archive-mine"]
    for folder in others:
        folder.mkdir()
    path = tmp_path / "blog.zip"
    path.write_bytes(zipped({"ferry.md": POST}))
    assert read_article(path).title == "Ferry"
    assert sorted(spool.iterdir()) == sorted(others)


def test_an_interrupted_reading_leaves_no_files(tmp_path: Path, spool: Path) -> None:
    path = tmp_path / "blog.zip"
    path.write_bytes(zipped(FILES))
    reader = reader_for(path)
    assert reader is not None
    items = iter(reader(SourceFile("archive/blog.zip", path, tmp_path), 10_000))
    next(items)
    assert list(spool.iterdir()) != []
    items.close()  # type: ignore[attr-defined]
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_site_is_read_like_its_folder(tmp_path: Path, suffix: str) -> None:
    undated = b"---\ntitle: Ferry\n---\nThe ferry sails on Monday.\n"
    path = tmp_path / f"site{suffix}"
    path.write_bytes(
        PACKERS[suffix](
            {
                "site-main/README.md": b"# How to build this site\n\nRun make.\n",
                "site-main/_drafts/idea.md": undated,
                "site-main/_layouts/page.html": b"<p>The layout of every page.</p>",
                "site-main/node_modules/x/notes.md": b"Notes of a library.\n",
                "site-main/_posts/2024-05-02-ferry.md": undated,
            }
        )
    )
    left_out, article, others = read_file(path)
    assert str(left_out) == (
        f"archive/site{suffix}/site-main/_drafts/idea.md: is not published (in _drafts); left out"
    )
    assert isinstance(article, Article)
    assert article.path == f"archive/site{suffix}/site-main/_posts/2024-05-02-ferry.md"
    assert article.published == dt.date(2024, 5, 2)
    assert "holds a file of another kind (1 README.md)" in str(others)
