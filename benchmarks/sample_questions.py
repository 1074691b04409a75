"""The questions that the benchmarks ask."""

from __future__ import annotations

import json
import random
from pathlib import Path

SEEDS_QUESTIONS = (
    "What did Pakistan's defence minister threaten?",
    "Who mediated the talks?",
    "Where did the talks take place?",
    "How many Pakistani soldiers were killed?",
    "Who won the 2022 World Cup?",
    "What does Bill Roggio say of Bagram?",
)
"""Asked if no file of questions is given. All but the fifth are about seeds/."""


def sample_questions(file: Path | None, count: int) -> list[str]:
    """Questions in an order that is the same every time, repeated if there are fewer than `count`.

    Args:
        file: JSON Lines with "question"; None for the questions about seeds/.
        count: number of questions.
    """
    texts = (
        [json.loads(line)["question"] for line in file.read_text(encoding="utf-8").splitlines()]
        if file
        else list(SEEDS_QUESTIONS)
    )
    random.Random(1).shuffle(texts)  # noqa: S311 - no secret
    return [texts[number % len(texts)] for number in range(count)]
