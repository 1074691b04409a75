"""How long it takes until one changed article of many is live, and how much of that is embedding.

    python benchmarks/refresh.py --articles ARTICLES.jsonl.gz [MORE ...] [--count 5000] [--runs 5]

The articles are written as Markdown files, indexed, and one of them is changed for each run;
`pullquote index` is started as people start it, and timed from start to end, with the steps
that it tells of, and the processor's time that it took. The vectors of the first build are
drawn at random, which saves the better part of an hour: what a refresh costs does not depend
on what the numbers are. What is changed is embedded as always.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pullquote.encoder import EncodedPassage, EncoderCard
from pullquote.generation import BuiltFolder
from pullquote.settings import load_settings
from pullquote_index.discover import discover
from pullquote_index.embedding import embedding_input
from pullquote_index.export import find_encoder
from pullquote_index.journal import Journal
from pullquote_index.readers import markdown
from pullquote_index.readers.problem import Problem
from pullquote_index.stored_vectors import PassageVectors, as_stored
from pullquote_index.tiling import tile

_TOGETHER = 1000


def write_articles(sources: list[Path], folder: Path, count: int) -> int:
    """Write articles as Markdown files, and return how many there are."""

    def lines() -> Iterator[str]:
        for source in sources:
            with gzip.open(source, "rt", encoding="utf-8") as stream:
                yield from stream

    number = 0
    for number, line in enumerate(itertools.islice(lines(), count), 1):
        record = json.loads(line)
        fields = {key: record[key] for key in ("title", "published", "source") if record.get(key)}
        head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
        file = folder / f"{number:06}.md"
        file.write_text(f"---\n{head}---\n\n{record['text']}\n", encoding="utf-8")
        os.utime(file, (1.6e9, 1.6e9))
    return number


def drawn(folder: Path, words: int, card: EncoderCard) -> Iterator[tuple[bytes, PassageVectors]]:
    """A random vector for each passage and sentence."""
    dice = np.random.default_rng(1)
    for file in discover([folder], folder / "no").files:
        for article in markdown.read(file, 10**9):
            assert not isinstance(article, Problem)
            for _, sentences in tile(article.text, article.prose, words):
                content = embedding_input(article.title, article.text, sentences, card.hash).content
                rows = dice.normal(size=(len(sentences) + 1, card.dimension)).astype(np.float32)
                rows /= np.linalg.norm(rows, axis=1, keepdims=True)
                yield content, as_stored(EncodedPassage(rows[0], rows[1:]))


def index(folder: Path, built: Path) -> tuple[dict[str, object], float, float]:
    """Run `pullquote index`: what it says, how long it took and how much of a processor, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    command = [sys.executable, "-m", "pullquote_bot", "index", str(folder), "--index", str(built), "--format", "json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return json.loads(said), seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=Path, nargs="+", required=True)
    arguments.add_argument("--count", type=int, default=5000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--encoders", type=Path, help="encoders/ of a built index, to save their export")
    arguments.add_argument("--folder", type=Path, help="where articles and index are kept, to be used again")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        news, built = folder / "news", BuiltFolder(folder / "built")
        if not news.exists():
            news.mkdir(parents=True)
            built.path.mkdir()
            if given.encoders:
                built.encoders.symlink_to(given.encoders.absolute())
            print(f"{write_articles(given.articles, news, given.count):,} articles", flush=True)
            settings = load_settings({"PULLQUOTE_INDEX_PATH": str(built.path)})
            card = find_encoder(settings.encoder, built)
            journal = Journal(built.partial, card.dimension)
            passages = drawn(news, settings.passages.words, card)
            while group := list(itertools.islice(passages, _TOGETHER)):
                journal.add(group)
            journal.close()
        report, seconds, _ = index(news, built.path)
        print(f"first: {report['passages']:,} passages, {report['sentences']:,} sentences, {seconds:.1f} s", flush=True)
        refresh(news, built.path, given.runs)


def refresh(news: Path, built: Path, runs: int) -> None:
    """Change one article, index, and print; so many times."""
    files = sorted(news.iterdir())
    walls, processors, embeddings = [], [], []
    for run in range(runs):
        with files[(run * 977) % len(files)].open("a", encoding="utf-8") as stream:
            stream.write(f"\nThe harbour bridge was repaired once more at {time.time_ns()}.\n")
        report, wall, processor = index(news, built)
        steps = report["seconds"]
        assert isinstance(steps, dict)
        print(f"{wall:.2f} s, processor {processor:.2f} s; read {report['read']}, embedded {report['embedded']}; {steps}", flush=True)
        walls.append(wall)
        processors.append(processor)
        embeddings.append(steps["embedding"])
    medians = [statistics.median(values) for values in (walls, processors, embeddings)]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print("medians: {:.2f} s from start to end, processor {:.2f} s, embedding {:.2f} s".format(*medians) + f"; peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
