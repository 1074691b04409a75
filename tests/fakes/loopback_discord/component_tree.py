"""The tree of components in a message or a modal: traversal and numbering."""

from collections.abc import Iterator
from typing import Any

from fakes.loopback_discord.payload import Json

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23
SELECTS = (STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT)
LINK_STYLE = 5

Path = tuple[str | int, ...]


def walk(
    components: list[Json] | None, base: Path = ("components",)
) -> Iterator[tuple[Path, Json]]:
    """Every component with its path, in displayed order, parents before children."""
    for index, component in enumerate(components or ()):
        yield from _walk_one(component, (*base, index))


def _walk_one(component: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    yield path, component
    yield from walk(component.get("components"), (*path, "components"))
    for key in ("accessory", "component"):
        if inner := component.get(key):
            yield from _walk_one(inner, (*path, key))


def media(component: Json) -> Iterator[tuple[Path, Json]]:
    """The media of a component with their paths, as objects with a `url`."""
    if component["type"] == THUMBNAIL:
        yield ("media",), component["media"]
    elif component["type"] == FILE:
        yield ("file",), component["file"]
    elif component["type"] == MEDIA_GALLERY:
        for index, item in enumerate(component["items"]):
            yield ("items", index, "media"), item["media"]


def completed(components: list[Json]) -> list[Json]:
    """The components as Discord returns them: numbered, with defaults, without nulls."""
    taken = {component["id"] for _, component in walk(components) if component.get("id")}
    numbers = iter(number for number in range(1, 10_000) if number not in taken)
    return [_completed(component, numbers) for component in components]


def _completed(component: Json, numbers: Iterator[int]) -> Json:
    result: Json = {key: value for key, value in component.items() if value is not None}
    result["id"] = component.get("id") or next(numbers)
    result = DEFAULTS.get(component["type"], {}) | result
    if "components" in component:
        result["components"] = [_completed(inner, numbers) for inner in component["components"]]
    for key in ("accessory", "component"):
        if component.get(key):
            result[key] = _completed(component[key], numbers)
    if component["type"] == MEDIA_GALLERY:
        result["items"] = [
            {"spoiler": False, "description": None} | item for item in component["items"]
        ]
    return result


DEFAULTS: dict[int, dict[str, Any]] = {
    CONTAINER: {"accent_color": None, "spoiler": False},
    SEPARATOR: {"spacing": 1, "divider": True},
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
}
