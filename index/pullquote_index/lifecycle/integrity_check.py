"""Checks a whole index: its files, every span, and every article against its source."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.hashing import file_sha256
from pullquote.corpus.passages import ArticleRow
from pullquote.errors import ArchiveDamaged
from pullquote.models.cards import read_encoder_card, read_reranker_card
from pullquote.models.reranker import PACKAGED_FOLDERS
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import MANIFEST_FILE, STORE_FILE, Manifest
from pullquote.storage.source_check import SourceState, forget_hashes, source_state
from pullquote_index.lifecycle.freshness import SourceChanges, source_changes
from pullquote_index.lifecycle.generation_check import GenerationParts
from pullquote_index.readers import reader_for
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.problems import ReadingOptions, SourceFile
from pullquote_index.reuse.stage_versions import has_same_options

_AT_ONCE = 200
"""Articles that are read from a database at a time."""


def check(
    manifest: Manifest,
    folder: Path,
    built: BuiltFolder,
    options: ReadingOptions | None = None,
) -> Iterator[str]:
    """Yield a line for everything that is not as the index recorded it.

    Args:
        manifest: the generation's.
        folder: the generation's.
        built: the folder of the index.
        options: what the settings say about reading. Texts are extracted again only if the build
            read with the same.
    """
    damaged = list(_damaged_files(manifest, folder, built))
    yield from damaged
    try:
        store = ArticleStore(folder / STORE_FILE)
    except ArchiveDamaged as error:
        yield str(error)
        return
    try:
        if not damaged:  # FAISS and tantivy read only what a build wrote
            yield from _unfit_parts(manifest, folder, store)
        yield from check_articles(manifest, store, built.path, options)
    finally:
        store.close()


def check_articles(
    manifest: Manifest, store: ArticleStore, built: Path, options: ReadingOptions | None = None
) -> Iterator[str]:
    """Yield a line for every span that is wrong, and every article that its source does not have.

    Args:
        manifest: the generation's.
        store: its articles, none hidden.
        built: the folder in which the index is built.
        options: what the settings say about reading.
    """
    try:
        yield from _wrong_spans(store)
        options = options or ReadingOptions()
        extracted = yield from _changed_articles(store)
        if has_same_options(manifest.recipe, options):
            for rows in extracted:
                yield from _extracted_otherwise(store, rows, manifest.max_bytes, options)
        yield from _new_files(source_changes(manifest, store, built))
    except ArchiveDamaged as error:
        yield str(error)


def all_articles(store: ArticleStore) -> Iterator[ArticleRow]:
    """Yield the row of every article, which is read next."""
    for first in range(0, store.articles, _AT_ONCE):
        rows = [ArticleRow(row) for row in range(first, min(store.articles, first + _AT_ONCE))]
        store.expect(rows)
        yield from rows


def _new_files(changes: SourceChanges) -> Iterator[str]:
    yield from (f"{name}: is new, and not in the index" for name in changes.new)
    if changes.elsewhere:
        yield (
            "whether there are new files is not known: "
            "the index was built by another user or on another machine"
        )


def _damaged_files(manifest: Manifest, folder: Path, built: BuiltFolder) -> Iterator[str]:
    if (folder / MANIFEST_FILE).read_bytes() != manifest.to_bytes():
        yield f"{folder / MANIFEST_FILE}: is not the file that was built"
    expected = {folder / name: entry.sha256 for name, entry in manifest.files.items()}
    card = manifest.encoder
    if card.runtime == "onnx":
        encoder = built.encoder_folder(card)
        expected |= {
            encoder / "model.onnx": card.onnx_sha256,
            encoder / "tokenizer.json": card.tokenizer_sha256,
        }
        try:
            if read_encoder_card(encoder) != card:
                yield f"{encoder}: is not the encoder that the index was built with"
        except ArchiveDamaged as error:
            yield str(error)
    for reranker in (*PACKAGED_FOLDERS.values(), *built.rerankers.glob("[!.]*")):
        try:
            reranker_card = read_reranker_card(reranker)
        except ArchiveDamaged as error:
            yield str(error)
            continue
        expected |= {
            reranker / "model.onnx": reranker_card.onnx_sha256,
            reranker / "tokenizer.json": reranker_card.tokenizer_sha256,
        }
    for path, sha256 in expected.items():
        try:
            if file_sha256(path) != sha256:
                yield f"{path}: is not the file that was built"
        except OSError as error:
            yield f"{path}: cannot be read ({error.strerror})"


def _unfit_parts(manifest: Manifest, folder: Path, store: ArticleStore) -> Iterator[str]:
    """Check that the libraries can open every file, and that all have the same passages."""
    try:
        GenerationParts(folder, manifest, store).check_counts()
    except ArchiveDamaged as error:
        yield str(error)


def _wrong_spans(store: ArticleStore) -> Iterator[str]:
    """Check that passages cover each article's prose without a gap, and contain their sentences.

    Raises:
        ArchiveDamaged: an attribution does not lie in its article.
    """
    for row in all_articles(store):
        article = store.article(row)
        if article.sha256 != store.recorded_sha256(row):
            yield f"{article.id}: the index's copy is not the text that was recorded"
        store.attributions.of_article(row, article.text)
        for note in store.stories.notes_in(row):
            if note.span.end > len(article.text):
                yield f"{article.id}: a note does not lie in it"
        end = article.prose.start
        for passage in store.passages_of(row):
            if passage.span.start != end or not passage.has_valid_sentences:
                yield f"{article.id}: passage {passage.id} is not where it should be"
            end = passage.span.end
        has_words = any(block.is_quotable for block in article.blocks) or not article.blocks
        if end != article.prose.end and has_words:
            yield f"{article.id}: its passages do not cover it"


def _changed_articles(
    store: ArticleStore,
) -> Generator[str, None, Iterable[Sequence[ArticleRow]]]:
    """Compare each article with its source.

    Returns:
        For each file that is unchanged, the articles whose texts were extracted from it.
    """
    forget_hashes()
    elsewhere = 0
    extracted: dict[Path, list[ArticleRow]] = {}
    for row in all_articles(store):
        article = store.article(row)
        state = source_state(article, store.source_file(row), trust_times=False)
        elsewhere += state is SourceState.ELSEWHERE
        if state is SourceState.CHANGED:
            line = f":{article.line}" if article.line else ""
            yield f"{article.path}{line}: changed or gone since the index was built"
        elif state is SourceState.SAME and article.origin is Origin.EXTRACTED:
            extracted.setdefault(store.source_file(row).path, []).append(row)
    if elsewhere:
        yield (
            f"{elsewhere:,} of {store.articles:,} articles cannot be checked: "
            "the folder they were read from is not on this machine"
        )
    return extracted.values()


def _extracted_otherwise(
    store: ArticleStore, rows: Sequence[ArticleRow], max_bytes: int, options: ReadingOptions
) -> Iterator[str]:
    """Extract the articles of one unchanged file again, and compare their texts.

    Args:
        store: the articles of the index.
        rows: those of the file, at least one.
        max_bytes: the maximum size of an article, as it was read.
        options: what the settings say about reading.
    """
    file = store.source_file(rows[0])
    reader = reader_for(file.path)
    source = SourceFile(file.name, file.path, file.root, options, is_named=True)
    items = file_articles(reader, source, max_bytes) if reader else ()
    found = {item.id: item.sha256 for item in items if isinstance(item, Article)}
    for row in rows:
        article = store.article(row)
        if found.get(article.id) != store.recorded_sha256(row):
            line = f":{article.line}" if article.line else ""
            yield (
                f"{article.path}{line}: unchanged, but another text is extracted from it now; "
                "run: pullquote index --full"
            )
