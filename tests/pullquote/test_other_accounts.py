"""Quotes that do not say the same: found by rules, shown together, told in JSON and in text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from pullquote.answering.accounts import AccountKind
from pullquote.answering.answers import Answer
from pullquote.answering.claims import Claim
from pullquote.answering.differences import difference
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.archive_answer import archive_answer
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.spans import Span
from pullquote.english.accusations import accusations_in
from pullquote.english.attribution.finding import find_attributions
from pullquote.english.denials import denial_in
from pullquote.english.number_questions import number_question
from pullquote.english.quantities import quantities
from pullquote.json_output.account_labels import account_labels
from pullquote.json_output.answer import answer_json
from pullquote.languages.sentences import sentences
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.screen import Screen
from support.archives import build_into, link_tree, settings_for, write_jsonl
from support.displayed import texts

PAIRS = Path(__file__).with_name("other_accounts.txt")
BRIDGE = (
    "The new Salt Bridge will cost {} million crowns, the council of Port Ansel decided.\n\n"
    "Work begins in June and the bridge opens in May 2028, said Mayor Hedda Lyng.\n\n"
    "The bridge will be 412 metres long and will be built by a company from the east bank."
)
ARTICLES = [
    {"id": name, "published": day, "source": source, "title": title, "text": text}
    for name, day, source, title, text in (
        ("early", "2023-02-09", "World Desk", "Race against time",
         "The earthquake has killed 19,300 people in Ashkal."),
        ("late", "2023-02-14", "World Desk", "Hopes fade in Ashkal",
         "The earthquake in Ashkal has killed 35,418 people, the authorities said."),
        ("police", "2025-05-04", "Brenholm Post", "March fills the streets",
         "Police estimated that 20,000 people marched through Brenholm on Saturday."),
        ("union", "2025-05-04", "The Lantern", "Brenholm says no",
         "Organisers said 85,000 people took part in the march through Brenholm on Saturday."),
        ("crack", "2024-05-06", "Hill Gazette", "Crack in the dam",
         "Engineers said that the dam at Ruhn had cracked."),
        ("calm", "2024-05-06", "National Wire", "Ministry calms",
         "The ministry denied that the dam at Ruhn had cracked."),
        ("price", "2026-01-15", "Harbour Post", "New bridge", BRIDGE.format(85)),
        ("mended", "2026-01-16", "Harbour Post", "New bridge", BRIDGE.format(92)),
        ("eleven", "2025-05-04", "Odde Post", "Tram derails in Odde",
         "Eleven passengers were injured when a tram derailed in Odde on Sunday."),
        ("fourteen", "2025-05-04", "The Lantern", "Odde tram leaves its rails",
         "Fourteen passengers were injured when a tram derailed in Odde on Sunday."),
    )
]  # fmt: skip
MARCH = "How many people marched through Brenholm on Saturday?"
QUAKE = "How many people has the earthquake in Ashkal killed?"


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> OpenIndex:
    """An index of articles that do not say the same."""
    folder = tmp_path_factory.mktemp("disputed")
    link_tree(encoders, folder / "built" / "encoders")
    build_into(folder / "built", [write_jsonl(folder / "news.jsonl", *ARTICLES)])
    return OpenIndex(settings_for(folder / "built"))


def claims(passage: str) -> list[Claim]:
    """The claims of a passage: its date, source, headline and text."""
    day, source, title, text = passage.split(" | ")
    whole = Span(0, len(text))
    published = dt.date.fromisoformat(day)
    article = Article(
        ArticleId(source), title, text, whole, published, "", source, "", (), "", 0, ""
    )
    attributions = find_attributions(text)
    return [Claim(article, span, lambda: attributions) for span in sentences(text, whole)]


def disagreements(question: str, first: str, second: str) -> set[str]:
    """How two passages disagree on a question."""
    asked = number_question(question)
    found = [difference(one, other, asked) for one in claims(first) for other in claims(second)]
    return {one.kind.value for one in found if one and one.kind.disagrees}


def ids(found: Answer) -> list[str]:
    return [quote.article.id for quote in found.quotes]


def test_passages_that_disagree_are_told_from_those_that_agree() -> None:
    blocks = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    found: Mapping[str, list[str]] = {"right": [], "missed": [], "false": []}
    for block in blocks:
        heading, first, second = block.splitlines()
        kind, _, question = heading.split(" | ")
        kinds = disagreements(question, first, second)
        if kind == "agree":
            found["false"] += [question] if kinds else []
        else:
            found["right" if kind in kinds else "missed"].append(question)
    right, missed, false = (len(found[name]) for name in ("right", "missed", "false"))
    assert len(blocks) == 120
    assert right >= 0.75 * (right + missed), found["missed"]
    assert right >= 0.9 * (right + false), found["false"]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "How many points did Brandl score?",
            "It was the best game since Olin of Ulm had 81 points in Bregen.",
            "Brandl of Ulm scored 71 points, the most since Olin had 81 in Bregen.",
        ),
        (
            "How many votes did Anna Low get in Dravna?",
            "Anna Low needs 218 votes in Dravna.",
            "Anna Low got 203 votes in Dravna.",
        ),
        (
            "How many people died in the attack in Maru?",
            "The attack in Maru killed six people.",
            "In the attack in Maru 45 people died or were injured.",
        ),
        (
            "How much did Velmont pay Astra?",
            "Velmont agreed to a $787 million settlement with Astra.",
            "Velmont settled Astra's $1.6 billion lawsuit.",
        ),
        (
            "Did Teo Brandl retire?",
            "Teo Brandl, who played in Ulm, retired on Monday.",
            "Teo Brandl, who was not in Ulm on Monday, retired.",
        ),
        (
            "Will Kestria build a base on the Keth Islands?",
            "Kestria signed a pact with the Keth Islands on trade with the country.",
            "Kestria denied that the country will set up a military base on the Keth Islands.",
        ),
        (
            "Who runs for mayor?",
            "Ann Low said on Tuesday that she will run for mayor of Helm.",
            "Eva Stern will not run for mayor of Helm again, she said on Tuesday.",
        ),
    ],
)
def test_what_only_looks_like_a_disagreement_is_none(
    question: str, first: str, second: str
) -> None:
    passages = (
        f"2024-05-06 | {name} | A headline | {text}"
        for name, text in zip("AB", (first, second), strict=True)
    )
    assert disagreements(question, *passages) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At least 40 soldiers were wounded.", [(40.0, "count")]),
        ("The well is 140 metres deep.", [(140.0, "length")]),
        ("It cost €3.5bn.", [(3.5e9, "money, euro")]),
        ("Unemployment rose to 8.4 per cent from 7 per cent.", [(8.4, "percent")]),
        ("In 1952, on 3 May, Flight 370 won 3-1 by two of the goals.", []),
        ("Another 40 people came, 12 more than in 2019.", []),
        ("Between 300 and 400 people took part.", [(350.0, "count")]),
    ],
)
def test_quantities_have_a_unit_or_count_something(
    sentence: str, expected: list[tuple[float, str]]
) -> None:
    assert [(one.value, one.kind) for one in quantities(sentence)] == expected


@pytest.mark.parametrize(
    ("question", "told", "differs", "agrees"),
    [
        (
            "How many people were killed in the fire in Odde?",
            "Dozens of people were killed in the fire in Odde.",
            "Three people were killed in the fire in Odde.",
            "Thirty-four people were killed in the fire in Odde.",
        ),
        (
            "How many people marched through Odde?",
            "Tens of thousands of people marched through Odde.",
            "Some 3,000 people marched through Odde.",
            "Some 40,000 people marched through Odde.",
        ),
        (
            "What share of the dockers voted for the strike in Odde?",
            "Two thirds of the dockers in Odde voted for the strike.",
            "Half the dockers in Odde voted for the strike.",
            "Some 65 percent of the dockers in Odde voted for the strike.",
        ),
    ],
)
def test_numbers_and_shares_in_words_are_compared_as_ranges(
    question: str, told: str, differs: str, agrees: str
) -> None:
    first, second, third = (
        f"2025-05-04 | {source} | Odde | {text}"
        for source, text in (("Post", told), ("Lantern", differs), ("Herald", agrees))
    )
    assert disagreements(question, first, second) == {"numbers"}
    assert disagreements(question, first, third) == set()


def test_a_bound_a_rounded_number_and_one_in_words_fit_the_exact_one() -> None:
    exact = quantities("74 houses burned.")[0]
    for sentence in (
        "At least 60 houses burned.",
        "About 70 houses burned.",
        "Seventy-four houses burned.",
        "Between 60 and 90 houses burned.",
    ):
        assert exact.fits(quantities(sentence)[0]), sentence
    assert not exact.fits(quantities("At least 90 houses burned.")[0])


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("Iran denied supplying weapons despite the evidence.", "supplying weapons"),
        ("Reports that the dam broke are false.", "the dam broke"),
        ("He was denied bail.", None),
        ("The court denied his motion to dismiss.", None),
        ("The governor rejected the plan.", None),
        ("It threatens not only the coast.", None),
    ],
)
def test_what_is_denied_is_not_what_is_refused(sentence: str, denied: str | None) -> None:
    found = denial_in(sentence)
    assert (found.denied if found else None) == denied


def test_who_is_accused_is_told_from_who_accuses() -> None:
    active, passive = (
        accusations_in(sentence, [])[0]
        for sentence in (
            "The board blamed Dunmar for the delay.",
            "Dunmar was blamed by the board for the delay.",
        )
    )
    assert (active.accuser.strip(), active.accused) == ("The board", "Dunmar")
    assert passive.accuser == "by the board"


def test_different_numbers_stand_side_by_side_under_a_label(disputed: OpenIndex) -> None:
    found = answer(disputed, understand(MARCH))
    assert set(ids(found)[:2]) == {"police", "union"}
    assert answer_json(found).model_dump(mode="json")["accounts"] == [[1, 2]]
    label = "Accounts differ: quotes 1 and 2 give different numbers."
    assert account_labels(found) == (label,)
    assert label in answer_text(found, Screen(None, colour=False))
    shown = "\n".join(texts(answer_messages(found, private=False)[0]))
    assert label in shown.replace("\\", "")
    of_python = archive_answer(found)
    assert of_python.accounts == ((1, 2),)
    assert label in of_python.notices


def test_the_other_account_is_added_where_one_quote_is_asked_for(disputed: OpenIndex) -> None:
    assert set(ids(answer(disputed, understand(MARCH), 1))) == {"police", "union"}
    more = answer(disputed, understand(MARCH), 4)
    assert ids(more)[:2] == ids(answer(disputed, understand(MARCH), 1)), "so that more can follow"


def test_a_version_that_its_source_changed_is_no_other_account(disputed: OpenIndex) -> None:
    found = answer(disputed, understand("How much does the Salt Bridge cost now?"), 1)
    assert ids(found) == ["mended"]
    assert answer_json(found).accounts == ()


def test_accounts_differ_on_what_the_question_names_in_words_of_its_own(
    disputed: OpenIndex,
) -> None:
    found = answer(disputed, understand("How many people were hurt in the tram accident?"), 1)
    assert set(ids(found)) == {"eleven", "fourteen"}
    assert [one.kind for one in found.accounts] == [AccountKind.NUMBERS]


def test_a_denial_stands_beside_what_it_denies(disputed: OpenIndex) -> None:
    found = answer(disputed, understand("Did the dam at Ruhn crack?"), 1)
    assert set(ids(found)) == {"crack", "calm"}
    assert [one.kind for one in found.accounts] == [AccountKind.DENIAL]


def test_numbers_of_different_days_are_told_as_one_development(disputed: OpenIndex) -> None:
    found = answer(disputed, understand(QUAKE))
    told = answer_json(found).model_dump(mode="json")
    assert told["accounts"] == []
    (development,) = told["developments"]
    assert [number["text"] for number in development] == ["19,300", "35,418"]
    first, last = (ids(found).index(name) + 1 for name in ("early", "late"))
    assert account_labels(found) == (
        f"Over time: 19,300 on 9 February [{first}] · 35,418 on 14 February [{last}]",
    )


def test_an_answer_on_which_all_agree_has_no_accounts(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    assert answer_json(found).model_dump(mode="json")["accounts"] == []
    assert account_labels(found) == ()
