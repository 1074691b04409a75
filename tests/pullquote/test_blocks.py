"""Blocks of an extracted text: what place a span is in, and how they are stored."""

import pytest

from pullquote.corpus.articles import Article, ArticleId, Origin
from pullquote.corpus.blocks import Block, BlockKind, Place, place_of
from pullquote.corpus.paragraphs import paragraphs_within
from pullquote.corpus.spans import Span
from pullquote.storage.block_columns import block_values, blocks_from

TEXT = "Before.\n\nVotes\n\nName | Votes\n\nAnn | 3\n\nBo | 2\n\nAfter."
BLOCKS = (
    Block(Span(0, 7), first_line=1, last_line=2),
    Block(Span(9, 14), BlockKind.HEADING, 2, 4, 4),
    Block(Span(16, 28), BlockKind.HEADER_ROW, 0, 6, 6),
    Block(Span(30, 37), BlockKind.ROW, 0, 8, 8, 3),
    Block(Span(39, 45), BlockKind.ROW, 0, 9, 9, 3),
    Block(Span(47, 53), first_line=11, last_line=12, page=4),
)


def article(origin: Origin, blocks: tuple[Block, ...], text: str = TEXT, line: int = 0) -> Article:
    return Article(
        id=ArticleId("a"),
        title="A title",
        text=text,
        prose=Span(0, len(text)),
        published=None,
        section="",
        source="",
        url="",
        authors=(),
        path="a.md",
        line=line,
        record_sha256="",
        origin=origin,
        blocks=blocks,
    )


def test_a_row_is_under_its_heading_and_its_header_row() -> None:
    place = place_of(BLOCKS, BLOCKS[4].span)
    assert place == Place(BLOCKS[1].span, BLOCKS[2].span, (9, 9), 3)


def test_the_time_of_an_entry_and_the_heading_beside_it_are_one_heading() -> None:
    text = "10:42\n\nFerry\n\nNo boats sail.\n\nLast\n\nNone."
    blocks = (
        Block(Span(0, 5), BlockKind.ENTRY),
        Block(Span(7, 12), BlockKind.HEADING, 2),
        Block(Span(14, 28)),
        Block(Span(30, 34), BlockKind.HEADING, 2),
        Block(Span(36, 41)),
    )
    for origin in (Origin.EXTRACTED, Origin.FILE):
        one = article(origin, blocks, text)
        assert one.place_of(blocks[2].span).heading == Span(0, 12)
        assert one.names_of_place(blocks[2].span) == "10:42\nFerry"
        assert one.place_of(blocks[4].span).heading == blocks[3].span


def test_a_paragraph_after_a_table_is_not_in_it() -> None:
    assert place_of(BLOCKS, BLOCKS[5].span) == Place(BLOCKS[1].span, None, (11, 12), 4)


def test_a_span_before_every_heading_is_under_none() -> None:
    assert place_of(BLOCKS, Span(0, 3)) == Place(None, None, (1, 2), 0)


def test_a_span_of_several_blocks_has_the_lines_of_all() -> None:
    assert place_of(BLOCKS, Span(30, 45)).lines == (8, 9)


def test_a_text_of_a_file_knows_its_lines_and_that_of_a_record_does_not() -> None:
    text = "One\r\nhere.\n\nTwo\nthere."
    span = Span(text.index("here"), text.index("there"))
    assert article(Origin.FILE, (), text).place_of(span) == Place(lines=(2, 5))
    assert article(Origin.FILE, (), text, line=3).place_of(span) == Place()


def test_the_names_of_a_place_are_its_heading_and_its_header_row() -> None:
    extracted = article(Origin.EXTRACTED, BLOCKS)
    assert extracted.names_of_place(BLOCKS[3].span) == "Votes\nName | Votes"
    assert extracted.names_of_place(BLOCKS[0].span) == ""
    assert extracted.paragraphs == [block.span for block in BLOCKS]


def test_parts_of_paragraphs_within_a_span_have_no_white_space_at_their_ends() -> None:
    spans = [block.span for block in BLOCKS]
    assert paragraphs_within(TEXT, spans, Span(3, 15)) == [Span(3, 7), Span(9, 14)]
    assert paragraphs_within(TEXT, spans, Span(7, 9)) == []


def test_blocks_are_read_as_they_were_written() -> None:
    assert blocks_from(*block_values(BLOCKS)) == BLOCKS
    assert blocks_from(*block_values(())) == ()
    blocks, places = block_values(BLOCKS)
    for damaged in ((blocks[:-1], places), (blocks, places[:-12]), (None, places)):
        with pytest.raises(ValueError, match=r"buffer|reshape|shorter|not as they were written"):
            blocks_from(*damaged)
    unknown = block_values(BLOCKS)[0].replace(b"\x04\x00\x00\x00", b"\x63\x00\x00\x00")
    with pytest.raises(ValueError, match="unknown kind"):
        blocks_from(unknown, places)
