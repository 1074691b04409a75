"""Passages embedded a second, against SentenceTransformer.encode; and what int8 costs in quality.

    python benchmarks/indexing.py --index DIR [--passages 600]
    python benchmarks/indexing.py --index DIR --questions questions.jsonl --quality

DIR is a built index, from which the passages come.

Speed: both embed the same passages alternately, 100 at a time, so that a busy machine slows both
alike; before each turn the int8 products of the machine are measured (int8_ceiling.py).
SentenceTransformer.encode runs in single precision.

Quality: every passage is embedded again by the encoder in single precision, and hit@10 of whole
passages by meaning is compared: the share of the answerable questions whose right choice is in
one of the first ten passages. That takes long: about 30 passages a second on two cores.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from int8_ceiling import (
    max_operations_per_second,
    operations_per_token,
    time_shares,
    weight_shapes,
)
from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.hashing import file_sha256
from pullquote.corpus.passages import PassageId
from pullquote.models.cards import ENCODER_CARD_FILE, read_encoder_card
from pullquote.models.encoder import OnnxEncoder
from pullquote.models.transformer import MODEL_FILE
from pullquote.models.vectors import Vectors
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.vector_index import VectorIndex
from pullquote_index.model_export import encoder_export
from pullquote_index.steps.embedding import EmbeddingInput, embed, embedding_input
from reranker_variants import open_index
from tables import markdown_table

_TURN = 100
"""Passages that one side embeds before it is the other's turn."""
_WARM_UP = 20


def embedding_inputs(index: OpenIndex, count: int | None = None) -> list[EmbeddingInput]:
    """What is embedded for each passage; for a random sample of `count` passages if given."""
    store = index.store
    rows = np.arange(store.passages)
    if count:
        rows = np.random.default_rng(1).choice(
            store.passages, count, replace=count > store.passages
        )
    inputs = []
    for row in rows.tolist():
        passage = store.passage(PassageId(row))
        article = store.article(passage.article)
        inputs.append(embedding_input(article, passage.sentences, index.manifest.encoder.hash))
    return inputs


@dataclass(frozen=True, slots=True)
class Turn:
    """The same passages embedded by both sides.

    Attributes:
        int8_seconds: by the project's encoder.
        single_seconds: by SentenceTransformer.encode.
        ceiling: the most operations a second of the machine, and the tokens of the batch.
        ceiling_share: the share of these operations that the project's encoder does.
    """

    int8_seconds: float
    single_seconds: float
    ceiling: tuple[float, int]
    ceiling_share: float


def speed(index: OpenIndex, count: int) -> str:
    """Embed the same passages both ways; the text to print."""
    inputs = embedding_inputs(index, count)
    model = _encoder_folder(index) / MODEL_FILE
    int8 = OnnxEncoder(_encoder_folder(index))
    turns = _turns(index, int8, inputs)
    ratio = statistics.median(turn.single_seconds / turn.int8_seconds for turn in turns)
    int8_rate = len(inputs) / sum(turn.int8_seconds for turn in turns)
    single_rate = len(inputs) / sum(turn.single_seconds for turn in turns)
    rows = [
        ["`SentenceTransformer.encode`, single precision", f"{single_rate:.0f}", "1"],
        ["`pullquote index`, int8, with sentence vectors", f"{int8_rate:.0f}", f"{ratio:.1f}"],
    ]
    most, batch = sorted(turn.ceiling for turn in turns)[len(turns) // 2]
    share = statistics.median(turn.ceiling_share for turn in turns)
    tokens = int(statistics.median(int8.count_tokens(item.text) for item in inputs))
    shares = ", ".join(f"{kind} {spent:.0%}" for kind, spent in time_shares(model, tokens).items())
    return (
        f"{len(inputs):,} passages, in turns of {_TURN}; medians of the turns.\n\n"
        f"{markdown_table(['', 'passages a second', 'ratio'], rows)}\n\n"
        "Bare int8 products with the shapes of the encoder's weights: "
        f"{most / 1e9:,.0f} billion operations a second on all processors (batches of {batch} "
        "tokens). Embedding, with reading of text and pooling, reaches "
        f"{share:.0%} of that. The encoder's own time, for {tokens} tokens: {shares}."
    )


def _turns(index: OpenIndex, int8: OnnxEncoder, inputs: Sequence[EmbeddingInput]) -> list[Turn]:
    single = encoder_export.load_model(index.manifest.encoder.model)
    threads = index.settings.encoder.threads
    shapes = weight_shapes(_encoder_folder(index) / MODEL_FILE)
    list(embed(int8, inputs[:_WARM_UP], threads))
    single.encode([item.text for item in inputs[:_WARM_UP]], show_progress_bar=False)
    turns = []
    for first in range(0, len(inputs), _TURN):
        part = inputs[first : first + _TURN]
        ceiling = max_operations_per_second(shapes)
        start = time.perf_counter()
        list(embed(int8, part, threads))
        middle = time.perf_counter()
        single.encode([item.text for item in part], show_progress_bar=False)
        end = time.perf_counter()
        tokens = sum(int8.count_tokens(item.text) for item in part)
        rate = operations_per_token(shapes) * tokens / (middle - start)
        turns.append(Turn(middle - start, end - middle, ceiling, rate / ceiling[0]))
    return turns


def hit_rate(
    index: OpenIndex, vectors: Vectors, queries: Vectors, questions: Sequence[dict[str, Any]]
) -> float:
    """The share of questions whose right choice is in one of the ten most similar passages."""
    hits = 0
    for question, query in zip(questions, queries, strict=True):
        nearest = np.argsort(-(vectors @ query))[:10]
        choice = str(question["choices"][question["gold"]]).casefold()
        hits += any(choice in _text(index, PassageId(int(row))).casefold() for row in nearest)
    return hits / len(questions)


def _text(index: OpenIndex, passage_id: PassageId) -> str:
    passage = index.store.passage(passage_id)
    return passage.span.of(index.store.article(passage.article).text)


def quality(index: OpenIndex, questions: Sequence[dict[str, Any]]) -> None:
    """Compare hit@10 of the stored vectors with that of single precision, and print it."""
    questions = [question for question in questions if question["answerable"]]
    texts = [question["question"] for question in questions]
    assert isinstance(index.dense, VectorIndex)
    stored = np.stack([index.dense.row(PassageId(row)) for row in range(index.store.passages)])
    int8 = hit_rate(index, stored, np.stack([index.encode(text) for text in texts]), questions)
    with tempfile.TemporaryDirectory() as name:
        encoder = _single_precision_encoder(index, Path(name, "encoder"))
        start = time.perf_counter()
        embedded = embed(encoder, embedding_inputs(index), index.settings.encoder.threads)
        vectors = np.stack([item.whole for _, item in embedded])
        rate = len(vectors) / (time.perf_counter() - start)
        print(f"{len(vectors)} passages in single precision: {rate:.1f} a second", flush=True)
        single = hit_rate(index, vectors, encoder.encode_queries(texts), questions)
    cosine = float(np.mean(np.sum(vectors * stored, axis=1)))
    print(
        f"hit@10 of passages by meaning over {len(questions)} questions: int8 {int8:.4f}, "
        f"single precision {single:.4f}; mean cosine {cosine:.4f}"
    )


def _encoder_folder(index: OpenIndex) -> Path:
    return BuiltFolder(index.settings.index.path).encoder_folder(index.manifest.encoder)


def _single_precision_encoder(index: OpenIndex, folder: Path) -> OnnxEncoder:
    """The encoder of an index with its weights as they were before rounding to int8."""
    shutil.copytree(_encoder_folder(index), folder)
    model = folder / MODEL_FILE
    encoder_export.write_full_precision(
        encoder_export.load_model(index.manifest.encoder.model), model
    )
    card = read_encoder_card(folder).model_copy(update={"onnx_sha256": file_sha256(model)})
    (folder / ENCODER_CARD_FILE).write_text(card.model_dump_json(), encoding="utf-8")
    return OnnxEncoder(folder)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--quality", action="store_true")
    parser.add_argument("--passages", type=int, default=600)
    options = parser.parse_args()
    index = open_index(options.index)
    if options.quality:
        lines = options.questions.read_text(encoding="utf-8").splitlines()
        quality(index, [json.loads(line) for line in lines])
    else:
        print(speed(index, options.passages))


if __name__ == "__main__":
    main()
