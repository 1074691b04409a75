"""The two kinds of vector index: what one finds of what the other finds, within filters too, and that files are the same each time."""

from pathlib import Path

import faiss  # noqa: TID251 - what it writes is compared with what is written as it would
import numpy as np
import numpy.typing as npt
import pytest

from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vectors
from pullquote.storage.vector_index import VectorIndex, VectorWriter, lists_for, lists_of

COUNT, DIMENSION, TOPICS = 12_000, 48, 300


def topical(count: int, seed: int) -> Vectors:
    """Vectors that lie about topics, as passages do, in the order of nothing."""
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


def best(question: Vectors, inside: npt.NDArray[np.bool_], count: int) -> list[int]:
    similarities = np.where(inside, VECTORS.astype(np.float16).astype(np.float32) @ question, -2)
    return [int(row) for row in np.argsort(-similarities)[:count]]


def recall(index: VectorIndex, where: PassageFilter, inside: npt.NDArray[np.bool_]) -> float:
    """The share of the ten best that is among the ten found, where fifty are asked for as answering does."""
    shares = []
    for question in QUESTIONS:
        found = [row for row, _ in index.search(question, 50, where)][:10]
        assert inside[found].all()
        shares.append(
            len(set(found) & set(best(question, inside, 10))) / min(10, int(inside.sum()))
        )
    return float(np.mean(shares))


def of_rows(rows: range) -> tuple[PassageFilter, npt.NDArray[np.bool_]]:
    inside = np.zeros(COUNT, bool)
    inside[rows.start : rows.stop] = True
    return PassageFilter(rows=rows), inside


def of_source(share: float) -> tuple[PassageFilter, npt.NDArray[np.bool_]]:
    inside = np.repeat(np.random.default_rng(3).random(COUNT // 12) < share, 12)
    return PassageFilter(
        source="Quay", members=np.packbits(inside, bitorder="little").tobytes()
    ), inside


def test_an_index_up_to_its_count_compares_every_vector_and_one_beyond_it_has_lists(
    tmp_path: Path,
) -> None:
    assert write(tmp_path / "small.faiss", VECTORS[:1_000], exact_up_to=1_000) == "flat, fp16"
    assert not lists_of(tmp_path / "small.faiss").exists()
    assert write(tmp_path / "large.faiss", VECTORS[:1_001], exact_up_to=1_000).startswith(
        f"{lists_for(1_001)} lists"
    )
    assert lists_of(tmp_path / "large.faiss").exists()


def test_vectors_written_as_they_come_are_the_file_that_faiss_writes_of_them_all(
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


def test_lists_hold_nearly_all_of_the_ten_best(sorted_into_lists: Path) -> None:
    assert recall(VectorIndex(sorted_into_lists), PassageFilter(), np.ones(COUNT, bool)) >= 0.98


def test_similarities_are_those_of_the_vectors_in_half_precision_and_fall(
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
    ("where", "inside"),
    [of_rows(range(5_000, 5_120)), of_rows(range(7)), of_source(0.01)],
    ids=["days", "few", "source"],
)
def test_a_filter_that_leaves_few_still_gets_exactly_its_ten_best(
    sorted_into_lists: Path, where: PassageFilter, inside: npt.NDArray[np.bool_]
) -> None:
    index = VectorIndex(sorted_into_lists, exact_within=240)
    assert where.size(COUNT) <= 240
    for question in QUESTIONS:
        assert [row for row, _ in index.search(question, 10, where)] == best(
            question, inside, min(10, int(inside.sum()))
        )


@pytest.mark.parametrize(
    ("where", "inside"),
    [of_rows(range(9_000, 9_600)), of_rows(range(2_000, 8_000)), of_source(0.05), of_source(0.5)],
    ids=["a month", "half", "a small source", "a large source"],
)
def test_a_filter_that_leaves_more_gets_nearly_all_of_its_ten_best(
    sorted_into_lists: Path, where: PassageFilter, inside: npt.NDArray[np.bool_]
) -> None:
    assert recall(VectorIndex(sorted_into_lists, exact_within=100), where, inside) >= 0.98


def test_the_same_vectors_give_the_same_bytes(sorted_into_lists: Path, tmp_path: Path) -> None:
    write(tmp_path / "v.faiss", VECTORS, exact_up_to=1_000)
    assert lists_of(tmp_path / "v.faiss").read_bytes() == lists_of(sorted_into_lists).read_bytes()


def test_a_vector_that_is_read_and_written_again_gives_the_same_bytes(
    sorted_into_lists: Path, tmp_path: Path
) -> None:
    known = VectorIndex(sorted_into_lists)
    writer = VectorWriter(tmp_path / "v.faiss", DIMENSION, exact_up_to=1_000)
    writer.add(known.rows(0, 6_000))
    for row in range(6_000, COUNT):
        writer.add(known.row(PassageId(row))[None, :])
    writer.finish()
    assert (tmp_path / "v.faiss").read_bytes() == sorted_into_lists.read_bytes()
    assert lists_of(tmp_path / "v.faiss").read_bytes() == lists_of(sorted_into_lists).read_bytes()


def test_lists_of_other_vectors_are_damaged(sorted_into_lists: Path, tmp_path: Path) -> None:
    write(tmp_path / "v.faiss", VECTORS[:2_000], exact_up_to=2_000)
    lists_of(tmp_path / "v.faiss").write_bytes(lists_of(sorted_into_lists).read_bytes())
    with pytest.raises(ArchiveDamaged, match="does not belong to its vectors"):
        VectorIndex(tmp_path / "v.faiss")


def test_a_file_that_becomes_shorter_while_it_is_open_is_told_of(tmp_path: Path) -> None:
    write(tmp_path / "v.faiss", VECTORS[:50], exact_up_to=50)
    index = VectorIndex(tmp_path / "v.faiss")
    with (tmp_path / "v.faiss").open("rb+") as file:
        file.truncate(3_000)
    with pytest.raises(ArchiveDamaged, match="cut short"):
        index.row(PassageId(49))


@pytest.mark.parametrize("which", ["vectors", "lists"])
def test_a_flipped_byte_is_damage_or_makes_no_difference_that_is_not_an_answer(
    tmp_path: Path, which: str
) -> None:
    path = tmp_path / "v.faiss"
    write(path, VECTORS[:2_000], exact_up_to=1_000)
    file = path if which == "vectors" else lists_of(path)
    data, dice = file.read_bytes(), np.random.default_rng(3)
    head, tail = range(120), range(len(data) - 40_000, len(data))
    places = [*head, *dice.choice(tail, 120).tolist(), *dice.integers(0, len(data), 120).tolist()]
    told: list[str] = []
    for at in places:
        file.write_bytes(
            data[:at] + bytes([data[at] ^ (1 << int(dice.integers(8)))]) + data[at + 1 :]
        )
        try:
            found = VectorIndex(path, exact_within=10).search(QUESTIONS[0], 50, PassageFilter())
        except ArchiveDamaged as error:
            told.append(str(error))
        else:
            assert all(0 <= row < 2_000 for row, _ in found)
    assert len(told) > 20
    assert all("pullquote index" in one for one in told)
