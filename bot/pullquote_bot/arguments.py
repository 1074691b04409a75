"""The command line: what may be typed, and its help."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.english.dates import parse_date
from pullquote_bot.commands.evaluation_help import CALIBRATE_HELP, EVAL_HELP

_EXITS = "exit status: 0 answered or done · 1 nothing in the archive answers it, or a check found something · 2 an error"
_DESCRIPTION = """\
Answers questions from an archive of articles. Every word of an answer is quoted from an
article, with a citation that can be checked to the character."""
_EPILOG = f"""\
examples:
  pullquote index my-articles/                  build the index of a folder of articles
  pullquote ask "Who mediated the talks?"       ask one question
  pullquote repl                                ask in conversation

Settings: config/default.toml lists every key; name a file of your own with --config.
{_EXITS}"""


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001 - the library has no other name for it


class _Parser(argparse.ArgumentParser):
    """Writes each error as one line that names the next command."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"error: {message}. See: {self.prog} --help\n")

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """As the library does, but what is left over is told with the help of the command that was typed."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            command = getattr(found, "command", None) or ""
            hint = " (a question is typed between quotation marks)" if command == "ask" else ""
            self.exit(
                2,
                f"error: unrecognized arguments: {' '.join(left)}{hint}. See: {f'{self.prog} {command}'.strip()} --help\n",
            )
        return found


def parser() -> argparse.ArgumentParser:
    """The command line's parser."""
    top = _Parser(
        prog="pullquote",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(top)
    commands = top.add_subparsers(dest="command", metavar="command", parser_class=_Parser)
    _index(_command(commands, "index", "build the index", _INDEX_HELP))
    _watch(_command(commands, "watch", "keep the index fresh as files come and go", _WATCH_HELP))
    _ask(_command(commands, "ask", "ask one question, or a batch of them", _ASK_HELP))
    _command(commands, "bot", "run the Discord bot", _BOT_HELP)
    _command(commands, "repl", "ask in conversation", _REPL_HELP)
    _format(
        _command(
            commands, "status", "what the index holds, and whether it is up to date", _STATUS_HELP
        )
    )
    _format(
        _command(
            commands, "check", "check every file and every citation against its source", _CHECK_HELP
        )
    )
    _eval(_command(commands, "eval", "how well a set of questions is answered", EVAL_HELP))
    _calibrate(
        _command(
            commands,
            "calibrate",
            "fit the confidence to this archive, and choose when to answer",
            CALIBRATE_HELP,
        )
    )
    return top


_INDEX_HELP = """\
Reads articles and builds an index of them beside the one in use, which is switched to when
the new one is whole. Files that have not changed are not read again, passages that have not
changed not embedded again; one that was interrupted begins where it was. The index holds
these articles and no others. Where no path is typed or set, it is built from what it was
built from last.

--list, --rollback and --prune read no articles: they show the generations of the index that
are kept, go back to one, and let go of what is not needed.

Articles are files ending in .txt, .md, .jsonl or .jsonl.gz; docs are in the README."""
_WATCH_HELP = """\
Builds the index if it does not fit the articles, and again each time files have come, changed
or gone and are quiet; prints a line for each. A refresh that fails is told and tried again,
while the index stays as it was. Ends on SIGTERM (status 0) and Ctrl-C (130)."""
_ASK_HELP = """\
Prints the quotes that answer a question, best first, each with its citation. When nothing
in the archive answers it, says so and shows the nearest passages.

--batch reads one JSON object a line ({"id", "question", "since"?, "until"?, "source"?,
"asked"?}) and prints one JSON answer a line, in the same order, each as soon as it is there."""
_BOT_HELP = """\
Runs the Discord bot until it is told to end (SIGTERM, Ctrl-C). The bot's token comes from the
environment: DISCORD_TOKEN, or DISCORD_TOKEN_FILE, which names a file that holds it. The log
goes to standard error, one JSON object a line."""
_REPL_HELP = "Asks and answers in conversation; the history is kept. Type :help there. Reads questions from a pipe, too."
_STATUS_HELP = "Shows what the index holds, when and with what it was built, and whether the articles have changed since."
_CHECK_HELP = """\
Reads every source again and compares it with what the index recorded, slices every passage
again, and hashes every file of the index. Exits with 1 if anything differs."""


def _command(
    commands: _Commands, name: str, help_line: str, description: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_line,
        description=description,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(command)
    command.add_argument(
        "--index",
        type=_path,
        metavar="DIR",
        help="folder of the built index (settings: index.path)",
    )
    return command


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--config",
        type=_path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="a settings file (or PULLQUOTE_CONFIG)",
    )


def _index(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="files and folders of articles (settings: articles.paths)",
    )
    command.add_argument(
        "--strict",
        action="store_true",
        help="stop at the first article that cannot be read as it should be",
    )
    command.add_argument(
        "--full", action="store_true", help="take nothing over from what was built before"
    )
    command.add_argument(
        "--if-stale",
        action="store_true",
        help="build only if the index is missing or no longer fits articles and settings",
    )
    command.add_argument(
        "--progress",
        choices=("auto", "json"),
        default="auto",
        help="a bar on a terminal (auto), or one JSON object a line on standard error (json)",
    )
    instead = command.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="list the generations that are kept")
    instead.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="ID",
        help="go back to a generation, by its id or number; without one, to the one before",
    )
    instead.add_argument(
        "--prune",
        action="store_true",
        help="let go of generations beyond index.keep, and of encoders that none needs",
    )
    _format(command)


def _watch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="files and folders of articles (settings: articles.paths)",
    )
    _format(command)


def _ask(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?", metavar="QUESTION", help="what you want to know")
    command.add_argument(
        "--batch", metavar="FILE", help="questions as JSON Lines; - for standard input"
    )
    command.add_argument(
        "--top",
        type=_number(1, 100),
        metavar="N",
        help="most quotes shown, 1 to 100 (settings: answer.quotes)",
    )
    command.add_argument(
        "--since",
        type=_date,
        metavar="DATE",
        help="only articles published on or after this day, such as 2025-10-30",
    )
    command.add_argument(
        "--until", type=_date, metavar="DATE", help="only articles published on or before this day"
    )
    command.add_argument(
        "--source", default="", metavar="NAME", help="only articles of this source"
    )
    command.add_argument(
        "--explain",
        action="store_true",
        help="tell how each quote was found and scored, and what a refusal fell short of",
    )
    _format(command)


def _eval(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "questions",
        type=_path,
        metavar="QUESTIONS",
        help="questions as JSON Lines, plain or gzipped",
    )
    command.add_argument(
        "--report",
        type=_path,
        metavar="DIR",
        help="write report.html, to be read in a browser, and eval.json there",
    )
    command.add_argument(
        "--compare",
        type=_path,
        metavar="OTHER.json",
        help="an eval.json written before: tell the paired differences from it",
    )
    _format(command)


def _calibrate(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "questions",
        type=_path,
        metavar="QUESTIONS",
        help="questions as JSON Lines, plain or gzipped",
    )
    command.add_argument(
        "--at-most-false",
        type=_share,
        metavar="PERCENT",
        help="at most so many of the questions without an answer are answered, such as 10%%",
    )
    command.add_argument(
        "--at-most-wrong",
        type=_share,
        metavar="PERCENT",
        help="at most so many of the answers are wrong, such as 20%%",
    )
    command.add_argument("--dry-run", action="store_true", help="tell, and store nothing")
    _format(command)


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="for people (text) or for machines (json)",
    )


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not a whole number from {least} to {most}"
            )
        return value

    return number


def _share(text: str) -> float:
    number = text.strip().removesuffix("%")
    try:
        value = float(number) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share such as 10% or 0.1")
    return value


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("is empty")
    return Path(text)


def _date(text: str) -> dt.date:
    found = parse_date(text)
    if found is None:
        raise argparse.ArgumentTypeError(
            f'{text!r} is not a date such as 2025-10-30 or "30 October 2025"'
        )
    return found
