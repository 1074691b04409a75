"""The place and date before a story's first sentence."""

import pytest

from pullquote.english.datelines import without_dateline


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("NORRVIK, Feb 3 (NWire) - A ferry ran aground.", "A ferry ran aground."),
        ("HAMMERVIK (NWire) — A ferry ran aground.", "A ferry ran aground."),
        ("LONDON, England (CNN) -- The mayor left.", "The mayor left."),
        ("WASHINGTON — The mayor left.", "The mayor left."),
        ("The US - said the mayor - is far.", "The US - said the mayor - is far."),
        ("A-list actors left.", "A-list actors left."),
        ("NATO and the EU met.", "NATO and the EU met."),
        ("", ""),
    ],
)
def test_a_dateline_is_recognised_and_other_beginnings_are_not(text: str, story: str) -> None:
    assert without_dateline(text) == story
