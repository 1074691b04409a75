"""What one generation of the index was made of, and whether it is whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NewType

from pydantic import BaseModel, ConfigDict, ValidationError

from pullquote.corpus.articles import sha256_of
from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.models.cards import EncoderCard
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


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises:
        ArchiveMismatch: another version of Pullquote made it, in another form.
        ArchiveDamaged: it is missing or cannot be read.
    """
    path = folder / MANIFEST_FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path)) from error
    found = re.search(rb'"format":\s*(\d+)', data)
    if found and int(found[1]) != FORMAT:
        raise ArchiveMismatch(
            f"has format {int(found[1])}, this version reads format {FORMAT}", where=str(folder)
        )
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path)) from error
    if manifest != manifest.sealed():
        raise ArchiveDamaged("the manifest is not as it was written", where=str(path))
    return manifest


def check_files(manifest: Manifest, folder: Path) -> None:
    """See that a generation's files are there, by their sizes.

    Raises:
        ArchiveDamaged: one is missing or cut short.
    """
    for name, entry in manifest.files.items():
        try:
            size = (folder / name).stat().st_size
        except OSError as error:
            raise ArchiveDamaged(
                "a file of the index is missing", where=str(folder / name)
            ) from error
        if size != entry.bytes:
            raise ArchiveDamaged(
                f"holds {size:,} bytes instead of {entry.bytes:,}", where=str(folder / name)
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
                f"was built with {key} = {made}, the settings say {wanted}", where=str(where)
            )
