"""The steps of a build, in order: read, cut, embed, write vectors, index words, try, publish.

Each step reuses what has not changed since the previous generation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import RequestError
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import Encoder
from pullquote.models.reranker import prepare_reranker
from pullquote.settings import Settings
from pullquote.step_timer import StepTimer
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import LEXICAL_FOLDER, STORE_FILE, Manifest
from pullquote_index.build_report import BuildReport
from pullquote_index.lifecycle.new_manifest import BuiltContents, new_manifest
from pullquote_index.lifecycle.publishing import publish
from pullquote_index.lifecycle.trial import try_generation
from pullquote_index.model_export.encoder_export import find_encoder, load_encoder
from pullquote_index.model_export.reranker_export import build_reranker
from pullquote_index.progress import Progress
from pullquote_index.readers.discovery import DiscoveredFiles, place_of
from pullquote_index.reuse import embedding_journal
from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.steps.cut_passages import cut_passages, record_repeats
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.read_articles import ReadResult, read_archive
from pullquote_index.steps.row_ranges import Differences, Stretch
from pullquote_index.steps.store_writer import StoreWriter
from pullquote_index.steps.write_vectors import embed_new, write_vectors


class BuildSteps:
    """Builds one generation in a folder of its own."""

    def __init__(
        self,
        settings: Settings,
        built: BuiltFolder,
        folder: Path,
        previous: PreviousGeneration | None,
        cache: VectorCache,
        progress: Progress,
        timer: StepTimer,
    ) -> None:
        self._settings = settings
        self._built = built
        self._folder = folder
        self._previous = previous
        self._cache = cache
        self._progress = progress
        self._timer = timer

    def run(
        self,
        discovered: DiscoveredFiles,
        paths: Sequence[Path],
        *,
        strict: bool,
        now: Callable[[], dt.datetime],
    ) -> BuildReport:
        """Run all steps; arguments and errors as for `build`."""
        began = now().astimezone(dt.UTC)
        reading, differences, contents = self._write_files(discovered, strict=strict)
        manifest = new_manifest(
            self._folder,
            contents,
            reading.read,
            self._settings,
            generation=self._built.next_id(contents.sha256),
            roots=[place_of(path) for path in paths],
            began=began,
            created=now().astimezone(dt.UTC),
        )
        live = self._publish(manifest)
        return BuildReport(
            manifest=live,
            switched=live is manifest,
            files=len(discovered.files),
            read=reading.read,
            ignored=discovered.ignored,
            problems=reading.problems,
            differences=differences,
            embedded=contents.embedded,
            reused=contents.passages - contents.embedded,
            seconds=self._timer.seconds,
        )

    def _publish(self, manifest: Manifest) -> Manifest:
        """Make the new generation live, unless the previous one holds the same.

        Returns:
            The manifest of the generation that is live now.
        """
        previous = self._previous
        is_same = previous is not None and previous.equals(manifest)
        if not is_same:
            try_generation(self._folder, manifest, self._built.path)
            publish(self._folder, manifest, self._built, self._settings.index.keep)
        embedding_journal.clear(self._built.partial)
        self._timer.end("switch")
        return previous.manifest if previous and is_same else manifest

    def _write_files(
        self, discovered: DiscoveredFiles, *, strict: bool
    ) -> tuple[ReadResult, Differences | None, BuiltContents]:
        """Write all files of the generation but its manifest."""
        store = StoreWriter(
            self._folder / STORE_FILE,
            self._previous.folder / STORE_FILE if self._previous else None,
        )
        try:
            reading = self._read(store, discovered, strict=strict)
            differences = store.differences()
            contents = self._write(store)
            store.close()
        except BaseException:
            store.abandon()
            raise
        self._timer.end("words")
        return reading, differences, contents

    def _read(self, store: StoreWriter, discovered: DiscoveredFiles, *, strict: bool) -> ReadResult:
        """Read the articles and assign their rows.

        Raises:
            RequestError: no article can be read.
        """
        reading = read_archive(
            store,
            discovered,
            self._settings.articles.max_bytes,
            self._previous,
            strict=strict,
            progress=self._progress,
        )
        if not store.assign_rows():
            reasons = "; ".join(map(str, reading.problems[:3]))
            raise RequestError(
                f"no article can be read ({reasons})",
                mend="Correct the files; the live index is unchanged",
            )
        self._timer.end("reading")
        return reading

    def _write(self, store: StoreWriter) -> BuiltContents:
        """Cut, embed, and write vectors and words."""
        card = self._find_models()
        stretches = self._cut(store, card)
        passages = sum(stretch.rows.passages for stretch in stretches)
        embedded, kind = self._embed(store, stretches, card)
        index_words(store, self._folder / LEXICAL_FOLDER, passages, self._previous, self._progress)
        keys = [f"{name} {sha256}" for name, _, sha256 in store.article_keys()]
        return BuiltContents(
            card=card,
            articles=len(keys),
            passages=passages,
            sentences=sum(stretch.rows.sentences for stretch in stretches),
            embedded=embedded,
            vector_index=kind,
            sha256=sha256_of("\n".join(keys).encode()),
        )

    def _find_models(self) -> EncoderCard:
        self._progress.begin("finding the encoder", None)
        card = find_encoder(self._settings.encoder, self._built)
        build_reranker(self._settings.rerank, self._built)
        prepare_reranker(self._settings.rerank.model, self._built.rerankers)
        self._timer.end("encoder")
        return card

    def _load_encoder(self, card: EncoderCard) -> Encoder:
        self._timer.end("passages")  # the search for known vectors
        encoder = load_encoder(card, self._built)
        self._timer.end("encoder")
        return encoder

    def _cut(self, store: StoreWriter, card: EncoderCard) -> list[Stretch]:
        self._progress.begin("cutting passages", None)
        target_words = self._settings.passages.words
        keep = self._previous is not None and self._previous.has_same_passages(
            target_words, card.hash
        )
        stretches = cut_passages(store, target_words, card.hash, keep=keep)
        record_repeats(store, sum(stretch.rows.sentences for stretch in stretches))
        self._timer.end("passages")
        return stretches

    def _embed(
        self, store: StoreWriter, stretches: Sequence[Stretch], card: EncoderCard
    ) -> tuple[int, str]:
        """Embed new passages and write all vectors.

        Returns:
            The number of passages that were embedded, and the kind of vector index.
        """
        journal = EmbeddingJournal(self._built.partial, card.dimension)
        try:
            embedded = embed_new(
                store,
                stretches,
                self._cache,
                journal,
                lambda: self._load_encoder(card),
                card.hash,
                self._settings.encoder.threads,
                self._progress,
            )
            self._timer.end("embedding")
            self._progress.begin("writing vectors", None)

            def find(content: bytes) -> PassageVectors:
                vectors = self._cache.find(content) or journal.find(content)
                assert vectors is not None  # it was known, or has just been embedded
                return vectors

            kind = write_vectors(
                store, stretches, self._folder, card.dimension, self._previous, find
            )
            self._timer.end("vectors")
            return embedded, kind
        finally:
            journal.close()
