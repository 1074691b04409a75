"""The streams of a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Streams:
    """Standard input, output and error."""

    input: TextIO
    output: TextIO
    errors: TextIO
