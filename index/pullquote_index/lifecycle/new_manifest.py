"""The manifest of a new generation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pullquote.models.cards import EncoderCard
from pullquote.settings import Settings
from pullquote.storage.manifest import FORMAT, GenerationId, Manifest
from pullquote_index.lifecycle.publishing import file_entries
from pullquote_index.reuse.stage_versions import recipe


@dataclass(frozen=True, slots=True)
class BuiltContents:
    """What the steps of a build wrote.

    Attributes:
        card: the encoder.
        articles, passages, sentences: their numbers.
        embedded: number of passages that were embedded.
        vector_index: the kind of vector index.
        sha256: hash of the ids and hashes of all articles.
    """

    card: EncoderCard
    articles: int
    passages: int
    sentences: int
    embedded: int
    vector_index: str
    sha256: str


# Longer than 40 lines because a manifest has 18 fields.
def new_manifest(
    folder: Path,
    contents: BuiltContents,
    files_read: int,
    settings: Settings,
    *,
    generation: GenerationId,
    roots: Sequence[Path],
    began: dt.datetime,
    created: dt.datetime,
) -> Manifest:
    """Describe the files in a new generation's folder.

    Args:
        folder: the generation's folder.
        contents: what was written.
        files_read: number of files of articles that were read.
        settings: the build's settings.
        generation: its id.
        roots: the files and folders of articles, absolute.
        began: when the build began, UTC.
        created: now, UTC.
    """
    return Manifest(
        format=FORMAT,
        pullquote=version("pullquote"),
        id=generation,
        began=began,
        created=created,
        recipe=recipe(),
        max_bytes=settings.articles.max_bytes,
        encoder=contents.card,
        passage_words=settings.passages.words,
        vector_index=contents.vector_index,
        roots=tuple(sorted({str(root) for root in roots})),
        articles=contents.articles,
        passages=contents.passages,
        sentences=contents.sentences,
        content_sha256=contents.sha256,
        read=files_read,
        embedded=contents.embedded,
        files=file_entries(folder),
    ).sealed()
