"""Posting lists of a database: how counts and lengths are stored."""

import numpy as np
import pytest

from pullquote.storage.postgres.posting_lists import bm25_by_code, codes_of


@pytest.mark.parametrize(
    ("length", "stored"), [(0, 0), (1, 1), (40, 40), (41, 40), (42, 42), (1_000, 984), (10**8, 0)]
)
def test_a_length_is_stored_as_tantivy_stores_it(length: int, stored: int) -> None:
    (code,) = codes_of(np.array([3]), np.array([length]))
    mean = 50.0
    expected = 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * stored / mean))
    if length < 10**8:
        assert bm25_by_code(mean)[code] == pytest.approx(expected, rel=1e-6)
    else:
        assert code & 255 > codes_of(np.array([3]), np.array([10**6]))[0] & 255


def test_a_count_beyond_the_largest_is_stored_as_the_largest() -> None:
    most, beyond = codes_of(np.array([255, 70_000]), np.array([80, 80]))
    assert most == beyond
