"""Whatever the files of an index hold, they are read or are one error that says what to type."""

import contextlib
import json
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pullquote.confidence.calibration import read_calibration
from pullquote.corpus.passages import PassageFilter
from pullquote.errors import ArchiveDamaged, ArchiveError
from pullquote.models.cards import ENCODER_CARD_FILE, EncoderCard, read_encoder_card
from pullquote.models.onnx_layout import check_model
from pullquote.storage.built_folder import CALIBRATION_FILE, BuiltFolder
from pullquote.storage.lexical_shards import SHARD_FILE, read_shards
from pullquote.storage.manifest import FORMAT, MANIFEST_FILE, FileEntry, Manifest, read_manifest
from pullquote.storage.sentence_vectors import SentenceRows, sentence_writer
from pullquote.storage.vector_index import VectorIndex, lists_path
from pullquote.storage.vector_writer import VectorWriter
from support.archives import NOON, settings_for

DIMENSION = 4
VECTORS = np.random.default_rng(0).standard_normal((40, DIMENSION)).astype(np.float32)
SHA256 = "0" * 64
CARD = EncoderCard(
    model="m",
    weights_sha256=SHA256,
    onnx_sha256=SHA256,
    tokenizer_sha256=SHA256,
    export=1,
    runtime="onnx",
    dimension=DIMENSION,
    max_tokens=128,
    pooling="mean",
    query_prompt="",
    passage_prompt="",
)
MANIFEST = Manifest(
    format=FORMAT,
    pullquote="0",
    id="000001-00000000",
    began=NOON,
    created=NOON,
    recipe="r",
    max_bytes=1,
    encoder=CARD,
    passage_words=120,
    vector_index="flat",
    roots=("/a",),
    articles=1,
    passages=1,
    sentences=1,
    content_sha256=SHA256,
    read=1,
    embedded=1,
    files={"archive.sqlite": FileEntry(bytes=1, sha256=SHA256)},
).sealed()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["/etc/passwd", "../x", "9999-12-31T23:59:59Z", "0001-01-01", 10**30, -1]),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values),
    max_leaves=5,
)
BYTES = st.binary(max_size=60) | st.integers(1, 20_000).map(lambda depth: b"[" * depth)


@contextlib.contextmanager
def one_error() -> Iterator[None]:
    """Allow one kind of error, which must say what to type."""
    with contextlib.suppress(ArchiveDamaged):
        try:
            yield
        except ArchiveDamaged as error:
            if "pullquote index --full" not in str(error):
                raise AssertionError(str(error)) from error
            raise


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


def changed(data: dict[str, Any], draw: st.DataObject) -> bytes:
    """A JSON object with other values in some fields, or other bytes."""
    if draw.draw(st.booleans()):
        return draw.draw(BYTES)
    fields = draw.draw(st.dictionaries(st.sampled_from(sorted(data)), JSON, min_size=1, max_size=3))
    return json.dumps({**data, **fields}).encode()


def mutated(data: bytes, draw: st.DataObject, header: int) -> bytes:
    """A file with other bytes or numbers, mostly in its header, or cut short."""
    at = draw.draw(st.integers(0, header - 1) | st.integers(0, len(data) - 1))
    number = draw.draw(
        st.sampled_from([0, 1, 2**31, 2**32, 2**40, 2**63 - 1, 2**64 - 1, len(data), 7])
        | st.integers(0, 2**64 - 1)
    )
    other = draw.draw(
        st.sampled_from([struct.pack("<Q", number), struct.pack("<I", number % 2**32)])
        | st.binary(min_size=1, max_size=4)
    )
    result = data[:at] + other + data[at + len(other) :]
    return draw.draw(st.sampled_from([result, result[: len(data)], data[:at]]))


@settings(deadline=None)
@given(st.data())
def test_a_manifest_is_read_or_is_one_error(folder: Path, draw: st.DataObject) -> None:
    fields = json.loads(MANIFEST.to_bytes())
    data = changed(fields, draw)
    assume(data != json.dumps(fields).encode())
    (folder / MANIFEST_FILE).write_bytes(data)
    with pytest.raises(ArchiveError, match="pullquote index"):  # the seal is another's
        read_manifest(folder)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=12) | st.just("lexical/a"), st.just(1), min_size=1))
def test_names_in_a_manifest_stay_in_its_folder(folder: Path, names: dict[str, int]) -> None:
    entry = FileEntry(bytes=1, sha256=SHA256)
    sealed = MANIFEST.model_copy(update={"files": dict.fromkeys(names, entry)}).sealed()
    (folder / MANIFEST_FILE).write_bytes(sealed.to_bytes())
    try:
        manifest = read_manifest(folder)
    except ArchiveDamaged:
        return
    for name in manifest.files:
        path = (folder / name).resolve()
        assert path.parent in (folder.resolve(), folder.resolve() / "lexical")


@settings(deadline=None)
@given(st.data())
def test_cards_and_lists_of_shards_are_read_or_are_one_error(
    folder: Path, draw: st.DataObject
) -> None:
    shard = {"key": 1, "first": 0, "count": 2, "fingerprint": "", "segment": {"segment_id": "1"}}
    (folder / "meta.json").write_text('{"segments": []}')
    (folder / ENCODER_CARD_FILE).write_bytes(changed(json.loads(CARD.model_dump_json()), draw))
    (folder / SHARD_FILE).write_bytes(b"[" + changed(shard, draw) + b"]")
    reads: list[Callable[[Path], object]] = [read_encoder_card, read_shards]
    for read in reads:
        with one_error():
            read(folder)


@settings(deadline=None)
@given(BYTES | JSON.map(lambda value: json.dumps(value).encode()))
def test_a_calibration_of_any_content_is_used_or_is_left_out(folder: Path, data: bytes) -> None:
    (folder / CALIBRATION_FILE).write_bytes(data)
    stored = read_calibration(BuiltFolder(folder), MANIFEST, settings_for(folder))
    assert stored.used is None


@pytest.mark.parametrize("which", ["vectors", "lists"])
def test_a_mutated_vector_file_never_crashes_the_process(folder: Path, which: str) -> None:
    path = folder / f"{which}.faiss"
    writer = VectorWriter(path, DIMENSION, exact_up_to=100 if which == "vectors" else 10)
    writer.add(VECTORS)
    writer.finish()
    file = path if which == "vectors" else lists_path(path)
    whole = file.read_bytes()

    @settings(deadline=None)
    @given(st.data())
    def mutate(draw: st.DataObject) -> None:
        file.write_bytes(mutated(whole, draw, 200))
        with one_error():
            index = VectorIndex(path, exact_within=0)
            for passage_filter in (PassageFilter(), PassageFilter(rows=range(5, 30))):
                found = index.search(VECTORS[0], 5, passage_filter)
                assert all(row in range(len(VECTORS)) for row, _ in found)

    mutate()


@settings(deadline=None)
@given(st.data())
def test_a_mutated_file_of_sentences_is_read_or_is_one_error(
    folder: Path, draw: st.DataObject
) -> None:
    path = folder / "sentences.npy"
    with sentence_writer(path, 8, DIMENSION) as add:
        add(VECTORS[:8].astype(np.int8))
    path.write_bytes(mutated(path.read_bytes(), draw, 128))
    with one_error():
        assert SentenceRows(path)[0:8].shape[1] > 0


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_bytes_are_a_model_or_a_value_error(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        check_model(data)
