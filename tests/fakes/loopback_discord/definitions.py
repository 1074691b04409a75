"""What Discord's client makes of the commands that the bot registered: which a user may use, and with which options."""

from dataclasses import dataclass, field
from typing import Any

from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.people import User
from fakes.loopback_discord.permissions import allows
from fakes.loopback_discord.refusals import Json

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
class Given:
    """Options as an interaction carries them, with what they refer to."""

    options: list[Json]
    users: list[User] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)


def find(commands: list[Json], name: str, kind: int) -> Json:
    found = [command for command in commands if command["name"] == name and command["type"] == kind]
    assert found, (
        f"no command {name!r} of type {kind} among {[(command['name'], command['type']) for command in commands]}"
    )
    return found[0]


def check_offered(command: Json, user: User, channel: Channel) -> None:
    """An AssertionError where Discord would not offer the command."""
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
        lacking = int(needed) & ~user.permissions
        assert (needed != "0" and not lacking) or allows(user.permissions, "administrator"), (
            f"{user.name} may not use {command['name']!r}"
        )


def subcommand(command: Json, rest: list[str]) -> tuple[list[Json], list[tuple[int, str]]]:
    """The options of the command that was meant, and the way to it through groups."""
    options, way = command.get("options") or [], []
    for name in rest:
        found = [
            option
            for option in options
            if option["name"] == name and option["type"] in {SUBCOMMAND, GROUP}
        ]
        assert found, f"no subcommand {name!r} among {[option['name'] for option in options]}"
        way.append((found[0]["type"], name))
        options = found[0].get("options") or []
    assert not any(option["type"] in {SUBCOMMAND, GROUP} for option in options), (
        f"a subcommand is missing after {command['name']!r}"
    )
    return options, way


def given(defined: list[Json], values: dict[str, Any], focused: str | None = None) -> Given:
    """The options that a user gave, checked as Discord's client checks them before it sends."""
    known = {option["name"]: option for option in defined}
    assert not (unknown := values.keys() - known.keys()), (
        f"unknown options {sorted(unknown)}, known are {sorted(known)}"
    )
    result = Given([])
    for name, option in known.items():
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


def _value(option: Json, value: Any, result: Given) -> Any:
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
    assert kind == BOOLEAN or not isinstance(value, bool), f"option {name!r} takes no truth value"
    if choices := option.get("choices"):
        found = [
            choice["value"] for choice in choices if value in {choice["name"], choice["value"]}
        ]
        assert found, f"option {name!r} takes one of {[choice['name'] for choice in choices]}"
        return found[0]
    size, suffix = (len(value), "length") if isinstance(value, str) else (value, "value")
    least, most = option.get(f"min_{suffix}"), option.get(f"max_{suffix}")
    assert least is None or size >= least, (
        f"option {name!r} is too short or small: {size} < {least}"
    )
    assert most is None or size <= most, f"option {name!r} is too long or large: {size} > {most}"
    return value


def nested(way: list[tuple[int, str]], options: list[Json]) -> list[Json]:
    """Options within the groups and subcommands that lead to them."""
    for kind, name in reversed(way):
        options = [{"type": kind, "name": name, "options": options}]
    return options
