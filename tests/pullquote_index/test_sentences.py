import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.spans import Span
from pullquote.english.back_references import refers_back
from pullquote.english.sentences import sentences

RULES = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("golden_rules.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
IMPOSSIBLE = {"golden-18"}
"""A sentence ends within "6 P.M. Mr. Smith" and not within "5 a.m. Mr. Smith": no rule can tell."""


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule["id"] not in IMPOSSIBLE],
    ids=lambda rule: str(rule["id"]),
)
def test_a_golden_rule_is_followed(rule: dict[str, object]) -> None:
    text = str(rule["text"])
    assert [list(span) for span in sentences(text, Span(0, len(text)))] == rule["sentences"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “It is over.” Then he left.", ["He said “It is over.”", "Then he left."]),
        ('"It is over." The talks ended.', ['"It is over."', "The talks ended."]),
        ("“Is it?” she asked. “No.”", ["“Is it?” she asked.", "“No.”"]),
        (
            "Sens. Reed and Vale met Gov. Ortiz on Oct. 29. It rained.",
            ["Sens. Reed and Vale met Gov. Ortiz on Oct. 29.", "It rained."],
        ),
        (
            "It cost $3.5 million, per U.S. Customs. She paid.",
            ["It cost $3.5 million, per U.S. Customs.", "She paid."],
        ),
        (
            "The core issue ... on which it began. They left.",
            ["The core issue ... on which it began.", "They left."],
        ),
        ("他走了。她留下。", ["他走了。", "她留下。"]),
        ("She left…  He stayed!", ["She left…", "He stayed!"]),
    ],
)
def test_news_prose_is_split_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("ab. “”\"'’!?\n\t…。 A1)(\ufeff\u200d\u00a0\u2028é\u0301😀"),
            st.characters(),
        )
    )
)
def test_spans_are_exact_and_lose_nothing_but_white_space(text: str) -> None:
    spans = sentences(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize("words", ["x. ", "• 5. bread ", "“", "a) "])
def test_splitting_takes_a_time_that_grows_no_faster_than_the_text(words: str) -> None:
    def seconds(times: int) -> float:
        text = words * times
        began = time.process_time()
        for place in sentences(text, Span(0, len(text)))[:50]:
            refers_back(text, place.start)
        return time.process_time() - began

    assert seconds(80_000) < 40 * max(seconds(8_000), 0.01), (
        "ten times the text took more than forty times as long"
    )
