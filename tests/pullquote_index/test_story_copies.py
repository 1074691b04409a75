"""Near-copies by their signatures, and which of them tell one story."""

import datetime as dt
import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest

from pullquote.corpus.passages import ArticleRow
from pullquote_index.steps.minhash import VALUES, candidate_pairs, signature
from pullquote_index.steps.story_copies import are_near, telling_of, tells_same_story
from pullquote_index.steps.story_writer import ArticleHeading

WORDS = [f"word{number}" for number in range(400)]
RESCUE = (
    "A freight ferry ran aground off Storholm early on Monday with 27 people on board.",
    "All of them were taken off by helicopter, the coast guard said.",
    "The ferry, built in 1998, was carrying timber and 40 cars.",
    "The harbour master said that the crew had sent no distress signal.",
    "Booms were laid around the hull because oil was leaking from a tank.",
)
FORECAST = (
    "It will be sunny in the valley on Saturday, with lows of 4 and highs of 14.",
    "Winds from the west reach 34 kilometres an hour.",
    "The forecast is issued at six in the morning by the institute at Elm Ford.",
    "There are no warnings in force for farmers and for boats on the lake.",
)
LOTTERY = (
    "The winning numbers in Saturday's draw are 5, 12, 20, 33 and 41.",
    "The jackpot was 12 million euros, and nobody won it.",
    "Tickets cost two euros and are sold until seven in the evening of the day of the draw.",
    "Players choose five numbers from 1 to 50, and win the jackpot if all of them are drawn.",
    "The draw is shown on television on two evenings of each week.",
    "Prizes have to be claimed at an office of the lottery within ninety days.",
)
PRICES = (
    "Wheat closed at 212 a tonne in Norrvik, up 3.",
    "Barley closed at 180 a tonne, down 2.",
    "Oats closed at 165 a tonne, unchanged from the day before.",
    "Trading was thin because many buyers stayed at home.",
)
POLLS = (
    "Polling stations in Norrvik open at seven and close at eight.",
    "The school in Norrvik is open to voters of the north of the town of Norrvik.",
    "Voters need to bring an identity card, and may bring a child.",
    "Results are expected by midnight.",
)


def changed(sentences: Sequence[str], *swaps: tuple[str, str]) -> list[str]:
    text = "\n".join(sentences)
    for before, after in swaps:
        assert before in text
        text = text.replace(before, after)
    return text.split("\n")


def tell_one_story(
    sentences: Sequence[str], others: Sequence[str], title: str = "News", other_title: str = "News"
) -> bool:
    found = [
        tells_same_story(telling_of(*one, sentences=first), telling_of(*two, sentences=second))
        for (one, first), (two, second) in itertools.permutations(
            [((title, ""), sentences), ((other_title, ""), others)]
        )
    ]
    assert found[0] == found[1], "in any order"
    return found[0]


@pytest.mark.parametrize(
    "others",
    [
        changed(RESCUE, ("27", "29")),
        changed(RESCUE, ("27", "29"), ("on Monday", "on Monday, in a storm,"), ("40", "42")),
        changed(RESCUE, ("coast guard", "coastguard"), ("All of them", "All"), ("40 cars", "cars")),
        [f"NORRVIK (NWire) - {RESCUE[0]}", *RESCUE[1:3]],
        ["The captain was questioned on Tuesday.", *RESCUE],
        [*RESCUE[:3], "The owner said that he regretted the loss of the ferry."],
    ],
)
def test_versions_and_copies_of_a_story_tell_one_story(others: Sequence[str]) -> None:
    assert tell_one_story(RESCUE, others, "Ferry aground", "27 rescued from ferry")


@pytest.mark.parametrize(
    ("sentences", "others", "title", "other_title"),
    [
        (
            FORECAST,
            changed(FORECAST, ("sunny", "cloudy"), ("Saturday", "Sunday"), ("14", "12")),
            "Forecast for the valley",
            "Forecast for the valley",
        ),
        (
            LOTTERY,
            changed(LOTTERY, ("Saturday's", "Wednesday's"), ("5, 12, 20", "7, 9, 28")),
            "Winning numbers",
            "Winning numbers",
        ),
        (
            LOTTERY,
            changed(LOTTERY, ("in Saturday's draw", "of the draw"), ("12 million", "14 million")),
            "Lottery numbers of Saturday",
            "Lottery numbers of Wednesday",
        ),
        (
            PRICES,
            changed(PRICES, ("212", "215"), ("180", "177"), ("165", "164"), (", up 3", ", up 4")),
            "Grain prices",
            "Grain prices",
        ),
        (POLLS, changed(POLLS, ("Norrvik", "Lindvik")), "Polls in Norrvik", "Polls in Lindvik"),
        (
            ["The mayor opened a bridge.", "It cost 14 million.", *LOTTERY[2:]],
            ["A fire destroyed a barn.", "Nobody was hurt.", "Cows fled.", *LOTTERY[2:]],
            "Bridge opened",
            "Barn burns",
        ),
        (RESCUE, FORECAST, "Ferry", "Ferry"),
        ([], [], "Ferry", "Ferry"),
    ],
    ids="forecast draw draw-by-headline prices towns one-box other-words empty".split(),
)
def test_articles_of_one_template_or_with_one_box_do_not(
    sentences: Sequence[str], others: Sequence[str], title: str, other_title: str
) -> None:
    assert not tell_one_story(sentences, others, title, other_title)


def test_articles_far_apart_in_time_are_near_only_at_one_address() -> None:
    def heading(day: int, url: str = "") -> ArticleHeading:
        date = dt.date(2025, 1, 1) + dt.timedelta(days=day) if day else None
        return ArticleHeading(ArticleRow(0), "Ferry", url, "quay", date)

    assert are_near(heading(1), heading(15))
    assert not are_near(heading(1), heading(16))
    assert are_near(heading(1), heading(0)), "words alone decide where a date is missing"
    address = "https://www.quay.example/ferry?from=home"
    assert are_near(heading(1, address), heading(99, "http://quay.example/ferry/"))


def test_signatures_estimate_the_share_of_runs_of_words_and_pairs_are_those_of_brute_force() -> (
    None
):
    chosen = random.Random(7)
    texts, sets = [], []
    for _ in range(12):
        words = chosen.choices(WORDS, k=150)
        for share in (0, 4, 15, 60):
            copy = [word if chosen.randrange(100) >= share else "x" for word in words]
            texts.append(" ".join(copy))
            sets.append(set(zip(copy, copy[1:], copy[2:], strict=False)))
    signatures = np.stack(list(map(signature, texts)))
    assert signatures.shape == (48, VALUES)
    near = []
    for one, other in itertools.combinations(range(48), 2):
        jaccard = len(sets[one] & sets[other]) / len(sets[one] | sets[other])
        assert abs(float((signatures[one] == signatures[other]).mean()) - jaccard) < 0.2
        near += [[one, other]] if jaccard >= 0.7 else []
    found = candidate_pairs(signatures, 0.5).tolist()
    assert [pair for pair in near if pair not in found] == []
    assert all(one // 4 == other // 4 for one, other in found), "of the same words"


def test_a_thousand_articles_of_one_template_are_not_all_compared_with_one_another() -> None:
    assert len(candidate_pairs(np.tile(signature(" ".join(WORDS)), (1_000, 1)), 0.5)) < 20_000
    assert len(candidate_pairs(np.stack([signature(""), signature("one")]), 0.5)) == 0
