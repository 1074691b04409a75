"""Exports a sentence-transformers model to an encoder: an ONNX model with int8 weights."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pullquote.corpus.hashing import file_sha256
from pullquote.errors import EncoderError
from pullquote.models.cards import ENCODER_CARD_FILE, MAX_TOKENS, EncoderCard
from pullquote.models.encoder import Encoder, OnnxEncoder
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.settings import EncoderSettings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote_index.model_export.exported_encoder import undamaged_card
from pullquote_index.model_export.onnx_export import (
    export_errors,
    load_errors,
    quiet_libraries,
    write_float32,
    write_int8,
)
from pullquote_index.model_export.packaged_model import model_path, weights_sha256
from pullquote_index.model_export.sentence_transformers_encoder import SentenceTransformersEncoder

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_EXPORT_VERSION = 2
"""The version of the export's form. Raise it when the same weights are exported differently.

Builds use no export of another version. 2: without an attention mask.
"""
_OTHER_MODEL = "Name an existing model in encoder.model"
_OTHER_RUNTIME = 'Set encoder.runtime = "sentence-transformers" to run it without exporting it'


def find_encoder(
    settings: EncoderSettings, built: BuiltFolder, *, try_out: bool = False
) -> EncoderCard:
    """The card of the encoder that the settings name. It is exported if that was not done yet.

    Args:
        settings: name the model and its runtime.
        built: the folder of the index.
        try_out: do not use an exported encoder that cannot read a text.

    Raises:
        EncoderError: the model does not exist, is not the expected one, or cannot be exported.
        OSError: the folder cannot be written.
    """
    weights = weights_sha256(model_path(settings.model))
    for folder in sorted(built.encoders.glob("*/")):
        card = undamaged_card(folder, try_out=try_out)
        if card and (card.model, card.runtime, card.weights_sha256, card.export) == (
            settings.model,
            settings.runtime,
            weights,
            _EXPORT_VERSION,
        ):
            return card
    model = load_model(settings.model)
    if settings.runtime == "sentence-transformers":
        with load_errors(settings.model, "encoder.runtime", _OTHER_MODEL):
            card = _card(model, settings, weights, {})
        folder = built.encoder_folder(card)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ENCODER_CARD_FILE).write_text(card.model_dump_json(indent=1), encoding="utf-8")
        return card
    return _export(model, settings, weights, built)


def load_encoder(card: EncoderCard, built: BuiltFolder) -> Encoder:
    """Load the encoder that an index was built with.

    Args:
        card: its card.
        built: the folder of the index.

    Raises:
        ArchiveDamaged: one of its files is missing or damaged.
        EncoderError: sentence-transformers runs it, and the model has changed or does not exist.
    """
    if card.runtime == "onnx":
        return OnnxEncoder(built.encoder_folder(card))
    if weights_sha256(model_path(card.model)) != card.weights_sha256:
        raise EncoderError("has changed since the index was built", where=card.model)
    return SentenceTransformersEncoder(card, load_model(card.model))


def load_model(model: str) -> SentenceTransformer:
    """Load a sentence-transformers model.

    Args:
        model: its name or path, or the name of the packaged one.

    Raises:
        EncoderError: it does not exist, or sentence-transformers is not installed.
    """
    path = model_path(model)
    with load_errors(model, "encoder.runtime", _OTHER_MODEL), quiet_libraries():
        # Takes seconds and needs the extra `index`; answering never needs it.
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        return SentenceTransformer(path, device="cpu")


def _card(
    model: SentenceTransformer, settings: EncoderSettings, weights: str, hashes: dict[str, str]
) -> EncoderCard:
    """The card of an encoder.

    Args:
        model: the model.
        settings: name it and its runtime.
        weights: the hash of its weights.
        hashes: the hashes of its exported files, by name; empty if it has none.
    """
    prompts = {name: text or "" for name, text in model.prompts.items()}
    return EncoderCard(
        model=settings.model,
        weights_sha256=weights,
        onnx_sha256=hashes.get(MODEL_FILE, ""),
        tokenizer_sha256=hashes.get(TOKENIZER_FILE, ""),
        export=_EXPORT_VERSION,
        runtime=settings.runtime,
        dimension=model.get_embedding_dimension() or 0,
        max_tokens=min(MAX_TOKENS, int(model.max_seq_length or 512)),
        pooling=_pooling(model) if settings.runtime == "onnx" else "mean",
        query_prompt=prompts.get("query", ""),
        passage_prompt=prompts.get("document", prompts.get("passage", "")),
    )


def _pooling(model: SentenceTransformer) -> Literal["mean", "cls"]:
    """How the model turns token vectors into one vector.

    Raises:
        EncoderError: in a way that cannot be exported, or the model has other layers.
    """
    modules = [type(module).__name__ for module in model]
    pooling = getattr(model[1], "pooling_mode", None) if len(modules) > 1 else None
    if (
        modules[:2] != ["Transformer", "Pooling"]
        or set(modules[2:]) - {"Normalize"}
        or pooling not in ("mean", "cls")
    ):
        raise EncoderError(
            f"cannot be exported ({', '.join(modules)}; pooling {pooling})",
            where="encoder.model",
            mend=_OTHER_RUNTIME,
        )
    return "mean" if pooling == "mean" else "cls"


def _export(
    model: SentenceTransformer, settings: EncoderSettings, weights: str, built: BuiltFolder
) -> EncoderCard:
    """Export a model to a folder of its own, which gets its name when it is complete."""
    built.encoders.mkdir(parents=True, exist_ok=True)
    _pooling(model)  # raises before the export, which takes long
    unfinished = Path(tempfile.mkdtemp(".pullquote", ".new-", built.encoders))
    try:
        with (
            quiet_libraries(),
            export_errors("encoder.model", _OTHER_RUNTIME),
            _transformer_module(model) as (module, sample),
        ):
            write_int8(module, sample, "token_vectors", unfinished / MODEL_FILE)
        (unfinished / TOKENIZER_FILE).write_text(
            model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8"
        )
        hashes = {name: file_sha256(unfinished / name) for name in (MODEL_FILE, TOKENIZER_FILE)}
        card = _card(model, settings, weights, hashes)
        (unfinished / ENCODER_CARD_FILE).write_text(
            card.model_dump_json(indent=1), encoding="utf-8"
        )
        unfinished.chmod(0o755)
        folder = built.encoder_folder(card)
        for path in (*unfinished.iterdir(), unfinished):
            sync(path)
        shutil.rmtree(folder, ignore_errors=True)  # it is damaged, otherwise it would be used
        unfinished.replace(folder)
        return card
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_full_precision(model: SentenceTransformer, path: Path) -> None:
    """Export a model's transformer, from token ids to token vectors, in single precision."""
    with _transformer_module(model) as (module, sample):
        write_float32(module, sample, "token_vectors", path)


@contextlib.contextmanager
def _transformer_module(
    model: SentenceTransformer,
) -> Iterator[tuple[torch.nn.Module, dict[str, torch.Tensor]]]:
    """A model's transformer, from token ids to token vectors, with a batch of its inputs.

    It has no attention mask. Texts are read one at a time, so there is no padding to mask, and a
    mask takes a seventh of the time (docs/decisions/0001).
    """
    import torch  # noqa: PLC0415 - takes seconds; answering never needs it

    class LastHiddenState(torch.nn.Module):
        def __init__(self, transformer: torch.nn.Module) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            state: torch.Tensor = self.transformer(input_ids=input_ids).last_hidden_state
            return state

    transformer: Any = model[0].auto_model
    attention = transformer.config._attn_implementation  # noqa: SLF001 - it has no public name
    # Plain matrix products, which ONNX Runtime fuses. The default's masks take a third more time.
    transformer.set_attn_implementation("eager")
    sample = model.tokenizer(
        ["a question", "and a longer passage"], padding=True, return_tensors="pt"
    )
    yield LastHiddenState(transformer.eval()), {"input_ids": sample["input_ids"]}
    transformer.set_attn_implementation(attention)
