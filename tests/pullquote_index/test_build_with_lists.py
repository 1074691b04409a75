"""An archive whose vectors are in lists (IVF) is built, asked and built again like any other.

The number of passages from which lists are used is made small.
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
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pullquote_index.steps.write_vectors,
        "VectorWriter",
        functools.partial(VectorWriter, exact_up_to=4),
    )


@pytest.mark.usefixtures("few_are_many")
def test_it_answers_as_one_that_compares_every_vector(built: Path, seeds: OpenIndex) -> None:
    report = build_into(built, [SEEDS])
    assert report.manifest.vector_index.endswith("best compared in fp16")
    assert f"{VECTOR_FILE}.lists" in report.manifest.files
    archive = OpenIndex(settings_for(built), load_encoder)
    for question in QUESTIONS:
        found, expected = answer(archive, understand(question)), answer(seeds, understand(question))
        assert [quote.text for quote in found.shown] == [quote.text for quote in expected.shown]
        assert (found.refusal, round(found.confidence, 3)) == (
            expected.refusal,
            round(expected.confidence, 3),
        )
    archive.close()


@pytest.mark.usefixtures("few_are_many")
def test_built_again_from_known_vectors_its_files_are_the_same_bytes(
    built: Path, encoders: Path, tmp_path: Path
) -> None:
    first = build_into(built, [SEEDS])
    again = build_into(built, [SEEDS])
    assert (again.embedded, again.reused) == (0, first.embedded)
    shutil.copytree(encoders, tmp_path / "other" / "encoders")
    anew = build_into(tmp_path / "other", [SEEDS])
    for name in (VECTOR_FILE, lists_path(Path(VECTOR_FILE)).name):
        assert first.manifest.files[name] == again.manifest.files[name] == anew.manifest.files[name]


@pytest.mark.usefixtures("few_are_many")
def test_a_lost_file_of_lists_is_noticed(built: Path) -> None:
    report = build_into(built, [SEEDS])
    (built / "generations" / report.manifest.id / f"{VECTOR_FILE}.lists").unlink()
    with pytest.raises(ArchiveDamaged, match="a file of the index is missing"):
        OpenIndex(settings_for(built))
