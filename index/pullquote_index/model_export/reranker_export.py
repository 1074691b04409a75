"""Exports a sentence-transformers CrossEncoder to a reranker: an ONNX model with int8 weights."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import ArchiveDamaged, EncoderError
from pullquote.models.cards import RERANKER_CARD_FILE, RerankerCard, read_reranker_card
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.packaged_rerankers import OWN_NAMES
from pullquote.settings import RerankSettings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote_index.model_export.onnx_export import (
    export_errors,
    load_errors,
    quiet_libraries,
    write_int8,
)
from pullquote_index.model_export.packaged_model import weights_sha256

if TYPE_CHECKING:
    import torch

_OTHER_MODEL = 'Name another in rerank.model, or "none"'
_MAX_TOKENS = 512
"""The maximum length of a pair, in tokens. A model may have a smaller one."""


def export_reranker_if_needed(settings: RerankSettings, built: BuiltFolder) -> None:
    """Export the reranker that the settings name, unless it is ready.

    Raises:
        EncoderError: the model does not exist, is not a cross-encoder with one output, or cannot
            be exported.
        OSError: the folder cannot be written.
    """
    if is_reranker_ready(settings.model, built):
        return
    built.rerankers.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(".pullquote", ".new-", built.rerankers))
    try:
        card = export_reranker(settings.model, unfinished)
        unfinished.chmod(0o755)
        for path in (*unfinished.iterdir(), unfinished):
            sync(path)
        folder = built.rerankers / card.hash
        for outdated in {folder, *folders_of_model(settings.model, built.rerankers)}:
            shutil.rmtree(outdated, ignore_errors=True)
        unfinished.replace(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def is_reranker_ready(model: str, built: BuiltFolder) -> bool:
    """Whether a reranker needs no export.

    Either none needs one by this name, or it was exported from its present weights, and its files
    are as they were written.
    """
    if model in OWN_NAMES:
        return True
    folder = next(iter(folders_of_model(model, built.rerankers)), None)
    if folder is None:
        return False
    try:
        card = read_reranker_card(folder)
        hashes = [file_sha256(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)]
    except (ArchiveDamaged, OSError):
        return False
    expected = [card.onnx_sha256, card.tokenizer_sha256]
    return hashes == expected and card.weights_sha256 == weights_sha256(model)


def folders_of_model(model: str, rerankers: Path) -> list[Path]:
    """The folders of a model's exports. Damaged exports are left out.

    Args:
        model: its name or path in the settings.
        rerankers: the folder of exported rerankers.
    """
    folders = []
    for folder in sorted(rerankers.glob("[!.]*")):  # a name with a dot is an unfinished export
        try:
            if read_reranker_card(folder).model == model:
                folders.append(folder)
        except ArchiveDamaged:
            continue
    return folders


def export_reranker(model: str, folder: Path, *, name: str | None = None) -> RerankerCard:
    """Write a CrossEncoder as a reranker.

    Args:
        model: its name or path.
        folder: the folder of the files, which exists.
        name: its name on the card; None for `model`.

    Raises:
        EncoderError: it does not exist, has several outputs, or cannot be exported.
    """
    cross_encoder = _load(model)
    with quiet_libraries(), export_errors("rerank.model", _OTHER_MODEL):
        module, sample = _logit_module(cross_encoder)
        write_int8(module, sample, "logit", folder / MODEL_FILE)
    (folder / TOKENIZER_FILE).write_text(
        cross_encoder.tokenizer.backend_tokenizer.to_str(), encoding="utf-8"
    )
    card = RerankerCard(
        model=name or model,
        weights_sha256=weights_sha256(model),
        onnx_sha256=file_sha256(folder / MODEL_FILE),
        tokenizer_sha256=file_sha256(folder / TOKENIZER_FILE),
        max_tokens=min(_MAX_TOKENS, int(cross_encoder.max_seq_length or _MAX_TOKENS)),
    )
    (folder / RERANKER_CARD_FILE).write_text(
        card.model_dump_json(indent=1) + "\n", encoding="utf-8"
    )
    return card


def _load(model: str) -> Any:
    """Load a CrossEncoder.

    Raises:
        EncoderError: it does not exist, or has several outputs; or sentence-transformers is not
            installed.
    """
    with load_errors(model, "rerank.model", _OTHER_MODEL), quiet_libraries():
        # Takes seconds and needs the extra `index`; answering never needs it.
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        cross_encoder: Any = CrossEncoder(model, device="cpu")
    if cross_encoder.num_labels != 1:
        raise EncoderError(
            f"gives {cross_encoder.num_labels} scores for a pair; a reranker gives one",
            where=model,
            mend=_OTHER_MODEL,
        )
    return cross_encoder


def _logit_module(cross_encoder: Any) -> tuple[torch.nn.Module, dict[str, torch.Tensor]]:
    """A module from token ids to one logit, with a batch of its inputs."""
    import torch  # noqa: PLC0415 - takes seconds; answering never needs it

    model = cross_encoder.model.eval()
    model.set_attn_implementation("eager")  # plain matrix products, as for encoders
    sample = cross_encoder.tokenizer(
        [("a question", "a candidate"), ("another", "and a longer candidate")],
        padding=True,
        return_tensors="pt",
    )
    names = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in sample]

    class Logit(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            logits: torch.Tensor = self.model(**dict(zip(names, inputs, strict=True))).logits
            return logits

    return Logit(), {name: sample[name] for name in names}
