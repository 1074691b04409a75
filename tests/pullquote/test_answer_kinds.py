import pytest

from pullquote.english.answer_kinds import answer_kind


@pytest.mark.parametrize(
    ("question", "with_answer", "without_answer"),
    [
        ("How long is the border?", "the 1,600-mile border", "a long border"),
        ("How much did it cost?", "at a cost of 14 million euros", "at some cost"),
        ("How many soldiers were killed?", "five soldiers died", "soldiers died"),
        ("What percentage was lost?", "a loss of 60 percent", "a loss of 60"),
        ("When did it open?", "it opened on Tuesday", "it may open"),
        ("When was it arranged?", "arranged on May 3", "arranged at last"),
        ("Who mediated?", "mediation by Turkey", "mediation by others"),
        ("Where did they meet?", "they met in Istanbul", "they met in secret"),
        (
            "What did he say?",
            "he said, “It will outlast every one of us,” and left",
            "he said “no” and left",
        ),
    ],
)
def test_the_kind_of_a_question_matches_its_answers_alone(
    question: str, with_answer: str, without_answer: str
) -> None:
    kind = answer_kind(question)
    assert kind
    assert kind.search(with_answer)
    assert not kind.search(without_answer)


def test_a_question_of_no_known_kind_has_none() -> None:
    assert answer_kind("Why did the talks fail?") is None
