"""Whatever is typed for a speaker, a subject or a date, it is found, refused or not there."""

import contextlib
import io
import json
from typing import Literal, get_args

from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote.answering.timeline import timeline_of
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.errors import RequestError
from pullquote_bot.command_line.speaker_arguments import SaidArguments, SpeakersArguments
from pullquote_bot.commands import said, speakers
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.terminal.timeline_text import timeline_text
from support.hostile_text import HOSTILE, unsafe_in

Form = Literal["text", "json"]
NAMES = (
    st.lists(
        st.sampled_from(
            ["Ann", "Low", "mayor", "the ", "of", "'s", "’s", "Mr.", "J.", "-", " ", "é", "\u0301",
             "İ", "ß", "*", '"', "%", "_", "\\", "\0", "\u202e", "bridge", "latest", "2024"]
        )
        | st.text(max_size=5),
        max_size=8,
    ).map("".join)
    | st.sampled_from(sorted(value for key, value in HOSTILE.items() if "million" not in key))
)  # fmt: skip
DAYS = st.sampled_from(
    ["", "2024", "last month", "0001-01-01", "9999-12-31", "2024-02-30", "\ud800", "yesterday", "?"]
) | st.text(max_size=9)  # fmt: skip
COUNTS = st.sampled_from([1, 2, 10**9])
FORMATS = st.sampled_from(get_args(Form))


def check(output: io.StringIO) -> None:
    """What is printed is safe for a terminal; JSON is whole."""
    text = output.getvalue()
    for line in text.split("\n"):
        assert not unsafe_in(line) - {"\t"}, ascii(line)
    if text.startswith("{"):
        assert all(json.loads(line) for line in text.splitlines())


@given(NAMES, NAMES, DAYS, DAYS, COUNTS, FORMATS)
def test_any_speaker_said_something_or_nothing(
    town: OpenIndex, name: str, about: str, since: str, until: str, top: int, form: Form
) -> None:
    output = io.StringIO()
    path = town.settings.index.path
    arguments = SaidArguments(
        speaker=name, about=about, since=since, until=until, top=top, format=form, index=path
    )
    with contextlib.suppress(RequestError):
        assert said.run(arguments, Streams(io.StringIO(), output, io.StringIO()), {}) in {0, 1}
    check(output)


@given(NAMES, DAYS, DAYS, COUNTS, FORMATS)
def test_the_speakers_of_any_source_and_time_are_listed(
    town: OpenIndex, source: str, since: str, until: str, top: int, form: Form
) -> None:
    output = io.StringIO()
    path = town.settings.index.path
    arguments = SpeakersArguments(
        source=source, since=since, until=until, top=top, format=form, index=path
    )
    with contextlib.suppress(RequestError):
        assert speakers.run(arguments, Streams(io.StringIO(), output, io.StringIO()), {}) in {0, 1}
    check(output)


@given(NAMES, DAYS, DAYS, NAMES, COUNTS)
def test_any_subject_has_a_timeline_or_none(
    town: OpenIndex, subject: str, since: str, until: str, source: str, top: int
) -> None:
    today = town.manifest.created.date()
    with contextlib.suppress(RequestError):
        query = understand(
            subject,
            since=limit_day(since, Limit.SINCE, today, "--since"),
            until=limit_day(until, Limit.UNTIL, today, "--until"),
            source=source,
        )
        timeline = timeline_of(town, query, top)
        check(io.StringIO(timeline_text(timeline, Screen(None, colour=False))))
