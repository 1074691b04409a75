import itertools

from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.spans import Span
from pullquote_index.readers.extraction import ExtractedBlock, joined_blocks
from pullquote_index.steps.tiling import tile, word_count

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aB. \n\r\t“”\u00a0\u2028é。"), st.characters()),
    max_size=800,
)


@given(TEXTS, st.integers(20, 180))
def test_every_character_of_the_prose_is_in_exactly_one_passage(text: str, words: int) -> None:
    prose = Span(len(text) // 5, len(text))
    tiles = tile(text, prose, words)
    if not text[prose.start :].strip():
        assert tiles == []
        return
    assert tiles[0][0].start == prose.start
    assert tiles[-1][0].end == prose.end
    assert all(a.end == b.start for (a, _), (b, _) in zip(tiles, tiles[1:], strict=False))
    for span, sentences in tiles:
        assert sentences
        assert all(span.contains(sentence) for sentence in sentences)
    assert "".join(
        "".join(s.of(text).split()) for _, sentences in tiles for s in sentences
    ) == "".join(text[prose.start :].split())


def test_passages_are_about_as_long_as_the_target_and_end_with_paragraphs() -> None:
    sentence = "The harbour bridge opened on a cold and windy morning in March. "
    text = "\n\n".join([(sentence * 3).strip()] * 20)
    lengths = [word_count(text, span) for span, _ in tile(text, Span(0, len(text)), 120)]
    assert all(90 <= length <= 150 for length in lengths[:-1])
    assert all(
        text[span.end - 2 : span.end] in ("\n\n", "h.")
        for span, _ in tile(text, Span(0, len(text)), 120)
    )


def test_a_run_without_a_full_stop_is_cut_into_pieces() -> None:
    text = "word " * 1_000 + "x" * 5_000
    tiles = tile(text, Span(0, len(text)), 120)
    assert max(word_count(text, span) for span, _ in tiles) <= 150
    assert max(s.end - s.start for _, sentences in tiles for s in sentences) < 30_000


PIECES = st.lists(
    st.tuples(
        st.sampled_from(list(BlockKind)),
        st.text(alphabet=st.sampled_from("aB. é“:"), min_size=1, max_size=60).filter(str.strip),
    ),
    max_size=12,
)


@given(PIECES, st.integers(5, 40))
def test_passages_cover_the_blocks_and_have_sentences_of_those_that_are_quotable(
    pieces: list[tuple[BlockKind, str]], words: int
) -> None:
    extraction = joined_blocks([ExtractedBlock(text, kind) for kind, text in pieces])
    text, blocks = extraction.text, extraction.blocks
    prose = Span(0, len(text))
    tiles = tile(text, prose, words, blocks)
    quotable = [block for block in blocks if block.is_quotable]
    if not quotable:
        assert tiles == [] or not blocks
        return
    assert (tiles[0][0].start, tiles[-1][0].end) == (0, len(text))
    assert all(a.end == b.start for (a, _), (b, _) in itertools.pairwise(tiles))
    sentences = [sentence for _, sentences in tiles for sentence in sentences]
    assert all(any(block.span.contains(one) for block in quotable) for one in sentences)
    assert "".join("".join(one.of(text).split()) for one in sentences) == "".join(
        "".join(block.span.of(text).split()) for block in quotable
    )
    rows = [block.span for block in quotable if block.kind is BlockKind.ROW]
    assert all(row in sentences for row in rows)


def test_a_passage_begins_with_the_heading_above_it() -> None:
    sentence = "The harbour bridge opened on a cold and windy morning in March."
    blocks = [
        ExtractedBlock(text, kind)
        for number in range(4)
        for text, kind in (
            (f"Heading {number}", BlockKind.HEADING),
            *[(sentence, BlockKind.PARAGRAPH)] * 3,
        )
    ]
    extraction = joined_blocks(blocks)
    text = extraction.text
    tiles = tile(text, Span(0, len(text)), 50, extraction.blocks)
    assert [span.of(text)[:9] for span, _ in tiles] == [f"Heading {number}" for number in range(4)]
