"""The arguments and options of the commands that ask, show and measure."""

from __future__ import annotations

import argparse

from pullquote_bot.command_line import option_types
from pullquote_bot.command_line.format_option import add_format


def add_ask(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote ask`."""
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
    _limits(parser)
    _source(parser)
    parser.add_argument(
        "--author",
        default="",
        metavar="NAME",
        help="only articles of this author, whatever the case and accents of the name",
    )
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


def _limits(parser: argparse.ArgumentParser) -> None:
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


def _top(parser: argparse.ArgumentParser, listed: str) -> None:
    parser.add_argument(
        "--top",
        type=option_types.whole_number(1, 1000),
        default=20,
        metavar="N",
        help=f"number of {listed} at most, 1 to 1000 (20)",
    )


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", default="", metavar="NAME", help="only articles of this source")


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


def add_said(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote said`."""
    parser.add_argument(
        "speaker", nargs="?", metavar="NAME", help="a person, a body, a part of a name, or a role"
    )
    parser.add_argument(
        "--about",
        default="",
        metavar="WORDS",
        help="only statements with one of these words, and the others in its paragraph or headline",
    )
    _limits(parser)
    _top(parser, "statements")
    parser.add_argument(
        "--all",
        dest="all_attributions",
        action="store_true",
        help="print every attribution of the archive as JSON, one a line",
    )
    add_format(parser)


def add_speakers(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote speakers`."""
    _source(parser)
    _limits(parser)
    _top(parser, "speakers")
    add_format(parser)


def add_timeline(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote timeline`."""
    parser.add_argument("subject", metavar="SUBJECT", help='the matter, such as "Istanbul talks"')
    parser.add_argument(
        "--top",
        type=option_types.whole_number(1, 100),
        metavar="N",
        help="number of dates at most, 1 to 100 (12)",
    )
    _limits(parser)
    _source(parser)
    add_format(parser)


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote verify`."""
    parser.add_argument(
        "text", nargs="?", metavar="TEXT", help="the quote, or a text with several; - for stdin"
    )
    parser.add_argument("--batch", metavar="FILE", help="texts as JSON Lines; - for standard input")
    parser.add_argument("--speaker", default="", metavar="NAME", help="who is said to have said it")
    add_format(parser)


def add_article(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote article`."""
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


def add_withdraw(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote withdraw`."""
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


def add_eval(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote eval`."""
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


def add_calibrate(parser: argparse.ArgumentParser) -> None:
    """Add the arguments and options of `pullquote calibrate`."""
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


def add_nothing(_parser: argparse.ArgumentParser) -> None:
    """No options of its own."""
