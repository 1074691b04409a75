"""What is wrong with a parameter of a request, and what to send instead."""

from __future__ import annotations

from pullquote.translation import say, translate_constants
from pullquote_bot.visible_text import one_line

MISSING = "is missing"
EMPTY = "is empty"
NO_TEXT = "is no text"
NO_TEXT_MEND = "Send a text"
NO_WHOLE_NUMBER = "is no whole number"
NO_WHOLE_NUMBER_MEND = "Send a whole number such as 5"
NO_SWITCH = "is neither true nor false"
NO_SWITCH_MEND = "Send true or false"
NO_DAY = "is not a day such as 2025-10-30"
NO_DAY_MEND = "Send a day of the calendar as 2025-10-30"
NO_OBJECT = "is no JSON object"
NO_OBJECT_MEND = "Send one object with the parameters"
NOT_ALLOWED = "breaks its rule"
UNKNOWN = "is no parameter of this request"


def it_is(description: str) -> str:
    """What a parameter is, from its description in the schema."""
    return say("Send it: {description}", description=one_line(description).rstrip("."))


def too_long(most: int) -> str:
    """What is wrong with a text of more than `most` characters."""
    return say("has more than {most:,} characters", most=most)


def shorten(most: int) -> str:
    """What to send instead of a text that is too long."""
    return say("Send at most {most:,} characters", most=most)


def too_small(least: int) -> str:
    """A number is less than the least."""
    return say("is less than {least:,}", least=least)


def at_least(least: int) -> str:
    """What to send instead of a number that is too small."""
    return say("Send a number of at least {least:,}", least=least)


def too_large(most: int) -> str:
    """A number is more than the most."""
    return say("is more than {most:,}", most=most)


def at_most(most: int) -> str:
    """What to send instead of a number that is too large."""
    return say("Send a number of at most {most:,}", most=most)


def known(names: str) -> str:
    """The parameters that a request has."""
    return say("The parameters are {names}", names=one_line(names))


translate_constants(__name__)
