"""Cut articles into passages; copy the passages of unchanged ones.

Also records which sentences several articles print.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.passages import Passage, PassageId
from pullquote.storage.schema import StoredPassage
from pullquote.storage.sentence_features import encode_sentence_features
from pullquote_index.steps.embedding import embedding_input
from pullquote_index.steps.row_ranges import ArticleRun, PassageRows, Stretch
from pullquote_index.steps.store_writer import StoreWriter
from pullquote_index.steps.tiling import tile

_Numbers = npt.NDArray[np.int64]
_HASHES_AT_ONCE = 2**20
"""Number of sentence hashes that are compared at once, which bounds memory."""
_PASSAGES_AT_ONCE = 4096
"""Number of passages that are read at once."""


def cut_passages(
    store: StoreWriter, target_words: int, encoder_hash: str, *, keep: bool
) -> list[Stretch]:
    """Write the passages of all articles, in the order of rows.

    Args:
        store: the articles; receives the passages.
        target_words: target length of a passage, in words.
        encoder_hash: the hash of the encoder that will embed them.
        keep: whether unchanged articles keep their passages.

    Raises:
        OSError: the store cannot be written.
    """
    stretches: list[Stretch] = []
    passage = sentence = 0
    for run in list(store.runs()):
        if keep and run.previous_first is not None:
            stretch = store.copy_passages(run, passage, sentence)
        else:
            rows = _cut_new(store, run, target_words, encoder_hash, passage, sentence)
            stretch = Stretch(rows, None)
        stretches.append(stretch)
        passage += stretch.rows.passages
        sentence += stretch.rows.sentences
    return [stretch for stretch in stretches if stretch.rows.passages]


def _cut_new(
    store: StoreWriter,
    run: ArticleRun,
    target_words: int,
    encoder_hash: str,
    passage: int,
    sentence: int,
) -> PassageRows:
    """Cut the articles of a run. The first passage and sentence get the rows that are given."""
    passages = sentences = 0

    def tiles() -> Iterator[StoredPassage]:
        nonlocal passages, sentences
        for row, article in store.articles(run.first, run.count):
            for span, places in tile(article.text, article.prose, target_words):
                content = embedding_input(article.title, article.text, places, encoder_hash).content
                hashes = tuple(sentence_hash(place.of(article.text)) for place in places)
                new_passage = Passage(
                    PassageId(passage + passages), row, span, places, sentence + sentences
                )
                yield StoredPassage(
                    new_passage,
                    content,
                    hashes,
                    encode_sentence_features(article.text, span, places),
                )
                passages += 1
                sentences += len(places)

    store.add_passages(tiles())
    return PassageRows(passage, passages, sentence, sentences)


def record_repeats(store: StoreWriter, sentences: int) -> None:
    """Record the sentences that several articles print.

    Args:
        store: the passages of all articles.
        sentences: number of all sentences. They are compared in parts, so memory does not grow.

    Raises:
        OSError: the store cannot be written.
    """
    parts = max(1, -(-sentences // _HASHES_AT_ONCE))
    for part in range(parts):
        hashes, articles = _repeated(store, part, parts)
        store.add_repeats(zip(hashes.tolist(), articles.tolist(), strict=True))


def _repeated(store: StoreWriter, part: int, parts: int) -> tuple[_Numbers, _Numbers]:
    """The hashes h with `h % parts == part` that several articles have, and these articles."""
    hashes, articles = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    rows = store.passage_hashes()
    while group := list(itertools.islice(rows, _PASSAGES_AT_ONCE)):
        all_hashes = np.frombuffer(b"".join(words for _, _, words in group), "<i8")
        all_articles = np.repeat(
            [article for article, _, _ in group],
            [len(words) // all_hashes.itemsize for _, _, words in group],
        )
        in_part = all_hashes.view("<u8") % np.uint64(parts) == part
        hashes.append(all_hashes[in_part])
        articles.append(all_articles[in_part])
    return _in_several(np.concatenate(hashes), np.concatenate(articles))


def _in_several(hashes: _Numbers, articles: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Pairs whose hash has several articles, each once, sorted by hash and article.

    Both arrays are int64, (n,), in ascending order of articles.
    """
    order = np.argsort(hashes, kind="stable")
    hashes, articles = hashes[order], articles[order]
    is_first = np.append(True, (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1]))[
        : len(hashes)
    ]
    hashes, articles = hashes[is_first], articles[is_first]
    equals_next = hashes[1:] == hashes[:-1]
    is_repeated = (np.append(equals_next, False) | np.append(False, equals_next))[: len(hashes)]
    return hashes[is_repeated], articles[is_repeated]
