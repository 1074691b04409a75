"""The sentences of `pullquote feedback`."""

from __future__ import annotations

from pullquote_bot.strings.quantities import counted


def summary(questions: int, ratings: int, without_question: int) -> str:
    """What was exported, and what is missing.

    Args:
        questions: the number of questions.
        ratings: the number of ratings.
        without_question: how many of them have no question.
    """
    exported = f"{counted(questions, 'question')} of {counted(ratings, 'rating')}"
    if not without_question:
        return exported
    return (
        f"{exported}. {counted(without_question, 'rating')} left out: the words of the question "
        "were not kept, and without them it cannot be asked again. To keep them from now on, set "
        "discord.keep_questions = true"
    )
