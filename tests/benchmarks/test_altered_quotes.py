"""The quotes that are altered to measure whether `pullquote verify` sees it."""

import random

import pytest

from alterations import ALTERED, UNALTERED, Quote
from altered_quotes import lines, score_table

FIRST = (
    "Mayor Una Strake told Benito Farr on Monday that all 14 fishermen - most of them - weren't "
    "insured in 2019, but would be."
)
SENTENCES = (FIRST, "“They’re safe now,” she said.", "Nobody asked which harbour was meant.")
QUOTE = Quote(
    " ".join(SENTENCES[:2]), SENTENCES, ("Colm Astley",), ("insured", "injured", "harbour")
)


@pytest.mark.parametrize("way", [*ALTERED, *UNALTERED])
def test_each_way_alters_a_quote_and_is_drawn_alike_again(way: str) -> None:
    alter, _ = {**ALTERED, **UNALTERED}[way]
    texts = {alter(QUOTE, random.Random(seed)) for seed in (4, 4)}
    assert len(texts) == 1
    assert any(alter(QUOTE, random.Random(seed)) not in (None, QUOTE.text) for seed in range(9))


def test_a_score_counts_verdicts_and_kinds_by_way() -> None:
    expected = [line for line in lines([QUOTE], 1, 7) if line["id"] in {"number-0", "untouched-0"}]
    found: list[dict[str, object]] = [
        {"id": "number-0", "verdict": "altered", "changes": [{"kind": "word"}]},
        {"id": "untouched-0", "verdict": "verbatim", "changes": []},
    ]
    table = score_table(expected, found)
    assert "| untouched | 1 | 100.0% | 100.0% |" in table
    assert "| number | 1 | 100.0% | 0.0% |" in table
    assert "| number | 1 | 0.0% | - | none 1 |" in score_table(expected, found[1:])
