"""The manifest of a generation: what it was built from, and the checks when it is opened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NewType

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.models.cards import EncoderCard
from pullquote.plain_files import read_plain
from pullquote.settings import Settings

FORMAT = 6
"""Version of the files below built/. An index of another format is rebuilt, not read."""

MANIFEST_FILE = "manifest.json"
STORE_FILE = "archive.sqlite"
VECTOR_FILE = "passages.faiss"
SENTENCE_FILE = "sentences.npy"
LEXICAL_FOLDER = "lexical"

GenerationId = NewType("GenerationId", str)
"""Identifies a generation: its number, and the beginning of a hash of its articles."""

_MAX_FIELD = 80
"""The most characters of a field's name that an error shows."""
_YEARS = range(1970, 3000)
"""The years in which an index may have been built; dates near the ends of time cannot be shown."""


def _in_years(time: dt.datetime) -> dt.datetime:
    if time.year not in _YEARS:
        raise ValueError("is no time of a build")
    return time


def _in_folder(name: str) -> str:
    """A file's name, if it cannot lead out of the generation's folder."""
    parts = name.split("/")
    if (
        not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name, re.ASCII)
        or (len(parts) > 1 and parts[0] != LEXICAL_FOLDER)
        or not {".", "..", MANIFEST_FILE}.isdisjoint(parts)
    ):
        raise ValueError("is no file of a generation")
    return name


Count = Annotated[int, Field(ge=0, lt=2**62)]
_BuildTime = Annotated[AwareDatetime, AfterValidator(_in_years)]
FileName = Annotated[str, AfterValidator(_in_folder)]
"""A file of a generation: its path in the generation's folder."""


class FileEntry(BaseModel):
    """A file of a generation: its size and its SHA-256, in hexadecimal."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    bytes: Count
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


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
    began: _BuildTime
    created: _BuildTime
    recipe: str
    max_bytes: Count
    encoder: EncoderCard
    passage_words: Count
    vector_index: str
    roots: tuple[str, ...]
    articles: Count
    passages: Count
    sentences: Count
    content_sha256: str
    read: Count
    embedded: Count
    files: Mapping[FileName, FileEntry]
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
        data = read_plain(path)
    except OSError as error:
        raise ArchiveDamaged("the manifest cannot be read", where=str(path)) from error
    return manifest_from(data, str(folder), str(path))


def manifest_from(data: bytes, index: str, where: str) -> Manifest:
    """The manifest that `Manifest.to_bytes` wrote.

    Args:
        data: the bytes.
        index: whose it is, for an error.
        where: where it was read, for an error.

    Raises:
        ArchiveMismatch: another version of Pullquote wrote it, in another format.
        ArchiveDamaged: it is not as it was written.
    """
    match = re.search(rb'"format":\s*(\d{1,9})\b', data)
    if match and int(match[1]) != FORMAT:
        raise ArchiveMismatch(
            f"has format {int(match[1])}, this version reads format {FORMAT}", where=index
        )
    try:
        manifest = Manifest.model_validate_json(data, strict=True)
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"]))[:_MAX_FIELD]
        raise ArchiveDamaged(
            f"the manifest cannot be read ({field!a})" if field else "the manifest cannot be read",
            where=where,
        ) from error
    if manifest != manifest.sealed():
        raise ArchiveDamaged("the manifest is not as it was written", where=where)
    return manifest


def check_settings(manifest: Manifest, settings: Settings, where: str) -> None:
    """Check that a generation was built with these settings.

    Args:
        manifest: the generation's.
        settings: the settings to compare with.
        where: the folder or the address of the index, for the error.

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
                f"was built with {key} = {built_with}, the settings say {setting}", where=where
            )
