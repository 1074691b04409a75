"""Attributions are read back as they were written, and nothing else is taken for one."""

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged
from pullquote.storage.attribution_rows import attribution_from, attribution_values

WHOLE = Attribution(
    AttributionKind.MIXED,
    (Span(3, 9), Span(12, 20)),
    (Span(10, 11),),
    (Span(0, 2),),
    Span(30, 40),
    Span(42, 50),
)


@pytest.mark.parametrize(
    "attribution",
    [WHOLE, Attribution(AttributionKind.INDIRECT, (Span(0, 5),), (Span(6, 9),), ())],
)
def test_an_attribution_is_read_as_it_was_written(attribution: Attribution) -> None:
    *_, places = attribution_values(1, 2, "ann low", attribution)
    assert attribution_from(places) == attribution


@pytest.mark.parametrize("places", [None, "text", b"", b"\x00" * 8, b"\xff" * 24])
def test_a_row_that_was_not_written_so_is_damage(places: object) -> None:
    with pytest.raises(ValueError, match=r"attribution|unpack|buffer"):
        attribution_from(places)


def test_an_attribution_outside_of_its_article_is_damage(seeds: OpenIndex) -> None:
    row = ArticleRow(0)
    text = seeds.store.article(row).text
    assert seeds.store.attributions.of_article(row, text)
    with pytest.raises(ArchiveDamaged, match="does not lie in its article"):
        seeds.store.attributions.of_article(row, text[:500])
