"""`pullquote feedback`: the ratings that readers gave in Discord, as a question set."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pullquote.errors import RequestError
from pullquote_bot.command_line.arguments import FeedbackArguments
from pullquote_bot.commands.command_settings import settings_of_archives
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.rated_questions import rated_questions
from pullquote_bot.strings import feedback as strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json


def run(arguments: FeedbackArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print a line of the question set for each rated answer. The status is 1 if there is none.

    Raises:
        RequestError: there are no records.
        SettingsError: they cannot be read.
    """
    settings = settings_of_archives(arguments, environment)
    records = settings.discord.records
    if not records.is_file():  # opening them would make them
        raise RequestError(
            "there are no records of a bot",
            where=str(records),
            mend="Name the bot's settings file with --config FILE",
        )
    database = BotDatabase(records)
    try:
        feedback = [
            rating
            for rating in database.all_feedback()
            if arguments.archive is None or rating.archive == arguments.archive
        ]
    finally:
        database.close()
    questions = list(rated_questions(feedback))
    for question in questions:
        line = json.dumps(question.fields, ensure_ascii=False)
        streams.output.write(f"{in_json(line)}\n")
    without = sum(not rating.question for rating in feedback)
    streams.errors.write(f"{strings.summary(len(questions), len(feedback), without)}\n")
    return 0 if questions else 1
