"""Builds a generation of the index beside the live one, and switches to it when it is whole.

The journey: files are read (reading), articles cut into passages (cutting), passages embedded
(embedding, journal), vectors written (vector_files), words indexed (word_shards), and the whole
published (publishing). Each step takes over from the generation before what has not changed.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import RequestError
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import Encoder
from pullquote.models.reranker import prepare_reranker
from pullquote.settings import Settings
from pullquote.step_timer import StepTimer
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import FORMAT, LEXICAL_FOLDER, STORE_FILE, Manifest
from pullquote_index.lifecycle.build_lock import sole_writer
from pullquote_index.lifecycle.publishing import entries, publish, sweep
from pullquote_index.model_export.encoder_export import find_encoder, load_encoder
from pullquote_index.model_export.reranker_export import build_reranker
from pullquote_index.progress import Progress
from pullquote_index.readers.discovery import Found, discover, place_of
from pullquote_index.readers.problems import Problem
from pullquote_index.reuse import embedding_journal
from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.previous_generation import PreviousGeneration, open_previous
from pullquote_index.reuse.stage_versions import recipe
from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.reuse.vector_cache import VectorCache
from pullquote_index.steps.cut_passages import Stretch, cut, note_repeats
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.read_articles import ReadResult, read_archive
from pullquote_index.steps.store_writer import Differences, StoreWriter
from pullquote_index.steps.write_vectors import embed_new, write_vectors


@dataclass(frozen=True, slots=True, repr=False)
class BuildReport:
    """What a build did.

    Attributes:
        manifest: of the generation that is live now.
        switched: whether it was made just now; else nothing had changed, and the one that was live stays.
        files: how many files hold its articles.
        read: how many of them were read.
        ignored: how many files of other kinds lay beside them.
        problems: what could not be read, or not whole.
        differences: in which articles it differs from the generation before; None where nothing was taken over from one.
        embedded, reused: passages whose vectors were made, and those whose vectors were known.
        seconds: how long each step took.
    """

    manifest: Manifest
    switched: bool
    files: int
    read: int
    ignored: int
    problems: tuple[Problem, ...]
    differences: Differences | None
    embedded: int
    reused: int
    seconds: dict[str, float]

    def __repr__(self) -> str:
        made = self.manifest
        return (
            f"BuildReport({made.id}, {made.articles:,} articles, {made.passages:,} passages, "
            f"{self.embedded:,} embedded, {len(self.problems)} problems)"
        )


def build(
    settings: Settings,
    paths: Sequence[Path],
    *,
    strict: bool,
    progress: Progress,
    now: Callable[[], dt.datetime],
    full: bool = False,
) -> BuildReport:
    """Read the articles in `paths` and make an index of them the live one.

    Args:
        settings: say how, and where the index lies.
        paths: files and folders.
        strict: stop at the first problem with an article.
        progress: told how far the build is.
        now: the time of day, with its time zone.
        full: take nothing over from what was built before.

    Raises:
        RequestError: a path is not there, there is no article in any, or one is the index's own folder.
        ArticleError: there is a problem with an article, and `strict`.
        ArchiveBusy: another process is building.
        ArchiveNotWritten: the index's folder cannot be written, or is full.
        EncoderError: the embedding model cannot be had.

    Whatever is raised, the live index stays as it was.
    """
    built = BuiltFolder(settings.index.path)
    if place_of(built.path) in map(place_of, paths):
        raise RequestError(
            "is the folder of the articles; the index needs one of its own",
            where=str(built.path),
            mend="Name another with --index",
        )
    found = discover(paths, built.path)
    if not found.files and not found.problems:
        raise RequestError(
            "holds no articles",
            where=", ".join(map(str, paths)),
            mend="Name the folder that holds them; the index was left as it was",
        )
    with sole_writer(built.path, now, "pullquote index"):
        return _build_beside(
            settings, built, found, paths, strict=strict, progress=progress, now=now, full=full
        )


def _build_beside(
    settings: Settings,
    built: BuiltFolder,
    found: Found,
    paths: Sequence[Path],
    *,
    strict: bool,
    progress: Progress,
    now: Callable[[], dt.datetime],
    full: bool,
) -> BuildReport:
    """Build in a folder of its own, which is gone afterwards whatever happens."""
    built.generations.mkdir(exist_ok=True)
    sweep(built)
    if full:
        embedding_journal.clear(built.partial)
    laps = StepTimer(time.perf_counter)
    before = None if full else open_previous(built)
    others = (
        []
        if full
        else [
            built.folder_of(name)
            for name in reversed(built.finished())
            if not before or name != before.manifest.id
        ]
    )
    known = VectorCache(before, others)
    laps.end("before")
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=built.generations))
    try:
        steps = _Steps(settings, built, beside, before, known, progress, laps)
        return steps.run(found, paths, strict=strict, now=now)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        known.close()
        if before:
            before.close()


class _Steps:
    """The steps of one build."""

    def __init__(
        self,
        settings: Settings,
        built: BuiltFolder,
        folder: Path,
        before: PreviousGeneration | None,
        known: VectorCache,
        progress: Progress,
        laps: StepTimer,
    ) -> None:
        self._settings = settings
        self._built = built
        self._folder = folder
        self._before = before
        self._known = known
        self._progress = progress
        self._laps = laps

    def run(
        self, found: Found, paths: Sequence[Path], *, strict: bool, now: Callable[[], dt.datetime]
    ) -> BuildReport:
        """Run them all."""
        began = now().astimezone(dt.UTC)
        store = StoreWriter(
            self._folder / STORE_FILE, self._before.folder / STORE_FILE if self._before else None
        )
        try:
            reading = read_archive(
                store,
                found,
                self._settings.articles.max_bytes,
                self._before,
                strict=strict,
                progress=self._progress,
            )
            articles = _settled(store, reading)
            differences = store.differences()
            self._laps.end("reading")
            card = self._card()
            stretches = self._cut(store, card)
            passages, sentences = (
                sum(getattr(stretch.here, what) for stretch in stretches)
                for what in ("passages", "sentences")
            )
            made, kind = self._embed(store, stretches, card)
            index_words(
                store, self._folder / LEXICAL_FOLDER, passages, self._before, self._progress
            )
            content = sha256_of(
                "\n".join(f"{name} {sha256}" for name, _, sha256 in store.article_keys()).encode()
            )
            store.close()
        except BaseException:
            store.abandon()
            raise
        self._laps.end("words")
        manifest = Manifest(
            format=FORMAT,
            pullquote=version("pullquote"),
            id=self._built.next_id(content),
            began=began,
            created=now().astimezone(dt.UTC),
            recipe=recipe(),
            max_bytes=self._settings.articles.max_bytes,
            encoder=card,
            passage_words=self._settings.passages.words,
            vector_index=kind,
            roots=tuple(sorted({str(place_of(path)) for path in paths})),
            articles=articles,
            passages=passages,
            sentences=sentences,
            content_sha256=content,
            read=reading.read,
            embedded=made,
            files=entries(self._folder),
        ).sealed()
        same = self._before is not None and self._before.is_as_good_as(manifest)
        if not same:
            publish(self._folder, manifest, self._built, self._settings.index.keep)
        embedding_journal.clear(self._built.partial)
        self._laps.end("switch")
        live = self._before.manifest if self._before and same else manifest
        return BuildReport(
            live,
            not same,
            len(found.files),
            reading.read,
            found.ignored,
            reading.problems,
            differences,
            made,
            passages - made,
            self._laps.seconds,
        )

    def _card(self) -> EncoderCard:
        self._progress.begin("finding the encoder", None)
        card = find_encoder(self._settings.encoder, self._built)
        build_reranker(self._settings.rerank, self._built)
        prepare_reranker(self._settings.rerank.model, self._built.rerankers)
        self._laps.end("encoder")
        return card

    def _load(self, card: EncoderCard) -> Encoder:
        self._laps.end("passages")  # seeing which are known
        encoder = load_encoder(card, self._built)
        self._laps.end("encoder")
        return encoder

    def _cut(self, store: StoreWriter, card: EncoderCard) -> list[Stretch]:
        self._progress.begin("cutting passages", None)
        words = self._settings.passages.words
        keep = self._before is not None and self._before.may_keep_passages(words, card.hash)
        stretches = cut(store, words, card.hash, keep=keep)
        note_repeats(store, sum(stretch.here.sentences for stretch in stretches))
        self._laps.end("passages")
        return stretches

    def _embed(
        self, store: StoreWriter, stretches: Sequence[Stretch], card: EncoderCard
    ) -> tuple[int, str]:
        """Embed what is new, and write all vectors. Returns how many passages were embedded, and the kind of vector index."""
        kept = EmbeddingJournal(self._built.partial, card.dimension)
        try:
            made = embed_new(
                store,
                stretches,
                self._known,
                kept,
                lambda: self._load(card),
                card.hash,
                self._settings.encoder.threads,
                self._progress,
            )
            self._laps.end("embedding")
            self._progress.begin("writing vectors", None)

            def find(content: bytes) -> PassageVectors:
                found = self._known.find(content) or kept.find(content)
                assert found is not None  # it was known, or has just been made
                return found

            kind = write_vectors(store, stretches, self._folder, card.dimension, self._before, find)
            self._laps.end("vectors")
            return made, kind
        finally:
            kept.close()


def _settled(store: StoreWriter, reading: ReadResult) -> int:
    """Give the articles their rows. Returns how many there are."""
    articles = store.settle_rows()
    if not articles:
        reasons = "; ".join(map(str, reading.problems[:3]))
        raise RequestError(
            f"no article can be read ({reasons})",
            mend="Mend the files; the index was left as it was",
        )
    return articles
