"""Rounds a trained reader to int8, and puts it where the package has it.

    python training/ship_reader.py build/reader [--out FOLDER]

Takes the model that training/train_reader.py wrote, and writes to
src/pullquote/models/packaged_reader, or to FOLDER: the model, its tokenizer, its card with the
hashes of both and of the weights before rounding, and train.json. The README there is written by
hand.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from transformers import AutoTokenizer, BertForQuestionAnswering

from pullquote.corpus.hashing import file_sha256
from pullquote.models.cards import PACKAGED_READER, RERANKER_CARD_FILE, RerankerCard
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.packaged_rerankers import READER
from pullquote_index.model_export.onnx_export import quiet_libraries, write_int8
from pullquote_index.model_export.packaged_model import weights_sha256

_MAX_TOKENS = 320
"""A passage has about 170 tokens; those of long sentences have more."""


class _Logits(torch.nn.Module):
    """The logits of the beginning and of the end of the answering words: (texts, tokens, 2)."""

    def __init__(self, model: BertForQuestionAnswering) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        output = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return torch.stack((output.start_logits, output.end_logits), dim=-1)


def ship(model_folder: Path, folder: Path) -> RerankerCard:
    """Write a trained reader as the packaged one.

    Args:
        model_folder: what training/train_reader.py wrote.
        folder: receives the files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    with quiet_libraries():
        # Plain matrix products, as for encoders.
        model = BertForQuestionAnswering.from_pretrained(model_folder, attn_implementation="eager")
        sample = tokenizer(
            [("a question", "a passage"), ("another", "and a longer passage")],
            padding=True,
            return_tensors="pt",
        )
        names = ("input_ids", "attention_mask", "token_type_ids")
        inputs = {name: sample[name] for name in names}
        model.train(mode=False)
        write_int8(_Logits(model), inputs, "logits", folder / MODEL_FILE)
    (folder / TOKENIZER_FILE).write_text(tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    card = RerankerCard(
        model=READER,
        weights_sha256=weights_sha256(str(model_folder)),
        onnx_sha256=file_sha256(folder / MODEL_FILE),
        tokenizer_sha256=file_sha256(folder / TOKENIZER_FILE),
        max_tokens=_MAX_TOKENS,
        reads="passages",
    )
    (folder / RERANKER_CARD_FILE).write_text(
        card.model_dump_json(indent=1) + "\n", encoding="utf-8"
    )
    shutil.copyfile(model_folder / "train.json", folder / "train.json")
    return card


def main() -> None:
    """Export the model, and print its card and its size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, default=PACKAGED_READER)
    options = parser.parse_args()
    print(ship(options.model, options.out).model_dump_json(indent=1))
    size = sum(file.stat().st_size for file in options.out.iterdir()) / 1e6
    print(f"{size:.1f} MB in {options.out}")


if __name__ == "__main__":
    main()
