"""A generation that cannot be read, or is not what was embedded, never becomes live."""

import functools
import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveDamaged
from pullquote.storage import vector_index
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.vector_index import VectorIndex, lists_path
from pullquote.storage.vector_writer import VectorWriter
from pullquote_index import generation_writer
from pullquote_index.lifecycle import generation_check
from pullquote_index.steps import write_vectors
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, settings_for, write_jsonl

Damage = Callable[[Path], object]
"""Damages a file of a generation in this folder."""
COUNT_AT = 8
"""Where the header of a vector index has the number of vectors."""


def edit_json(name: str, edit: Callable[[Any], object]) -> Damage:
    def damage(folder: Path) -> None:
        value = json.loads((folder / name).read_text())
        edit(value)
        (folder / name).write_text(json.dumps(value))

    return damage


def edit_bytes(name: str, edit: Callable[[bytearray], object]) -> Damage:
    def damage(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        edit(data)
        (folder / name).write_bytes(data)

    return damage


def change_count(by: int) -> Callable[[bytearray], None]:
    def edit(data: bytearray) -> None:
        (count,) = struct.unpack_from("<q", data, COUNT_AT)
        struct.pack_into("<q", data, COUNT_AT, count + by)

    return edit


def zero_last_vector(data: bytearray) -> None:
    data[-384 * 2 :] = bytes(384 * 2)


def swap_vectors(data: bytearray) -> None:
    size = 384 * 2
    data[-2 * size :] = data[-size:] + data[-2 * size : -size]


def swap_sentences(data: bytearray) -> None:
    data[-2 * 384 :] = data[-384:] + data[-2 * 384 : -384]


def cut_terms(folder: Path) -> None:
    (file,) = (folder / "lexical").glob("*.term")
    file.write_bytes(file.read_bytes()[:20])


WORDS: dict[str, Damage] = {
    "a field of another name": edit_json(
        "lexical/meta.json", lambda meta: meta["schema"][1].update(name="bodx")
    ),
    "no segment": edit_json("lexical/meta.json", lambda meta: meta["segments"].clear()),
    "a shard in another place": edit_json(
        "lexical/shards.json", lambda shards: shards[0].update(first=1)
    ),
    "a shard with another key": edit_json(
        "lexical/shards.json", lambda shards: shards[0].update(key=1)
    ),
    "terms that are cut short": cut_terms,
}
VECTORS: dict[str, Damage] = {
    "a vector too many in the header": edit_bytes("passages.faiss", change_count(1)),
    "a vector too few in the header": edit_bytes("passages.faiss", change_count(-1)),
    "another kind of index": edit_bytes("passages.faiss", lambda data: data.__setitem__(3, 0)),
    "a vector of zeros": edit_bytes("passages.faiss", zero_last_vector),
    "vectors in another order": edit_bytes("passages.faiss", swap_vectors),
    "sentences in another order": edit_bytes("sentences.npy", swap_sentences),
    "sentences that are cut short": edit_bytes("sentences.npy", lambda data: data.__delitem__(-1)),
}


def damage_after(
    step: str, damage: Damage, generations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damage the new generation after a step of its build."""
    real = getattr(generation_writer, step)

    def damaging(*arguments: object) -> object:
        result = real(*arguments)
        (folder,) = generations.glob(".new-*")
        damage(folder)
        return result

    monkeypatch.setattr(generation_writer, step, damaging)


@pytest.mark.parametrize(
    ("step", "damage"),
    [
        *(pytest.param("index_words", damage, id=name) for name, damage in WORDS.items()),
        *(pytest.param("write_vectors", damage, id=name) for name, damage in VECTORS.items()),
    ],
)
def test_a_generation_whose_files_are_written_wrongly_never_becomes_live(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, damage: Damage
) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", HARBOUR, ORCHARD)
    live = build_into(built, [news]).manifest.id
    write_jsonl(news, HARBOUR, ORCHARD, LIBRARY)
    damage_after(step, damage, built / "generations", monkeypatch)
    with pytest.raises(
        ArchiveDamaged,
        match=r"built: the new generation cannot be used \(.*\)\. The live index is unchanged\.",
    ):
        build_into(built, [news])
    assert BuiltFolder(built).live() == live
    assert [folder.name for folder in (built / "generations").iterdir()] == [live]
    assert OpenIndex(settings_for(built)).store.articles == 2
    monkeypatch.undo()
    assert build_into(built, [news]).manifest.articles == 3


def test_a_large_index_whose_lists_are_of_other_vectors_never_becomes_live(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        write_vectors, "VectorWriter", functools.partial(VectorWriter, exact_up_to=1)
    )
    monkeypatch.setattr(
        generation_check, "VectorIndex", functools.partial(VectorIndex, exact_within=0)
    )
    monkeypatch.setattr(vector_index, "_MIN_CANDIDATES", 1)
    notes = [{"text": f"The ferry made trip number {n} across the bay."} for n in range(12)]
    news = write_jsonl(tmp_path / "news.jsonl", *notes)
    live = build_into(built, [news]).manifest.id

    def replace_lists(folder: Path) -> None:
        others = VectorWriter(tmp_path / "others", 384, exact_up_to=1)
        vectors = np.random.default_rng(1).normal(0, 0.05, (len(notes) - 1, 384))
        others.add(vectors.astype(np.float32))
        others.finish()
        shutil.copy(lists_path(tmp_path / "others"), lists_path(folder / "passages.faiss"))

    damage_after("write_vectors", replace_lists, built / "generations", monkeypatch)
    write_jsonl(news, *notes[1:])
    with pytest.raises(ArchiveDamaged, match="is not found by its vector"):
        build_into(built, [news])
    assert BuiltFolder(built).live() == live


def test_a_passage_without_words_does_not_stop_a_build(built: Path, tmp_path: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", {"id": "dashes", "text": "… — !"}, HARBOUR)
    assert build_into(built, [news]).manifest.passages == 2
