"""The manifest of a generation: what it was built from, and the checks when it is opened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NewType

from pydantic import BaseModel, ConfigDict, ValidationError

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.models.cards import EncoderCard
from pullquote.settings import Settings

FORMAT = 5
"""Version of the files below built/. An index of another format is rebuilt, not read."""

MANIFEST_FILE = "manifest.json"
STORE_FILE = "archive.sqlite"
VECTOR_FILE = "passages.faiss"
SENTENCE_FILE = "sentences.npy"
LEXICAL_FOLDER = "lexical"

GenerationId = NewType("GenerationId", str)
"""Identifies a generation: its number, and the beginning of a hash of its articles."""


class FileEntry(BaseModel):
    """A file of a generation: its size and its SHA-256, in hexadecimal."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a generation was built from, and with.

    Attributes:
        format: version of the files' format.
        pullquote: version of the program.
        id: the generation's id.
        began, created: when its build began and ended, in UTC.
        recipe: the versions of the build's stages, by which the next build knows what to reuse.
        max_bytes: the maximum size of an article's file, in bytes.
        encoder: the card of the encoder.
        passage_words: the target length of a passage, in words.
        vector_index: the kind of vector index, in words.
        roots: the files and folders that were indexed, as absolute paths.
        articles, passages, sentences: the number of each.
        content_sha256: SHA-256 of the ids and hashes of all articles.
        read, embedded: the number of files read and of passages embedded; the rest was reused.
        files: every other file of the generation, by its path within it.
        seal: SHA-256 of all other fields.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

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
        """The same manifest with its seal."""
        bare = self.model_copy(update={"seal": ""})
        return bare.model_copy(update={"seal": sha256_of(bare.model_dump_json().encode())})

    def to_bytes(self) -> bytes:
        """The content of the manifest's file."""
        return self.model_dump_json(indent=1).encode()


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises:
        ArchiveMismatch: another version of Pullquote wrote it, in another format.
        ArchiveDamaged: it is missing or is not as it was written.
    """
    path = folder / MANIFEST_FILE
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path)) from error
    match = re.search(rb'"format":\s*(\d+)', data)
    if match and int(match[1]) != FORMAT:
        raise ArchiveMismatch(
            f"has format {int(match[1])}, this version reads format {FORMAT}", where=str(folder)
        )
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path)) from error
    if manifest != manifest.sealed():
        raise ArchiveDamaged("the manifest is not as it was written", where=str(path))
    return manifest


def check_files(manifest: Manifest, folder: Path) -> None:
    """Check that every file of a generation exists and has its size.

    Raises:
        ArchiveDamaged: a file is missing or has another size.
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
    """Check that a generation was built with these settings.

    Args:
        manifest: the generation's.
        settings: the settings to compare with.
        where: the folder of the index, for the error.

    Raises:
        ArchiveMismatch: a setting differs; the message names it.
    """
    compared = (
        ("passages.words", manifest.passage_words, settings.passages.words),
        ("encoder.model", manifest.encoder.model, settings.encoder.model),
        ("encoder.runtime", manifest.encoder.runtime, settings.encoder.runtime),
    )
    for key, built_with, setting in compared:
        if built_with != setting:
            raise ArchiveMismatch(
                f"was built with {key} = {built_with}, the settings say {setting}", where=str(where)
            )
