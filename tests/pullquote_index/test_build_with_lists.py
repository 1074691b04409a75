"""A large archive, whose vectors are sorted into lists, is built and answers like any other.

The number of passages that makes an archive large is lowered.
"""

import functools
import shutil
from pathlib import Path

import pytest

import pullquote_index.steps.write_vectors
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import ArchiveDamaged
from pullquote.storage.manifest import VECTOR_FILE
from pullquote.storage.vector_index import lists_path
from pullquote.storage.vector_writer import VectorWriter
from pullquote_index.model_export.encoder_export import load_encoder
from support.archives import SEEDS, build_into, settings_for

QUESTIONS = [
    "What did Pakistan's defence minister threaten?",
    "Who mediated the talks?",
    "Who won the 2022 World Cup?",
    "What does Bill Roggio say of Bagram?",
]


@pytest.fixture
def low_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pullquote_index.steps.write_vectors,
        "VectorWriter",
        functools.partial(VectorWriter, exact_up_to=4),
    )


@pytest.mark.usefixtures("low_threshold")
def test_an_index_with_lists_answers_like_one_that_compares_every_vector(
    built: Path, seeds: OpenIndex
) -> None:
    report = build_into(built, [SEEDS])
    assert report.manifest.vector_index.endswith("best compared in fp16")
    assert f"{VECTOR_FILE}.lists" in report.manifest.files
    archive = OpenIndex(settings_for(built), load_encoder)
    for question in QUESTIONS:
        result, expected = (
            answer(archive, understand(question)),
            answer(seeds, understand(question)),
        )
        assert [quote.text for quote in result.shown] == [quote.text for quote in expected.shown]
        assert (result.refusal, round(result.confidence, 3)) == (
            expected.refusal,
            round(expected.confidence, 3),
        )
    archive.close()


@pytest.mark.usefixtures("low_threshold")
def test_an_index_from_reused_vectors_has_the_same_bytes(
    built: Path, encoders: Path, tmp_path: Path
) -> None:
    first = build_into(built, [SEEDS])
    again = build_into(built, [SEEDS])
    assert (again.embedded, again.reused) == (0, first.embedded)
    shutil.copytree(encoders, tmp_path / "other" / "encoders")
    from_scratch = build_into(tmp_path / "other", [SEEDS])
    for name in (VECTOR_FILE, lists_path(Path(VECTOR_FILE)).name):
        assert (
            first.manifest.files[name]
            == again.manifest.files[name]
            == from_scratch.manifest.files[name]
        )


@pytest.mark.usefixtures("low_threshold")
def test_a_missing_file_of_lists_is_an_error(built: Path) -> None:
    report = build_into(built, [SEEDS])
    (built / "generations" / report.manifest.id / f"{VECTOR_FILE}.lists").unlink()
    with pytest.raises(ArchiveDamaged, match="a file of the index is missing"):
        OpenIndex(settings_for(built))
