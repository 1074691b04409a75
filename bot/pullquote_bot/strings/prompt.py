"""Sentences for people who type a question: at the local prompt, or to `pullquote ask`."""

from __future__ import annotations

ASK_EXAMPLE = 'Type for example: pullquote ask "Who mediated the talks?"'
INSTEAD_OF_BOT = "DISCORD_TOKEN is not set, so this is the local prompt and not the Discord bot.\n"
"""Printed if no command was typed, and the prompt runs because no token is set."""
WELCOME = "Ask the archive. :help lists the commands, Ctrl-D leaves."
HELP = """\
Type a question, or one of these:
  :context N   the paragraphs around quote N, with the quote marked
  :article N   the whole article of quote N
  :more        further quotes for the last question
  :explain     how the last answer was found and scored
  :sources     the sources of the archive
  :help        this list
  :quit        leave (Ctrl-D does too; Ctrl-C cancels a question)"""
CANCELLED = "Cancelled."
NO_ANSWER_YET = "Ask a question first."
NO_MORE = "There are no further quotes for this question."


def no_quote(number: str, count: int) -> str:
    """There is no quote of this number.

    Args:
        number: as it was typed.
        count: the number of quotes of the last answer.
    """
    return f"There is no quote {number}; the last answer has {count}."
