"""What becomes of a question: it is answered, answered with a doubt, or refused."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    """What becomes of a question."""

    ANSWERED = "answered"
    """The quotes answer it."""
    UNSURE = "unsure"
    """The quotes may answer it; a label says that this is not sure."""
    REFUSED = "refused"
    """Nothing is quoted; a reason says why."""
