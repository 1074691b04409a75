"""The version of each stage of a build whose results later builds reuse.

A build reuses the results of a stage only if the stage has the same version now. Raise a stage's
number when its output changes for any article. A test compares the output of each stage for a few
articles with a stored output, and fails if it differs while the number is the same.
"""

from __future__ import annotations

import importlib.metadata
import unicodedata

from pullquote.corpus.hashing import sha256_of
from pullquote_index.readers.problems import ReadingOptions

_UNICODE = f"unicode-{unicodedata.unidata_version}"


def _library(name: str) -> str:
    """A library with its version; without one if it is not installed.

    Files that need it are read again once it is installed.
    """
    try:
        return f"{name}-{importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{name}-none"


_PARSERS = "pyyaml markdown-it-py mdit-py-plugins lxml trafilatura pypdfium2 python-docx".split()
_READING_LIBRARIES = map(_library, _PARSERS)
_TANTIVY = _library("tantivy")


class Stage:
    """A stage of a build.

    Attributes:
        name: its name.
        number: its version number.
        version: its name, its number, and the versions of what else determines its output.
    """

    def __init__(self, name: str, number: int, *dependencies: str) -> None:
        """Define a stage.

        Args:
            name: its name.
            number: its version number.
            dependencies: libraries with their versions, without white space.
        """
        self.name = name
        self.number = number
        self.version = "/".join((f"{name}-{number}", *dependencies))

    def is_unchanged_since(self, recipe: str) -> bool:
        """Whether the stage had the same version in the build with this recipe."""
        return self.version in recipe.split()


READING = Stage("reading", 5, *_READING_LIBRARIES, _UNICODE)
"""From files to articles with their metadata."""
CUTTING = Stage("cutting", 4, _TANTIVY, _UNICODE)
"""From articles to passages, with the features and hashes of their sentences.

tantivy stems the words of the features.
"""
EMBEDDING = Stage("embedding", 2)
"""From passages to vectors, which are found by a hash of the input, the encoder and this number."""
ATTRIBUTING = Stage("attributing", 4, _UNICODE)
"""From articles to attributions: who said what."""
STORIES = Stage("stories", 2, _UNICODE)
"""From articles to signatures, by which near-copies are found, and to corrections and notes."""
INDEXING = Stage("indexing", 3, _TANTIVY, _UNICODE)
"""From passages to shards of the lexical index."""

STAGES = (READING, CUTTING, ATTRIBUTING, STORIES, EMBEDDING, INDEXING)
_OPTIONS = "options-"
RECIPE = " ".join(stage.version for stage in STAGES)
"""The versions of all stages."""


def recipe_with(options: ReadingOptions) -> str:
    """The versions of all stages, for the manifest, with settings that change what is read."""
    return " ".join((RECIPE, *_option_words(options)))


def has_same_reading(recipe: str, options: ReadingOptions) -> bool:
    """Whether the build with this recipe read files as a build with these settings does now."""
    return READING.is_unchanged_since(recipe) and has_same_options(recipe, options)


def has_same_options(recipe: str, options: ReadingOptions) -> bool:
    """Whether the build with this recipe had the same settings that change what is read."""
    own = [word for word in recipe.split() if word.startswith(_OPTIONS)]
    return own == _option_words(options)


def _option_words(options: ReadingOptions) -> list[str]:
    """A word for settings of reading that are not the default; none for the default."""
    if options == ReadingOptions():
        return []
    return [_OPTIONS + sha256_of(repr(options).encode())[:16]]
