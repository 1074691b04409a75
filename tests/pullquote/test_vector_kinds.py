"""The two kinds of vector index.

They are compared with brute force, also within filters; the same vectors give the same files.
"""

from pathlib import Path

import faiss  # noqa: TID251 - our files are compared with its own
import numpy as np
import numpy.typing as npt
import pytest

from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vectors
from pullquote.storage.vector_index import VectorIndex, lists_path
from pullquote.storage.vector_writer import VectorWriter, lists_for

COUNT, DIMENSION, TOPICS = 12_000, 48, 300


def topical(count: int, seed: int) -> Vectors:
    """Vectors in random order that lie around topics, as those of passages do."""
    random = np.random.default_rng(seed)
    topics = np.random.default_rng(0).normal(size=(TOPICS, DIMENSION))
    rows = topics[random.integers(0, TOPICS, count)] + random.normal(size=(count, DIMENSION))
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


VECTORS, QUESTIONS = topical(COUNT, 1), topical(60, 2)


def write(path: Path, vectors: Vectors, exact_up_to: int) -> str:
    writer = VectorWriter(path, DIMENSION, exact_up_to)
    for first in range(0, len(vectors), 700):
        writer.add(vectors[first : first + 700])
    return writer.finish()


@pytest.fixture(scope="module")
def sorted_into_lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "v.faiss"
    assert (
        write(path, VECTORS, exact_up_to=1_000)
        == "256 lists of 8 bit, 104 looked through, best compared in fp16"
    )
    return path


def best(question: Vectors, selected: npt.NDArray[np.bool_], count: int) -> list[int]:
    """The most similar rows, by brute force."""
    similarities = np.where(selected, VECTORS.astype(np.float16).astype(np.float32) @ question, -2)
    return [int(row) for row in np.argsort(-similarities)[:count]]


def recall(
    index: VectorIndex, passage_filter: PassageFilter, selected: npt.NDArray[np.bool_]
) -> float:
    """Recall@10 of a search for 50 passages, which is how many answering asks for."""
    shares = []
    for question in QUESTIONS:
        found = [row for row, _ in index.search(question, 50, passage_filter)][:10]
        assert selected[found].all()
        expected = best(question, selected, min(10, int(selected.sum())))
        shares.append(len(set(found) & set(expected)) / len(expected))
    return float(np.mean(shares))


def of_rows(rows: range) -> tuple[PassageFilter, npt.NDArray[np.bool_]]:
    """A filter by dates, and the rows that it selects as flags."""
    selected = np.zeros(COUNT, bool)
    selected[rows.start : rows.stop] = True
    return PassageFilter(rows=rows), selected


def of_source(share: float) -> tuple[PassageFilter, npt.NDArray[np.bool_]]:
    """A filter by source, and the rows that it selects as flags."""
    selected = np.repeat(np.random.default_rng(3).random(COUNT // 12) < share, 12)
    members = np.packbits(selected, bitorder="little").tobytes()
    return PassageFilter(source="Quay", members=members), selected


def test_a_small_index_is_flat_and_a_large_one_has_lists(
    tmp_path: Path,
) -> None:
    assert write(tmp_path / "small.faiss", VECTORS[:1_000], exact_up_to=1_000) == "flat, fp16"
    assert not lists_path(tmp_path / "small.faiss").exists()
    assert write(tmp_path / "large.faiss", VECTORS[:1_001], exact_up_to=1_000).startswith(
        f"{lists_for(1_001)} lists"
    )
    assert lists_path(tmp_path / "large.faiss").exists()


def test_vectors_written_in_blocks_give_the_file_that_faiss_writes_for_all_of_them(
    tmp_path: Path,
) -> None:
    write(tmp_path / "ours.faiss", VECTORS, exact_up_to=COUNT)
    whole = faiss.IndexScalarQuantizer(
        DIMENSION, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    whole.is_trained = True
    whole.add(VECTORS)
    faiss.write_index(whole, str(tmp_path / "theirs.faiss"))
    assert (tmp_path / "ours.faiss").read_bytes() == (tmp_path / "theirs.faiss").read_bytes()


def test_a_search_of_lists_finds_nearly_all_of_the_ten_best(sorted_into_lists: Path) -> None:
    assert recall(VectorIndex(sorted_into_lists), PassageFilter(), np.ones(COUNT, bool)) >= 0.98


def test_similarities_are_those_of_half_precision_in_falling_order(
    sorted_into_lists: Path,
) -> None:
    index = VectorIndex(sorted_into_lists, exact_within=100)
    for question in QUESTIONS[:5]:
        found = index.search(question, 50, PassageFilter())
        assert len(found) == 50
        similarities = [similarity for _, similarity in found]
        assert similarities == sorted(similarities, reverse=True)
        np.testing.assert_allclose(
            similarities, [float(index.row(row) @ question) for row, _ in found], atol=1e-6
        )


@pytest.mark.parametrize(
    ("passage_filter", "selected"),
    [of_rows(range(5_000, 5_120)), of_rows(range(7)), of_source(0.01)],
    ids=["days", "few", "source"],
)
def test_a_filter_that_selects_few_passages_gets_exactly_its_ten_best(
    sorted_into_lists: Path, passage_filter: PassageFilter, selected: npt.NDArray[np.bool_]
) -> None:
    index = VectorIndex(sorted_into_lists, exact_within=240)
    assert passage_filter.size(COUNT) <= 240
    for question in QUESTIONS:
        assert [row for row, _ in index.search(question, 10, passage_filter)] == best(
            question, selected, min(10, int(selected.sum()))
        )


@pytest.mark.parametrize(
    ("passage_filter", "selected"),
    [of_rows(range(9_000, 9_600)), of_rows(range(2_000, 8_000)), of_source(0.05), of_source(0.5)],
    ids=["a month", "half", "a small source", "a large source"],
)
def test_a_filter_that_selects_more_gets_nearly_all_of_its_ten_best(
    sorted_into_lists: Path, passage_filter: PassageFilter, selected: npt.NDArray[np.bool_]
) -> None:
    index = VectorIndex(sorted_into_lists, exact_within=100)
    assert recall(index, passage_filter, selected) >= 0.98


def test_the_same_vectors_give_the_same_bytes(sorted_into_lists: Path, tmp_path: Path) -> None:
    write(tmp_path / "v.faiss", VECTORS, exact_up_to=1_000)
    assert (
        lists_path(tmp_path / "v.faiss").read_bytes() == lists_path(sorted_into_lists).read_bytes()
    )


def test_vectors_that_are_read_and_written_again_give_the_same_bytes(
    sorted_into_lists: Path, tmp_path: Path
) -> None:
    index = VectorIndex(sorted_into_lists)
    writer = VectorWriter(tmp_path / "v.faiss", DIMENSION, exact_up_to=1_000)
    writer.add(index.rows(0, 6_000))
    for row in range(6_000, COUNT):
        writer.add(index.row(PassageId(row))[None, :])
    writer.finish()
    assert (tmp_path / "v.faiss").read_bytes() == sorted_into_lists.read_bytes()
    assert (
        lists_path(tmp_path / "v.faiss").read_bytes() == lists_path(sorted_into_lists).read_bytes()
    )


def test_lists_that_belong_to_other_vectors_are_damaged(
    sorted_into_lists: Path, tmp_path: Path
) -> None:
    write(tmp_path / "v.faiss", VECTORS[:2_000], exact_up_to=2_000)
    lists_path(tmp_path / "v.faiss").write_bytes(lists_path(sorted_into_lists).read_bytes())
    with pytest.raises(ArchiveDamaged, match="does not belong to its vectors"):
        VectorIndex(tmp_path / "v.faiss")


def test_a_file_that_becomes_shorter_while_it_is_open_is_damaged(tmp_path: Path) -> None:
    write(tmp_path / "v.faiss", VECTORS[:50], exact_up_to=50)
    index = VectorIndex(tmp_path / "v.faiss")
    with (tmp_path / "v.faiss").open("rb+") as file:
        file.truncate(3_000)
    with pytest.raises(ArchiveDamaged, match="cut short"):
        index.row(PassageId(49))


@pytest.mark.parametrize("which", ["vectors", "lists"])
def test_a_flipped_byte_is_found_or_the_search_still_gives_rows_of_the_index(
    tmp_path: Path, which: str
) -> None:
    path = tmp_path / "v.faiss"
    write(path, VECTORS[:2_000], exact_up_to=1_000)
    file = path if which == "vectors" else lists_path(path)
    data, dice = file.read_bytes(), np.random.default_rng(3)
    head, tail = range(120), range(len(data) - 40_000, len(data))
    offsets = [*head, *dice.choice(tail, 120).tolist(), *dice.integers(0, len(data), 120).tolist()]
    messages: list[str] = []
    for offset in offsets:
        flipped = bytes([data[offset] ^ (1 << int(dice.integers(8)))])
        file.write_bytes(data[:offset] + flipped + data[offset + 1 :])
        try:
            found = VectorIndex(path, exact_within=10).search(QUESTIONS[0], 50, PassageFilter())
        except ArchiveDamaged as error:
            messages.append(str(error))
        else:
            assert all(0 <= row < 2_000 for row, _ in found)
    assert len(messages) > 20
    assert all("pullquote index" in message for message in messages)
