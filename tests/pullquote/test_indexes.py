"""The two indexes give the results of a brute-force search."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from pullquote.answering.retrieval import fuse
from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vectors
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.lexical_writer import LexicalRow, build_lexical
from pullquote.storage.manifest import LEXICAL_FOLDER
from pullquote.storage.sentence_vectors import SentenceRows, quantise, sentence_writer, similarities
from pullquote.storage.vector_index import VectorIndex
from pullquote.storage.vector_writer import EXACT_UP_TO, VectorWriter


def unit_rows(count: int, dimension: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def write(path: Path, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> str:
    writer = VectorWriter(path, vectors.shape[1], exact_up_to)
    for first in range(0, len(vectors), 700):
        writer.add(vectors[first : first + 700])
    return writer.finish()


def bitmap(rows: list[int], count: int) -> bytes:
    members = np.zeros(count, dtype=bool)
    members[rows] = True
    return np.packbits(members, bitorder="little").tobytes()


@pytest.mark.parametrize(
    ("passage_filter", "selected"),
    [
        (PassageFilter(), range(500)),
        (PassageFilter(rows=range(100, 105)), range(100, 105)),
        (PassageFilter(members=bitmap([3, 8, 400], 500)), [3, 8, 400]),
    ],
)
def test_vector_search_equals_brute_force_within_its_filter(
    tmp_path: Path, passage_filter: PassageFilter, selected: list[int]
) -> None:
    vectors, query = unit_rows(500, 16, 1), unit_rows(1, 16, 2)[0]
    write(tmp_path / "v.faiss", vectors)
    found = VectorIndex(tmp_path / "v.faiss").search(query, 10, passage_filter)
    expected = sorted(
        ((row, float(vectors[row] @ query)) for row in selected), key=lambda item: -item[1]
    )[:10]
    assert [row for row, _ in found] == [row for row, _ in expected]
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-3)


def test_a_file_that_is_not_a_vector_index_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"not an index")
    with pytest.raises(ArchiveDamaged):
        VectorIndex(tmp_path / "v.faiss")


def test_rounding_sentence_vectors_hardly_changes_similarities(tmp_path: Path) -> None:
    vectors, query = unit_rows(200, 384, 3), unit_rows(1, 384, 4)[0]
    with sentence_writer(tmp_path / "s.npy", 200, 384) as add:
        add(quantise(vectors[:50]))
        add(quantise(vectors[50:]))
    assert (
        np.abs(similarities(query, SentenceRows(tmp_path / "s.npy")[:]) - vectors @ query).max()
        < 0.001
    )


def test_a_sentence_without_a_vector_has_similarity_0() -> None:
    assert similarities(unit_rows(1, 8, 5)[0], quantise(np.zeros((2, 8), np.float32))).tolist() == [
        0.0,
        0.0,
    ]


def lexical_index(tmp_path: Path, *rows: tuple[str, str, str]) -> LexicalIndex:
    (tmp_path / "lexical").mkdir()
    build_lexical(
        tmp_path / "lexical", (LexicalRow(PassageId(n), *row) for n, row in enumerate(rows))
    )
    return LexicalIndex(tmp_path / "lexical")


def test_rare_words_count_more_and_the_best_passage_comes_first(tmp_path: Path) -> None:
    index = lexical_index(
        tmp_path,
        ("the ferry left", "", ""),
        ("the ferry hit a whale", "", ""),
        ("a ferry, a ferry", "", ""),
    )
    assert index.search(analyse("whale ferry"), 10, PassageFilter())[0][0] == 1
    assert index.document_frequency("ferri") == 3


def test_search_ignores_case_accents_inflection_and_british_or_american_spelling(
    tmp_path: Path,
) -> None:
    index = lexical_index(
        tmp_path, ("The Defence Minister visited Orléans", "", ""), ("nothing", "", "")
    )
    for question in ("defense", "MINISTERS", "orleans", "visiting"):
        assert [row for row, _ in index.search(analyse(question), 5, PassageFilter())] == [0], (
            question
        )


def test_the_headline_is_searched_with_a_lower_weight(tmp_path: Path) -> None:
    index = lexical_index(
        tmp_path, ("storm", "calm", "a"), ("calm", "storm", "a"), ("other", "other", "a")
    )
    assert [row for row, _ in index.search(analyse("storm"), 5, PassageFilter())] == [0, 1]


def test_filters_apply_inside_the_lexical_search(tmp_path: Path) -> None:
    index = lexical_index(
        tmp_path,
        *[("storm storm", "", "Quay")] * 50,
        ("storm and many other words beside it", "", "Valley Post"),
    )
    assert index.search(analyse("storm"), 5, PassageFilter(source="valley post")) == index.search(
        analyse("storm"), 5, PassageFilter(rows=range(50, 51))
    )
    assert [
        row for row, _ in index.search(analyse("storm"), 5, PassageFilter(source="valley post"))
    ] == [50]


def test_opening_the_lexical_index_writes_nothing_in_its_folder(tmp_path: Path) -> None:
    lexical_index(tmp_path, ("storm", "", ""))
    before = sorted((tmp_path / "lexical").iterdir())
    times = [file.stat().st_mtime_ns for file in before]
    (tmp_path / "lexical").chmod(0o555)
    assert len(LexicalIndex(tmp_path / "lexical")) == 1
    assert [file.stat().st_mtime_ns for file in sorted((tmp_path / "lexical").iterdir())] == times


def test_fusion_adds_reciprocal_ranks() -> None:
    a, b, c = PassageId(1), PassageId(2), PassageId(3)
    fused = dict(fuse([[a, b], [b, c]], 60))
    assert fused == {b: 1 / 62 + 1 / 61, a: 1 / 61, c: 1 / 62}
    assert [row for row, _ in fuse([[c], [a]], 60)] == [1, 3], (
        "of equal scores the earlier passage comes first"
    )


def test_a_folder_that_cannot_be_written_raises_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the lexical index cannot be written"):
        build_lexical(tmp_path / "nowhere", [])


def test_a_lock_file_that_appears_while_the_links_are_deleted_is_no_damage(
    town_built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = shutil.rmtree
    calls: list[Path] = []

    def interrupted(folder: Path, *, ignore_errors: bool) -> None:
        calls.append(folder)
        delete(folder, ignore_errors=ignore_errors)
        if len(calls) == 1:  # as tantivy's watch does
            folder.mkdir()
            (folder / ".tantivy-meta.lock").touch()

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    lexical = LexicalIndex(next((town_built / "generations").iterdir()) / LEXICAL_FOLDER)
    assert len(lexical) > 0
    assert len(calls) == 2
    assert list(tmp_path.iterdir()) == []
