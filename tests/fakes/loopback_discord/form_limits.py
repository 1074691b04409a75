"""Discord's limits of modals, autocomplete choices and command definitions that its description does not state."""

import re
from collections import Counter
from collections.abc import Iterator

from fakes.loopback_discord.component_tree import LABEL, TEXT_INPUT, Path, walk
from fakes.loopback_discord.limits import component_faults, too_long
from fakes.loopback_discord.refusals import Fault, Json

# docs.discord.com, Interactions, "Modal": a title of 45 characters and one to five parts.
MODAL_TITLE = 45
MODAL_PARTS = 5
# docs.discord.com, Components reference, "Label" and "Text Input".
INPUT_LABEL = 45
LABEL_DESCRIPTION = 100
INPUT_PLACEHOLDER = 100
# docs.discord.com, Interactions, "Autocomplete".
CHOICES = 25
CHOICE_TEXT = 100
# docs.discord.com, Application commands, "Application Command Naming" and "Application Command Object".
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
COMMANDS = {1: 100, 2: 15, 3: 15}
COMMAND_DESCRIPTION = 100
COMMAND_TEXT_TOTAL = 8000
CHAT_INPUT = 1
SUBCOMMANDS = (1, 2)


def modal_faults(modal: Json) -> Iterator[Fault]:
    if len(modal["title"]) > MODAL_TITLE:
        yield too_long(("data", "title"), MODAL_TITLE)
    if len(modal["components"]) > MODAL_PARTS:
        yield too_long(("data", "components"), MODAL_PARTS)
    for fault in component_faults(modal["components"]):
        yield Fault(("data", *fault.path), fault.code, fault.message)
    for path, component in walk(modal["components"], ("data", "components")):
        if (
            component["type"] in {TEXT_INPUT, LABEL}
            and len(component.get("label") or "") > INPUT_LABEL
        ):
            yield too_long((*path, "label"), INPUT_LABEL)
        if (
            component["type"] == LABEL
            and len(component.get("description") or "") > LABEL_DESCRIPTION
        ):
            yield too_long((*path, "description"), LABEL_DESCRIPTION)
        if component["type"] == TEXT_INPUT:
            if len(component.get("placeholder") or "") > INPUT_PLACEHOLDER:
                yield too_long((*path, "placeholder"), INPUT_PLACEHOLDER)
            in_label = path[-1] == "component"
            if in_label == bool(component.get("label")):
                yield Fault(
                    (*path, "label"),
                    "TEXT_INPUT_LABEL",
                    "A text input in a row needs a label, one in a label has none",
                )


def choice_faults(choices: list[Json]) -> Iterator[Fault]:
    if len(choices) > CHOICES:
        yield too_long(("data", "choices"), CHOICES)
    for index, choice in enumerate(choices):
        for key in ("name", "value"):
            if isinstance(choice[key], str) and not 1 <= len(choice[key]) <= CHOICE_TEXT:
                yield Fault(
                    ("data", "choices", index, key),
                    "BASE_TYPE_BAD_LENGTH",
                    f"Must be between 1 and {CHOICE_TEXT} in length.",
                )


def command_faults(commands: list[Json]) -> Iterator[Fault]:
    names = Counter((command.get("type") or CHAT_INPUT, command["name"]) for command in commands)
    for (kind, name), count in names.items():
        if count > 1:
            yield Fault(
                ("name",),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                f"Application command names must be unique: {name} (type {kind})",
            )
    for kind, limit in COMMANDS.items():
        if sum(1 for each, _ in names if each == kind) > limit:
            yield Fault(
                (),
                "APPLICATION_COMMANDS_MAX",
                f"Maximum number of commands of type {kind} reached ({limit})",
            )
    for index, command in enumerate(commands):
        kind = command.get("type") or CHAT_INPUT
        if kind == CHAT_INPUT:
            yield from _named(command, (index,))
            yield from _options(command, (index,))
            if (size := _text_size(command)) > COMMAND_TEXT_TOTAL:
                yield Fault(
                    (index,),
                    "APPLICATION_COMMAND_TOO_LARGE",
                    f"{size} characters, over the limit of {COMMAND_TEXT_TOTAL}",
                )
        elif command.get("description") or command.get("options"):
            yield Fault(
                (index, "description"),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET",
                "Only a slash command has one",
            )


def _named(item: Json, path: Path) -> Iterator[Fault]:
    if not COMMAND_NAME.fullmatch(item["name"]) or item["name"] != item["name"].lower():
        yield Fault(
            (*path, "name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            f"Command name is invalid: {item['name']!r}",
        )
    if not 1 <= len(item.get("description") or "") <= COMMAND_DESCRIPTION:
        yield Fault(
            (*path, "description"),
            "BASE_TYPE_BAD_LENGTH",
            f"Must be between 1 and {COMMAND_DESCRIPTION} in length.",
        )


def _options(item: Json, path: Path) -> Iterator[Fault]:
    optional_seen = False
    options = item.get("options") or []
    if len({option["name"] for option in options}) < len(options):
        yield Fault(
            (*path, "options"),
            "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE",
            "Option names must be unique",
        )
    for index, option in enumerate(options):
        place = (*path, "options", index)
        yield from _named(option, place)
        if option["type"] in SUBCOMMANDS:
            yield from _options(option, place)
        elif option.get("required") and optional_seen:
            yield Fault(
                place,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        else:
            optional_seen = optional_seen or not option.get("required")
        if option.get("autocomplete") and option.get("choices"):
            yield Fault(
                place,
                "APPLICATION_COMMAND_OPTIONS_CHOICES",
                "An option has autocomplete or choices, not both",
            )
        for place_of_choice, choice in enumerate(option.get("choices") or []):
            if isinstance(choice["value"], str) and len(choice["value"]) > CHOICE_TEXT:
                yield too_long((*place, "choices", place_of_choice, "value"), CHOICE_TEXT)


def _text_size(item: Json) -> int:
    """The characters of a command's names, descriptions and values, which Discord sums up."""
    size = len(item["name"]) + len(item.get("description") or "")
    size += sum(
        len(choice["name"]) + len(str(choice["value"])) for choice in item.get("choices") or []
    )
    return size + sum(_text_size(option) for option in item.get("options") or [])
