"""From articles to passages: what is new is cut, what has not changed is taken over. And which sentences several articles print."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.passages import Passage, PassageId
from pullquote.storage.schema import StoredPassage
from pullquote.storage.sentence_features import encode_sentence_features
from pullquote_index.steps.embedding import embedding_input
from pullquote_index.steps.store_writer import Block, Run, StoreWriter
from pullquote_index.steps.tiling import tile

_Numbers = npt.NDArray[np.int64]
_AT_ONCE = 2**20
"""Sentences whose hashes are compared at once."""
_GROUP = 4096
"""Passages that are looked at together."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that follow one another.

    Attributes:
        here: their rows.
        before: their rows in the generation before; None where they are new.
    """

    here: Block
    before: Block | None


def cut(store: StoreWriter, words: int, encoder_hash: str, *, keep: bool) -> list[Stretch]:
    """Give every article its passages, in the order of rows.

    Args:
        store: holds the articles, takes the passages.
        words: the wanted length of a passage.
        encoder_hash: names the encoder that will embed them.
        keep: whether unchanged articles keep the passages that they had.

    Raises:
        OSError: the store cannot be written.
    """
    stretches: list[Stretch] = []
    passage = sentence = 0
    for run in list(store.runs()):
        if keep and run.before is not None:
            before, here = store.take_passages(run, passage, sentence)
            stretches.append(Stretch(here, before))
        else:
            here = _cut_new(store, run, words, encoder_hash, passage, sentence)
            stretches.append(Stretch(here, None))
        passage += here.passages
        sentence += here.sentences
    return [stretch for stretch in stretches if stretch.here.passages]


def _cut_new(
    store: StoreWriter, run: Run, words: int, encoder_hash: str, passage: int, sentence: int
) -> Block:
    passages = sentences = 0

    def tiles() -> Iterator[StoredPassage]:
        nonlocal passages, sentences
        for row, article in store.articles(run.first, run.count):
            for span, places in tile(article.text, article.prose, words):
                content = embedding_input(article.title, article.text, places, encoder_hash).content
                hashes = tuple(sentence_hash(place.of(article.text)) for place in places)
                cut_out = Passage(
                    PassageId(passage + passages), row, span, places, sentence + sentences
                )
                yield StoredPassage(
                    cut_out, content, hashes, encode_sentence_features(article.text, span, places)
                )
                passages += 1
                sentences += len(places)

    store.add_passages(tiles())
    return Block(passage, passages, sentence, sentences)


def note_repeats(store: StoreWriter, sentences: int) -> None:
    """Note the sentences that stand in several articles.

    Args:
        store: holds the passages of all articles.
        sentences: how many there are. So many at a time are compared that memory does not grow with them.

    Raises:
        OSError: the store cannot be written.
    """
    parts = max(1, -(-sentences // _AT_ONCE))
    for part in range(parts):
        hashes, articles = _repeated(store, part, parts)
        store.add_repeats(zip(hashes.tolist(), articles.tolist(), strict=True))


def _repeated(store: StoreWriter, part: int, parts: int) -> tuple[_Numbers, _Numbers]:
    """Of every so-many-th hash, from the one numbered `part` on, those that stand in several articles, and the articles."""
    hashes, articles = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    rows = store.words()
    while group := list(itertools.islice(rows, _GROUP)):
        all_hashes = np.frombuffer(b"".join(words for _, _, words in group), "<i8")
        all_articles = np.repeat(
            [article for article, _, _ in group],
            [len(words) // all_hashes.itemsize for _, _, words in group],
        )
        mine = all_hashes.view("<u8") % np.uint64(parts) == part
        hashes.append(all_hashes[mine])
        articles.append(all_articles[mine])
    return _in_several(np.concatenate(hashes), np.concatenate(articles))


def _in_several(hashes: _Numbers, articles: _Numbers) -> tuple[_Numbers, _Numbers]:
    """The pairs, each once, whose hash has several articles; by hash and article. Articles ascend."""
    order = np.argsort(hashes, kind="stable")
    hashes, articles = hashes[order], articles[order]
    once = np.append(True, (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1]))[
        : len(hashes)
    ]
    hashes, articles = hashes[once], articles[once]
    same = hashes[1:] == hashes[:-1]
    several = (np.append(same, False) | np.append(False, same))[: len(hashes)]
    return hashes[several], articles[several]
