"""An index refreshed: one article changed, one new, one gone, nothing changed.

    python benchmarks/refresh.py --encoders DIR [--articles 5000] [--passages 12]

Writes so many articles of about so many passages, each made of the words of seeds/, indexes them by `pullquote index`,
and then changes them. DIR/encoders holds the exported encoder, so that its export is not measured.
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

from tables import table

_SEEDS = Path(__file__).parents[1] / "seeds"
_SENTENCES, _WORDS = 7, 16
"""Of a passage."""


def write(
    folder: Path, number: int, passages: int, random: np.random.Generator, words: list[str]
) -> None:
    """One article."""
    drawn = random.choice(words, (_SENTENCES * passages, _WORDS))
    text = " ".join(f"{' '.join(sentence).capitalize()}." for sentence in drawn)
    folder.joinpath(f"{number:05}.md").write_text(
        f"---\ntitle: Article {number}\n---\n{text}\n", encoding="utf-8"
    )


def index(articles: Path, built: Path) -> tuple[float, dict[str, float], int]:
    """Index: seconds from process start to end, seconds of each step, and how many passages were embedded."""
    command = [
        sys.executable,
        "-m",
        "pullquote_bot",
        "index",
        str(articles),
        "--index",
        str(built),
        "--format",
        "json",
    ]
    began = time.perf_counter()
    told = json.loads(
        subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        ).stdout
    )
    return time.perf_counter() - began, told["seconds"], told["embedded"]


def measure(encoders: Path, count: int, passages: int) -> str:
    """Index, change, index again, and tell."""
    random = np.random.default_rng(1)
    words = sorted(
        {
            word
            for file in _SEEDS.iterdir()
            for word in file.read_text(encoding="utf-8").split()
            if word.isalpha()
        }
    )
    rows = []
    with tempfile.TemporaryDirectory() as name:
        articles, built = Path(name, "articles"), Path(name, "built")
        articles.mkdir()
        shutil.copytree(encoders, built / "encoders")
        for number in range(count):
            write(articles, number, passages, random, words)

        def again(what: str) -> None:
            seconds, steps, embedded = index(articles, built)
            most = ", ".join(
                f"{step} {taken:.2f}"
                for step, taken in sorted(steps.items(), key=lambda item: -item[1])[:4]
            )
            rows.append(
                [
                    what,
                    f"{embedded:,}",
                    f"{steps.get('embedding', 0):.2f}",
                    f"{sum(steps.values()):.2f}",
                    f"{seconds:.2f}",
                    most,
                ]
            )

        again("all")
        write(articles, count // 2, passages, random, words)
        again("one changed")
        write(articles, count, passages, random, words)
        again("one new")
        (articles / "00003.md").unlink()
        again("one gone")
        again("nothing changed")
    head = [
        f"of {count:,} articles",
        "passages embedded",
        "embedding s",
        "until live s",
        "process s",
        "longest steps s",
    ]
    return table(head, rows)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--encoders", type=Path, required=True)
    arguments.add_argument("--articles", type=int, default=5_000)
    arguments.add_argument("--passages", type=int, default=12)
    given = arguments.parse_args()
    print(measure(given.encoders, given.articles, given.passages))


if __name__ == "__main__":
    main()
