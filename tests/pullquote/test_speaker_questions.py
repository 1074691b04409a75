"""A question about somebody's words is recognised by its form."""

import pytest

from pullquote.english.speaker_questions import speaker_asked_for


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Ann Low say about the bridge?", "Ann Low"),
        ("What does the harbour board think of it?", "the harbour board"),
        ("what has Low warned of", "Low"),
        ("How did the mayor respond to the strike?", "the mayor"),
        ("Did Ann Low deny it?", "Ann Low"),
        ("What is Low's position on the pier?", "Low"),
        ("What did they say about the bridge?", ""),
        ("What year did three women claim that they were paid?", ""),
        ("What has the government called upon Orissa state to do?", ""),
        ("What share of Britons sleep badly, according to a new study?", ""),
        ("How was the deal announced?", ""),
        ("What is the state of the talks?", ""),
        ("Who mediated the talks?", ""),
    ],
)
def test_whose_words_a_question_asks_for(question: str, speaker: str) -> None:
    assert speaker_asked_for(question) == speaker
