"""Builds a generation, checks it, and publishes it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from pullquote.settings import Settings
from pullquote.step_timer import StepTimer
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import FORMAT, MANIFEST_FILE, GenerationId, Manifest
from pullquote_index.build_report import BuildReport
from pullquote_index.generation_content import GenerationContent
from pullquote_index.generation_writer import GenerationWriter
from pullquote_index.lifecycle.generation_check import check_new_generation
from pullquote_index.lifecycle.own_builds import record_comparison, record_own_build
from pullquote_index.lifecycle.publishing import file_entries, mode_of_files, publish
from pullquote_index.progress import Progress
from pullquote_index.readers.discovery import Discovery, absolute_path
from pullquote_index.readers.problems import ReadingOptions
from pullquote_index.reuse import embedding_journal
from pullquote_index.reuse.file_stamps import nanoseconds
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stage_versions import recipe_with
from pullquote_index.reuse.stored_vectors import FindVectors
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.workers.passage_embedder import EmbeddingWorkers


class GenerationBuilder:
    """Builds one generation."""

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
        """Prepare a build.

        Args:
            settings: say how the generation is built.
            built: the folder of the index.
            folder: an empty folder for the generation.
            previous: the generation whose results are reused; None to reuse none.
            cache: the vectors of earlier generations.
            progress: receives the progress.
            timer: times the steps.
            workers: embed in place of this process; 0 for none.
        """
        self._settings = settings
        self._built = built
        self._folder = folder
        self._previous = previous
        self._timer = timer
        self._writer = GenerationWriter(
            settings, built, folder, previous, cache, progress, timer, workers
        )
        self._open_files = contextlib.ExitStack()

    def run(
        self,
        discovery: Discovery,
        paths: Sequence[Path],
        *,
        strict: bool,
        now: Callable[[], dt.datetime],
    ) -> BuildReport:
        """Build the generation, and publish it unless the previous one is as good.

        The arguments and errors are those of `build`.
        """
        began = now().astimezone(dt.UTC)
        with contextlib.ExitStack() as open_files:
            content, find_vectors = self._writer.write(discovery, open_files, strict=strict)
            manifest = self._manifest(content, paths, began, now)
            is_new = self._previous is None or not self._previous.is_as_good_as(manifest)
            if is_new:
                self._publish(manifest, find_vectors, discovery)
            elif self._previous and self._previous.gains_reliable_times(nanoseconds(began)):
                record_comparison(self._previous.manifest, nanoseconds(began))
        embedding_journal.delete(self._built.partial)
        self._timer.end("switch")
        return BuildReport(
            manifest=manifest if is_new or self._previous is None else self._previous.manifest,
            switched=is_new,
            files=len(discovery.files),
            read=content.reading.read,
            others=discovery.others,
            problems=content.reading.problems,
            left_out=content.reading.left_out,
            kinds=content.kinds,
            differences=content.differences,
            embedded=content.embedded,
            reused=content.passages - content.embedded,
            seconds=self._timer.seconds,
        )

    def _manifest(
        self,
        content: GenerationContent,
        paths: Sequence[Path],
        began: dt.datetime,
        now: Callable[[], dt.datetime],
    ) -> Manifest:
        return Manifest(
            format=FORMAT,
            pullquote=version("pullquote"),
            id=self._built.next_id(content.sha256),
            began=began,
            created=now().astimezone(dt.UTC),
            recipe=recipe_with(ReadingOptions.of(self._settings.articles)),
            max_bytes=self._settings.articles.max_bytes,
            encoder=content.encoder,
            passage_words=self._settings.passages.words,
            vector_index=content.vector_index,
            roots=tuple(sorted({str(absolute_path(path)) for path in paths})),
            articles=content.articles,
            passages=content.passages,
            sentences=content.sentences,
            content_sha256=content.sha256,
            read=content.reading.read,
            embedded=content.embedded,
            files=file_entries(self._folder),
        ).sealed()

    def _publish(self, manifest: Manifest, find_vectors: FindVectors, discovery: Discovery) -> None:
        """Write the manifest, check the generation, and make it the live one.

        Raises:
            ArchiveDamaged: the generation cannot be used.
        """
        (self._folder / MANIFEST_FILE).write_bytes(manifest.to_bytes())
        check_new_generation(self._folder, manifest, find_vectors, self._built.path)
        publish(
            self._folder,
            GenerationId(manifest.id),
            self._built,
            self._settings.index.keep,
            mode_of_files((file.path, file.root) for file in discovery.files),
        )
        record_own_build(manifest)
