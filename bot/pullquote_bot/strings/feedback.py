"""The sentences of `pullquote feedback`."""

from __future__ import annotations

from pullquote.translation import say
from pullquote_bot.strings.quantities import counted


def summary(questions: int, ratings: int, without_question: int) -> str:
    """What was exported, and what is missing.

    Args:
        questions: the number of questions.
        ratings: the number of ratings.
        without_question: how many of them have no question.
    """
    exported = say(
        "{questions} of {ratings}",
        questions=counted(questions, "question"),
        ratings=counted(ratings, "rating"),
    )
    if not without_question:
        return exported
    return say(
        "{exported}. {ratings} left out: the words of the question were not kept, and "
        "without them it cannot be asked again. To keep them from now on, set "
        "discord.keep_questions = true",
        exported=exported,
        ratings=counted(without_question, "rating"),
    )
