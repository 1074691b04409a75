"""Round a trained reranker to int8 and put it where the package carries it.

    python training/ship_reranker.py build/reranker

Takes what training/train_reranker.py made, and writes src/pullquote/models/packaged_reranker: the model,
its tokenizer, its card (with the hashes of all three), and train.json. Its README is written by hand.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from pullquote.models.cards import PACKAGED_RERANKER
from pullquote.models.reranker import PACKAGED
from pullquote_index.model_export.reranker_export import export_reranker


def main() -> None:
    """Export, and tell what was written."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("model", type=Path)
    given = arguments.parse_args()
    PACKAGED_RERANKER.mkdir(exist_ok=True)
    card = export_reranker(str(given.model), PACKAGED_RERANKER, name=PACKAGED)
    shutil.copyfile(given.model / "train.json", PACKAGED_RERANKER / "train.json")
    print(card.model_dump_json(indent=1))
    print(
        f"{sum(file.stat().st_size for file in PACKAGED_RERANKER.iterdir()) / 1e6:.1f} MB in {PACKAGED_RERANKER}"
    )


if __name__ == "__main__":
    main()
