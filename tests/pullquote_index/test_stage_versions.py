"""A stage whose output has changed has a new number in stage_versions.py.

The articles in golden/articles go through each stage. Its output is compared with the stored one
in golden/, which has the stage's number with it.
"""

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.models.encoder import EncodedPassage, OnnxEncoder
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.lexical_shards import PLACE_BITS, read_shards
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.discovery import discover
from pullquote_index.reuse.stage_versions import (
    CUTTING,
    EMBEDDING,
    INDEXING,
    READING,
    RECIPE,
    STAGES,
    Stage,
)
from pullquote_index.reuse.stored_vectors import as_stored
from pullquote_index.steps.cut_passages import cut_passages
from pullquote_index.steps.embedding import EmbeddingInput, embed, embedding_input
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.passage_rows import PassageBlock
from pullquote_index.steps.read_articles import read_articles
from pullquote_index.steps.store_writer import StoreWriter

GOLDEN = Path(__file__).with_name("golden")
STORE = "STORE_GOLDEN"
"""An environment variable: store the output of each stage whose number was raised."""
MAX_BYTES = 10_000
TARGET_WORDS = 30
ENCODER_HASH = "0123456789abcdef"
SIMILARITY_TOLERANCE = 0.03
"""Processors round int8 arithmetic differently."""


def check_output(stage: Stage, output: dict[str, object]) -> None:
    """Compare a stage's output with the stored one, or store it."""
    path = GOLDEN / f"{stage.name}.json"
    current = {"number": stage.number, **output}
    stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"number": None}
    if stored["number"] != stage.number and os.environ.get(STORE):
        text = json.dumps(current, ensure_ascii=False, indent=1) + "\n"
        path.write_text(text, encoding="utf-8")
        return
    how = f"run this test with {STORE}=1 to store the new output"
    assert stored["number"] == stage.number, f"the number of stage {stage.name} was raised: {how}"
    assert json.loads(json.dumps(current)) == stored, (
        f"the output of stage {stage.name} changed: "
        f"raise {stage.name.upper()} in stage_versions.py, and {how}"
    )


class GoldenStore:
    """The golden articles, read and cut into passages."""

    def __init__(self, path: Path, target_words: int) -> None:
        self._path = path
        self.writer = StoreWriter(path)
        discovery = discover([GOLDEN / "articles"], path)
        self.reading = read_articles(
            self.writer, discovery, MAX_BYTES, None, strict=False, progress=SilentProgress()
        )
        count = self.writer.articles.assign_rows()
        runs = cut_passages(self.writer, target_words, ENCODER_HASH, reuse=False)
        self.articles = [article for _, article in self.writer.articles.in_rows(0, count)]
        self.passages = sum(run.block.passages for run in runs)

    def inputs(self) -> list[EmbeddingInput]:
        """The embedding inputs of all passages."""
        block = PassageBlock(0, self.passages, 0, 0)
        return [
            embedding_input(article.title, article.text, passage.sentences, ENCODER_HASH)
            for passage, article in self.writer.passages.with_articles(block)
        ]

    def finished(self) -> ArticleStore:
        """The file, open for reading."""
        self.writer.finish()
        return ArticleStore(self._path)


@pytest.fixture
def golden(tmp_path: Path) -> Iterator[GoldenStore]:
    store = GoldenStore(tmp_path / "archive.sqlite", TARGET_WORDS)
    yield store
    store.writer.close()


def article_fields(article: Article) -> dict[str, object]:
    fields = dataclasses.asdict(article)
    published = article.published.isoformat() if article.published else None
    return {**fields, "published": published, "prose": list(article.prose), "text": article.text}


def test_reading_has_a_new_number_if_its_output_has_changed(golden: GoldenStore) -> None:
    keys = [list(key) for key in golden.writer.articles.article_keys()]
    check_output(
        READING,
        {
            "articles": [article_fields(article) for article in golden.articles],
            "keys": keys,
            "problems": [str(problem) for problem in golden.reading.problems],
        },
    )


def passage_fields(golden: GoldenStore) -> list[dict[str, object]]:
    hashes = list(golden.writer.passages.hashes())
    texts = [article.text for article in golden.articles]
    store = golden.finished()
    rows = list(map(PassageId, range(golden.passages)))
    fields: list[dict[str, object]] = []
    for (passage, features), row in zip(store.passages_with_features(rows), hashes, strict=True):
        ends = np.cumsum(features.stem_counts)[:-1]
        fields.append(
            {
                "article": golden.articles[passage.article].id,
                "span": list(passage.span),
                "sentences": [span.of(texts[passage.article]) for span in passage.sentences],
                "word_counts": features.word_counts.tolist(),
                "opens_paragraph": features.opens_paragraph.tolist(),
                "refers_back": features.refers_back.tolist(),
                "stem_hashes": [part.tolist() for part in np.split(features.stem_hashes, ends)],
                "sentence_hashes": np.frombuffer(row.sentence_hashes, "<i8").tolist(),
            }
        )
    store.close()
    return fields


def test_cutting_has_a_new_number_if_its_output_has_changed(tmp_path: Path) -> None:
    output: dict[str, object] = {}
    for target_words in (TARGET_WORDS, 120):
        store = GoldenStore(tmp_path / f"{target_words}.sqlite", target_words)
        output[f"passages of {target_words} words"] = passage_fields(store)
    check_output(CUTTING, output)


def test_embedding_has_a_new_number_if_its_output_has_changed(
    golden: GoldenStore, encoders: Path
) -> None:
    (encoder_folder,) = encoders.iterdir()
    inputs = golden.inputs()
    embedded = list(embed(OnnxEncoder(encoder_folder), inputs, 1))
    passages = np.stack([vectors.whole for _, vectors in embedded])
    sentences = np.concatenate([vectors.sentences for _, vectors in embedded]).astype(np.float32)
    norms = np.maximum(np.linalg.norm(sentences, axis=1, keepdims=True), 1e-9)
    similarities = (sentences / norms) @ passages.T
    stored = as_stored(
        EncodedPassage(
            np.linspace(-0.7, 0.9, 7, dtype=np.float32),
            np.outer([0, 1, 2], np.linspace(-0.3, 0.2, 5)).astype(np.float32),
        )
    )
    output = {
        "inputs": [
            {
                "text": item.text,
                "sentences": [list(span) for span in item.sentences],
                "hash": item.content_hash.hex(),
            }
            for item in inputs
        ],
        "stored passage vector": [float(value) for value in stored.whole],
        "stored sentence vectors": stored.sentences.tolist(),
        "similarities of sentences and passages": np.round(similarities, 2).tolist(),
    }
    check_output(EMBEDDING, _with_stored_similarities(output))


def _with_stored_similarities(output: dict[str, object]) -> dict[str, object]:
    """The output with the stored similarities, if its own are nearly the same."""
    path = GOLDEN / f"{EMBEDDING.name}.json"
    key = "similarities of sentences and passages"
    stored = json.loads(path.read_text(encoding="utf-8")).get(key) if path.exists() else None
    current = np.asarray(output[key])
    if stored is None or current.shape != np.shape(stored):
        return output
    if np.abs(current - np.asarray(stored)).max() > SIMILARITY_TOLERANCE:
        return output
    return {**output, key: stored}


def test_indexing_has_a_new_number_if_its_output_has_changed(
    golden: GoldenStore, tmp_path: Path
) -> None:
    folder = tmp_path / "lexical"
    index_words(golden.writer, folder, golden.passages, None, SilentProgress())
    lexical = LexicalIndex(folder)
    terms = sorted({term for item in golden.inputs() for term in analyse(item.text)})
    found: dict[str, list[str]] = {}
    for row in range(len(lexical)):
        only_row = PassageFilter(rows=range(row, row + 1))
        found[f"passage {row}"] = [term for term in terms if lexical.search([term], 1, only_row)]
    queries = ("Who repaired the harbour bridge?", "apricot harvest", "colour of the steel")
    check_output(
        INDEXING,
        {
            "place bits": PLACE_BITS,
            "shards": [[shard.key, shard.first, shard.count] for shard in read_shards(folder)],
            "terms": found,
            "frequencies": {term: lexical.document_frequency(term) for term in terms},
            "hits": {
                query: [
                    [row, round(score, 3)]
                    for row, score in lexical.search(analyse(query), 5, PassageFilter())
                ]
                for query in queries
            },
            "passages of The Quay": [
                row for row, _ in lexical.search(terms, 100, PassageFilter(source="The Quay"))
            ],
        },
    )


def test_a_changed_output_is_refused_until_the_number_is_raised_and_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check_output.__globals__, "GOLDEN", tmp_path)
    monkeypatch.setenv(STORE, "1")
    check_output(Stage("sorting", 1), {"words": ["a"]})
    with pytest.raises(AssertionError, match="output of stage sorting changed: raise SORTING"):
        check_output(Stage("sorting", 1), {"words": ["b"]})
    monkeypatch.delenv(STORE)
    with pytest.raises(AssertionError, match=f"was raised: run this test with {STORE}=1"):
        check_output(Stage("sorting", 2), {"words": ["b"]})
    monkeypatch.setenv(STORE, "1")
    check_output(Stage("sorting", 2), {"words": ["b"]})
    monkeypatch.delenv(STORE)
    check_output(Stage("sorting", 2), {"words": ["b"]})


def test_the_recipe_tells_which_stages_are_unchanged() -> None:
    assert all(stage.is_unchanged_since(RECIPE) for stage in STAGES)
    assert not any(stage.is_unchanged_since("0f1e2d3c4b5a6978") for stage in STAGES)
    assert not Stage("reading", READING.number + 1).is_unchanged_since(RECIPE)
    assert [part.partition("/")[0] for part in RECIPE.split()] == [
        f"{stage.name}-{stage.number}" for stage in STAGES
    ]
