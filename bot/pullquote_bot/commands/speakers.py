"""`pullquote speakers`: who is quoted most."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from pullquote.answering.archive_day import archive_day
from pullquote.answering.speakers import most_quoted
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.json_output.speakers import speakers_json
from pullquote_bot.command_line.speaker_arguments import SpeakersArguments
from pullquote_bot.commands.archive_opening import open_articles
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.speaker_table import speaker_table
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json


def run(arguments: SpeakersArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print who is quoted most. The status is 1 if nobody is.

    Models and search indexes are not opened: this is quick, and works without them.

    Raises:
        RequestError: the archive has no such source.
    """
    settings = settings_for(arguments, environment)
    with contextlib.closing(open_articles(settings)) as store:
        today = archive_day(store, settings)
        found = most_quoted(
            store,
            arguments.top,
            arguments.source,
            limit_day(arguments.since, Limit.SINCE, today, "--since"),
            limit_day(arguments.until, Limit.UNTIL, today, "--until"),
        )
    if arguments.format == "json":
        text = in_json(speakers_json(found).model_dump_json())
    else:
        text = speaker_table(found, screen_of(streams.output, environment))
    streams.output.write(f"{text}\n")
    return 0 if found else 1
