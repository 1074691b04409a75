"""A new generation is opened and searched before it becomes live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.errors import ArchiveDamaged
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import LEXICAL_FOLDER, SENTENCE_FILE, VECTOR_FILE
from pullquote_index.lifecycle import new_manifest
from pullquote_index.lifecycle.publishing import file_entries
from support.archives import HARBOUR, ORCHARD, build_into, write_jsonl


def empty_the_lexical_index(folder: Path) -> None:
    """As if another version of tantivy wrote its list of segments otherwise."""
    meta = folder / LEXICAL_FOLDER / "meta.json"
    start, _, rest = meta.read_text(encoding="utf-8").partition('"segments": [')
    meta.write_text(start + '"segments": []' + rest[rest.rindex("]") + 1 :], encoding="utf-8")


def cut_the_vectors(folder: Path) -> None:
    """As if another version of FAISS had a longer header."""
    path = folder / VECTOR_FILE
    path.write_bytes(path.read_bytes()[:-100])


def cut_the_sentences(folder: Path) -> None:
    """As if the disk had lost the end of a file."""
    path = folder / SENTENCE_FILE
    path.write_bytes(path.read_bytes()[:200])


@pytest.mark.parametrize("damage", [empty_the_lexical_index, cut_the_vectors, cut_the_sentences])
def test_a_generation_that_cannot_be_searched_does_not_become_live(
    damage: Callable[[Path], None], tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR)
    build_into(built, [articles])
    live = BuiltFolder(built).live()

    def damaged_entries(folder: Path) -> object:
        damage(folder)
        return file_entries(folder)

    write_jsonl(articles, HARBOUR, ORCHARD)
    with monkeypatch.context() as patch:
        patch.setattr(new_manifest, "file_entries", damaged_entries)
        with pytest.raises(ArchiveDamaged, match="the new index cannot be used") as raised:
            build_into(built, [articles])
    assert "The live index is unchanged. Try again with: pullquote index --full" in str(
        raised.value
    )
    assert BuiltFolder(built).live() == live
    assert [path.name for path in (built / "generations").iterdir()] == [live]
    assert build_into(built, [articles]).manifest.articles == 2


def test_passages_without_words_become_live(tmp_path: Path, built: Path) -> None:
    build_into(built, [write_jsonl(tmp_path / "a.jsonl", {"id": "a", "text": "… — !"}, HARBOUR)])
