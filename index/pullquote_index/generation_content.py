"""What the steps of a build have made of a generation so far, and in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.models.cards import EncoderCard
from pullquote_index.steps.article_runs import Differences
from pullquote_index.steps.cut_passages import PassageRun
from pullquote_index.steps.kind_counts import KindCounts
from pullquote_index.steps.read_articles import ReadResult
from pullquote_index.steps.store_writer import StoreWriter


class CutArticles(NamedTuple):
    """The articles of a generation, cut into passages.

    Attributes:
        store: has the articles and the passages.
        reading: the result of reading.
        articles: the number of articles.
        encoder: the card of the encoder.
        runs: the passages.
    """

    store: StoreWriter
    reading: ReadResult
    articles: int
    encoder: EncoderCard
    runs: Sequence[PassageRun]


@dataclass(frozen=True, slots=True)
class GenerationContent:
    """What was written.

    Attributes:
        reading: the result of reading.
        kinds: the articles of each kind of file.
        articles, passages, sentences: the number of each.
        sha256: SHA-256 of the ids and hashes of all articles.
        differences: how the articles differ from the previous generation's.
        encoder: the card of the encoder.
        embedded: the number of passages that were embedded.
        vector_index: the kind of vector index, in words.
    """

    reading: ReadResult
    kinds: tuple[KindCounts, ...]
    articles: int
    passages: int
    sentences: int
    sha256: str
    differences: Differences | None
    encoder: EncoderCard
    embedded: int
    vector_index: str
