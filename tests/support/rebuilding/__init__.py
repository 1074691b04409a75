"""Processes that build and ask at the same time, and can be killed at any moment.

They are forked from a server process that has imported the libraries, so they start quickly.
"""

from support.rebuilding.changing_archive import QUESTIONS, ChangingArchive, wrong_answers
from support.rebuilding.processes import (
    answer_fields,
    ask_repeatedly,
    build_once,
    hold_lock,
    recorded_answers,
    start,
    wait_for_answers,
)

__all__ = [
    "QUESTIONS",
    "ChangingArchive",
    "answer_fields",
    "ask_repeatedly",
    "build_once",
    "hold_lock",
    "recorded_answers",
    "start",
    "wait_for_answers",
    "wrong_answers",
]
