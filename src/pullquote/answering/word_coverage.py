"""Which of the question's words sentences, passages and headlines have."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pullquote.answering.query import terms_of
from pullquote.answering.question_words import QuestionWords
from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.english.question_time import QuestionTime
from pullquote.storage.sentence_features import Counts, Flags, SentenceFeatures, stem_hash


def word_shares(words: QuestionWords) -> npt.NDArray[np.float64]:
    """Each word's share of the question, weighted by idf, float64, (words,)."""
    idf = np.array([words.idf[word] for word in words.related_stems], np.float64)
    return idf / (idf.sum() or 1.0)


def sentence_has_word(features: SentenceFeatures, words: QuestionWords) -> Flags:
    """Whether each sentence has each of the question's words, bool, (sentences, words)."""
    words_of_hash: dict[int, list[int]] = {}
    for word, stems in enumerate(words.related_stems.values()):
        for stem in stems:
            words_of_hash.setdefault(stem_hash(stem), []).append(word)
    wanted_hashes = np.fromiter(words_of_hash, np.uint32, len(words_of_hash))
    (matches,) = np.isin(features.stem_hashes, wanted_hashes).nonzero()
    sentence_of_stem = np.repeat(np.arange(len(features.stem_counts)), features.stem_counts)
    has_word = np.zeros((len(features.stem_counts), len(words.related_stems)), dtype=bool)
    sentences, hashes = sentence_of_stem[matches], features.stem_hashes[matches]
    for sentence, matching_hash in zip(sentences.tolist(), hashes.tolist(), strict=True):
        has_word[sentence, words_of_hash[matching_hash]] = True
    return has_word


def passage_has_word(
    sentence_has_word: Flags, passage_of_sentence: Counts, passage_count: int
) -> Flags:
    """Whether each passage has each of the question's words, bool, (passages, words)."""
    has_word = np.zeros((passage_count, sentence_has_word.shape[1]), dtype=bool)
    sentences, words = sentence_has_word.nonzero()
    has_word[passage_of_sentence[sentences], words] = True
    return has_word


def place_has_word(sentences: Sequence[tuple[Article, Span]], words: QuestionWords) -> Flags:
    """Whether the heading and the header row above each sentence have each of the words.

    Args:
        sentences: each with its article.
        words: the question's.

    Returns:
        bool, (sentences, words).
    """
    found = functools.cache(lambda names: words.found_in(terms_of(names)))
    has_word = np.zeros((len(sentences), len(words.related_stems)), dtype=bool)
    for row, (article, sentence) in enumerate(sentences):
        if names := article.names_of_place(sentence):
            has_word[row] = [word in found(names) for word in words.related_stems]
    return has_word


def headline_has_word(
    articles: Sequence[Article], words: QuestionWords, time: QuestionTime
) -> Flags:
    """Whether each article's headline has each of the question's words, bool, (articles, words).

    The words of its source, section and authors count as the headline's: a question may name them.
    An article of the time that the question names has the words that name that time.
    """
    heads = [article.title + "\n" + article.named for article in articles]
    words_of_head = {head: words.found_in(terms_of(head)) for head in set(heads)}
    has_word = np.zeros((len(articles), len(words.related_stems)), dtype=bool)
    for row, (head, article) in enumerate(zip(heads, articles, strict=True)):
        present = words_of_head[head]
        if time.includes(article.published):
            present |= time.date_terms
        has_word[row] = [word in present for word in words.related_stems]
    return has_word
