"""Only the file that was meant is opened."""

import os
from pathlib import Path

import pytest

from pullquote.plain_files import check_without_holes, open_plain, open_within


def test_a_link_within_the_folder_is_followed_and_one_out_of_it_is_not(tmp_path: Path) -> None:
    folder, secret = tmp_path / "news", tmp_path / "secret.txt"
    (folder / "sub").mkdir(parents=True)
    secret.write_text("secret")
    (folder / "a.txt").write_text("words")
    (folder / "sub" / "link.txt").symlink_to("../a.txt")
    with open_within(folder / "sub" / "link.txt", folder) as stream:
        assert stream.read() == b"words"
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(secret)
    for name in ("a.txt", "sub/link.txt"):
        with pytest.raises(OSError, match="leads out"), open_within(folder / name, folder):
            pass
    with open_plain(folder / "a.txt", follow_links=True) as stream:  # it was itself named
        assert stream.read() == b"secret"


def test_a_pipe_or_a_device_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe.txt", tmp_path / "zero.txt"):
        with pytest.raises(OSError, match="not a plain"), open_plain(path, follow_links=True):
            pass
    with (
        pytest.raises(OSError, match="not a plain"),
        open_within(tmp_path / "pipe.txt", tmp_path),
    ):
        pass


def test_a_link_to_the_folder_itself_is_no_file_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(".")
    with pytest.raises(OSError, match="link to its folder"):
        open_within(tmp_path / "a.txt", tmp_path).__enter__()


def test_a_large_file_with_holes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A text."}\n')
    with (tmp_path / "a.jsonl").open("rb+") as stream:
        stream.truncate(1 << 40)
    with (tmp_path / "a.jsonl").open("rb") as stream:
        if os.lseek(stream.fileno(), 0, os.SEEK_HOLE) == 1 << 40:
            pytest.skip("this file system stores no holes")
        with pytest.raises(OSError, match="has holes"):
            check_without_holes(stream, tmp_path / "a.jsonl")
        os.truncate(tmp_path / "a.jsonl", 20)
        check_without_holes(stream, tmp_path / "a.jsonl")
        assert stream.read() == b'{"text": "A text."}\n'
