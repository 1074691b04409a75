"""`pullquote timeline`: the quotes that report a subject, oldest first."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote.answering.archive_day import archive_day
from pullquote.answering.query import TIMELINE_EXAMPLE, check_question, understand
from pullquote.answering.timeline import timeline_of
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.json_output.timeline import timeline_entry_json
from pullquote.translation import say
from pullquote_bot.command_line.arguments import TimelineArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings.prompt import MORE_DATES_OPTION
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.terminal.timeline_text import refusal_text, timeline_text
from pullquote_bot.visible_text import in_json


def run(arguments: TimelineArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print the timeline. The status is 1 if the archive reports nothing on the subject.

    Raises:
        RequestError: the subject has no words, a date cannot be read, or there is no such source.
    """
    check_question(arguments.subject, "subject", TIMELINE_EXAMPLE)
    archive = open_archive(settings_for(arguments, environment))
    today = archive_day(archive.store, archive.settings)
    query = understand(
        arguments.subject,
        since=limit_day(arguments.since, Limit.SINCE, today, "--since"),
        until=limit_day(arguments.until, Limit.UNTIL, today, "--until"),
        source=arguments.source,
    )
    timeline = timeline_of(archive, query, arguments.top)
    if arguments.format == "json":
        for number, entry in enumerate(timeline.entries, start=1):
            line = timeline_entry_json(number, entry).model_dump_json()
            streams.output.write(in_json(line) + "\n")
        if timeline.refusal:
            streams.errors.write(refusal_text(timeline) + "\n")
    else:
        screen = screen_of(streams.output, environment)
        streams.output.write(timeline_text(timeline, screen, say(MORE_DATES_OPTION)) + "\n")
    return 1 if timeline.refusal else 0
