"""Filling in a modal as a user does."""

from typing import Any

from fakes.loopback_discord.component_tree import (
    CHECKBOX,
    CHECKBOX_GROUP,
    LABEL,
    RADIO_GROUP,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_INPUT,
    completed,
    walk,
)
from fakes.loopback_discord.payload import Json

INPUTS = frozenset({TEXT_INPUT, *SELECTS, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX})
MAX_INPUT = 4000  # characters, where the modal sets no limit


def filled(modal: Json, values: dict[str, Any]) -> list[Json]:
    """The components of a modal's submission.

    Args:
        modal: as the bot sent it.
        values: by custom id or label.

    Raises:
        AssertionError: Discord's client would not submit these values.
    """
    components = completed(modal["components"])
    used: set[str] = set()
    result = [_part(component, values, used) for component in components]
    assert not (unknown := values.keys() - used), (
        f"the modal has no {sorted(unknown)}, but {input_ids(modal)}"
    )
    return result


def input_ids(modal: Json) -> list[str]:
    """The custom ids of the inputs."""
    return [
        component["custom_id"]
        for _, component in walk(modal["components"])
        if component["type"] in INPUTS
    ]


def _part(component: Json, values: dict[str, Any], used: set[str]) -> Json:
    fields: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == LABEL:
        return fields | {
            "component": _input(component["component"], component["label"], values, used)
        }
    if component["type"] == TEXT_DISPLAY:
        return fields
    return fields | {
        "components": [
            _input(each, each.get("label", ""), values, used) for each in component["components"]
        ]
    }


def _input(component: Json, label: str, values: dict[str, Any], used: set[str]) -> Json:
    custom_id, kind = component["custom_id"], component["type"]
    key = custom_id if custom_id in values else label
    value = values.get(key)
    if key in values:
        used.add(key)
    fields: Json = {"type": kind, "id": component["id"], "custom_id": custom_id}
    required = component.get("required", True)
    if kind == TEXT_INPUT:
        return fields | {"value": _text(component, label, value, required=required)}
    if kind == CHECKBOX:
        return fields | {"value": bool(component.get("default") if value is None else value)}
    if kind == RADIO_GROUP:
        assert value is not None or not required, f"{label!r} is required"
        return fields | {"value": value}
    chosen = [] if value is None else [value] if isinstance(value, str) else list(value)
    assert chosen or not required, f"{label!r} is required"
    if kind in {STRING_SELECT, CHECKBOX_GROUP}:
        options = {option["value"] for option in component["options"]}
        assert options.issuperset(chosen), f"{label!r} has the options {sorted(options)}"
    return fields | {"values": chosen}


def _text(component: Json, label: str, value: Any, *, required: bool) -> str:
    text = component.get("value", "") if value is None else str(value)
    assert text or not required, f"{label!r} is required"
    assert not text or len(text) >= (component.get("min_length") or 0), f"{label!r} is too short"
    assert len(text) <= (component.get("max_length") or MAX_INPUT), f"{label!r} is too long"
    return text
