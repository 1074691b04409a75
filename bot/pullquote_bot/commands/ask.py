"""`pullquote ask`: one question, or a batch of them."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote.answering.answers import Answer
from pullquote.answering.archive_day import archive_day
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, check_question, understand
from pullquote.confidence.outcome import Outcome
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.errors import RequestError
from pullquote.json_output.answer import ErrorJson, answer_json
from pullquote.translation import say
from pullquote_bot.command_line.arguments import AskArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.batch_lines import open_batch
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.commands.question_batch import answer_batch
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings.answers import NEAREST_OPTION, NO_DATES_OPTION
from pullquote_bot.strings.prompt import ASK_EXAMPLE, QUESTIONS_FILE
from pullquote_bot.strings.verification import OFFER_COMMAND
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.explanation_text import explanation_text
from pullquote_bot.terminal.screen import Screen, screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json

_WITH_QUOTES = {Outcome.ANSWERED, Outcome.UNSURE}


def run(arguments: AskArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Answer.

    Returns:
        The exit status: of a question, 1 if it is refused, or not sure although
        `--require-answered` is given; of a batch, 2 if a line cannot be used; otherwise 0.
    """
    if arguments.batch is not None:
        if arguments.question is not None:
            raise RequestError("give a question or --batch FILE, not both", mend=say(ASK_EXAMPLE))
        return _run_batch(arguments, arguments.batch, streams, environment)
    if arguments.question is None:
        raise RequestError("there is no question", mend=say(ASK_EXAMPLE))
    check_question(arguments.question)  # before an index is looked for
    settings = settings_for(arguments, environment)
    archive = open_archive(settings)
    outcome = answer(archive, _query(arguments.question, arguments, archive), arguments.top)
    if arguments.format == "json":
        text = in_json(answer_json(outcome, explain=arguments.explain).model_dump_json())
    else:
        text = _text(outcome, screen_of(streams.output, environment), arguments)
    streams.output.write(f"{text}\n")
    accepted = {Outcome.ANSWERED} if arguments.require_answered else _WITH_QUOTES
    return 0 if outcome.outcome in accepted else 1


def _query(question: str, arguments: AskArguments, archive: OpenIndex) -> Query:
    today = arguments.asked or arguments.as_of or archive_day(archive.store, archive.settings)
    return understand(
        question,
        since=limit_day(arguments.since, Limit.SINCE, today, "--since"),
        until=limit_day(arguments.until, Limit.UNTIL, today, "--until"),
        source=arguments.source,
        author=arguments.author,
        asked_on=arguments.asked,
        as_of=arguments.as_of,
        reads_dates=arguments.dates,
    )


def _text(outcome: Answer, screen: Screen, arguments: AskArguments) -> str:
    nearest = arguments.nearest
    text = answer_text(
        outcome,
        screen,
        nearest=nearest,
        nearest_hint=say(NEAREST_OPTION),
        dates_hint=say(NO_DATES_OPTION),
        offer=say(OFFER_COMMAND),
    )
    if not arguments.explain:
        return text
    return f"{text}\n\n{explanation_text(outcome, screen, nearest=nearest)}"


def _run_batch(
    arguments: AskArguments, file: str, streams: Streams, environment: Mapping[str, str]
) -> int:
    settings = settings_for(arguments, environment)
    status = 0
    with open_batch(file, streams.input, say(QUESTIONS_FILE)) as batch:
        for outcome in answer_batch(batch, arguments, open_archive(settings)):
            if isinstance(outcome, ErrorJson):
                status = 2
                streams.errors.write(diagnostics.line_error(outcome.line, outcome.error))
            streams.output.write(in_json(outcome.model_dump_json()) + "\n")
            streams.output.flush()
    return status
