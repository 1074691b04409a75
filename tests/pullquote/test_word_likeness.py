"""How near the words of a passage come to each word of a question."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.windows import Window
from pullquote.answering.word_likeness import word_likeness
from pullquote.corpus.spans import Span
from pullquote.english.word_frequencies import rarity, zipf_frequency
from pullquote.models.vectors import Vectors

QUESTION = "Who repaired the viaduct?"


def encode_words(text: str, words: Sequence[Span]) -> Vectors:
    """Vectors in which "viaduct" and "bridge" have a cosine of 0.6, any other two 1 or 0."""
    vectors = np.zeros((len(words), 1_000), np.float32)
    for row, place in enumerate(words):
        word = place.of(text).casefold()
        if word == "bridge":
            vectors[row, :2] = 0.6, 0.8
        elif word == "viaduct":
            vectors[row, 0] = 1
        else:
            vectors[row, 2 + sum(map(ord, word)) % 990] = 1
    return vectors


@pytest.fixture
def window(town: OpenIndex) -> Window:
    first = answer(town, understand("When did the harbour bridge reopen?")).shown[0].window
    assert first
    text = "The bridge was repaired."
    article = dataclasses.replace(first.article, title="", text=text, prose=Span(0, len(text)))
    passage = dataclasses.replace(first.passage, span=Span(0, len(text)))
    return first._replace(article=article, passage=passage)


def test_each_word_counts_by_its_nearest_word_and_by_its_rarity(window: Window) -> None:
    terms = understand(QUESTION).terms
    repair, viaduct = rarity("repair"), rarity("viaduct")
    found = word_likeness(QUESTION, terms, window, frozenset(), encode_words)
    assert found.content == pytest.approx((repair + 0.6 * viaduct) / (repair + viaduct))
    assert found.all_words == pytest.approx((0 + 1 + 1 + 0.6) / 4)
    assert found.least == pytest.approx(1 - 0.4 * viaduct)


def test_the_words_of_the_headline_count_as_those_of_the_passage(window: Window) -> None:
    titled = window._replace(article=dataclasses.replace(window.article, title="Viaduct"))
    found = word_likeness(QUESTION, understand(QUESTION).terms, titled, frozenset(), encode_words)
    assert [found.content, found.least] == pytest.approx([1, 1])


def test_a_word_that_names_the_articles_source_or_date_counts_as_printed(window: Window) -> None:
    named = frozenset({"viaduct"})
    found = word_likeness(QUESTION, understand(QUESTION).terms, window, named, encode_words)
    assert [found.content, found.least] == pytest.approx([1, 1])


def test_a_text_without_words_is_like_no_word(window: Window) -> None:
    found = word_likeness("?!", (), window, frozenset(), encode_words)
    assert (found.content, found.all_words, found.least) == (0, 0, 0)
    empty = window._replace(passage=dataclasses.replace(window.passage, span=Span(3, 4)))
    assert word_likeness(QUESTION, ("viaduct",), empty, frozenset(), encode_words).all_words == 0


def test_rare_stems_weigh_more_than_common_ones() -> None:
    stems = ["peopl", "bridg", "apricot", "zelenski"]
    rarities = [rarity(stem) for stem in stems]
    assert rarities == sorted(rarities)
    assert rarities[0] < 0.2
    assert rarities[-1] == 1
    assert rarity("2019") == 0.8
    assert zipf_frequency("the") > zipf_frequency("peopl") > zipf_frequency("zzqx") == 0
