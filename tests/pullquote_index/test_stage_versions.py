"""The output of each stage of a build is the stored one, or the stage has another version.

If a stage's output changes on purpose, raise its version in reuse/stage_versions.py and store the
new output with: STORE_GOLDEN=1 python -m pytest tests/pullquote_index/test_stage_versions.py
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sentence_hash
from pullquote.english.stems import analyse
from pullquote.models.encoder import EncodedPassage
from pullquote.storage.sentence_features import encode_sentence_features
from pullquote_index.readers import reader_for
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.reuse.stage_versions import STAGES, is_unchanged, recipe
from pullquote_index.reuse.stored_vectors import as_stored
from pullquote_index.steps.embedding import embedding_input
from pullquote_index.steps.tiling import tile

GOLDEN = Path(__file__).with_name("golden_stages.json")
FILES = {
    "page.txt": (
        "Today : Nov 11, 2025\nWorld News\n30 October 2025\n\nCranes return to the harbour\n\n"
        "Three cranes were unloaded on Monday, Mr. Olsen said. “They are late,” he added.\n"
        "The ferry, which lost €1.5 million in 2024, has not been sold. "
        "He declined to say why.\r\n\r\n"
        "It will cost about 40 percent more. That is what the U.S. firm offered.\n"
    ),
    "note.md": (
        "---\ntitle: A colour of its own\npublished: 5 March 2024\nauthors: [Ana Ortiz, B. Kim]\n"
        "url: ftp://example.org\n---\n# Ignored heading\n\n"
        "The organisation analysed the colours of naïve art.\n\n- one\n- two\n"
    ),
    "lines.jsonl": "\n".join(
        json.dumps(record)
        for record in (
            {"id": "a", "title": "Tides", "text": "The tide turns twice a day. It always has."},
            {"id": "b", "text": "word " * 260, "published": "2024-02-30"},
            {"title": "without text"},
        )
    )
    + "\n",
}


@pytest.fixture
def read(tmp_path: Path) -> list[Article | Problem]:
    """What the readers make of the files."""

    def items() -> Iterator[Article | Problem]:
        for name, text in FILES.items():
            path = tmp_path / name
            path.write_bytes(text.encode())
            reader = reader_for(path)
            assert reader is not None
            yield from reader(SourceFile(f"news/{name}", path, tmp_path), 10_000)

    return list(items())


def articles_of(read: list[Article | Problem]) -> list[Article]:
    """The articles among them."""
    return [item for item in read if isinstance(item, Article)]


def reading_output(read: list[Article | Problem]) -> object:
    """Every field of every article, and every problem."""
    fields = [name for name in Article.__slots__ if name != "text"]
    return [
        str(item)
        if isinstance(item, Problem)
        else {name: str(getattr(item, name)) for name in fields} | {"sha256": item.sha256}
        for item in read
    ]


def cutting_output(read: list[Article | Problem]) -> object:
    """The spans of passages and sentences, and the sentences' hashes."""
    return [
        [
            [list(span), [[*place, sentence_hash(place.of(article.text))] for place in places]]
            for span, places in tile(article.text, article.prose, 30)
        ]
        for article in articles_of(read)
    ]


def features_output(read: list[Article | Problem]) -> object:
    """The stored features of the sentences of each passage, in hexadecimal."""
    return [
        encode_sentence_features(article.text, span, places).hex()
        for article in articles_of(read)
        for span, places in tile(article.text, article.prose, 30)
    ]


def embedding_output(read: list[Article | Problem]) -> object:
    """What is embedded for each passage, and how vectors are rounded."""
    inputs = [
        embedding_input(article.title, article.text, places, "0123456789abcdef")
        for article in articles_of(read)
        for _, places in tile(article.text, article.prose, 30)
    ]
    vectors = np.linspace(-1 / 3, 1 / 3, 24).reshape(3, 8).astype(np.float32)
    stored = as_stored(EncodedPassage(vectors[0], vectors[1:]))
    return [
        [
            [item.text, [list(span) for span in item.sentences], item.content.hex()]
            for item in inputs
        ],
        [stored.whole.tolist(), stored.sentences.tolist()],
    ]


def lexical_output(read: list[Article | Problem]) -> object:
    """The terms of headline and text."""
    return [[analyse(article.title), analyse(article.text)] for article in articles_of(read)]


OUTPUTS = {
    "reading": reading_output,
    "cutting": cutting_output,
    "features": features_output,
    "embedding": embedding_output,
    "lexical": lexical_output,
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_gives_the_stored_output_or_has_another_version(
    stage: str, read: list[Article | Problem]
) -> None:
    stored = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    known = stored.get(stage)
    now = {"version": STAGES[stage].version, "output": OUTPUTS[stage](read)}
    if known and known["version"] == now["version"]:
        assert now["output"] == known["output"], (
            f"the output of stage {stage!r} changed: raise its version in stage_versions.py, "
            "then store the new output as this file's docstring says"
        )
    elif "STORE_GOLDEN" in os.environ:
        text = json.dumps(stored | {stage: now}, ensure_ascii=False, indent=1) + "\n"
        GOLDEN.write_text(text, encoding="utf-8")
    else:
        pytest.fail(f"stage {stage!r} has a new version: store its output (see the docstring)")


def test_a_recipe_tells_which_stages_are_unchanged() -> None:
    assert is_unchanged(recipe(), *STAGES)
    older = recipe().replace(f"cutting={STAGES['cutting'].version}", "cutting=0")
    assert older != recipe()
    assert is_unchanged(older, "reading", "features", "embedding", "lexical")
    assert not is_unchanged(older, "reading", "cutting")
    assert not is_unchanged("c65475a0d474d6b4", "reading"), "as versions before wrote it"
