"""What is not the index's own is neither deleted nor written."""

import datetime as dt
from pathlib import Path

import pytest

from pullquote.errors import RequestError
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.index_folder import check_index_folder
from pullquote_index.lifecycle.publishing import delete_leftovers, mode_of_files
from pullquote_index.reuse import embedding_journal

PRECIOUS = """
partial/thesis.docx encoders/my-encoder/weights.bin encoders/README generations/tree.txt
generations/.new-year-photos/p.jpg rerankers/.new-x/y current.2024.new lock articles/a.txt
""".split()


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("precious")


@pytest.mark.parametrize("name", PRECIOUS)
def test_a_folder_with_anything_of_somebody_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    with pytest.raises(RequestError, match="is not the folder of an index, and holds"):
        check_index_folder(tmp_path)


def test_a_folder_that_an_interrupted_build_left_is_an_index_folder(tmp_path: Path) -> None:
    write(tmp_path, "encoders/0123456789abcdef/model.onnx", "partial/vectors.sqlite-journal")
    write(tmp_path, "generations/.new-abcd1234.pullquote/archive.sqlite", ".gitignore")
    write(tmp_path, "withdrawn.jsonl")
    (tmp_path / "lock").write_text("process 42 since noon")
    check_index_folder(tmp_path)


def test_only_what_a_build_names_so_is_deleted(tmp_path: Path) -> None:
    own = ("generations/.new-abcd1234.pullquote/x", ".current.42.pullquote")
    write(tmp_path, *PRECIOUS, *own, "partial/vectors.sqlite")
    (tmp_path / "generations" / ".new-link1234.pullquote").symlink_to(tmp_path / "articles")
    built = BuiltFolder(tmp_path)
    delete_leftovers(built)
    embedding_journal.delete(built.partial)
    assert [name for name in PRECIOUS if not (tmp_path / name).exists()] == []
    assert [name for name in (*own, "partial/vectors.sqlite") if (tmp_path / name).exists()] == []


@pytest.mark.parametrize(
    "name",
    [
        *("lock", "generations", "encoders", "rerankers", "partial", "withdrawn.jsonl"),
        *("partial/vectors.sqlite", "partial/vectors.sqlite-wal"),
    ],
)
def test_a_linked_part_of_an_index_is_not_followed(tmp_path: Path, name: str) -> None:
    (tmp_path / "index").mkdir()
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "index" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "index" / name).symlink_to(victim)
    with (
        pytest.raises(RequestError, match="is a link"),
        sole_writer(tmp_path / "index", lambda: dt.datetime.now(dt.UTC), "pullquote index"),
    ):
        pass
    assert victim.read_text() == "precious"


def test_an_index_may_be_read_by_those_who_may_read_all_of_its_sources(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write(tmp_path, "a", "b", "private/c", "private/open/d")
    for name, mode in (("a", 0o644), ("b", 0o640), ("private/c", 0o644), ("private", 0o700)):
        (tmp_path / name).chmod(mode)

    def mode_of(*names: str) -> int:
        return mode_of_files((tmp_path / name, tmp_path) for name in names)

    assert mode_of("a") == 0o044
    assert mode_of("a", "b") == 0o040
    assert mode_of("a", "private/c") == 0
    (tmp_path / "private" / "open").chmod(0o755)
    assert mode_of("private/open/d") == 0
