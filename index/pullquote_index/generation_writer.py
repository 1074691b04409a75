"""Writes the files of a new generation: all but its manifest.

Files are read (read_articles), articles cut into passages (cut_passages), read for who said what
(attribute) and compared (find_stories), passages embedded (embed_passages), vectors written
(write_vectors) and words indexed (index_words). Each step reuses what has not changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.errors import RequestError
from pullquote.models.cards import EncoderCard
from pullquote.models.reranker import prepare_reranker
from pullquote.settings import Settings
from pullquote.step_timer import StepTimer
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import LEXICAL_FOLDER, STORE_FILE
from pullquote.storage.withdrawals import withdrawn_articles
from pullquote_index.generation_content import CutArticles, GenerationContent
from pullquote_index.model_export.encoder_export import find_encoder
from pullquote_index.model_export.reranker_export import export_reranker_if_needed
from pullquote_index.progress import Progress
from pullquote_index.readers.discovery import Discovery
from pullquote_index.readers.problems import Problem, ReadingOptions
from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stored_vectors import FindVectors, PassageVectors
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.steps.attribute import attribute
from pullquote_index.steps.cut_passages import PassageRun, cut_passages, record_repeats
from pullquote_index.steps.embed_passages import embed_new_passages
from pullquote_index.steps.embedding import Embed
from pullquote_index.steps.find_stories import find_stories
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.read_articles import ReadResult, read_articles
from pullquote_index.steps.store_writer import StoreWriter
from pullquote_index.steps.write_vectors import write_vectors
from pullquote_index.workers.passage_embedder import EmbeddingWorkers, passage_embedder

_MAX_REASONS = 3
"""The most problems that an error mentions."""


class GenerationWriter:
    """Writes the files of a generation."""

    def __init__(
        self,
        settings: Settings,
        built: BuiltFolder,
        folder: Path,
        previous: PreviousGeneration | None,
        cache: VectorCache,
        progress: Progress,
        timer: StepTimer,
        workers: EmbeddingWorkers,
    ) -> None:
        """Prepare the steps. The arguments are those of `GenerationBuilder`."""
        self._settings = settings
        self._built = built
        self._folder = folder
        self._previous = previous
        self._cache = cache
        self._progress = progress
        self._timer = timer
        self._workers = workers
        self._open_files = contextlib.ExitStack()

    def write(
        self, discovery: Discovery, open_files: contextlib.ExitStack, *, strict: bool
    ) -> tuple[GenerationContent, FindVectors]:
        """Write all files of the generation but its manifest.

        Args:
            discovery: the files that contain the articles.
            open_files: closes what the returned function reads.
            strict: stop at the first article that cannot be read.

        Returns: what was written, and a function that finds the vectors of its passages.
        """
        store, reading, articles, encoder, runs = self._read_and_cut(
            discovery, open_files, strict=strict
        )
        journal = EmbeddingJournal(self._built.partial, encoder.dimension)
        open_files.callback(journal.close)
        find_vectors = _vector_finder(self._cache, journal)
        embedded = self._embed(store, runs, journal, encoder)
        vector_index = self._write_vectors(store, runs, encoder, find_vectors)
        content = GenerationContent(
            reading=reading,
            kinds=store.kinds.counts(),
            articles=articles,
            passages=sum(run.block.passages for run in runs),
            sentences=sum(run.block.sentences for run in runs),
            sha256=content_sha256(store),
            differences=store.articles.differences(),
            encoder=encoder,
            embedded=embedded,
            vector_index=vector_index,
        )
        folder = self._folder / LEXICAL_FOLDER
        index_words(store, folder, content.passages, self._previous, self._progress)
        store.finish()
        self._timer.end("words")
        return content, find_vectors

    def _read_and_cut(
        self, discovery: Discovery, open_files: contextlib.ExitStack, *, strict: bool
    ) -> CutArticles:
        """Read the articles, and cut them. Those that cannot be cut are left out from the start."""
        previous = self._previous.folder / STORE_FILE if self._previous else None
        failed: dict[ArticleId, Problem] = {}
        while True:
            store = StoreWriter(self._folder / STORE_FILE, previous)
            open_files.callback(store.close)
            reading, articles = self._read(store, discovery, failed, strict=strict)
            encoder = self._find_models()
            runs, found = self._cut(store, encoder)
            if not found:
                return CutArticles(store, reading, articles, encoder, runs)
            failed |= found
            store.close()
            (self._folder / STORE_FILE).unlink()

    def _read(
        self,
        store: StoreWriter,
        discovery: Discovery,
        failed: Mapping[ArticleId, Problem],
        *,
        strict: bool,
    ) -> tuple[ReadResult, int]:
        """Read the articles. Returns the result, and the number of articles.

        Raises:
            RequestError: there is no article that can be read.
        """
        reading = read_articles(
            store,
            discovery,
            self._settings.articles.max_bytes,
            self._previous,
            strict=strict,
            progress=self._progress,
            options=ReadingOptions.of(self._settings.articles),
            withdrawn=withdrawn_articles(self._built.path),
            failed=failed,
        )
        articles = store.articles.assign_rows()
        if not articles:
            problems = [*reading.problems, *reading.left_out][:_MAX_REASONS]
            reasons = "; ".join(map(str, problems))
            raise RequestError(
                f"no article can be read ({reasons})",
                mend="Correct the files; the live index is unchanged",
            )
        self._timer.end("reading")
        return reading, articles

    def _find_models(self) -> EncoderCard:
        """Export the encoder and the reranker if necessary. Returns the encoder's card."""
        self._progress.begin("finding the encoder", None)
        encoder = find_encoder(self._settings.encoder, self._built, try_out=self._previous is None)
        export_reranker_if_needed(self._settings.rerank, self._built)
        prepare_reranker(self._settings.rerank.model, self._built.rerankers)
        self._timer.end("encoder")
        return encoder

    def _cut(
        self, store: StoreWriter, encoder: EncoderCard
    ) -> tuple[list[PassageRun], dict[ArticleId, Problem]]:
        """Cut the articles, and find who said what in them, and which tell one story.

        Returns: the passages, and the articles at which that fails.
        """
        self._progress.begin("cutting passages", None)
        target_words = self._settings.passages.words
        can_reuse = self._previous is not None and self._previous.can_reuse_passages(
            target_words, encoder.hash
        )
        runs, failed = cut_passages(store, target_words, encoder.hash, reuse=can_reuse)
        record_repeats(store, sum(run.block.sentences for run in runs))
        self._timer.end("passages")
        failed |= attribute(store, self._previous)
        self._timer.end("attributions")
        failed |= find_stories(store, self._previous)
        self._timer.end("stories")
        return runs, failed

    def _embed(
        self,
        store: StoreWriter,
        runs: Sequence[PassageRun],
        journal: EmbeddingJournal,
        encoder: EncoderCard,
    ) -> int:
        """Embed the passages that have no vectors yet. Returns their number."""

        @contextlib.contextmanager
        def open_embedder() -> Iterator[Embed]:
            self._timer.end("passages")  # until then, the vectors were searched
            threads = self._settings.encoder.threads
            with passage_embedder(encoder, self._built, threads, self._workers) as embed:
                self._timer.end("encoder")
                yield embed

        embedded = embed_new_passages(
            store, runs, self._cache, journal, open_embedder, encoder.hash, self._progress
        )
        self._timer.end("embedding")
        return embedded

    def _write_vectors(
        self,
        store: StoreWriter,
        runs: Sequence[PassageRun],
        encoder: EncoderCard,
        find_vectors: FindVectors,
    ) -> str:
        """Write the vectors. Returns the kind of vector index, in words."""
        self._progress.begin("writing vectors", None)
        kind = write_vectors(
            store, runs, self._folder, encoder.dimension, self._previous, find_vectors
        )
        self._timer.end("vectors")
        return kind


def _vector_finder(cache: VectorCache, journal: EmbeddingJournal) -> FindVectors:
    """A function that finds the vectors of each passage of the build."""

    def find_vectors(content_hash: bytes) -> PassageVectors:
        vectors = cache.find(content_hash) or journal.find(content_hash)
        assert vectors is not None  # the cache had them, or they were embedded
        return vectors

    return find_vectors


def content_sha256(store: StoreWriter) -> str:
    """SHA-256 of the ids and hashes of all articles."""
    lines = (f"{key.id} {key.sha256}" for key in store.articles.article_keys())
    return sha256_of("\n".join(lines).encode())
