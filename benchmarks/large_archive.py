"""Makes a large index out of a small one, to measure with.

    python benchmarks/large_archive.py --index SMALL --into DIR --passages 300000

The articles of the small index are copied until there are enough passages; in a copy some words
are replaced, the date is moved, and the vectors are moved a little. Everything is written by the
project's own writers, without embedding anything, so DIR is a usable index:
`pullquote ask … --index DIR` answers from it. The texts of such an archive are nonsense.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.spans import Span
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    MANIFEST_FILE,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    GenerationId,
)
from pullquote.storage.schema import StoredPassage
from pullquote.storage.sentence_features import encode_sentence_features
from pullquote.storage.sentence_vectors import sentence_writer
from pullquote.storage.vector_writer import VectorWriter
from pullquote_index.generation_writer import content_sha256
from pullquote_index.lifecycle.publishing import file_entries
from pullquote_index.progress import SilentProgress
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.store_writer import StoreWriter
from source_index import SourceArticle, SourceIndex
from synthetic_articles import Bounds, Rewriter, moved_vectors, spans_of

_DAYS_BETWEEN_COPIES = 60


@dataclasses.dataclass(frozen=True, slots=True)
class _Copy:
    """A copy of an article.

    Attributes:
        original: the article that was copied.
        number: of the copy; 0 for the original itself.
        bounds: those of the original, in the text of the copy.
    """

    original: SourceArticle
    number: int
    bounds: Bounds


def make(index: Path, into: Path, passages: int) -> None:
    """Make an index of at least `passages` passages in the new folder `into`."""
    source = SourceIndex(index)
    into.mkdir(parents=True)
    built = BuiltFolder(into)
    shutil.copytree(source.built.encoders, built.encoders)
    if source.built.rerankers.is_dir():
        shutil.copytree(source.built.rerankers, built.rerankers)
    digest = sha256_of(f"{passages} of {source.manifest.id}".encode())
    generation = GenerationId(f"000001-{digest[:8]}")
    folder = built.folder_of(generation)
    folder.mkdir(parents=True)
    store = StoreWriter(folder / STORE_FILE)
    copies = _add_articles(source, store, passages)
    article_count = store.articles.assign_rows()
    vector_index, passage_count, sentence_count = _write_passages(source, store, folder, copies)
    index_words(store, folder / LEXICAL_FOLDER, passage_count, None, SilentProgress())
    content = content_sha256(store)
    store.finish()
    manifest = source.manifest.model_copy(
        update={
            "id": generation,
            "created": dt.datetime.now(dt.UTC),
            "vector_index": vector_index,
            "articles": article_count,
            "passages": passage_count,
            "sentences": sentence_count,
            "files": file_entries(folder),
            "content_sha256": content,
        }
    ).sealed()
    (folder / MANIFEST_FILE).write_bytes(manifest.to_bytes())
    built.make_live(generation)


def _add_articles(source: SourceIndex, store: StoreWriter, passages: int) -> dict[ArticleId, _Copy]:
    """Add the articles of the source, then copies of them, until there are enough passages."""
    rewriter = Rewriter([original.article.text for original in source.articles])
    random = np.random.default_rng(1)
    file_numbers: dict[Path, int] = {}
    copies: dict[ArticleId, _Copy] = {}
    missing, number = passages, 0
    while missing > 0:
        for original in source.articles:
            if missing <= 0:
                break
            article, bounds = (
                _copied(original, number, rewriter, random)
                if number
                else (original.article, original.bounds)
            )
            if original.file.path not in file_numbers:
                file_numbers[original.file.path] = len(file_numbers)
                store.articles.add_file(file_numbers[original.file.path], original.file)
            store.articles.add(article, file_numbers[original.file.path])
            copies[article.id] = _Copy(original, number, bounds)
            missing -= len(original.passages)
        number += 1
    return copies


def _copied(
    original: SourceArticle, number: int, rewriter: Rewriter, random: np.random.Generator
) -> tuple[Article, Bounds]:
    """The copy of an article, and the bounds in its text."""
    text, bounds = rewriter.rewrite(original.article.text, original.bounds, random)
    published = original.article.published
    copied = dataclasses.replace(
        original.article,
        id=ArticleId(f"{original.article.id}-{number}"),
        text=text,
        prose=Span(int(bounds[0]), int(bounds[1])),
        published=published - dt.timedelta(days=_DAYS_BETWEEN_COPIES * number)
        if published
        else None,
    )
    return copied, bounds


def _write_passages(
    source: SourceIndex, store: StoreWriter, folder: Path, copies: dict[ArticleId, _Copy]
) -> tuple[str, int, int]:
    """Write passages and vectors, in the order of the articles' rows.

    Returns:
        The kind of the vector index, the number of passages, and that of sentences.
    """
    random = np.random.default_rng(2)
    sentence_total = sum(
        len(passage.sentences) for copy in copies.values() for passage in copy.original.passages
    )
    dimension = source.vectors.shape[1]
    vector_writer = VectorWriter(folder / VECTOR_FILE, dimension)
    passage_count = sentence_count = 0
    with sentence_writer(folder / SENTENCE_FILE, sentence_total, dimension) as add_sentences:

        def stored_passages() -> Iterator[StoredPassage]:
            nonlocal passage_count, sentence_count
            for row, article in store.articles.in_rows(0, len(copies)):
                copy = copies[article.id]
                rows = np.array([passage.id for passage in copy.original.passages])
                vector_writer.add(
                    moved_vectors(source.vectors, rows, random)
                    if copy.number
                    else source.vectors[rows]
                )
                for old, passage in _moved_passages(copy, row, passage_count, sentence_count):
                    first, size = old.first_sentence, len(old.sentences)
                    add_sentences(source.sentences[first : first + size])
                    yield _stored(article, passage)
                    passage_count, sentence_count = passage_count + 1, sentence_count + size

        store.passages.add(stored_passages())
    return vector_writer.finish(), passage_count, sentence_count


def _moved_passages(
    copy: _Copy, row: ArticleRow, first_passage: int, first_sentence: int
) -> Iterator[tuple[Passage, Passage]]:
    """The passages of the original, each with that of the copy."""
    spans = iter(spans_of(copy.bounds[2:].tolist()))
    for number, old in enumerate(copy.original.passages):
        span = next(spans)
        sentences = tuple(next(spans) for _ in old.sentences)
        yield (
            old,
            Passage(PassageId(first_passage + number), row, span, sentences, first_sentence),
        )
        first_sentence += len(sentences)


def _stored(article: Article, passage: Passage) -> StoredPassage:
    key = f"{article.id} {passage.span.start}".encode()
    return StoredPassage(
        passage,
        hashlib.blake2b(key, digest_size=16).digest(),
        (0,) * len(passage.sentences),
        encode_sentence_features(
            article.text, paragraphs(article.text, passage.span), passage.sentences
        ),
    )


def main() -> None:
    """Make an index."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", required=True, type=Path, help="the small index")
    parser.add_argument("--into", required=True, type=Path, help="a folder that does not exist")
    parser.add_argument("--passages", required=True, type=int)
    options = parser.parse_args()
    start = time.perf_counter()
    make(options.index, options.into, options.passages)
    print(f"made in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
