"""The files of an index are checked before any library reads them."""

import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3  # noqa: TID251 - it changes databases
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import faiss as typed_faiss  # noqa: TID251 - it writes files of other kinds
import numpy as np
import onnx
import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.passages import ArticleRow
from pullquote.errors import ArchiveDamaged, ArchiveError
from pullquote.models.cards import PACKAGED_RERANKER
from pullquote.models.onnx_layout import check_model
from pullquote.models.reranker import OnnxReranker
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.faiss_layout import check_flat_file, check_lists_file
from pullquote.storage.file_check import check_files, check_sizes
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.manifest import MANIFEST_FILE, FileEntry, read_manifest
from pullquote.storage.read_only_database import ReadOnlyDatabase
from pullquote.storage.remembered_hashes import RememberedHashes
from pullquote.storage.schema import INDEXES, SCHEMA
from support.archives import settings_for

faiss: Any = typed_faiss
REBUILD = "pullquote index --full"
ENDLESS_VIEW = """
ALTER TABLE articles RENAME TO x;
CREATE VIEW articles AS WITH RECURSIVE r(n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM r)
    SELECT x.* FROM x, r;
"""


@pytest.fixture
def generation(town_built: Path, tmp_path: Path) -> Path:
    """A copy of a generation's folder, which the test may change."""
    built = BuiltFolder(town_built)
    return Path(shutil.copytree(built.folder_of(built.live()), tmp_path / "generation"))


def test_a_changed_byte_of_any_file_is_found_and_named(generation: Path) -> None:
    manifest = read_manifest(generation)
    check_files(manifest, generation)
    for name in manifest.files:
        data = (generation / name).read_bytes()
        (generation / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(ArchiveDamaged, match=f"{name}: is not the file.*{REBUILD}"):
            check_files(manifest, generation)
        (generation / name).write_bytes(data)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../x",
        "lexical/../../x",
        "a/b/c",
        "other/x",
        "..",
        "",
        "manifest.json",
        "a\n",
    ],
)
def test_a_manifest_that_names_a_file_elsewhere_is_refused(generation: Path, name: str) -> None:
    manifest = read_manifest(generation)
    files = {**manifest.files, name: FileEntry(bytes=0, sha256="0" * 64)}
    crafted = manifest.model_copy(update={"files": files}).sealed()
    (generation / MANIFEST_FILE).write_bytes(crafted.to_bytes())
    with pytest.raises(ArchiveDamaged, match="the manifest cannot be read"):
        read_manifest(generation)


def test_a_value_of_another_type_is_refused_though_it_equals_what_was_written(
    generation: Path,
) -> None:
    path = generation / MANIFEST_FILE
    path.write_bytes(re.sub(rb'"read": \d+', b'"read": true', path.read_bytes()))
    with pytest.raises(ArchiveDamaged, match=r"the manifest cannot be read.*read"):
        read_manifest(generation)


def test_fifos_links_and_folders_are_no_files_of_an_index(generation: Path) -> None:
    manifest = read_manifest(generation)
    file = generation / "sentences.npy"
    makers = (os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero"))
    for make in makers:
        (file.rmdir if file.is_dir() else file.unlink)()
        make(file)
        with pytest.raises(ArchiveDamaged, match="is not a plain file"):
            check_sizes(manifest, generation)
    for name in (MANIFEST_FILE, "lexical/shards.json"):
        (generation / name).unlink()
        os.mkfifo(generation / name)
    with pytest.raises(ArchiveDamaged, match="cannot be read"):
        read_manifest(generation)
    with pytest.raises(ArchiveDamaged, match="cannot be read"):
        LexicalIndex(generation / "lexical")


@pytest.mark.parametrize("name", ["passages.faiss.lists", "lexical/extra.term"])
def test_a_file_that_the_manifest_does_not_name_is_refused(generation: Path, name: str) -> None:
    (generation / name).write_bytes(b"")
    with pytest.raises(ArchiveDamaged, match=f"{name}: is not a file of this index"):
        check_files(read_manifest(generation), generation)


def test_a_hash_is_remembered_until_the_file_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(200_000))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)

    def hash_it() -> str:
        hashes = RememberedHashes()
        sha256 = hashes.sha256(file)
        hashes.save()
        return sha256

    first, status = hash_it(), file.stat()
    assert file.stat().st_ino
    with monkeypatch.context() as patch:
        patch.setattr(hashlib, "file_digest", None)
        assert hash_it() == first, "it was not read again"
    file.write_bytes(bytes(199_999) + b"x")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (200_000, status.st_mtime_ns)
    assert hash_it() != first, "its time was set back, but its inode's was not"


def test_a_file_that_was_just_written_is_not_remembered(tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(200_000))
    hashes = RememberedHashes()
    first = hashes.sha256(file)
    hashes.save()
    file.write_bytes(bytes(199_999) + b"x")
    assert RememberedHashes().sha256(file) != first


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("CREATE VIEW more AS SELECT 1", "has a view that no build writes"),
        ("CREATE TRIGGER t AFTER INSERT ON files BEGIN SELECT 1; END", "has a trigger"),
        ("CREATE TABLE x (y)", "has a table that no build writes, 'x'"),
        ("CREATE INDEX i ON articles (LENGTH(text))", "has a index that no build writes, 'i'"),
        ("DROP TABLE problems", "has no table problems"),
        ("ALTER TABLE articles ADD COLUMN more TEXT", "'articles' is not the table that was"),
        (ENDLESS_VIEW, "is not the view that was built|that no build writes"),
        ("UPDATE articles SET authors = REPLACE(HEX(ZEROBLOB(50000)), '0', '[')", "recursion"),
        ("UPDATE articles SET authors = '5'", "holds something else"),
        ("UPDATE articles SET authors = '[1]'", "holds something else"),
        ("UPDATE articles SET title = X'00'", "holds something else"),
        ("UPDATE articles SET published = HEX(ZEROBLOB(5000))", "Invalid isoformat"),
    ],
)
def test_an_archive_of_another_form_is_one_short_error(
    generation: Path, change: str, problem: str
) -> None:
    path = generation / "archive.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(change)
    with pytest.raises(ArchiveDamaged, match=problem) as caught:
        ArticleStore(path).article(ArticleRow(0))
    assert REBUILD in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_query_that_takes_too_long_is_ended(generation: Path) -> None:
    database = ReadOnlyDatabase(generation / "archive.sqlite", SCHEMA + INDEXES, max_seconds=0.05)
    endless = "WITH RECURSIVE r(n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM r) SELECT n FROM r"
    with pytest.raises(ArchiveDamaged, match=r"cannot be read \(interrupted\)"):
        database.row(f"SELECT COUNT(*) FROM ({endless})")
    assert database.row("SELECT COUNT(*) FROM articles") == (4,)
    database.close()


@pytest.fixture
def on_disk(tmp_path: Path) -> tuple[Path, Path]:
    """A vector file whose lists are in another file, and that file."""
    lists, path = tmp_path / "elsewhere", tmp_path / "passages.faiss"
    vectors = np.eye(8, dtype=np.float32)
    flat = faiss.IndexFlatIP(8)
    index = faiss.IndexIVFFlat(flat, 8, 2, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    moved = faiss.OnDiskInvertedLists(2, index.code_size, str(lists))
    one = faiss.InvertedListsPtrVector()
    one.push_back(index.invlists)
    moved.merge_from_multiple(one.data(), one.size())
    index.replace_invlists(moved)
    faiss.write_index(index, str(path))
    return path, lists


def test_vectors_whose_lists_are_in_a_file_elsewhere_are_refused(
    on_disk: tuple[Path, Path],
) -> None:
    path, lists = on_disk
    assert str(lists).encode() in path.read_bytes()
    lists.write_bytes(b"somebody's own")
    for check in (check_flat_file, check_lists_file):
        with pytest.raises(ArchiveDamaged, match="the vector index cannot be read"):
            check(path)
    assert lists.read_bytes() == b"somebody's own"


def test_vectors_of_another_kind_are_refused(tmp_path: Path) -> None:
    flat = faiss.IndexFlatIP(8)
    flat.add(np.eye(8, dtype=np.float32))
    hnsw = faiss.IndexHNSWFlat(8, 4)
    for kind in (flat, hnsw):
        faiss.write_index(kind, str(tmp_path / "v"))
        with pytest.raises(ArchiveDamaged, match="the vector index cannot be read"):
            check_flat_file(tmp_path / "v")


def test_a_document_store_that_asks_for_all_memory_is_refused(generation: Path) -> None:
    (store,) = (generation / "lexical").glob("*.store")
    data = store.read_bytes()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little") - 28
    skip_index = int.from_bytes(data[footer + 4 : footer + 12], "little")
    huge = b"\x7f\x7f\x7f\x7f\x7f\x7f\x7f\xff"
    store.write_bytes(data[:skip_index] + huge + data[skip_index + len(huge) :])
    with pytest.raises(ArchiveDamaged, match=r"\.store: the lexical index cannot be read"):
        LexicalIndex(generation / "lexical")


def test_a_list_of_too_many_segments_is_refused(generation: Path) -> None:
    meta = generation / "lexical" / "meta.json"
    fields = json.loads(meta.read_text())
    meta.write_text(json.dumps({**fields, "segments": fields["segments"] * 2_000}))
    with pytest.raises(ArchiveDamaged, match="the lexical index cannot be read"):
        LexicalIndex(generation / "lexical")


def model_of(node: onnx.NodeProto, *initializers: onnx.TensorProto) -> bytes:
    output = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, None)
    graph = onnx.helper.make_graph([node], "g", [], [output], list(initializers))
    return bytes(onnx.helper.make_model(graph).SerializeToString())


def test_a_model_is_complete_in_itself_and_has_no_loops() -> None:
    check_model((PACKAGED_RERANKER / "model.onnx").read_bytes())
    weights = onnx.helper.make_tensor("w", onnx.TensorProto.FLOAT, [1], [1.0])
    copy = onnx.helper.make_node("Identity", ["w"], ["y"])
    check_model(model_of(copy, weights))
    elsewhere = onnx.TensorProto(name="w", data_type=1, dims=[1], data_location="EXTERNAL")
    elsewhere.external_data.add(key="location", value="../secret")
    constant = onnx.helper.make_node("Constant", [], ["y"], value=elsewhere)
    body = onnx.helper.make_graph([copy], "b", [], [])
    loop = onnx.helper.make_node("Loop", ["w"], ["y"], body=body)
    inner = onnx.helper.make_node(
        "If", ["w"], ["y"], then_branch=onnx.helper.make_graph([loop], "b", [], [])
    )
    for model, problem in (
        (model_of(copy, elsewhere), "weights in another file"),
        (model_of(constant), "weights in another file"),
        (model_of(loop), "a loop"),
        (model_of(inner), "a loop"),
        (model_of(copy, weights)[:-3], "cut short"),
    ):
        with pytest.raises(ValueError, match=problem):
            check_model(model)


def test_a_tokenizer_of_another_content_is_one_error(tmp_path: Path) -> None:
    folder = tmp_path / "reranker"
    shutil.copytree(PACKAGED_RERANKER, folder)
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_bytes(tokenizer.read_bytes() + b" ")
    with pytest.raises(ArchiveDamaged, match=r"tokenizer\.json is not the file that was exported"):
        OnnxReranker(folder)


def test_an_index_without_a_temporary_folder_says_what_is_missing(
    town_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(ArchiveError, match=r"No space left on device\).*TMPDIR") as raised:
        OpenIndex(settings_for(town_built))
    assert "Rebuild" not in str(raised.value)
