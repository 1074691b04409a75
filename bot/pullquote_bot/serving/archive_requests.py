"""What programs ask of an archive: the parameters of the HTTP API and of the MCP tools.

A field that breaks its rule is refused before the archive is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pullquote.answering.query import LONGEST_QUESTION
from pullquote.verification.verifying import MOST_CHARACTERS

_LONGEST_NAME = 300
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_day(value: object) -> object:
    """Text such as 2025-10-30 as a day: Pydantic reads other forms, too.

    Raises:
        ValueError: it is no such text, or there is no such day.
    """
    if not isinstance(value, str):
        return value
    if not _ISO_DAY.fullmatch(value):
        raise ValueError
    return dt.date.fromisoformat(value)


def _whole_number(value: object) -> object:
    """A number such as 3.0, which JSON does not tell from 3, as a whole one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole_number)
"""Stands last, so that the limits of a number are in the document, too."""
Day = Annotated[dt.date, BeforeValidator(_iso_day)]
Question = Annotated[
    str, Field(min_length=1, max_length=LONGEST_QUESTION, description="The question.")
]
Since = Annotated[
    Day | None, Field(description="Only articles published on or after this day, as 2025-10-30.")
]
Until = Annotated[
    Day | None, Field(description="Only articles published on or before this day, as 2025-10-30.")
]
Source = Annotated[
    str, Field(max_length=_LONGEST_NAME, description="Only articles of this source; empty for all.")
]


TextToVerify = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_CHARACTERS,
        description="The quote, at least two words, or a text with several quotations.",
    ),
]
SpeakerOfText = Annotated[
    str, Field(max_length=_LONGEST_NAME, description="Who is said to have said it; may be empty.")
]
SpeakerName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=_LONGEST_NAME,
        description='A person, a body, a part of a name, or a role ("the defense minister").',
    ),
]
About = Annotated[
    str, Field(max_length=_LONGEST_NAME, description="What the statement is about; may be empty.")
]


class ArchiveRequest(BaseModel):
    """The base of all requests: unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AskRequest(ArchiveRequest):
    """A question to be answered."""

    question: Question
    since: Since = None
    until: Until = None
    source: Source = ""
    author: Annotated[
        str,
        Field(max_length=_LONGEST_NAME, description="Only articles of this author; empty for all."),
    ] = ""
    asked: Annotated[
        Day | None, Field(description='The day from which "last week" is counted.')
    ] = None
    as_of: Annotated[
        Day | None, Field(description="Nothing published later, or without a date, is searched.")
    ] = None
    dates: Annotated[
        bool, Field(description="Whether dates in the words of the question count.")
    ] = True
    top: Annotated[
        int | None,
        Field(ge=1, le=20, description="The most quotes; null for the usual number."),
        WHOLE,
    ] = None


class SearchRequest(ArchiveRequest):
    """A search for passages."""

    question: Annotated[
        str, Field(min_length=1, max_length=LONGEST_QUESTION, description="Words, or a question.")
    ]
    since: Since = None
    until: Until = None
    source: Source = ""
    top: Annotated[int, Field(ge=1, le=50, description="The most passages."), WHOLE] = 10


class VerifyRequest(ArchiveRequest):
    """A text to be verified: a quote, or a text with several."""

    text: TextToVerify
    speaker: SpeakerOfText = ""


class SaidRequest(ArchiveRequest):
    """A speaker whose words are wanted."""

    speaker: SpeakerName
    about: About = ""
    since: Since = None
    until: Until = None
    top: Annotated[int, Field(ge=1, le=100, description="The most statements."), WHOLE] = 20


class TimelineRequest(ArchiveRequest):
    """A matter whose course is wanted."""

    subject: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_QUESTION,
            description='The matter, such as "Istanbul talks".',
        ),
    ]
    since: Since = None
    until: Until = None
    source: Source = ""
    top: Annotated[int, Field(ge=1, le=50, description="The most dates."), WHOLE] = 12
