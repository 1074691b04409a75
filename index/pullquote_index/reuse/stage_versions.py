"""What makes passages out of files: a hash of the code that does it, so that nothing is taken over from a program that did it otherwise."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import unicodedata
from pathlib import Path

_MODULES = (
    "pullquote.storage.sentence_features",
    "pullquote.corpus.articles",
    "pullquote.english.dates",
    "pullquote.models.encoder",
    "pullquote.models.vectors",
    "pullquote.corpus.hashing",
    "pullquote.storage.lexical_index",
    "pullquote.storage.lexical_shards",
    "pullquote.corpus.paragraphs",
    "pullquote.storage.schema",
    "pullquote.storage.sentence_vectors",
    "pullquote.corpus.spans",
    "pullquote.english.spelling",
    "pullquote.english.stems",
    "pullquote.english.back_references",
    "pullquote_index.steps.cut_passages",
    "pullquote_index.steps.embedding",
    "pullquote_index.readers",
    "pullquote_index.readers.decoding",
    "pullquote_index.readers.jsonl",
    "pullquote_index.readers.markdown",
    "pullquote_index.readers.plain",
    "pullquote_index.readers.metadata",
    "pullquote.english.sentences",
    "pullquote_index.steps.tiling",
)
_PACKAGES = ("numpy", "pyyaml", "tantivy", "tokenizers")


def _hashed() -> str:
    parts = [
        unicodedata.unidata_version,
        *(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES),
    ]
    for name in _MODULES:
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.origin is not None
        parts.append(f"{name} {hashlib.sha256(Path(found.origin).read_bytes()).hexdigest()}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


_AT_START = _hashed()
"""As the program was when this process began: it may be replaced while a build runs."""


def recipe() -> str:
    """A hash of the modules that decide what a file's articles, passages and words are, and of what they rest on: 16 hexadecimal digits."""
    return _AT_START
