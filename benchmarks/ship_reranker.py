"""Round a trained reranker to int8 and put it where the package carries it.

    python benchmarks/ship_reranker.py build/reranker

Takes what benchmarks/train_reranker.py made, and writes src/pullquote/packaged_reranker: the model,
its tokenizer, its card (with the hashes of all three), and train.json. Its README is written by hand.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from pullquote.reranker import PACKAGED, PACKAGED_FOLDER
from pullquote_index.reranker_export import export_reranker


def main() -> None:
    """Export, and tell what was written."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("model", type=Path)
    given = arguments.parse_args()
    PACKAGED_FOLDER.mkdir(exist_ok=True)
    card = export_reranker(str(given.model), PACKAGED_FOLDER, name=PACKAGED)
    shutil.copyfile(given.model / "train.json", PACKAGED_FOLDER / "train.json")
    print(card.model_dump_json(indent=1))
    print(f"{sum(file.stat().st_size for file in PACKAGED_FOLDER.iterdir()) / 1e6:.1f} MB in {PACKAGED_FOLDER}")


if __name__ == "__main__":
    main()
