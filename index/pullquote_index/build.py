"""Builds a generation of the index beside the live one, and switches to it when it is whole."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pullquote.articles import Article, sha256_of
from pullquote.encoder import Encoder
from pullquote.errors import ArchiveError, RequestError
from pullquote.generation import (
    FORMAT,
    LEXICAL_FOLDER,
    MANIFEST_FILE,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    BuiltFolder,
    FileEntry,
    GenerationId,
    Manifest,
    sync,
)
from pullquote.hashing import file_sha256, sentence_hash
from pullquote.laps import Laps
from pullquote.lexical import LexicalRow, build_lexical
from pullquote.passages import ArticleRow, Passage, PassageId
from pullquote.sentence_vectors import create_rows
from pullquote.settings import EncoderSettings, Settings
from pullquote.store import StoredPassage, StoreWriter
from pullquote.vectors import VectorWriter
from pullquote_index.discover import Found, discover
from pullquote_index.embedding import KnownVectors, embed, embedding_input
from pullquote_index.export import build_encoder
from pullquote_index.lock import build_lock
from pullquote_index.progress import Progress
from pullquote_index.readers.problem import Problem
from pullquote_index.reading import read_archive
from pullquote_index.tiling import tile

_GROUP = 4096
"""Passages whose texts are in memory at once."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        manifest: of the generation that is live now.
        files: how many files were read.
        ignored: how many files of other kinds lay beside them.
        problems: what could not be read, or not whole.
        embedded, reused: passages whose vectors were made, and those whose vectors were known.
        seconds: how long each step took.
    """

    manifest: Manifest
    files: int
    ignored: int
    problems: tuple[Problem, ...]
    embedded: int
    reused: int
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Embedded:
    made: int
    reused: int
    kind: str


def build(settings: Settings, paths: Sequence[Path], *, strict: bool, progress: Progress, now: Callable[[], dt.datetime]) -> BuildReport:
    """Read the articles in `paths` and make an index of them the live one.

    Args:
        settings: say how, and where the index lies.
        paths: files and folders.
        strict: stop at the first problem with an article.
        progress: told how far the build is.
        now: the time of day, with its time zone.

    Raises:
        RequestError: a path is not there, or there is no article in any.
        ArticleError: there is a problem with an article, and `strict`.
        ArchiveBusy: another process is building.
        EncoderError: the embedding model cannot be had.
        OSError: a file cannot be read or written.

    Whatever is raised, the live index stays as it was.
    """
    built = BuiltFolder(settings.index.path)
    found = discover(paths, built.path)
    if not found.files and not found.problems:
        raise RequestError(
            "holds no articles", where=", ".join(map(str, paths)), mend="Name the folder that holds them; the index was left as it was"
        )
    with build_lock(built.path):
        built.generations.mkdir(exist_ok=True)
        _sweep(built)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=built.generations))
        try:
            return _build_in(beside, settings, built, found, paths, strict=strict, progress=progress, now=now)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _build_in(
    folder: Path,
    settings: Settings,
    built: BuiltFolder,
    found: Found,
    paths: Sequence[Path],
    *,
    strict: bool,
    progress: Progress,
    now: Callable[[], dt.datetime],
) -> BuildReport:
    laps = Laps(time.perf_counter)
    store = StoreWriter(folder / STORE_FILE)
    try:
        problems = read_archive(store, found, settings.articles.max_bytes, strict=strict, progress=progress)
        articles = _settled(store, problems)
        laps.end("reading")
        progress.begin("loading the encoder", None)
        encoder = build_encoder(settings.encoder, built)
        laps.end("encoder")
        progress.begin("cutting passages", None)
        sentences = _cut(store, settings.passages.words, encoder.card.hash)
        laps.end("passages")
        embedded = _embed(store, encoder, folder, sentences, KnownVectors(_live_folder(built)), settings.encoder, progress)
        laps.end("embedding")
        _index_words(store, folder / LEXICAL_FOLDER, embedded.made + embedded.reused, progress)
        content = sha256_of("\n".join(f"{article.id} {article.sha256}" for _, article in store.articles()).encode())
        store.close()
    except BaseException:
        store.abandon()
        raise
    laps.end("words")
    manifest = Manifest(
        format=FORMAT,
        pullquote=version("pullquote"),
        id=built.next_id(content),
        created=now().astimezone(dt.UTC),
        encoder=encoder.card,
        passage_words=settings.passages.words,
        vector_index=embedded.kind,
        roots=tuple(sorted({str(path.absolute()) for path in paths})),
        articles=articles,
        passages=embedded.made + embedded.reused,
        sentences=sentences,
        content_sha256=content,
        files={str(file.relative_to(folder)): FileEntry(bytes=file.stat().st_size, sha256=file_sha256(file)) for file in _files(folder)},
    )
    _publish(folder, manifest, built, settings.index.keep)
    laps.end("switch")
    return BuildReport(manifest, len(found.files), found.ignored, tuple(problems), embedded.made, embedded.reused, laps.seconds)


def _settled(store: StoreWriter, problems: Sequence[Problem]) -> int:
    """Give the articles their rows. Returns how many there are."""
    articles = store.settle_rows()
    if not articles:
        reasons = "; ".join(map(str, problems[:3]))
        raise RequestError(f"no article can be read ({reasons})", mend="Mend the files; the index was left as it was")
    return articles


def _cut(store: StoreWriter, words: int, encoder_hash: str) -> int:
    """Cut every article into passages, and note the sentences that stand in several. Returns how many sentences there are."""
    passage_rows = itertools.count()
    sentence_count = 0
    first_seen: dict[int, ArticleRow] = {}
    repeats: list[tuple[int, ArticleRow]] = []

    def passages() -> Iterator[StoredPassage]:
        nonlocal sentence_count
        for article_row, article in store.articles():
            for span, sentences in tile(article.text, article.prose, words):
                content = embedding_input(article.title, article.text, sentences, encoder_hash).content
                yield StoredPassage(Passage(PassageId(next(passage_rows)), article_row, span, sentences, sentence_count), content)
                sentence_count += len(sentences)
                for words_hash in (sentence_hash(sentence.of(article.text)) for sentence in sentences):
                    first = first_seen.setdefault(words_hash, article_row)
                    if first != article_row:
                        repeats.extend(((words_hash, first), (words_hash, article_row)))

    store.add_passages(passages())
    store.add_repeats(repeats)
    return sentence_count


def _embed(
    store: StoreWriter, encoder: Encoder, folder: Path, sentences: int, known: KnownVectors, settings: EncoderSettings, progress: Progress
) -> _Embedded:
    """Write the vectors of all passages and sentences, in the order of their rows."""
    dimension = encoder.card.dimension
    inputs = (embedding_input(article.title, article.text, passage.sentences, encoder.card.hash) for passage, article in _with_articles(store))
    writer = VectorWriter(folder / VECTOR_FILE, dimension)
    rows = create_rows(folder / SENTENCE_FILE, sentences, dimension)
    at = made = reused = 0
    characters = sum(len(item.text) for item in inputs if item.content not in known)
    progress.begin("embedding passages", characters)
    inputs = (embedding_input(article.title, article.text, passage.sentences, encoder.card.hash) for passage, article in _with_articles(store))
    while group := list(itertools.islice(inputs, _GROUP)):
        for vectors in embed(encoder, group, known, settings, progress.advance):
            writer.add(vectors.whole[None, :])
            rows[at : at + len(vectors.sentences)] = vectors.sentences
            at += len(vectors.sentences)
        reused += (old := sum(item.content in known for item in group))
        made += len(group) - old
    rows.flush()  # type: ignore[attr-defined]
    return _Embedded(made, reused, writer.finish())


def _with_articles(store: StoreWriter) -> Iterator[tuple[Passage, Article]]:
    """Each passage with its article, in the order of rows."""
    articles = store.articles()
    row, article = next(articles)
    for passage in store.passages():
        while row != passage.article:
            row, article = next(articles)
        yield passage, article


def _index_words(store: StoreWriter, folder: Path, passages: int, progress: Progress) -> None:
    progress.begin("indexing words", passages)
    folder.mkdir()

    def rows() -> Iterator[LexicalRow]:
        for passage, article in _with_articles(store):
            yield LexicalRow(passage.id, passage.span.of(article.text), article.title, article.source)
            progress.advance(1)

    build_lexical(folder, rows())


def _files(folder: Path) -> list[Path]:
    """The files that make up a generation; tantivy's lock files are not part of it."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".lock"))


def _publish(folder: Path, manifest: Manifest, built: BuiltFolder, keep: int) -> None:
    """Give a whole generation its name, switch to it, and let the oldest go."""
    (folder / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    for file in (*_files(folder), folder, folder / LEXICAL_FOLDER):
        sync(file)
    folder.chmod(0o755)
    generation = GenerationId(manifest.id)
    folder.rename(built.folder_of(generation))
    sync(built.generations)
    built.make_live(generation)
    for old in [name for name in built.finished() if name != generation][: -keep + 1 or None]:
        shutil.rmtree(built.folder_of(old), ignore_errors=True)


def _live_folder(built: BuiltFolder) -> Path | None:
    try:
        return built.folder_of(built.live())
    except ArchiveError:
        return None


def _sweep(built: BuiltFolder) -> None:
    """Clear away what builds that were ended in the middle left behind."""
    for folder in (built.generations, built.encoders, built.path):
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.name.startswith(".new-"):
                    shutil.rmtree(entry, ignore_errors=True)
                elif entry.name.startswith("current.") and entry.name.endswith(".new"):
                    entry.unlink(missing_ok=True)
