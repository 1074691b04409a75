"""`pullquote verify`: whether the archive prints a text, or each text of a batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TextIO

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import RequestError
from pullquote.json_output.answer import ErrorJson
from pullquote.json_output.verification import (
    TextToVerifyJson,
    VerificationJson,
    verification_json,
)
from pullquote.verification.verdicts import Verdict
from pullquote.verification.verifying import verify
from pullquote_bot.command_line.arguments import VerifyArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.batch_lines import open_batch, results_of_lines
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import diagnostics, prompt
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.terminal.verification_text import verification_text
from pullquote_bot.visible_text import in_json


def run(arguments: VerifyArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Verify.

    Returns:
        The exit status: 0 if everything is word for word, 1 if something is not, 2 if a line of a
        batch cannot be used.
    """
    if (arguments.batch is None) == (arguments.text is None):
        problem = prompt.NO_TEXT if arguments.text is None else prompt.TEXT_OR_BATCH
        raise RequestError(problem, mend=prompt.VERIFY_EXAMPLE)
    settings = settings_for(arguments, environment)
    if arguments.batch is not None:
        return _run_batch(arguments, open_archive(settings), streams)
    text = _text_of(arguments.text or "", streams)
    found = verify(open_archive(settings), text, arguments.speaker)
    if arguments.format == "json":
        streams.output.write(in_json(verification_json(found).model_dump_json()) + "\n")
    else:
        streams.output.write(
            f"{verification_text(found, screen_of(streams.output, environment))}\n"
        )
    return 0 if found.verdict is Verdict.VERBATIM else 1


def _text_of(typed: str, streams: Streams) -> str:
    """The text that was typed, or that of standard input for "-".

    Raises:
        RequestError: it is not UTF-8.
    """
    text = streams.input.read() if typed == "-" else typed
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RequestError(f"the text {diagnostics.NOT_UTF_8}") from None
    return text


def _run_batch(arguments: VerifyArguments, archive: OpenIndex, streams: Streams) -> int:
    statuses = [0]
    with open_batch(str(arguments.batch), streams.input, prompt.TEXTS_FILE) as batch:
        for outcome in verify_batch(batch, arguments.speaker, archive):
            if isinstance(outcome, ErrorJson):
                statuses.append(2)
                streams.errors.write(diagnostics.line_error(outcome.line, outcome.error))
            elif outcome.verdict is not Verdict.VERBATIM:
                statuses.append(1)
            streams.output.write(in_json(outcome.model_dump_json()) + "\n")
            streams.output.flush()
    return max(statuses)


def verify_batch(
    batch: TextIO, speaker: str, archive: OpenIndex
) -> Iterator[VerificationJson | ErrorJson]:
    """Yield what is found of the text of each line that is not blank, or its error, in order."""

    def verification_of(text: TextToVerifyJson) -> VerificationJson:
        return verification_json(verify(archive, text.text, text.speaker or speaker), text.id)

    yield from results_of_lines(batch, TextToVerifyJson, verification_of)
