"""The time to refresh an index: one article changed, one new, one gone, nothing changed.

    python benchmarks/refresh.py --encoders DIR [--articles 5000] [--passages 12]

Writes articles of about --passages passages each, made of the words of seeds/, indexes them with
`pullquote index`, changes them and indexes them again. DIR holds the exported encoder (encoders/
of a built index), so that its export is not measured.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tables import markdown_table

_SEEDS = Path(__file__).parents[1] / "seeds"
_SENTENCES, _WORDS = 7, 16
"""Sentences of a passage, and words of a sentence."""
_LONGEST_STEPS = 4
"""How many steps are named."""


class Archive:
    """Articles that are written, changed and deleted, and the index of them.

    Args:
        folder: an empty folder.
        encoders: the exported encoder.
        passages: of each article, about.
    """

    def __init__(self, folder: Path, encoders: Path, passages: int) -> None:
        self._articles, self._built = folder / "articles", folder / "built"
        self._articles.mkdir()
        shutil.copytree(encoders, self._built / "encoders")
        self._passages = passages
        self._random = np.random.default_rng(1)
        texts = (file.read_text(encoding="utf-8") for file in _SEEDS.iterdir())
        self._words = sorted({word for text in texts for word in text.split() if word.isalpha()})

    def _path(self, number: int) -> Path:
        return self._articles / f"{number:05}.md"

    def write(self, number: int) -> None:
        """Write an article, or replace it by another."""
        drawn = self._random.choice(self._words, (_SENTENCES * self._passages, _WORDS))
        text = " ".join(f"{' '.join(sentence).capitalize()}." for sentence in drawn)
        self._path(number).write_text(
            f"---\ntitle: Article {number}\n---\n{text}\n", encoding="utf-8"
        )

    def delete(self, number: int) -> None:
        """Delete an article."""
        self._path(number).unlink()

    def index(self, name: str) -> list[str]:
        """Index the articles; a row of the table.

        Args:
            name: what has changed.
        """
        command = [sys.executable, "-m", "pullquote_bot", "index", str(self._articles)]
        command += ["--index", str(self._built), "--format", "json"]
        start = time.perf_counter()
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        seconds = time.perf_counter() - start
        report = json.loads(run.stdout)
        steps: dict[str, float] = report["seconds"]
        longest = sorted(steps.items(), key=lambda step: -step[1])[:_LONGEST_STEPS]
        return [
            name,
            f"{report['embedded']:,}",
            f"{steps.get('embedding', 0):.2f}",
            f"{sum(steps.values()):.2f}",
            f"{seconds:.2f}",
            ", ".join(f"{step} {taken:.2f}" for step, taken in longest),
        ]


def measure(encoders: Path, article_count: int, passages: int) -> str:
    """Index, change and index again; the table to print."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoders, passages)
        for number in range(article_count):
            archive.write(number)
        rows = [archive.index("all")]
        archive.write(article_count // 2)
        rows.append(archive.index("one changed"))
        archive.write(article_count)
        rows.append(archive.index("one new"))
        archive.delete(3)
        rows.append(archive.index("one gone"))
        rows.append(archive.index("nothing changed"))
    head = [
        f"of {article_count:,} articles",
        "passages embedded",
        "embedding s",
        "until live s",
        "process s",
        "longest steps s",
    ]
    return markdown_table(head, rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--passages", type=int, default=12)
    options = parser.parse_args()
    print(measure(options.encoders, options.articles, options.passages))


if __name__ == "__main__":
    main()
