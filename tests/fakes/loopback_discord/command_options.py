"""What Discord's client checks of a command: whether a user may run it, and its options."""

from dataclasses import dataclass, field
from typing import Any

from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.permissions import has_permission
from fakes.loopback_discord.users_and_guilds import User

(
    SUBCOMMAND,
    GROUP,
    STRING,
    INTEGER,
    BOOLEAN,
    USER,
    CHANNEL,
    ROLE,
    MENTIONABLE,
    NUMBER,
    ATTACHMENT,
) = range(1, 12)
PLAIN_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}


@dataclass(slots=True)
class CommandOptions:
    """The options of an interaction, and the objects that they refer to."""

    options: list[Json]
    users: list[User] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)


def find_command(commands: list[Json], name: str, kind: int) -> Json:
    matching = [
        command for command in commands if command["name"] == name and command["type"] == kind
    ]
    assert matching, (
        f"no command {name!r} of type {kind} among "
        f"{[(command['name'], command['type']) for command in commands]}"
    )
    return matching[0]


def check_offered(command: Json, user: User, channel: Channel) -> None:
    """Check that Discord offers the command to the user in the channel.

    Raises:
        AssertionError: it does not.
    """
    contexts = command["contexts"]
    assert contexts is None or channel.context in contexts, (
        f"{command['name']!r} is not offered in the context {channel.context}"
    )
    installs = command["integration_types"]
    as_guild = channel.guild is not None and channel.guild.installed
    assert (
        (as_guild and 0 in installs) or 1 in installs or (channel.context == 1 and 0 in installs)
    ), f"{command['name']!r} is not installed here"
    needed = command["default_member_permissions"]
    if channel.guild and needed is not None:
        missing = int(needed) & ~user.permissions
        assert (needed != "0" and not missing) or has_permission(
            user.permissions, "administrator"
        ), f"{user.name} may not use {command['name']!r}"


def subcommand_options(command: Json, rest: list[str]) -> tuple[list[Json], list[tuple[int, str]]]:
    """The options of a subcommand, and the path of groups that leads to it."""
    options, path = command.get("options") or [], []
    for name in rest:
        matching = [
            option
            for option in options
            if option["name"] == name and option["type"] in {SUBCOMMAND, GROUP}
        ]
        assert matching, f"no subcommand {name!r} among {[option['name'] for option in options]}"
        path.append((matching[0]["type"], name))
        options = matching[0].get("options") or []
    assert not any(option["type"] in {SUBCOMMAND, GROUP} for option in options), (
        f"a subcommand is missing after {command['name']!r}"
    )
    return options, path


def checked_options(
    definitions: list[Json], values: dict[str, Any], focused: str | None = None
) -> CommandOptions:
    """The options that a user fills in, checked as Discord's client does.

    Raises:
        AssertionError: Discord's client would not send them.
    """
    by_name = {option["name"]: option for option in definitions}
    assert not (unknown := values.keys() - by_name.keys()), (
        f"unknown options {sorted(unknown)}, known are {sorted(by_name)}"
    )
    result = CommandOptions([])
    for name, option in by_name.items():
        if values.get(name) is None:
            assert not option.get("required") or focused, f"option {name!r} is required"
            continue
        value = values[name]
        if name == focused:
            assert option.get("autocomplete"), f"option {name!r} has no autocomplete"
            result.options.append(
                {"name": name, "type": option["type"], "value": value, "focused": True}
            )
        else:
            result.options.append(
                {"name": name, "type": option["type"], "value": _value(option, value, result)}
            )
    return result


def _value(option: Json, value: Any, result: CommandOptions) -> Any:
    kind, name = option["type"], option["name"]
    if kind in {USER, MENTIONABLE} and isinstance(value, User):
        result.users.append(value)
        return value.id
    if kind == CHANNEL and isinstance(value, Channel):
        result.channels.append(value)
        return value.id
    if kind == ATTACHMENT:
        result.files.append(value)
        return str(len(result.files))
    assert kind in PLAIN_TYPES, f"option {name!r} has the type {kind}, which {value!r} is not"
    assert isinstance(value, PLAIN_TYPES[kind]), (
        f"option {name!r} takes {PLAIN_TYPES[kind]}, not {value!r}"
    )
    assert kind == BOOLEAN or not isinstance(value, bool), f"option {name!r} takes no boolean"
    if choices := option.get("choices"):
        matching = [
            choice["value"] for choice in choices if value in {choice["name"], choice["value"]}
        ]
        assert matching, f"option {name!r} takes one of {[choice['name'] for choice in choices]}"
        return matching[0]
    size, suffix = (len(value), "length") if isinstance(value, str) else (value, "value")
    minimum, maximum = option.get(f"min_{suffix}"), option.get(f"max_{suffix}")
    assert minimum is None or size >= minimum, (
        f"option {name!r} is too short or small: {size} < {minimum}"
    )
    assert maximum is None or size <= maximum, (
        f"option {name!r} is too long or large: {size} > {maximum}"
    )
    return value


def nested(path: list[tuple[int, str]], options: list[Json]) -> list[Json]:
    """Options within the groups and subcommands of their path."""
    for kind, name in reversed(path):
        options = [{"type": kind, "name": name, "options": options}]
    return options
