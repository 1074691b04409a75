"""Exported models that nothing needs are deleted, and those in use are kept."""

import shutil
from pathlib import Path

from pullquote.models.cards import RERANKER_CARD_FILE, RerankerCard
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.lifecycle.history import prune
from support.archives import HARBOUR, NOON, build_into, settings_for, write_jsonl


def add_reranker(built: Path, model: str) -> str:
    """Add the folder of an exported reranker, without its model. Returns the folder's name."""
    card = RerankerCard(
        model=model, weights_sha256="0", onnx_sha256="0", tokenizer_sha256="0", max_tokens=8
    )
    folder = BuiltFolder(built).rerankers / card.hash
    folder.mkdir(parents=True)
    (folder / RERANKER_CARD_FILE).write_text(card.model_dump_json())
    return card.hash


def test_pruning_deletes_rerankers_that_the_settings_do_not_name_or_that_are_damaged(
    built: Path, tmp_path: Path
) -> None:
    build_into(built, [write_jsonl(tmp_path / "a.jsonl", HARBOUR)])
    used, unused, damaged = (add_reranker(built, name) for name in ("a/used", "a/other", "a/bad"))
    (built / "rerankers" / damaged / RERANKER_CARD_FILE).write_text("{")
    report = prune(settings_for(built, RERANK_MODEL="a/used"), lambda: NOON)
    assert set(report.rerankers) == {unused, damaged}
    assert (report.generations, report.encoders) == ((), ())
    assert [folder.name for folder in (built / "rerankers").iterdir()] == [used]
    assert prune(settings_for(built), lambda: NOON).rerankers == (used,)


def test_pruning_deletes_encoders_of_no_generation(built: Path, tmp_path: Path) -> None:
    build_into(built, [write_jsonl(tmp_path / "a.jsonl", HARBOUR)])
    (used,) = (folder.name for folder in (built / "encoders").iterdir())
    shutil.copytree(built / "encoders" / used, built / "encoders" / "0123456789abcdef")
    assert prune(settings_for(built), lambda: NOON).encoders == ("0123456789abcdef",)
    assert [folder.name for folder in (built / "encoders").iterdir()] == [used]
