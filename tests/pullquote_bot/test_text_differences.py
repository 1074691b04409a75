"""The words in which two texts differ."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote_bot.web.text_differences import PieceKind, differences

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8).map(" ".join)


def words_in(rows: object, *kinds: PieceKind) -> list[str]:
    return [
        word
        for row in rows  # type: ignore[attr-defined]
        for piece in row
        if piece.kind in kinds
        for word in piece.text.split()
    ]


@given(WORDS, WORDS)
def test_the_pieces_of_each_text_are_that_text(first: str, second: str) -> None:
    found = differences(first, second)
    assert found.is_whole
    if first == second:
        assert not found.rows
    else:
        assert words_in(found.rows, PieceKind.BOTH, PieceKind.FIRST) == first.split()
        assert words_in(found.rows, PieceKind.BOTH, PieceKind.SECOND) == second.split()


def test_places_far_apart_are_rows_of_their_own_with_the_words_around_them() -> None:
    words = [f"w{number}" for number in range(200)]
    changed = [*words]
    changed[50], changed[150] = "new", "newer"
    rows = differences(" ".join(words), " ".join(changed)).rows
    assert [[piece.text for piece in row] for row in rows] == [
        [" ".join(words[42:50]), "w50", "new", " ".join(words[51:59])],
        [" ".join(words[142:150]), "w150", "newer", " ".join(words[151:159])],
    ]


def test_spaces_do_not_count_and_what_is_shown_is_bounded() -> None:
    assert not differences("a  b\n\nc", "a b c").rows
    long = differences("a", f"a {'long ' * 5000}").rows[0][-1]
    assert long.is_cut
    assert len(long.text) <= 1500
    many = differences(
        " ".join(f"w{number}" for number in range(2000)),
        " ".join(f"w{number}" if number % 40 else "x" for number in range(2000)),
    )
    assert len(many.rows) == 40
    assert not many.is_whole
    other = differences("a " * 7000, "b " * 7000)
    assert (other.rows, other.is_whole) == ((), False)
