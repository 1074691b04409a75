import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.passages import ArticleRow
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex, folded
from pullquote_bot.serving.open_archives import OpenArchive
from support.displayed import SAME_EACH_TIME

KNOWN = (
    "Élysée talks begin", "Talks about the harbour end", "HARBOUR bridge reopens", "Harbour Bridge closes", "Straße №5 and Pullquote™",
    "A talkative bridge",
    "", "«Ça suffit!»",
)  # fmt: skip


def headlines_of(*titles: str) -> HeadlineIndex:
    return HeadlineIndex(
        [
            Headline(ArticleRow(len(titles) - at), title, "2025-01-01")
            for at, title in enumerate(titles)
        ]
    )


def found(typed: str, count: int = 25) -> list[str]:
    return [headline.title for headline in headlines_of(*KNOWN).find(typed, count)]


@pytest.mark.parametrize(
    "typed", ["elysee", "ÉLYSÉE TALKS", "Élyse\u0301e", "  élysée…talks ", "beg elys"]
)
def test_case_accents_and_punctuation_do_not_matter(typed: str) -> None:
    assert found(typed) == ["Élysée talks begin"]


@pytest.mark.parametrize("typed", ["strasse no5", "STRASSE", "pullquotetm", "№5", "PULLQUOTE™"])
def test_signs_and_letters_that_are_written_in_two_ways_are_found_in_either(typed: str) -> None:
    assert found(typed) == ["Straße №5 and Pullquote™"]


def test_those_that_begin_so_come_first_and_then_the_latest() -> None:
    assert found("harbour") == [
        "HARBOUR bridge reopens",
        "Harbour Bridge closes",
        "Talks about the harbour end",
    ]
    assert found("talk") == [
        "Talks about the harbour end",
        "Élysée talks begin",
        "A talkative bridge",
    ]
    assert found("harbour", 1) == ["HARBOUR bridge reopens"]


def test_the_middle_of_a_word_is_not_its_beginning() -> None:
    assert found("arbour") == []
    assert found("bridge reop harbour") == ["HARBOUR bridge reopens"]
    assert found("bridge xyz") == []


def test_nothing_typed_lists_the_latest() -> None:
    assert found("", 2) == list(KNOWN[:2])
    assert found(" …! ", 2) == list(KNOWN[:2])


def test_the_exact_headline_is_found_and_of_two_the_latest() -> None:
    lines = headlines_of("Notes", "The Quay", "the quay!")
    latest = lines.exactly("THE QUAY")
    assert latest is not None
    assert latest.row == 2
    assert lines.exactly("Quay") is None
    assert len(lines) == 3


def test_the_archives_latest_article_comes_first_and_those_without_a_date_last(
    town: OpenIndex,
) -> None:
    lines = OpenArchive(town, 0.0).headlines
    assert [line.title for line in lines.find("", 9)] == [
        "Library extends its hours", "Frost ruins the apricot harvest", "Harbour bridge reopens after eleven months", "A note on tides",
    ]  # fmt: skip
    (tides,) = lines.find("tides", 9)
    assert (tides.published, town.store.article(tides.row).title) == ("", "A note on tides")


@SAME_EACH_TIME
@given(st.text())
def test_folding_folded_text_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@SAME_EACH_TIME
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.data())
def test_a_headline_is_found_by_its_first_letters(titles: list[str], data: st.DataObject) -> None:
    title = data.draw(st.sampled_from(titles))
    begun = folded(title)[: data.draw(st.integers(0, 20))]
    assert title in [line.title for line in headlines_of(*titles).find(begun, len(titles))]


def test_two_thousand_headlines_are_found_as_by_comparing_each() -> None:
    chance = random.Random(7)
    words = [
        f"{first}{second}{third}"
        for first in ("mar", "te", "lo", "har", "bri")
        for second in ("ka", "né", "do")
        for third in ("ges", "bour", "x", "s")
    ]
    titles = [" ".join(chance.choices(words, k=9)) for _ in range(2_000)]
    lines = headlines_of(*titles)
    for typed in ("m", "marka", "bridoges te", "harnébour lokas marnex", "nothing such"):
        plain = typed.replace("é", "e")
        matches = [
            title
            for title in titles
            if all(
                any(word.startswith(beginning) for word in title.replace("é", "e").split())
                for beginning in plain.split()
            )
        ]
        expected = sorted(matches, key=lambda title: not title.startswith(typed))
        assert [line.title for line in lines.find(typed, 2_000)] == expected, typed
