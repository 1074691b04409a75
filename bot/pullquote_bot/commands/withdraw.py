"""`pullquote withdraw`: takes an article out of every answer, undoes that, or lists the log."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Mapping

from pullquote.errors import RequestError
from pullquote.storage.index_store import IndexStore
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import Withdrawal
from pullquote_bot.command_line.arguments import WithdrawArguments
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import withdrawals as strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json
from pullquote_index.lifecycle.withdrawing import withdraw


def run(arguments: WithdrawArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Append to the log, or print it."""
    index = store_of(settings_for(arguments, environment).index)
    index.live()  # raises if there is no index
    if arguments.article_id is None:
        if arguments.undo:
            raise RequestError(
                "no article is named", where="--undo", mend="Type: pullquote withdraw ID --undo"
            )
        streams.output.writelines(f"{line}\n" for line in _log(index, arguments.format))
        return 0
    withdrawal = Withdrawal(
        article_id=arguments.article_id,
        undone=arguments.undo,
        when=dt.datetime.now(dt.UTC),
        who=arguments.who or getpass.getuser(),
        why=arguments.why,
    )
    withdraw(index, withdrawal)
    said = strings.shown_again if arguments.undo else strings.withdrawn
    is_json = arguments.format == "json"
    line = in_json(withdrawal.model_dump_json()) if is_json else said(arguments.article_id)
    streams.output.write(f"{line}\n")
    return 0


def _log(index: IndexStore, output_format: str) -> list[str]:
    log = index.withdrawals()
    if output_format == "json":
        return [in_json(entry.model_dump_json()) for entry in log]
    return [
        strings.log_line(entry.article_id, entry.when, entry.who, entry.why, undone=entry.undone)
        for entry in log
    ] or [strings.NONE]
