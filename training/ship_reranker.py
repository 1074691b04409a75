"""Rounds a trained reranker to int8, and puts it where the package has it.

    python training/ship_reranker.py build/reranker

Takes the model that training/train_reranker.py wrote, and writes to
src/pullquote/models/packaged_reranker: the model, its tokenizer, its card with the hashes of both
and of the weights before rounding, and train.json. The README there is written by hand.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from pullquote.models.cards import PACKAGED_RERANKER
from pullquote.packaged_rerankers import SPANS_RERANKER
from pullquote_index.model_export.reranker_export import export_reranker


def main() -> None:
    """Export the model, and print its card and its size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    PACKAGED_RERANKER.mkdir(exist_ok=True)
    card = export_reranker(str(options.model), PACKAGED_RERANKER, name=SPANS_RERANKER)
    shutil.copyfile(options.model / "train.json", PACKAGED_RERANKER / "train.json")
    print(card.model_dump_json(indent=1))
    size = sum(file.stat().st_size for file in PACKAGED_RERANKER.iterdir()) / 1e6
    print(f"{size:.1f} MB in {PACKAGED_RERANKER}")


if __name__ == "__main__":
    main()
