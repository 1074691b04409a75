"""Passages embedded a second, against `SentenceTransformer.encode` in single precision; and what int8 costs in quality.

    python benchmarks/indexing.py --index DIR [--passages 600]
    python benchmarks/indexing.py --index DIR --questions questions.jsonl --quality

DIR is a built index, from which the passages come. Speed: both embed the same passages, sorted
by length, in turns of 100, so that a noisy machine is equally noisy for both; before each turn the
machine's bare int8 products are measured (ceiling.py). Quality: every
passage is embedded again by the encoder before it was rounded to int8, and hit@10 of whole
passages by meaning is compared (the share of answerable questions whose right choice stands in
one of the first ten). That takes long: about 30 passages a second on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from ceiling import ceiling, operations, weight_shapes, where_time_goes
from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.passages import PassageId
from pullquote.models.encoder import OnnxEncoder
from pullquote.models.transformer import MODEL_FILE
from pullquote.settings import load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.model_export import encoder_export
from pullquote_index.steps.embedding import EmbeddingInput, embed, embedding_input
from tables import table

_TURN = 100


def inputs_of(archive: OpenIndex, count: int | None = None) -> list[EmbeddingInput]:
    """What was embedded for each passage, or for so many that are drawn, the same each time."""
    store = archive.store
    rows = np.arange(store.passages)
    if count:
        rows = np.random.default_rng(1).choice(
            store.passages, count, replace=count > store.passages
        )
    found = []
    for row in rows.tolist():
        passage = store.passage(PassageId(row))
        article = store.article(passage.article)
        found.append(
            embedding_input(
                article.title, article.text, passage.sentences, archive.manifest.encoder.hash
            )
        )
    return found


def speed(archive: OpenIndex, count: int) -> str:
    """Embed the same passages both ways, in turns, and tell the ratio; and how much of the machine's int8 products the encoder reaches."""
    chosen = inputs_of(archive, count)
    folder = BuiltFolder(archive.settings.index.path).encoder_folder(archive.manifest.encoder)
    ours = OnnxEncoder(folder)
    theirs = encoder_export.load_model(archive.manifest.encoder.model)
    settings = archive.settings.encoder
    shapes = weight_shapes(folder / MODEL_FILE)
    list(embed(ours, chosen[:20], settings.threads))
    theirs.encode([item.text for item in chosen[:20]], show_progress_bar=False)
    turns: list[tuple[float, float]] = []
    shares: list[float] = []
    ceilings: list[tuple[float, int]] = []
    for at in range(0, len(chosen), _TURN):
        turn = chosen[at : at + _TURN]
        ceilings.append(ceiling(shapes))
        began = time.perf_counter()
        list(embed(ours, turn, settings.threads))
        between = time.perf_counter()
        theirs.encode([item.text for item in turn], show_progress_bar=False)
        turns.append((between - began, time.perf_counter() - between))
        tokens = sum(ours.tokens_of(item.text) for item in turn)
        shares.append(operations(shapes) * tokens / turns[-1][0] / ceilings[-1][0])
    a, b = (len(chosen) / sum(turn[which] for turn in turns) for which in (0, 1))
    ratio = statistics.median(y / x for x, y in turns)
    rows = [
        ["`SentenceTransformer.encode`, single precision", f"{b:.0f}", "1"],
        ["`pullquote index`, int8, with sentence vectors", f"{a:.0f}", f"{ratio:.1f}"],
    ]
    most, batch = sorted(ceilings)[len(ceilings) // 2]
    median = int(statistics.median(ours.tokens_of(item.text) for item in chosen))
    spent = ", ".join(
        f"{kind} {share:.0%}"
        for kind, share in where_time_goes(folder / MODEL_FILE, median).items()
    )
    return (
        f"{len(chosen):,} passages, in turns of {_TURN}; medians of the turns.\n\n{table(['', 'passages a second', 'times'], rows)}\n\n"
        f"Bare int8 products with the shapes of the encoder's weights: {most / 1e9:,.0f} billion operations a second on all processors (batches of "
        f"{batch} tokens). All of embedding, reading text and pooling included, reaches {statistics.median(shares):.0%} of that. "
        f"Where the encoder's own time goes, for {median} tokens: {spent}."
    )


def hits(archive: OpenIndex, vectors: Any, queries: Any, questions: list[dict[str, Any]]) -> float:
    """The share of answerable questions whose right choice stands in one of the ten nearest passages."""
    found = 0
    for question, query in zip(questions, queries, strict=True):
        nearest = np.argsort(-(vectors @ query))[:10]
        choice = str(question["choices"][question["gold"]]).casefold()
        for row in nearest:
            passage = archive.store.passage(PassageId(int(row)))
            if choice in passage.span.of(archive.store.article(passage.article).text).casefold():
                found += 1
                break
    return found / len(questions)


def quality(archive: OpenIndex, questions: list[dict[str, Any]]) -> None:
    """Compare hit@10 of the stored vectors with that of single precision."""
    questions = [question for question in questions if question["answerable"]]
    texts = [question["question"] for question in questions]
    stored = np.stack([archive.dense.row(PassageId(row)) for row in range(archive.store.passages)])
    int8 = hits(archive, stored, np.stack([archive.encode(text) for text in texts]), questions)
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(
            shutil.copytree(
                BuiltFolder(archive.settings.index.path).encoder_folder(archive.manifest.encoder),
                Path(folder, "full"),
            )
        )
        encoder_export.write_full_precision(
            encoder_export.load_model(archive.manifest.encoder.model), beside / "model.onnx"
        )
        full = OnnxEncoder(beside)  # the same tokenizer and pooling, other weights
        began = time.perf_counter()
        vectors = [
            vectors
            for _, vectors in embed(full, inputs_of(archive), archive.settings.encoder.threads)
        ]
        print(
            f"{len(vectors)} passages in single precision: {len(vectors) / (time.perf_counter() - began):.1f} a second",
            flush=True,
        )
        single = hits(
            archive,
            np.stack([item.whole for item in vectors]),
            full.encode_queries(texts),
            questions,
        )
    similar = float(np.mean([item.whole @ row for item, row in zip(vectors, stored, strict=True)]))
    print(
        f"hit@10 of passages by meaning over {len(questions)} questions: int8 {int8:.4f}, single precision {single:.4f}; mean cosine {similar:.4f}"
    )


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", required=True)
    arguments.add_argument("--questions", type=Path)
    arguments.add_argument("--quality", action="store_true")
    arguments.add_argument("--passages", type=int, default=600)
    given = arguments.parse_args()
    archive = OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": given.index}))
    if given.quality:
        quality(
            archive,
            [json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines()],
        )
    else:
        print(speed(archive, given.passages))


if __name__ == "__main__":
    main()
