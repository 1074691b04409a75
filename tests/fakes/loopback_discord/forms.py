"""Modals as a user fills them in."""

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
from fakes.loopback_discord.refusals import Json

INPUTS = frozenset({TEXT_INPUT, *SELECTS, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX})
LONGEST_INPUT = 4000


def filled(modal: Json, values: dict[str, Any]) -> list[Json]:
    """The components of a modal's submission; values go by the custom id or by the label."""
    components = completed(modal["components"])
    used: set[str] = set()
    result = [_part(component, values, used) for component in components]
    assert not (unknown := values.keys() - used), (
        f"the modal has no {sorted(unknown)}, but {names(modal)}"
    )
    return result


def names(modal: Json) -> list[str]:
    """The custom ids of what can be filled in."""
    return [
        component["custom_id"]
        for _, component in walk(modal["components"])
        if component["type"] in INPUTS
    ]


def _part(component: Json, values: dict[str, Any], used: set[str]) -> Json:
    told: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == LABEL:
        return told | {
            "component": _input(component["component"], component["label"], values, used)
        }
    if component["type"] == TEXT_DISPLAY:
        return told
    return told | {
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
    told: Json = {"type": kind, "id": component["id"], "custom_id": custom_id}
    required = component.get("required", True)
    if kind == TEXT_INPUT:
        return told | {"value": _text(component, label, value, required=required)}
    if kind == CHECKBOX:
        return told | {"value": bool(component.get("default") if value is None else value)}
    if kind == RADIO_GROUP:
        assert value is not None or not required, f"{label!r} is required"
        return told | {"value": value}
    chosen = [] if value is None else [value] if isinstance(value, str) else list(value)
    assert chosen or not required, f"{label!r} is required"
    if kind in {STRING_SELECT, CHECKBOX_GROUP}:
        options = {option["value"] for option in component["options"]}
        assert options.issuperset(chosen), f"{label!r} has the options {sorted(options)}"
    return told | {"values": chosen}


def _text(component: Json, label: str, value: Any, *, required: bool) -> str:
    text = component.get("value", "") if value is None else str(value)
    assert text or not required, f"{label!r} is required"
    assert not text or len(text) >= (component.get("min_length") or 0), f"{label!r} is too short"
    assert len(text) <= (component.get("max_length") or LONGEST_INPUT), f"{label!r} is too long"
    return text
