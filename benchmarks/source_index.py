"""An index as read to make a larger one: articles, passages and vectors."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.settings import load_settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import SENTENCE_FILE, STORE_FILE, VECTOR_FILE, read_manifest
from pullquote.storage.schema import FileRecord
from pullquote.storage.vector_index import VectorIndex
from synthetic_articles import Bounds


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article of the index.

    Attributes:
        article: the article.
        file: the file that it was read from.
        passages: its passages.
        bounds: start and end of its prose, then of each passage and of the passage's sentences.
    """

    article: Article
    file: FileRecord
    passages: list[Passage]
    bounds: Bounds


class SourceIndex:
    """The live generation of an index, read into memory.

    Attributes:
        built: the folder of the index.
        manifest: of the generation.
        articles: in the order of their rows.
        vectors: float32, (passages, dimension), rows of norm 1.
        sentences: the sentence vectors, as they are stored.
    """

    def __init__(self, index: Path) -> None:
        settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(index)})
        self.built = BuiltFolder(settings.index.path)
        folder = self.built.folder_of(self.built.live())
        self.manifest = read_manifest(folder)
        store = ArticleStore(folder / STORE_FILE)
        self.articles = [_source_article(store, ArticleRow(row)) for row in range(store.articles)]
        store.close()
        self.vectors = VectorIndex(folder / VECTOR_FILE).rows(0, self.manifest.passages)
        self.sentences = np.load(folder / SENTENCE_FILE)


def _source_article(store: ArticleStore, row: ArticleRow) -> SourceArticle:
    passages = store.passages_of(row)
    article = store.article(row)
    spans = [
        article.prose,
        *(span for passage in passages for span in (passage.span, *passage.sentences)),
    ]
    bounds = np.array(spans, np.int64).ravel()
    return SourceArticle(article, store.source_file(row), passages, bounds)
