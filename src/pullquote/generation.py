"""One built index on disk: its manifest, and which of them is live.

built/
  current                        the id of the live generation
  encoders/<hash>/               exported encoders
  rerankers/<hash>/              exported rerankers, where the settings name another than the packaged one
  generations/<id>/              never changed once it has its name
    manifest.json  archive.sqlite  passages.faiss  sentences.npy  lexical/
  lock                           who builds, and since when
  partial/                       vectors of a build that is under way, or was interrupted
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NewType

from pydantic import BaseModel, ConfigDict, ValidationError

from pullquote.articles import sha256_of
from pullquote.encoder import EncoderCard
from pullquote.errors import ArchiveDamaged, ArchiveMismatch, ArchiveMissing
from pullquote.settings import Settings

FORMAT = 3
"""Version of everything below built/. An index of another format is rebuilt, not read."""

STORE_FILE = "archive.sqlite"
VECTOR_FILE = "passages.faiss"
SENTENCE_FILE = "sentences.npy"
LEXICAL_FOLDER = "lexical"
MANIFEST_FILE = "manifest.json"

GenerationId = NewType("GenerationId", str)
"""Names a generation: its number, one more than the last one's, and the beginning of a hash of what it holds."""

_ID = re.compile(r"\d{6,}-[0-9a-f]{8}")


class FileEntry(BaseModel):
    """A file of a generation, as it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a generation was made of.

    Attributes:
        format: version of the files' form.
        pullquote: version of the program.
        id: the generation's own.
        began, created: when its build began and when it was finished, UTC.
        recipe: a hash of what makes articles, passages and their vectors out of files: the program's own code.
        max_bytes: the largest article that was read.
        encoder: what made the vectors.
        passage_words: wanted length of a passage.
        vector_index: kind of vector index.
        roots: the files and folders that were read, absolute.
        articles, passages, sentences: how many there are.
        content_sha256: of the ids and hashes of all articles.
        read, embedded: how many files were read and how many passages embedded; the others were as before.
        files: every other file of the generation, by its path within it.
        seal: a hash of all the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    pullquote: str
    id: str
    began: dt.datetime
    created: dt.datetime
    recipe: str
    max_bytes: int
    encoder: EncoderCard
    passage_words: int
    vector_index: str
    roots: tuple[str, ...]
    articles: int
    passages: int
    sentences: int
    content_sha256: str
    read: int
    embedded: int
    files: Mapping[str, FileEntry]
    seal: str = ""

    def sealed(self) -> Manifest:
        """The same with its seal."""
        bare = self.model_copy(update={"seal": ""})
        return bare.model_copy(update={"seal": sha256_of(bare.model_dump_json().encode())})

    def written(self) -> bytes:
        """The file's bytes."""
        return self.model_dump_json(indent=1).encode()


class BuiltFolder:
    """The folder of built indexes: paths in it, and the live generation's name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoders = path / "encoders"
        self.rerankers = path / "rerankers"
        self.generations = path / "generations"
        self.partial = path / "partial"
        self._current = path / "current"

    def folder_of(self, generation: GenerationId) -> Path:
        """Where a generation lies."""
        return self.generations / generation

    def encoder_folder(self, card: EncoderCard) -> Path:
        """Where an exported encoder lies."""
        return self.encoders / card.hash

    def live(self) -> GenerationId:
        """The live generation.

        Raises:
            ArchiveMissing: there is none.
            ArchiveDamaged: what says which it is, is not a generation's id.
        """
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except NotADirectoryError:
            raise ArchiveMissing("is a file, not the folder of an index", where=str(self.path), mend="Name a folder with --index") from None
        except FileNotFoundError:
            raise ArchiveMissing("there is no index yet", where=str(self.path), mend="Build it with: pullquote index") from None
        except (OSError, UnicodeDecodeError) as error:
            raise ArchiveDamaged("cannot be read", where=str(self._current), mend="Rebuild the index with: pullquote index") from error
        if not _ID.fullmatch(name):
            raise ArchiveDamaged("does not name a generation", where=str(self._current), mend="Rebuild the index with: pullquote index")
        return GenerationId(name)

    def make_live(self, generation: GenerationId) -> None:
        """Switch to a generation, by one atomic rename.

        Raises:
            OSError: the folder cannot be written.
        """
        beside = self._current.with_name(f"current.{os.getpid()}.new")
        with beside.open("w", encoding="utf-8") as stream:
            stream.write(generation + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(self._current)
        sync(self.path)

    def finished(self) -> list[GenerationId]:
        """The generations that are whole, oldest first."""
        try:
            names = [entry.name for entry in self.generations.iterdir() if _ID.fullmatch(entry.name)]
        except FileNotFoundError:
            return []
        return [GenerationId(name) for name in sorted(names, key=_number)]

    def next_id(self, content_sha256: str) -> GenerationId:
        """The id of a new generation. Numbers and not times give the order: clocks are set back at times."""
        last = max((_number(name) for name in self.finished()), default=0)
        return GenerationId(f"{last + 1:06}-{content_sha256[:8]}")


def _number(generation: str) -> int:
    return int(generation.partition("-")[0])


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises:
        ArchiveMismatch: another version of Pullquote made it, in another form.
        ArchiveDamaged: it is missing or cannot be read.
    """
    path = folder / MANIFEST_FILE
    mend = "Rebuild it with: pullquote index"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path), mend=mend) from error
    found = re.search(rb'"format":\s*(\d+)', data)
    if found and int(found[1]) != FORMAT:
        raise ArchiveMismatch(f"has format {int(found[1])}, this version reads format {FORMAT}", where=str(folder), mend=mend)
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path), mend=mend) from error
    if manifest != manifest.sealed():
        raise ArchiveDamaged("the manifest is not as it was written", where=str(path), mend=mend)
    return manifest


def see_files(manifest: Manifest, folder: Path) -> None:
    """See that a generation's files are there, by their sizes.

    Raises:
        ArchiveDamaged: one is missing or cut short.
    """
    for name, entry in manifest.files.items():
        try:
            size = (folder / name).stat().st_size
        except OSError as error:
            raise ArchiveDamaged("a file of the index is missing", where=str(folder / name), mend="Rebuild it with: pullquote index") from error
        if size != entry.bytes:
            raise ArchiveDamaged(
                f"holds {size:,} bytes instead of {entry.bytes:,}", where=str(folder / name), mend="Rebuild it with: pullquote index"
            )


def check_settings(manifest: Manifest, settings: Settings, where: Path) -> None:
    """See that an index was made with the settings in force.

    Raises:
        ArchiveMismatch: it was not; says which key differs.
    """
    made_and_wanted = (
        ("passages.words", manifest.passage_words, settings.passages.words),
        ("encoder.model", manifest.encoder.model, settings.encoder.model),
        ("encoder.runtime", manifest.encoder.runtime, settings.encoder.runtime),
    )
    for key, made, wanted in made_and_wanted:
        if made != wanted:
            raise ArchiveMismatch(
                f"was built with {key} = {made}, the settings say {wanted}", where=str(where), mend="Rebuild it with: pullquote index"
            )


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's entries, survive a loss of power.

    Raises:
        OSError: it cannot be done.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
