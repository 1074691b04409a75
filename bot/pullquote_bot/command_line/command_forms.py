"""The commands: the name, arguments, help and options of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from pullquote_bot.command_line import command_options, help_texts, index_options, serve_options
from pullquote_bot.command_line.arguments import (
    ArticleArguments,
    AskArguments,
    BotArguments,
    CalibrateArguments,
    CheckArguments,
    CommandArguments,
    EvalArguments,
    FeedbackArguments,
    IndexArguments,
    McpArguments,
    PreviewArguments,
    ReplArguments,
    ServeArguments,
    StatusArguments,
    TimelineArguments,
    VerifyArguments,
    WatchArguments,
    WithdrawArguments,
)
from pullquote_bot.command_line.format_option import add_format
from pullquote_bot.command_line.speaker_arguments import SaidArguments, SpeakersArguments


@dataclass(frozen=True, slots=True)
class CommandForm:
    """How a command is typed.

    Attributes:
        arguments: the dataclass that its `run` takes.
        summary: its line in the list of commands.
        description: what its own help says.
        add_options: adds its positional arguments and options to a parser.
    """

    arguments: type[CommandArguments]
    summary: str
    description: str
    add_options: Callable[[argparse.ArgumentParser], None]


COMMANDS = {
    "index": CommandForm(
        IndexArguments, "build the index", help_texts.INDEX, index_options.add_index
    ),
    "watch": CommandForm(
        WatchArguments,
        "keep the index fresh as files come and go",
        help_texts.WATCH,
        index_options.add_watch,
    ),
    "preview": CommandForm(
        PreviewArguments,
        "show the articles of one file as they would be read",
        help_texts.PREVIEW,
        index_options.add_preview,
    ),
    "ask": CommandForm(
        AskArguments,
        "ask one question, or a batch of them",
        help_texts.ASK,
        command_options.add_ask,
    ),
    "verify": CommandForm(
        VerifyArguments,
        "check whether a quote is real",
        help_texts.VERIFY,
        command_options.add_verify,
    ),
    "article": CommandForm(
        ArticleArguments,
        "show an article of the index",
        help_texts.ARTICLE,
        command_options.add_article,
    ),
    "withdraw": CommandForm(
        WithdrawArguments,
        "take an article out of every answer at once",
        help_texts.WITHDRAW,
        command_options.add_withdraw,
    ),
    "said": CommandForm(
        SaidArguments,
        "show what a person or a body said",
        help_texts.SAID,
        command_options.add_said,
    ),
    "speakers": CommandForm(
        SpeakersArguments,
        "show who is quoted most",
        help_texts.SPEAKERS,
        command_options.add_speakers,
    ),
    "timeline": CommandForm(
        TimelineArguments,
        "show what is reported on a subject, by date",
        help_texts.TIMELINE,
        command_options.add_timeline,
    ),
    "bot": CommandForm(BotArguments, "run the Discord bot", help_texts.BOT, serve_options.add_bot),
    "serve": CommandForm(
        ServeArguments,
        "serve the HTTP API and the reading page",
        help_texts.SERVE,
        serve_options.add_serve,
    ),
    "mcp": CommandForm(
        McpArguments,
        "give the archive to assistants as tools (MCP)",
        help_texts.MCP,
        serve_options.add_mcp,
    ),
    "repl": CommandForm(
        ReplArguments, "ask in conversation", help_texts.REPL, command_options.add_nothing
    ),
    "status": CommandForm(
        StatusArguments,
        "show what the index holds, and whether it is up to date",
        help_texts.STATUS,
        add_format,
    ),
    "check": CommandForm(
        CheckArguments,
        "check every file and every citation against its source",
        help_texts.CHECK,
        add_format,
    ),
    "eval": CommandForm(
        EvalArguments,
        "measure the answers to a set of questions",
        help_texts.EVAL,
        command_options.add_eval,
    ),
    "feedback": CommandForm(
        FeedbackArguments,
        "print what readers rated in Discord, as a set of questions",
        help_texts.FEEDBACK,
        command_options.add_nothing,
    ),
    "calibrate": CommandForm(
        CalibrateArguments,
        "fit the confidence to this archive, and choose the thresholds",
        help_texts.CALIBRATE,
        command_options.add_calibrate,
    ),
}
"""The commands by name, in the order of the help. `pullquote_bot.commands` has a module of each."""
