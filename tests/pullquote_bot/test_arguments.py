import importlib
import typing
from dataclasses import fields
from pathlib import Path

import pytest

from pullquote_bot.command_line.arguments import (
    AskArguments,
    CalibrateArguments,
    CommandArguments,
    IndexArguments,
    ReplArguments,
    WatchArguments,
)
from pullquote_bot.command_line.command_forms import COMMANDS
from pullquote_bot.command_line.parser import parse, parser
from pullquote_bot.command_line.speaker_arguments import SaidArguments


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["ask", "x", "--top", "0"], "whole number from 1 to 100"),
        (["ask", "x", "--top", "many"], "whole number from 1 to 100"),
        (["ask", "x", "--since", "soon"], "'soon' is not a date. Write it like"),
        (["ask", "x", "--until", "03/04/2025"], "'03/04/2025' may be read in two ways"),
        (["ask", "x", "--as-of", "soon"], "is not a date such as 2025-10-30"),
        (["ask", "x", "--format", "xml"], "invalid choice"),
        (["ask", "x", "--index", ""], "is empty"),
        (["article"], "required: ID"),
        (["article", "x", "--raw", "--format", "json"], "not allowed with argument --raw"),
        (["bogus"], "invalid choice"),
        (["ask", "x", "--bogus"], "unrecognized arguments"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_help(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse(words, "repl")
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    assert printed.err.startswith("error: ")
    assert printed.err.count("\n") == 1
    assert message in printed.err
    assert "--help" in printed.err


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (
            ["ask", "Who?", "--since", "30 October 2025", "--top", "3", "--explain"],
            AskArguments(question="Who?", since="30 October 2025", top=3, explain=True),
        ),
        (
            ["ask", "Who?", "--nearest", "--require-answered"],
            AskArguments(question="Who?", nearest=True, require_answered=True),
        ),
        (
            ["ask", "--batch", "-", "--format", "json", "--source", "The Quay"],
            AskArguments(batch="-", format="json", source="The Quay"),
        ),
        (
            ["index", "a", "b", "--index", "built", "--config", "my.toml", "--if-stale"],
            IndexArguments(
                paths=(Path("a"), Path("b")),
                index=Path("built"),
                config=Path("my.toml"),
                if_stale=True,
            ),
        ),
        (
            ["said", "Ann Low", "--since", "last month", "--until", "14 February"],
            SaidArguments(speaker="Ann Low", since="last month", until="14 February"),
        ),
        (["index", "--rollback"], IndexArguments(rollback="")),
        (["index", "--rollback", "7"], IndexArguments(rollback="7")),
        (["index", "--list"], IndexArguments(list_generations=True)),
        (["--config", "my.toml", "watch"], WatchArguments(config=Path("my.toml"))),
        (
            ["calibrate", "q.jsonl", "--at-most-false", "10%", "--at-most-wrong", "0.2"],
            CalibrateArguments(questions=Path("q.jsonl"), at_most_false=0.1, at_most_wrong=0.2),
        ),
        (
            ["calibrate", "q.jsonl", "--at-most-shown", "30%"],
            CalibrateArguments(questions=Path("q.jsonl"), at_most_shown=0.3),
        ),
    ],
)
def test_a_command_line_becomes_the_arguments_of_its_command(
    words: list[str], arguments: CommandArguments
) -> None:
    command = parse(words, "repl")
    assert command.arguments == arguments
    assert command.typed


def test_without_a_command_the_default_one_runs_with_the_settings_that_were_named() -> None:
    command = parse(["--config", "my.toml"], "repl")
    assert command.name == "repl"
    assert command.arguments == ReplArguments(config=Path("my.toml"))
    assert not command.typed


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_a_field_of_its_arguments(name: str) -> None:
    (subparsers,) = parser()._subparsers._group_actions  # type: ignore[union-attr]
    options = subparsers.choices[name]._actions  # type: ignore[index]
    assert {option.dest for option in options} - {"help"} == {
        field.name for field in fields(COMMANDS[name].arguments)
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_module_whose_run_takes_its_arguments(name: str) -> None:
    module = importlib.import_module(f"pullquote_bot.commands.{name}")
    assert typing.get_type_hints(module.run)["arguments"] is COMMANDS[name].arguments
