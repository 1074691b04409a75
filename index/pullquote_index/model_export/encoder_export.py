"""Export a sentence-transformers model as an encoder.

The model is loaded once, its transformer is exported to ONNX, and its weights are quantised to
int8, per channel (docs/decisions/0001).
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import ArchiveDamaged, EncoderError
from pullquote.models.cards import ENCODER_CARD_FILE, EncoderCard, read_encoder_card
from pullquote.models.encoder import Encoder, OnnxEncoder
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.settings import EncoderSettings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import sync
from pullquote_index.model_export.onnx_export import export_errors, quietly, write_float, write_int8
from pullquote_index.model_export.packaged_model import EXTRA, locate, weights_sha256
from pullquote_index.model_export.sentence_transformers_encoder import SentenceTransformersEncoder

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_EXPORT_VERSION = 2
"""Raised when exports change, so that new builds do not use older ones. 2: no attention mask."""
_PLAIN_RUNTIME = 'Set encoder.runtime = "sentence-transformers" to run it without exporting it'


def find_encoder(settings: EncoderSettings, built: BuiltFolder) -> EncoderCard:
    """The card of the encoder that the settings name; exports the model if that was not done yet.

    Raises:
        EncoderError: the model is missing, is not the one expected, or cannot be exported.
        OSError: the folder cannot be written.
    """
    weights = weights_sha256(locate(settings.model))
    for folder in _exported_folders(built):
        card = _intact_card(folder)
        if card and (card.model, card.runtime, card.weights_sha256, card.export) == (
            settings.model,
            settings.runtime,
            weights,
            _EXPORT_VERSION,
        ):
            return card
    model = load_model(settings.model)
    if settings.runtime == "sentence-transformers":
        plain = _card(model, settings, weights, {})
        folder = built.encoder_folder(plain)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ENCODER_CARD_FILE).write_text(plain.model_dump_json(indent=1), encoding="utf-8")
        return plain
    return _export(model, settings, weights, built)


def load_encoder(card: EncoderCard, built: BuiltFolder) -> Encoder:
    """Load the encoder that an index was built with.

    Raises:
        ArchiveDamaged: a file of it is missing.
        EncoderError: it runs on sentence-transformers, and is missing or has changed.
    """
    if card.runtime == "onnx":
        return OnnxEncoder(built.encoder_folder(card))
    if weights_sha256(locate(card.model)) != card.weights_sha256:
        raise EncoderError("has changed since the index was built", where=card.model)
    return SentenceTransformersEncoder(card, load_model(card.model))


def _exported_folders(built: BuiltFolder) -> list[Path]:
    if not built.encoders.is_dir():
        return []
    return sorted(
        folder for folder in built.encoders.iterdir() if (folder / ENCODER_CARD_FILE).is_file()
    )


def _intact_card(folder: Path) -> EncoderCard | None:
    """The card of an exported encoder; None if its files do not match it."""
    try:
        card = read_encoder_card(folder)
        found = (
            (
                sha256_of((folder / MODEL_FILE).read_bytes()),
                sha256_of((folder / TOKENIZER_FILE).read_bytes()),
            )
            if card.runtime == "onnx"
            else ("", "")
        )
    except (ArchiveDamaged, OSError):
        return None
    return card if found == (card.onnx_sha256, card.tokenizer_sha256) else None


def load_model(model: str) -> SentenceTransformer:
    """Load a sentence-transformers model; the packaged one by its name.

    Raises:
        EncoderError: it is missing, or sentence-transformers is not installed.
    """
    try:
        with quietly():
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - slow, and an extra

            return SentenceTransformer(locate(model), device="cpu")
    except ImportError as error:
        raise EncoderError(
            "sentence-transformers is not installed", where="encoder.runtime", mend=EXTRA
        ) from error
    except (OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise EncoderError(
            f"cannot be loaded ({reason})",
            where=model,
            mend="Name an existing model in encoder.model",
        ) from error


def _card(
    model: SentenceTransformer, settings: EncoderSettings, weights: str, files: dict[str, str]
) -> EncoderCard:
    prompts = {name: text or "" for name, text in model.prompts.items()}
    return EncoderCard(
        model=settings.model,
        weights_sha256=weights,
        onnx_sha256=files.get(MODEL_FILE, ""),
        tokenizer_sha256=files.get(TOKENIZER_FILE, ""),
        export=_EXPORT_VERSION,
        runtime=settings.runtime,
        dimension=model.get_embedding_dimension() or 0,
        max_tokens=int(model.max_seq_length or 512),
        pooling=_pooling(model) if settings.runtime == "onnx" else "mean",
        query_prompt=prompts.get("query", ""),
        passage_prompt=prompts.get("document", prompts.get("passage", "")),
    )


def _pooling(model: SentenceTransformer) -> Literal["mean", "cls"]:
    """How the model pools its token vectors.

    Raises:
        EncoderError: its pooling cannot be exported, or it has more layers.
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
            mend=_PLAIN_RUNTIME,
        )
    return "mean" if pooling == "mean" else "cls"


def _export(
    model: SentenceTransformer, settings: EncoderSettings, weights: str, built: BuiltFolder
) -> EncoderCard:
    """Write the encoder in a folder beside the others, and rename it when it is complete."""
    built.encoders.mkdir(parents=True, exist_ok=True)
    _pooling(model)
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=built.encoders))
    try:
        with (
            quietly(),
            export_errors("encoder.model", _PLAIN_RUNTIME),
            _transformer_of(model) as (module, sample),
        ):
            write_int8(module, sample, "token_vectors", beside / MODEL_FILE)
        (beside / TOKENIZER_FILE).write_text(
            model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8"
        )
        hashes = {
            name: sha256_of((beside / name).read_bytes()) for name in (MODEL_FILE, TOKENIZER_FILE)
        }
        card = _card(model, settings, weights, hashes)
        (beside / ENCODER_CARD_FILE).write_text(card.model_dump_json(indent=1), encoding="utf-8")
        beside.chmod(0o755)
        folder = built.encoder_folder(card)
        for path in (*beside.iterdir(), beside):
            sync(path)
        shutil.rmtree(folder, ignore_errors=True)  # a damaged one: an intact one would be used
        beside.replace(folder)
        return card
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_full_precision(model: SentenceTransformer, path: Path) -> None:
    """Export the transformer alone, from token ids to token vectors, in fp32."""
    with _transformer_of(model) as (module, sample):
        write_float(module, sample, "token_vectors", path)


@contextlib.contextmanager
def _transformer_of(
    model: SentenceTransformer,
) -> Iterator[tuple[torch.nn.Module, dict[str, torch.Tensor]]]:
    """A model's transformer alone, with a batch of its inputs.

    It takes no attention mask: texts are read one at a time, so there is no padding, and masks
    would take a seventh of the time (docs/decisions/0001).
    """
    import torch  # noqa: PLC0415 - slow, and an extra

    class LastHiddenState(torch.nn.Module):
        def __init__(self, transformer: torch.nn.Module) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            state: torch.Tensor = self.transformer(input_ids=input_ids).last_hidden_state
            return state

    transformer: Any = model[0].auto_model
    attention = transformer.config._attn_implementation  # noqa: SLF001 - it has no public name
    # Plain matrix products, which ONNX Runtime fuses; the default's masks cost a third more time.
    transformer.set_attn_implementation("eager")
    sample = model.tokenizer(
        ["a question", "and a longer passage"], padding=True, return_tensors="pt"
    )
    yield LastHiddenState(transformer.eval()), {"input_ids": sample["input_ids"]}
    transformer.set_attn_implementation(attention)
