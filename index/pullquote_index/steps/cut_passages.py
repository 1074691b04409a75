"""Cuts articles into passages, and finds the sentences that several articles contain."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.paragraphs import paragraphs_within
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.storage.schema import StoredPassage
from pullquote.storage.sentence_features import encode_sentence_features
from pullquote_index.readers.problems import Problem, failed_article
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.steps.embedding import embedding_input
from pullquote_index.steps.passage_rows import PassageBlock
from pullquote_index.steps.store_writer import StoreWriter
from pullquote_index.steps.tiling import tile_article

_Integers = npt.NDArray[np.int64]
"""int64, (n,)."""
_SENTENCES_PER_PART = 2**20
"""The number of sentences whose hashes are compared at a time, about."""
_PASSAGES_PER_READ = 4096
"""The number of passages whose hashes are read at a time."""
_RECURRING_ARTICLES = 5
"""A sentence of at least this number of articles, which are no copies of one another, recurs."""
_RECURRING_SHARE = 0.5
"""Articles are copies if more than this share of their sentences are repeated, on average."""
_RECURRING_IN_SOURCE = 3
_SHARE_OF_SOURCE = 0.75
"""Fewer articles are enough if they are at least three, and this share of those of their source:
what nearly all of them have is not about one story."""


@dataclass(frozen=True, slots=True)
class PassageRun:
    """Consecutive passages that are all new, or all reused.

    Attributes:
        block: their rows.
        previous: their rows in the previous generation; None if they are new.
    """

    block: PassageBlock
    previous: PassageBlock | None


def cut_passages(
    store: StoreWriter, target_words: int, encoder_hash: str, *, reuse: bool
) -> tuple[list[PassageRun], dict[ArticleId, Problem]]:
    """Write the passages of all articles, in the order of their rows.

    Whatever is raised at an article costs that article alone, but the store can then only be
    written again without it: a part of its passages may be written.

    Args:
        store: has the articles, and receives the passages.
        target_words: the target length of a passage, in words.
        encoder_hash: identifies the encoder that embeds them.
        reuse: whether unchanged articles keep the passages of the previous generation.

    Returns:
        The runs of passages, and the articles that cannot be cut, each with the reason.

    Raises:
        OSError: the store cannot be written.
    """
    runs: list[PassageRun] = []
    cutter = _Cutter(store, target_words, encoder_hash)
    next_passage = next_sentence = 0
    for articles in list(store.articles.runs()):
        if reuse and articles.previous is not None:
            previous, block = store.passages.reuse(articles, next_passage, next_sentence)
            runs.append(PassageRun(block, previous))
        else:
            block = cutter.cut(articles, next_passage, next_sentence)
            runs.append(PassageRun(block, None))
        next_passage += block.passages
        next_sentence += block.sentences
    return [run for run in runs if run.block.passages], cutter.failed


class _Cutter:
    """Cuts articles, and writes their passages.

    Attributes:
        failed: the articles that cannot be cut, each with the reason.
    """

    def __init__(self, store: StoreWriter, target_words: int, encoder_hash: str) -> None:
        self._store = store
        self._target_words = target_words
        self._encoder_hash = encoder_hash
        self._next_passage = self._next_sentence = 0
        self.failed: dict[ArticleId, Problem] = {}

    def cut(self, run: ArticleRun, first_passage: int, first_sentence: int) -> PassageBlock:
        """Cut the articles of a run. Returns their passages, whose first rows are given."""
        self._next_passage, self._next_sentence = first_passage, first_sentence
        self._store.passages.add(self._passages_of_run(run))
        return PassageBlock(
            first_passage,
            self._next_passage - first_passage,
            first_sentence,
            self._next_sentence - first_sentence,
        )

    def _passages_of_run(self, run: ArticleRun) -> Iterator[StoredPassage]:
        for row, article in self._store.articles.in_rows(run.first, run.count):
            try:
                yield from self._passages(row, article)
            except Exception as error:  # noqa: BLE001 - whatever is raised costs its article alone
                self.failed[article.id] = failed_article(article, "cut into passages", error)

    def _passages(self, row: ArticleRow, article: Article) -> Iterator[StoredPassage]:
        text, paragraphs = article.text, article.paragraphs
        for span, spans in tile_article(article, self._target_words):
            parts = paragraphs_within(text, paragraphs, span)
            yield StoredPassage(
                Passage(PassageId(self._next_passage), row, span, spans, self._next_sentence),
                embedding_input(article, spans, self._encoder_hash).content_hash,
                tuple(sentence_hash(sentence.of(text)) for sentence in spans),
                encode_sentence_features(text, parts, spans),
            )
            self._next_passage += 1
            self._next_sentence += len(spans)


def record_repeats(store: StoreWriter, sentences: int) -> None:
    """Record the sentences that several articles contain, and those of them that recur.

    A sentence recurs if many articles contain it, or nearly all of a source, that have little else
    in common: it is a notice of their source.

    The hashes are compared in parts, so that memory does not grow with their number.

    Args:
        store: has the passages of all articles.
        sentences: the number of their sentences.

    Raises:
        OSError: the store cannot be written.
    """
    parts = max(1, -(-sentences // _SENTENCES_PER_PART))
    for part in range(parts):
        hashes, articles = _repeats(store, part, parts)
        store.passages.add_repeats(zip(hashes.tolist(), articles.tolist(), strict=True))
    store.passages.record_recurring(
        _RECURRING_ARTICLES, _RECURRING_SHARE, _RECURRING_IN_SOURCE, _SHARE_OF_SOURCE
    )


def _repeats(store: StoreWriter, part: int, parts: int) -> tuple[_Integers, _Integers]:
    """The hashes of sentences that several articles contain, each with every such article.

    Only hashes that give the remainder `part` when divided by `parts` are compared.
    """
    hashes, articles = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    rows = store.passages.hashes()
    while group := list(itertools.islice(rows, _PASSAGES_PER_READ)):
        group_hashes = np.frombuffer(b"".join(row.sentence_hashes for row in group), "<i8")
        group_articles = np.repeat(
            [row.article for row in group],
            [len(row.sentence_hashes) // group_hashes.itemsize for row in group],
        )
        in_part = group_hashes.view("<u8") % np.uint64(parts) == part
        hashes.append(group_hashes[in_part])
        articles.append(group_articles[in_part])
    return _in_several_articles(np.concatenate(hashes), np.concatenate(articles))


def _in_several_articles(hashes: _Integers, articles: _Integers) -> tuple[_Integers, _Integers]:
    """The distinct pairs of hash and article whose hash occurs in several articles.

    Args:
        hashes: of sentences.
        articles: the article of each sentence, ascending.

    Returns:
        The pairs, in the order of hashes, then of articles.
    """
    order = np.argsort(hashes, kind="stable")
    hashes, articles = hashes[order], articles[order]
    differs = (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1])
    is_first = np.append(True, differs)[: len(hashes)]
    hashes, articles = hashes[is_first], articles[is_first]
    equals_next = hashes[1:] == hashes[:-1]
    in_several = (np.append(equals_next, False) | np.append(False, equals_next))[: len(hashes)]
    return hashes[in_several], articles[in_several]
