"""Export a sentence-transformers CrossEncoder as a reranker: ONNX with int8 weights."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import ArchiveDamaged, EncoderError
from pullquote.models.cards import RERANKER_CARD_FILE, RerankerCard
from pullquote.models.reranker import NONE, PACKAGED, exported_folder
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.settings import RerankSettings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote_index.model_export.onnx_export import export_errors, quietly, write_int8
from pullquote_index.model_export.packaged_model import EXTRA, weights_sha256

if TYPE_CHECKING:
    import torch

_OTHER_RERANKER = 'Name another in rerank.model, or "none"'
_MAX_TOKENS = 512
"""The longest pair that is read, also for a model that does not say how much it reads."""


def build_reranker(settings: RerankSettings, built: BuiltFolder) -> None:
    """Export the reranker that the settings name, unless that was done or is not needed.

    Raises:
        EncoderError: the model is missing, is no CrossEncoder with `num_labels=1`, or cannot be
            exported.
        OSError: the folder cannot be written.
    """
    if has_reranker(settings.model, built):
        return
    built.rerankers.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=built.rerankers))
    try:
        card = export_reranker(settings.model, beside)
        beside.chmod(0o755)
        for path in (*beside.iterdir(), beside):
            sync(path)
        folder = built.rerankers / card.hash
        for old in (folder, exported_folder(settings.model, built.rerankers)):
            if old:
                shutil.rmtree(old, ignore_errors=True)
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def has_reranker(model: str, built: BuiltFolder) -> bool:
    """Whether a reranker needs no export: it is packaged, or its export is complete and current."""
    if model in (PACKAGED, NONE):
        return True
    try:
        folder = exported_folder(model, built.rerankers)
        if folder is None:
            return False
        card = RerankerCard.model_validate_json((folder / RERANKER_CARD_FILE).read_bytes())
        whole = [sha256_of((folder / name).read_bytes()) for name in (MODEL_FILE, TOKENIZER_FILE)]
    except (ArchiveDamaged, OSError, ValueError):
        return False
    return [card.weights_sha256, card.onnx_sha256, card.tokenizer_sha256] == [
        weights_sha256(model),
        *whole,
    ]


def export_reranker(model: str, folder: Path, *, name: str | None = None) -> RerankerCard:
    """Export a CrossEncoder into an existing folder.

    Args:
        model: its name or path.
        folder: the folder.
        name: the model's name on the card; `model` if None.

    Raises:
        EncoderError: the model is missing, has not `num_labels=1`, or cannot be exported.
    """
    cross_encoder = _load(model)
    with quietly(), export_errors("rerank.model", _OTHER_RERANKER):
        module, sample = _logit_of(cross_encoder)
        write_int8(module, sample, "logit", folder / MODEL_FILE)
    (folder / TOKENIZER_FILE).write_text(
        cross_encoder.tokenizer.backend_tokenizer.to_str(), encoding="utf-8"
    )
    card = RerankerCard(
        model=name or model,
        weights_sha256=weights_sha256(model),
        onnx_sha256=sha256_of((folder / MODEL_FILE).read_bytes()),
        tokenizer_sha256=sha256_of((folder / TOKENIZER_FILE).read_bytes()),
        max_tokens=min(_MAX_TOKENS, int(cross_encoder.max_seq_length or _MAX_TOKENS)),
    )
    (folder / RERANKER_CARD_FILE).write_text(
        card.model_dump_json(indent=1) + "\n", encoding="utf-8"
    )
    return card


def _load(model: str) -> Any:
    try:
        with quietly():
            from sentence_transformers import CrossEncoder  # noqa: PLC0415 - slow, and an extra

            loaded: Any = CrossEncoder(model, device="cpu")
    except ImportError as error:
        raise EncoderError(
            "sentence-transformers is not installed", where="rerank.model", mend=EXTRA
        ) from error
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise EncoderError(
            f"cannot be loaded ({reason})", where=model, mend=_OTHER_RERANKER
        ) from error
    if loaded.num_labels != 1:
        raise EncoderError(
            f"gives {loaded.num_labels} scores for a pair; a reranker gives one",
            where=model,
            mend=_OTHER_RERANKER,
        )
    return loaded


def _logit_of(cross_encoder: Any) -> tuple[torch.nn.Module, dict[str, torch.Tensor]]:
    """A module from token ids to one logit, and a batch of its inputs."""
    import torch  # noqa: PLC0415 - slow, and an extra

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
