"""The commands: the name, arguments, help and options of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from pullquote_bot.command_line import help_texts, index_options, option_types
from pullquote_bot.command_line.arguments import (
    ArticleArguments,
    AskArguments,
    BotArguments,
    CalibrateArguments,
    CheckArguments,
    CommandArguments,
    EvalArguments,
    IndexArguments,
    PreviewArguments,
    ReplArguments,
    StatusArguments,
    WatchArguments,
    WithdrawArguments,
)
from pullquote_bot.command_line.format_option import add_format


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


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="QUESTION", help="what you want to know")
    parser.add_argument(
        "--batch", metavar="FILE", help="questions as JSON Lines; - for standard input"
    )
    parser.add_argument(
        "--top",
        type=option_types.whole_number(1, 100),
        metavar="N",
        help="number of quotes at most, 1 to 100 (settings: answer.quotes)",
    )
    parser.add_argument(
        "--since",
        type=option_types.period,
        default="",
        metavar="DATE",
        help="only articles published on or after this day or period, such as 2025-10-30, "
        '"14 February", 2025 or "last month"',
    )
    parser.add_argument(
        "--until",
        type=option_types.period,
        default="",
        metavar="DATE",
        help="only articles published on or before this day or period",
    )
    parser.add_argument("--source", default="", metavar="NAME", help="only articles of this source")
    _days(parser)
    parser.add_argument(
        "--nearest",
        action="store_true",
        help="if the question is refused, show the passages that came nearest (JSON has them)",
    )
    parser.add_argument("--require-answered", action="store_true", help="exit with 1 if not sure")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="show how each quote was found and scored, and what a refusal lacked",
    )
    add_format(parser)


def _days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--asked",
        type=option_types.date,
        metavar="DATE",
        help='the day from which "last week" is counted (settings: answer.today)',
    )
    parser.add_argument(
        "--as-of",
        type=option_types.date,
        metavar="DATE",
        help="ask as of this day: nothing published later, or without a date, is searched",
    )
    parser.add_argument(
        "--no-dates",
        dest="dates",
        action="store_false",
        help="dates in the words of the question do not count",
    )


def _article(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "article_id",
        metavar="ID",
        help="the article's id, `article_id` in the JSON of a quote",
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--raw",
        action="store_true",
        help="print exactly the text that the offsets of quotes index, in UTF-8",
    )
    add_format(output)


def _withdraw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "article_id",
        nargs="?",
        metavar="ID",
        help="the article's id, `article_id` in the JSON of a quote; without it, list the log",
    )
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason, for the log")
    parser.add_argument(
        "--who", default="", metavar="NAME", help="who decided it, for the log (default: you)"
    )
    parser.add_argument("--undo", action="store_true", help="show the article again")
    add_format(parser)


def _eval(parser: argparse.ArgumentParser) -> None:
    _questions(parser)
    parser.add_argument(
        "--report",
        type=option_types.path,
        metavar="DIR",
        help="write report.html, for a browser, and eval.json to this folder",
    )
    parser.add_argument(
        "--compare",
        type=option_types.path,
        metavar="OTHER.json",
        help="the eval.json of another evaluation: show the paired differences from it",
    )
    add_format(parser)


def _calibrate(parser: argparse.ArgumentParser) -> None:
    _questions(parser)
    parser.add_argument(
        "--at-most-false",
        type=option_types.share,
        metavar="PERCENT",
        help="at most this share of the questions without an answer is answered, such as 10%%",
    )
    parser.add_argument(
        "--at-most-wrong",
        type=option_types.share,
        metavar="PERCENT",
        help="at most this share of the answers is wrong, such as 20%%",
    )
    parser.add_argument(
        "--at-most-shown",
        type=option_types.share,
        metavar="PERCENT",
        help="at most this share of the questions without an answer is answered or shown as not "
        "sure, such as 30%%",
    )
    parser.add_argument("--dry-run", action="store_true", help="show the result, and store nothing")
    add_format(parser)


def _questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "questions",
        type=option_types.path,
        metavar="QUESTIONS",
        help="questions as JSON Lines, plain or gzipped",
    )


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


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
    "ask": CommandForm(AskArguments, "ask one question, or a batch of them", help_texts.ASK, _ask),
    "article": CommandForm(
        ArticleArguments, "show an article of the index", help_texts.ARTICLE, _article
    ),
    "withdraw": CommandForm(
        WithdrawArguments,
        "take an article out of every answer at once",
        help_texts.WITHDRAW,
        _withdraw,
    ),
    "bot": CommandForm(BotArguments, "run the Discord bot", help_texts.BOT, _nothing),
    "repl": CommandForm(ReplArguments, "ask in conversation", help_texts.REPL, _nothing),
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
        EvalArguments, "measure the answers to a set of questions", help_texts.EVAL, _eval
    ),
    "calibrate": CommandForm(
        CalibrateArguments,
        "fit the confidence to this archive, and choose the thresholds",
        help_texts.CALIBRATE,
        _calibrate,
    ),
}
"""The commands by name, in the order of the help. `pullquote_bot.commands` has a module of each."""
