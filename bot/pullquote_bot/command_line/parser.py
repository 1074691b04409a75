"""Reads the command line: which command, with which arguments."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import pullquote
from pullquote_bot.command_line import help_texts, option_types
from pullquote_bot.command_line.arguments import CommandArguments
from pullquote_bot.command_line.command_forms import COMMANDS, CommandForm
from pullquote_bot.visible_text import one_line


@dataclass(frozen=True, slots=True)
class Command:
    """A command to run.

    Attributes:
        name: its key in COMMANDS.
        arguments: its arguments.
        typed: whether its name was typed; otherwise it is the default command.
    """

    name: str
    arguments: CommandArguments
    typed: bool


def parse(words: Sequence[str], default: str) -> Command:
    """Read the command line.

    Args:
        words: the command line, without the program's name.
        default: the name of the command to run if none was typed.

    Raises:
        SystemExit: with status 0 after `--help` and `--version`, with 2 after a mistake.
    """
    namespace = parser().parse_args(words)
    typed: str | None = namespace.command
    name = typed or default
    return Command(name, _arguments(namespace, COMMANDS[name].arguments), typed=typed is not None)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = _Parser(
        prog="pullquote",
        description=help_texts.PROGRAM,
        epilog=help_texts.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_config(top)
    top.add_argument(
        "--version",
        action=_ShowVersion,
        nargs=0,
        default=argparse.SUPPRESS,
        help="print the version, and exit",
    )
    commands = top.add_subparsers(dest="command", metavar="command", parser_class=_Parser)
    for name, form in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=form.summary,
            description=form.description,
            epilog=help_texts.EXIT_STATUS,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        _add_options(command, form)
    return top


def _arguments(
    namespace: argparse.Namespace, arguments: type[CommandArguments]
) -> CommandArguments:
    """The arguments of a command: the fields of its dataclass, from what argparse has read."""
    names = {field.name for field in dataclasses.fields(arguments)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in vars(namespace).items()
        if name in names
    }
    return arguments(**values)


class _Parser(argparse.ArgumentParser):
    """Writes each error as one line that names the next command."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"error: {one_line(message)}. See: {self.prog} --help\n")

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Parse; the error for words that are left over names the help of the typed command."""
        values, left_over = self.parse_known_args(args, namespace)
        if left_over:
            command = getattr(values, "command", None) or ""
            hint = " (a question is typed between quotation marks)" if command == "ask" else ""
            program = f"{self.prog} {command}".strip()
            self.exit(
                2,
                f"error: unrecognized arguments: {one_line(' '.join(left_over))}{hint}. "
                f"See: {program} --help\n",
            )
        return values


class _ShowVersion(argparse.Action):
    """Prints the version. It is looked up only then, which takes some milliseconds."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        _values: object,
        _option: str | None = None,
    ) -> None:
        print(f"pullquote {pullquote.__version__}")  # noqa: T201 - as argparse prints the help
        parser.exit()


def _add_options(command: argparse.ArgumentParser, form: CommandForm) -> None:
    _add_config(command)
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--index",
        type=option_types.path,
        metavar="DIR",
        help="folder of the built index (settings: index.path)",
    )
    which.add_argument(
        "--store",
        type=option_types.store_address,
        default=argparse.SUPPRESS,
        metavar="ADDRESS",
        help="a PostgreSQL database that holds the index (settings: index.store)",
    )
    which.add_argument(
        "--archive",
        metavar="NAME",
        help="an archive that the settings file names in [archives.NAME]",
    )
    form.add_options(command)


def _add_config(parser: argparse.ArgumentParser) -> None:
    """Add `--config`, before and after the command. Absent, it leaves the other's value alone."""
    parser.add_argument(
        "--config",
        type=option_types.path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="a settings file (or PULLQUOTE_CONFIG)",
    )
