"""Discord's limits of commands and choices that its description of the API does not state."""

import re
from collections import Counter
from collections.abc import Iterator

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.component_tree import Path
from fakes.loopback_discord.field_errors import too_long
from fakes.loopback_discord.payload import Json

# docs.discord.com, Interactions, "Autocomplete".
CHOICES = 25
CHOICE_TEXT = 100
# docs.discord.com, Application commands, "Application Command Naming" and "Application Command
# Object".
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
COMMANDS = {1: 100, 2: 15, 3: 15}  # by type
COMMAND_DESCRIPTION = 100
COMMAND_TEXT_TOTAL = 8000
CHAT_INPUT = 1
SUBCOMMANDS = (1, 2)


def choice_errors(choices: list[Json]) -> Iterator[FieldError]:
    """Errors of autocomplete choices in an interaction's response."""
    if len(choices) > CHOICES:
        yield too_long(("data", "choices"), CHOICES)
    for index, choice in enumerate(choices):
        for key in ("name", "value"):
            if isinstance(choice[key], str) and not 1 <= len(choice[key]) <= CHOICE_TEXT:
                yield FieldError(
                    ("data", "choices", index, key),
                    "BASE_TYPE_BAD_LENGTH",
                    f"Must be between 1 and {CHOICE_TEXT} in length.",
                )


def command_errors(commands: list[Json]) -> Iterator[FieldError]:
    """Errors of command definitions."""
    names = Counter((command.get("type") or CHAT_INPUT, command["name"]) for command in commands)
    for (kind, name), count in names.items():
        if count > 1:
            yield FieldError(
                ("name",),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                f"Application command names must be unique: {name} (type {kind})",
            )
    for kind, limit in COMMANDS.items():
        if sum(1 for each, _ in names if each == kind) > limit:
            yield FieldError(
                (),
                "APPLICATION_COMMANDS_MAX",
                f"Maximum number of commands of type {kind} reached ({limit})",
            )
    for index, command in enumerate(commands):
        kind = command.get("type") or CHAT_INPUT
        if kind == CHAT_INPUT:
            yield from _name_errors(command, (index,))
            yield from _option_errors(command, (index,))
            if (size := _text_size(command)) > COMMAND_TEXT_TOTAL:
                yield FieldError(
                    (index,),
                    "APPLICATION_COMMAND_TOO_LARGE",
                    f"{size} characters, over the limit of {COMMAND_TEXT_TOTAL}",
                )
        elif command.get("description") or command.get("options"):
            yield FieldError(
                (index, "description"),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET",
                "Only a slash command has one",
            )


def _name_errors(item: Json, path: Path) -> Iterator[FieldError]:
    if not COMMAND_NAME.fullmatch(item["name"]) or item["name"] != item["name"].lower():
        yield FieldError(
            (*path, "name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            f"Command name is invalid: {item['name']!r}",
        )
    if not 1 <= len(item.get("description") or "") <= COMMAND_DESCRIPTION:
        yield FieldError(
            (*path, "description"),
            "BASE_TYPE_BAD_LENGTH",
            f"Must be between 1 and {COMMAND_DESCRIPTION} in length.",
        )


def _option_errors(item: Json, path: Path) -> Iterator[FieldError]:
    optional_seen = False
    options = item.get("options") or []
    if len({option["name"] for option in options}) < len(options):
        yield FieldError(
            (*path, "options"),
            "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE",
            "Option names must be unique",
        )
    for index, option in enumerate(options):
        option_path = (*path, "options", index)
        yield from _name_errors(option, option_path)
        if option["type"] in SUBCOMMANDS:
            yield from _option_errors(option, option_path)
        elif option.get("required") and optional_seen:
            yield FieldError(
                option_path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        else:
            optional_seen = optional_seen or not option.get("required")
        if option.get("autocomplete") and option.get("choices"):
            yield FieldError(
                option_path,
                "APPLICATION_COMMAND_OPTIONS_CHOICES",
                "An option has autocomplete or choices, not both",
            )
        for choice_index, choice in enumerate(option.get("choices") or []):
            if isinstance(choice["value"], str) and len(choice["value"]) > CHOICE_TEXT:
                yield too_long((*option_path, "choices", choice_index, "value"), CHOICE_TEXT)


def _text_size(item: Json) -> int:
    """The total characters of a command's names, descriptions and values."""
    size = len(item["name"]) + len(item.get("description") or "")
    size += sum(
        len(choice["name"]) + len(str(choice["value"])) for choice in item.get("choices") or []
    )
    return size + sum(_text_size(option) for option in item.get("options") or [])
