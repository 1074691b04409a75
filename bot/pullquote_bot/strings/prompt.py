"""Sentences for people who type a question: at the local prompt, or to `pullquote ask`."""

from __future__ import annotations

from pullquote.translation import say, translate_constants
from pullquote_bot.visible_text import LONGEST_NAME, one_line

ASK_EXAMPLE = 'Type for example: pullquote ask "Who mediated the talks?"'
QUESTIONS_FILE = "Name a file of questions, or - for standard input"
VERIFY_EXAMPLE = 'Type for example: pullquote verify "The talks were mediated by Qatar."'
NO_TEXT, TEXT_OR_BATCH = "there is no text", "give a text or --batch FILE, not both"
TEXTS_FILE = "Name a file of texts, or - for standard input"
INSTEAD_OF_BOT = "DISCORD_TOKEN is not set, so this is the local prompt and not the Discord bot.\n"
"""Printed if no command was typed, and the prompt runs because no token is set."""
WELCOME = "Ask the archive. :help lists the commands, Ctrl-D leaves."
HELP = """\
Type a question, or one of these:
  :context N   the paragraphs around quote N, with the quote marked
  :article N   the whole article of quote N
  :more        further quotes for the last question
  :nearest     the passages that came nearest, if the last question was refused
  :explain     how the last answer was found and scored
  :verify TEXT whether the archive prints a text word for word, and what is altered in it
  :said NAME   what a person or a body said; ":said NAME about WORDS" for a subject
  :speakers    who is quoted most
  :timeline SUBJECT  what the articles report on a subject, by date, oldest first
  :since DATE  search articles from this day or period on; :since alone: from any day
  :until DATE  the same for the last day
  :source NAME search articles of this source only; :source alone: of any
  :author NAME the same for an author
  :alldates    the last question again, without the dates in its words
  :new         forget the subject, the dates and the source: the next question stands alone
  :sources     the sources of the archive
  :help        this list
  :quit        leave (Ctrl-D does too; Ctrl-C cancels a question)"""
MORE_DATES_OPTION = "--top N shows more"
"""How to see further dates of a timeline."""
CANCELLED = "Cancelled."
NOTHING_TO_VERIFY = "type the text after :verify"
NO_ANSWER_YET = "Ask a question first."
NO_MORE = "There are no further quotes for this question."
NEAREST_COMMAND = ":nearest shows the passages that came nearest."
ALL_DATES_COMMAND = ":alldates leaves them out."
FORGOTTEN = "The next question begins a new conversation."
NOTHING_SHOWN = "the last question was refused, so no quotes are shown"
TYPE_NEAREST = "Type :nearest for the passages that came nearest"
NOT_REFUSED = "The last question was not refused: its quotes are shown. :more shows further ones."
TYPE_HELP = "Type :help for the list"
NO_NEAREST = "There are no nearest passages for this question."


def no_command(name: str) -> str:
    """There is no command of this name; the prompt's help lists them."""
    return say("there is no command {name}", name=one_line(name, LONGEST_NAME))


def no_quote(number: str, count: int) -> str:
    """No quote of this number was shown.

    Args:
        number: as it was typed.
        count: the number of quotes that were shown.
    """
    return say(
        "There is no quote {number}; the last one that was shown is {count}.",
        number=one_line(number),
        count=count,
    )


translate_constants(__name__)
