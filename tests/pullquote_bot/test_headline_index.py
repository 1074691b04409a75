import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.name_keys import name_key
from pullquote.corpus.passages import ArticleRow
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.word_beginnings import WordBeginnings
from support.displayed import SAME_EACH_TIME

TITLES = (
    "Élysée talks begin",
    "Talks about the harbour end",
    "HARBOUR bridge reopens",
    "Harbour Bridge closes",
    "Straße №5 and Pullquote™",
    "A talkative bridge",
    "",
    "«Ça suffit!»",
)


def index_of(*titles: str) -> HeadlineIndex:
    return HeadlineIndex(
        [
            Headline(ArticleRow(len(titles) - number), title, "2025-01-01")
            for number, title in enumerate(titles)
        ]
    )


def find_titles(typed: str, limit: int = 25) -> list[str]:
    return [headline.title for headline in index_of(*TITLES).find(typed, limit)]


@pytest.mark.parametrize(
    "typed", ["elysee", "ÉLYSÉE TALKS", "Élyse\u0301e", "  élysée…talks ", "beg elys"]
)
def test_case_accents_and_punctuation_do_not_matter(typed: str) -> None:
    assert find_titles(typed) == ["Élysée talks begin"]


@pytest.mark.parametrize("typed", ["strasse no5", "STRASSE", "pullquotetm", "№5", "PULLQUOTE™"])
def test_compatible_forms_of_a_character_are_equal(typed: str) -> None:
    assert find_titles(typed) == ["Straße №5 and Pullquote™"]


def test_headlines_that_begin_with_the_typed_text_come_first_then_the_latest() -> None:
    assert find_titles("harbour") == [
        "HARBOUR bridge reopens",
        "Harbour Bridge closes",
        "Talks about the harbour end",
    ]
    assert find_titles("talk") == [
        "Talks about the harbour end",
        "Élysée talks begin",
        "A talkative bridge",
    ]
    assert find_titles("harbour", 1) == ["HARBOUR bridge reopens"]


def test_only_the_beginnings_of_words_are_found() -> None:
    assert find_titles("arbour") == []
    assert find_titles("bridge reop harbour") == ["HARBOUR bridge reopens"]
    assert find_titles("bridge xyz") == []


def test_empty_text_finds_the_latest_headlines() -> None:
    assert find_titles("", 2) == list(TITLES[:2])
    assert find_titles(" …! ", 2) == list(TITLES[:2])


def test_an_exact_headline_finds_its_latest_article() -> None:
    index = index_of("Notes", "The Quay", "the quay!")
    latest = index.find_exact("THE QUAY")
    assert latest is not None
    assert latest.row == 2
    assert index.find_exact("Quay") is None
    assert len(index) == 3


def test_the_latest_article_comes_first_and_undated_ones_last(
    town: OpenIndex,
) -> None:
    index = OpenArchive(town, 0.0).headlines
    assert [headline.title for headline in index.find("", 9)] == [
        "Library extends its hours",
        "Frost ruins the apricot harvest",
        "Harbour bridge reopens after eleven months",
        "A note on tides",
    ]
    (tides,) = index.find("tides", 9)
    assert (tides.published, town.store.article(tides.row).title) == ("", "A note on tides")


@SAME_EACH_TIME
@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@SAME_EACH_TIME
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.data())
def test_a_headline_is_found_by_its_first_letters(titles: list[str], data: st.DataObject) -> None:
    title = data.draw(st.sampled_from(titles))
    prefix = name_key(title)[: data.draw(st.integers(0, 20))]
    assert title in [headline.title for headline in index_of(*titles).find(prefix, len(titles))]


def test_2000_headlines_are_found_as_by_comparing_each_word() -> None:
    generator = random.Random(7)
    words = [
        f"{first}{second}{third}"
        for first in ("mar", "te", "lo", "har", "bri")
        for second in ("ka", "né", "do")
        for third in ("ges", "bour", "x", "s")
    ]
    titles = [" ".join(generator.choices(words, k=9)) for _ in range(2_000)]
    index = index_of(*titles)
    for typed in ("m", "marka", "bridoges te", "harnébour lokas marnex", "nothing such"):
        plain = typed.replace("é", "e")
        matches = [
            title
            for title in titles
            if all(
                any(word.startswith(prefix) for word in title.replace("é", "e").split())
                for prefix in plain.split()
            )
        ]
        expected = sorted(matches, key=lambda title: not title.startswith(typed))
        assert [headline.title for headline in index.find(typed, 2_000)] == expected, typed


def test_any_texts_are_found_as_by_looking_at_each_one() -> None:
    chance = random.Random(3)

    def text(most: int) -> str:
        return "".join(chance.choices("ab é1中ß!", k=chance.randint(0, most)))

    for _ in range(300):
        titles, typed, limit = [text(12) for _ in range(chance.randint(0, 9))], text(5), 4
        keys, prefix = [name_key(title) for title in titles], name_key(typed)
        matching = [
            place
            for place, key in enumerate(keys)
            if all(f" {word}" in f" {key}" for word in prefix.split())
        ]
        if prefix:
            matching.sort(key=lambda place: not keys[place].startswith(prefix))
        index = WordBeginnings(titles)
        assert index.find(typed, limit) == matching[:limit], (titles, typed)
        assert index.find_exact(typed) == (keys.index(prefix) if prefix in keys else None)
