"""Processes that build and ask at the same time, and may be killed at any moment.

They are forked from a server that has loaded the libraries once, which makes them as quick to
start as threads, and as easy to kill as what they are.
"""

from support.rebuilding.processes import (
    answers_in,
    ask_on,
    asked_of,
    build_once,
    hold_lock,
    start,
    wait_for,
)
from support.rebuilding.town import QUESTIONS, Town, wrong_answers

__all__ = [
    "QUESTIONS",
    "Town",
    "answers_in",
    "ask_on",
    "asked_of",
    "build_once",
    "hold_lock",
    "start",
    "wait_for",
    "wrong_answers",
]
