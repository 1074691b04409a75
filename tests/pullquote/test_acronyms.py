"""Acronyms and their names, learnt from the articles that use both."""

from pathlib import Path

import pytest

from pullquote.answering.acronyms import in_other_words
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Correction, understand
from pullquote.confidence.outcome import Outcome
from pullquote.english.acronyms import capitalised_names, introduced_names
from support.archives import build_into, link_tree, settings_for, write_jsonl

FUND = {
    "id": "fund",
    "title": "Loan for Varland",
    "text": (
        "The Northern Reconstruction Fund (NRF) agreed on Monday to lend Varland 90 million crowns "
        "for its flooded railways. The money is to be paid back within twelve years.\n\n"
        "Engineers expect the first trains in March."
    ),
    "published": "2024-05-06",
}
MINISTER = {
    "id": "minister",
    "title": "Minister thanks lenders",
    "text": (
        "Ada Holm, the transport minister, thanked the NRF on Tuesday. She called the loan from "
        "the Northern Reconstruction Fund generous."
    ),
    "published": "2024-05-07",
}
COAST = {
    "id": "coast",
    "title": "Lighthouse saved",
    "text": (
        "The Coastal Heritage Trust will restore the lighthouse of Sund for two million crowns. A "
        "spokeswoman for the CHT said that the lamp would burn again by autumn."
    ),
    "published": "2024-06-01",
}


@pytest.fixture(scope="module")
def lenders(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> OpenIndex:
    folder = tmp_path_factory.mktemp("lenders")
    link_tree(encoders, folder / "built" / "encoders")
    articles = write_jsonl(folder / "articles.jsonl", FUND, MINISTER, COAST)
    build_into(folder / "built", [articles])
    return OpenIndex(settings_for(folder / "built"))


@pytest.mark.parametrize(
    ("text", "letters", "names"),
    [
        ("The International Monetary Fund (IMF) lent.", "IMF", ["International Monetary Fund"]),
        ("The IMF (International Monetary Fund) lent.", "IMF", ["International Monetary Fund"]),
        ("the US Centers for Disease Control and Prevention (CDC)", "CDC",
         ["Centers for Disease Control and Prevention"]),
        ("Inter-Services Intelligence (ISI) denied it.", "ISI", ["Inter-Services Intelligence"]),
        ("The share (NYSE: ABC) fell; he left (see above).", "ABC", []),
        ("He (the mayor) paid the firm (IMF).", "IMF", []),
        ("Bananas (IMF) and (IMF)", "IMF", []),
        ("The Index, @everyone: Money Fund (IMF) lent.", "IMF", []),
        ("The Index* \x1b[31mMoney_ Fund (IMF) lent.", "IMF", []),
    ],
)  # fmt: skip
def test_a_name_before_or_after_its_acronym_is_found(
    text: str, letters: str, names: list[str]
) -> None:
    assert list(introduced_names(text, letters)) == names


def test_capitalised_words_have_their_initials_without_the_words_that_connect_them() -> None:
    runs = list(capitalised_names("Yesterday the Bank for International Settlements Basel met."))
    assert runs[0] == ("Yesterday the Bank for International Settlements Basel", "YBISB")
    assert ("Bank for International Settlements", "BIS") in runs
    assert list(capitalised_names("Ada Holm and the board")) == []


@pytest.mark.parametrize(
    ("question", "typed", "word"),
    [
        ("How much did the NRF lend to Varland?", "NRF", "Northern Reconstruction Fund"),
        ("how much did the nrf lend to varland", "nrf", "Northern Reconstruction Fund"),
        ("What will the CHT restore?", "CHT", "Coastal Heritage Trust"),
        ("Who thanked the Northern Reconstruction Fund?", "Northern Reconstruction Fund", "NRF"),
    ],
)
def test_an_acronym_is_searched_by_its_name_and_a_name_by_its_acronym(
    lenders: OpenIndex, question: str, typed: str, word: str
) -> None:
    query = in_other_words(understand(question), lenders)
    assert query
    assert query.corrections == (Correction(typed, word),)
    assert word in query.searched
    assert query.text == question


@pytest.mark.parametrize(
    "question",
    [
        "Who restores the lighthouse?",
        "What did the WTO say?",
        "What did Ada Holm say?",
        "HOW MUCH WAS LENT TO VARLAND",
    ],
)
def test_without_an_acronym_that_the_archive_has_there_is_no_other_form(
    lenders: OpenIndex, question: str
) -> None:
    assert in_other_words(understand(question), lenders) is None


def test_an_answer_by_the_name_says_what_was_searched_for(lenders: OpenIndex) -> None:
    result = answer(lenders, understand("What will the CHT restore?"))
    assert result.outcome is not Outcome.REFUSED
    assert "lighthouse of Sund" in result.quotes[0].text
