"""A stage whose output has changed has a new number in stage_versions.py.

Each stage gets an input that never changes: golden/files, articles.json or passages.json. Its
output is compared with the stored one in golden/, which has the stage's number with it.
"""

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.passages import ArticleRow, Passage, PassageFilter, PassageId
from pullquote.corpus.spans import Span
from pullquote.english.stems import analyse
from pullquote.models.encoder import EncodedPassage, OnnxEncoder
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.lexical_shards import PLACE_BITS, read_shards
from pullquote.storage.manifest import STORE_FILE
from pullquote.storage.schema import StoredPassage
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.discovery import discover
from pullquote_index.reuse.stage_versions import (
    ATTRIBUTING,
    CUTTING,
    EMBEDDING,
    INDEXING,
    READING,
    RECIPE,
    STAGES,
    STORIES,
    Stage,
)
from pullquote_index.reuse.stored_vectors import as_stored
from pullquote_index.steps.attribute import attributions_of, speaker_key
from pullquote_index.steps.cut_passages import cut_passages
from pullquote_index.steps.embedding import embed, embedding_input
from pullquote_index.steps.find_stories import notes_of, signature_of
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.read_articles import read_articles
from pullquote_index.steps.store_writer import StoreWriter

GOLDEN = Path(__file__).with_name("golden")
STORE = "STORE_GOLDEN"
"""An environment variable: store the output of each stage whose number was raised."""
MAX_BYTES = 10_000
TARGET_WORDS = 30
ENCODER_HASH = "0123456789abcdef"
SIMILARITY_TOLERANCE = 0.05
"""Processors round int8 arithmetic differently: .04 between one with VNNI and one without."""
SIMILARITIES = "similarities of sentences and passages"


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


def golden_articles() -> list[Article]:
    """The input of cutting, which does not change when the output of reading does."""
    records = json.loads((GOLDEN / "articles.json").read_text(encoding="utf-8"))
    return [
        Article(
            id=ArticleId(record["id"]),
            title=record["title"],
            text=record["text"],
            prose=Span(*record["prose"]),
            published=None,
            section="",
            source=record["source"],
            url="",
            authors=(),
            path="news/articles.jsonl",
            line=number,
            record_sha256="",
            blocks=tuple(
                Block(Span(start, end), BlockKind(kind), level)
                for start, end, kind, level in record.get("blocks", ())
            ),
        )
        for number, record in enumerate(records, 1)
    ]


def golden_passages() -> list[Passage]:
    """The input of embedding and indexing, which does not change when the output of cutting does.

    Their articles are the golden ones, by row.
    """
    records = json.loads((GOLDEN / "passages.json").read_text(encoding="utf-8"))
    return [
        Passage(
            PassageId(row),
            ArticleRow(record["article"]),
            Span(*record["span"]),
            tuple(Span(*span) for span in record["sentences"]),
            first_sentence=0,
        )
        for row, record in enumerate(records)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StoreWriter]:
    """The golden articles with their rows, which are in the order of their ids."""
    writer = StoreWriter(tmp_path / STORE_FILE)
    articles = golden_articles()
    assert articles == sorted(articles, key=lambda article: article.id)
    assert all(writer.articles.add(article, 0) for article in articles)
    writer.articles.assign_rows()
    yield writer
    writer.close()


def test_reading_has_a_new_number_if_its_output_has_changed(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path / STORE_FILE)
    discovery = discover([GOLDEN / "files"], tmp_path)
    reading = read_articles(
        writer, discovery, MAX_BYTES, None, strict=False, progress=SilentProgress()
    )
    count = writer.articles.assign_rows()
    articles = [
        {
            **dataclasses.asdict(article),
            "published": article.published.isoformat() if article.published else None,
            "prose": list(article.prose),
        }
        for _, article in writer.articles.in_rows(0, count)
    ]
    keys = [list(key) for key in writer.articles.article_keys()]
    writer.close()
    problems = [str(problem) for problem in reading.problems]
    check_output(READING, {"articles": articles, "keys": keys, "problems": problems})


def cut(store: StoreWriter, path: Path, target_words: int) -> list[dict[str, object]]:
    """The passages of the golden articles, with the features and hashes of their sentences."""
    runs, _ = cut_passages(store, target_words, ENCODER_HASH, reuse=False)
    hashes = list(store.passages.hashes())
    store.finish()
    texts = [article.text for article in golden_articles()]
    rows = list(map(PassageId, range(sum(run.block.passages for run in runs))))
    fields: list[dict[str, object]] = []
    with contextlib.closing(ArticleStore(path)) as reader:
        passages = reader.passages_with_features(rows)
    for (passage, features), row in zip(passages, hashes, strict=True):
        ends = np.cumsum(features.stem_counts)[:-1]
        fields.append(
            {
                "article": passage.article,
                "span": list(passage.span),
                "sentences": [span.of(texts[passage.article]) for span in passage.sentences],
                "word_counts": features.word_counts.tolist(),
                "opens_paragraph": features.opens_paragraph.tolist(),
                "refers_back": features.refers_back.tolist(),
                "stem_hashes": [part.tolist() for part in np.split(features.stem_hashes, ends)],
                "sentence_hashes": np.frombuffer(row.sentence_hashes, "<i8").tolist(),
            }
        )
    return fields


def test_cutting_has_a_new_number_if_its_output_has_changed(
    store: StoreWriter, tmp_path: Path
) -> None:
    check_output(CUTTING, {"passages": cut(store, tmp_path / STORE_FILE, TARGET_WORDS)})


def test_attributing_has_a_new_number_if_its_output_has_changed() -> None:
    (template, *_) = golden_articles()
    text = (GOLDEN / "speeches.txt").read_text(encoding="utf-8")
    article = dataclasses.replace(template, text=text, prose=Span(0, len(text)), blocks=())
    found = [
        {**dataclasses.asdict(attribution), "key": speaker_key(text, attribution)}
        for attribution in attributions_of(article)
    ]
    check_output(ATTRIBUTING, {"attributions": found})


def test_stories_has_a_new_number_if_its_output_has_changed() -> None:
    articles = golden_articles()
    (template, *_) = articles
    text = (
        "The mill reopened.\n\nCorrection: An earlier version of this story was wrong.\n\n"
        "Editor's note: This story was first published in 2018.\n\nThe mill is old."
    )
    notes = [
        [note.kind, *note.span, note.subject]
        for title in (template.title, "Corrections and clarifications")
        for note in notes_of(
            dataclasses.replace(
                template, title=title, text=text, prose=Span(0, len(text)), blocks=()
            )
        )
    ]
    signatures = [signature_of(article).astype("<u2").tobytes().hex() for article in articles[:3]]
    check_output(STORIES, {"signatures": signatures, "notes": notes})


def test_embedding_has_a_new_number_if_its_output_has_changed(encoders: Path) -> None:
    (encoder_folder,) = encoders.iterdir()
    articles = golden_articles()
    inputs = [
        embedding_input(articles[passage.article], passage.sentences, ENCODER_HASH)
        for passage in golden_passages()
    ]
    embedded = [vectors for _, vectors in embed(OnnxEncoder(encoder_folder), inputs, 1)]
    passages = np.stack([vectors.whole for vectors in embedded])
    sentences = np.concatenate([vectors.sentences for vectors in embedded]).astype(np.float32)
    norms = np.maximum(np.linalg.norm(sentences, axis=1, keepdims=True), 1e-9)
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
        SIMILARITIES: np.round((sentences / norms) @ passages.T, 2).tolist(),
    }
    check_output(EMBEDDING, with_stored_similarities(output))


def with_stored_similarities(output: dict[str, object]) -> dict[str, object]:
    """The output with the stored similarities, if its own are nearly the same."""
    path = GOLDEN / f"{EMBEDDING.name}.json"
    stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    own, others = np.asarray(output[SIMILARITIES]), np.asarray(stored.get(SIMILARITIES))
    if own.shape == others.shape and np.abs(own - others).max() <= SIMILARITY_TOLERANCE:
        return {**output, SIMILARITIES: stored[SIMILARITIES]}
    return output


def test_indexing_has_a_new_number_if_its_output_has_changed(
    store: StoreWriter, tmp_path: Path
) -> None:
    passages = golden_passages()
    store.passages.add(StoredPassage(passage, b"hash", (), b"") for passage in passages)
    folder = tmp_path / "lexical"
    index_words(store, folder, len(passages), None, SilentProgress())
    lexical = LexicalIndex(folder)
    texts = [text for article in golden_articles() for text in (article.title, article.text)]
    vocabulary = sorted({term for text in texts for term in analyse(text)})
    found = {
        f"passage {row}": [
            term
            for term in vocabulary
            if lexical.search([term], 1, PassageFilter(rows=range(row, row + 1)))
        ]
        for row in range(len(lexical))
    }
    hits = {
        question: [
            [row, round(score, 3)]
            for row, score in lexical.search(analyse(question), 5, PassageFilter())
        ]
        for question in ("Who repaired the harbour bridge?", "apricot harvest", "colour of steel")
    }
    check_output(
        INDEXING,
        {
            "place bits": PLACE_BITS,
            "shards": [[shard.key, shard.first, shard.count] for shard in read_shards(folder)],
            "found terms": found,
            "hits": hits,
            "passages of The Quay": [
                row for row, _ in lexical.search(vocabulary, 99, PassageFilter(source="The Quay"))
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
