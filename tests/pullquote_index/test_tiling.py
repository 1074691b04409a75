from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.spans import Span
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
