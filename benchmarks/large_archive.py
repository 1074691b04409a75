"""Makes a large archive out of a small one, to measure with.

    python benchmarks/large_archive.py --index SMALL --into DIR --passages 300000

Articles are drawn again and again from the small index until there are so many passages: their
texts with a part of the words replaced, their dates moved, their vectors moved a little. All is
written by the project's own writers, without embedding anything, so that DIR is an index like
any other: `pullquote ask … --index DIR` answers from it. What such an archive says is nonsense.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pullquote.corpus.articles import Article, ArticleId, sha256_of
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.spans import Span
from pullquote.settings import load_settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    MANIFEST_FILE,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    GenerationId,
    read_manifest,
)
from pullquote.storage.schema import FileRecord, StoredPassage
from pullquote.storage.sentence_features import encode_sentence_features
from pullquote.storage.sentence_vectors import sentence_writer
from pullquote.storage.vector_index import VectorIndex, VectorWriter
from pullquote_index.lifecycle.publishing import entries
from pullquote_index.progress import SilentProgress
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.store_writer import StoreWriter
from resampling import Rewriter, moved, spans_of

Bounds = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class _Source:
    """An article to draw from: itself, its passages, and every place in its text that matters."""

    article: Article
    file: FileRecord
    passages: list[Passage]
    bounds: Bounds


@dataclasses.dataclass(frozen=True, slots=True)
class _Drawn:
    """An article that was drawn: from which, the how-manieth time, and where its places are now."""

    source: _Source
    copy: int
    bounds: Bounds


class _Small:
    """The index that is drawn from."""

    def __init__(self, index: Path) -> None:
        self.built = BuiltFolder(
            load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(index)}).index.path
        )
        self.folder = self.built.folder_of(self.built.live())
        self.manifest = read_manifest(self.folder)
        store = ArticleStore(self.folder / STORE_FILE)
        self.sources = [_source(store, ArticleRow(row)) for row in range(store.articles)]
        store.close()
        self.vectors = VectorIndex(self.folder / VECTOR_FILE).rows(0, self.manifest.passages)
        self.sentences = np.load(self.folder / SENTENCE_FILE)


def _source(store: ArticleStore, row: ArticleRow) -> _Source:
    passages = store.passages_of(row)
    article = store.article(row)
    pairs = [
        article.prose,
        *(span for passage in passages for span in (passage.span, *passage.sentences)),
    ]
    return _Source(article, store.file_of(row), passages, np.array(pairs, np.int64).ravel())


def make(index: Path, into: Path, passages: int) -> None:
    """Make an archive of about so many passages in `into`, which becomes a folder of built indexes."""
    small = _Small(index)
    into.mkdir(parents=True)
    built = BuiltFolder(into)
    shutil.copytree(small.built.encoders, built.encoders)
    if small.built.rerankers.is_dir():
        shutil.copytree(small.built.rerankers, built.rerankers)
    generation = GenerationId(
        f"000001-{sha256_of(f'{passages} of {small.manifest.id}'.encode())[:8]}"
    )
    folder = built.folder_of(generation)
    folder.mkdir(parents=True)
    store = StoreWriter(folder / STORE_FILE)
    drawn = _draw(small, store, passages)
    articles = store.settle_rows()
    kind, count, sentences = _write_passages(small, store, folder, drawn)
    index_words(store, folder / LEXICAL_FOLDER, count, None, SilentProgress())
    store.close()
    manifest = small.manifest.model_copy(
        update={
            "id": generation,
            "created": dt.datetime.now(dt.UTC),
            "vector_index": kind,
            "articles": articles,
            "passages": count,
            "sentences": sentences,
            "files": entries(folder),
        }
    ).sealed()
    (folder / MANIFEST_FILE).write_bytes(manifest.written())
    built.make_live(generation)


def _draw(small: _Small, store: StoreWriter, passages: int) -> dict[ArticleId, _Drawn]:
    """Add articles until they have so many passages: those of the small index first, then others made of them."""
    rewriter = Rewriter([source.article.text for source in small.sources])
    random = np.random.default_rng(1)
    files: dict[Path, int] = {}
    drawn: dict[ArticleId, _Drawn] = {}
    left, copy = passages, 0
    while left > 0:
        for source in small.sources:
            if left <= 0:
                break
            article, bounds = (
                _copied(source, copy, rewriter, random) if copy else (source.article, source.bounds)
            )
            if source.file.path not in files:
                files[source.file.path] = len(files)
                store.add_file(files[source.file.path], source.file)
            store.add_article(article, files[source.file.path])
            drawn[article.id] = _Drawn(source, copy, bounds)
            left -= len(source.passages)
        copy += 1
    return drawn


def _copied(
    source: _Source, copy: int, rewriter: Rewriter, random: np.random.Generator
) -> tuple[Article, Bounds]:
    text, bounds = rewriter.rewrite(source.article.text, source.bounds, random)
    published = source.article.published
    return dataclasses.replace(
        source.article,
        id=ArticleId(f"{source.article.id}-{copy}"),
        text=text,
        prose=Span(int(bounds[0]), int(bounds[1])),
        published=published - dt.timedelta(days=60 * copy) if published else None,
    ), bounds


def _write_passages(
    small: _Small, store: StoreWriter, folder: Path, drawn: dict[ArticleId, _Drawn]
) -> tuple[str, int, int]:
    """Write passages and vectors in the order of the articles' rows. Returns the kind of vector index, and how many of either there are."""
    random = np.random.default_rng(2)
    total = sum(
        len(passage.sentences) for each in drawn.values() for passage in each.source.passages
    )
    writer = VectorWriter(folder / VECTOR_FILE, small.vectors.shape[1])
    count = at = 0
    with sentence_writer(folder / SENTENCE_FILE, total, small.vectors.shape[1]) as add_sentences:

        def rows() -> Iterator[StoredPassage]:
            nonlocal count, at
            for row, article in store.articles(0, len(drawn)):
                each = drawn[article.id]
                vectors = np.array([passage.id for passage in each.source.passages])
                writer.add(
                    moved(small.vectors, vectors, random) if each.copy else small.vectors[vectors]
                )
                spans = iter(spans_of(each.bounds[2:].tolist()))
                for passage in each.source.passages:
                    span, size = next(spans), len(passage.sentences)
                    parts = tuple(next(spans) for _ in passage.sentences)
                    add_sentences(
                        small.sentences[passage.first_sentence : passage.first_sentence + size]
                    )
                    content = hashlib.blake2b(
                        f"{article.id} {span.start}".encode(), digest_size=16
                    ).digest()
                    passage_here = Passage(PassageId(count), row, span, parts, at)
                    yield StoredPassage(
                        passage_here,
                        content,
                        (0,) * size,
                        encode_sentence_features(article.text, span, parts),
                    )
                    count, at = count + 1, at + size

        store.add_passages(rows())
    return writer.finish(), count, at


def main() -> None:
    """Make an archive."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", required=True, type=Path, help="the small index")
    arguments.add_argument(
        "--into", required=True, type=Path, help="a folder that is not there yet"
    )
    arguments.add_argument("--passages", required=True, type=int)
    given = arguments.parse_args()
    began = time.perf_counter()
    make(given.index, given.into, given.passages)
    print(f"made in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
