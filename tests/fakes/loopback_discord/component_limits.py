"""Discord's limits of components that its description of the API does not state."""

from collections import Counter
from collections.abc import Iterator

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.component_tree import (
    ACTION_ROW,
    BUTTON,
    LINK_STYLE,
    STRING_SELECT,
    TEXT_DISPLAY,
    Path,
    walk,
)
from fakes.loopback_discord.field_errors import too_long
from fakes.loopback_discord.payload import Json

# docs.discord.com, Components reference, "Custom ID", "Action Row", "Button", "String Select".
CUSTOM_ID_LENGTH = 100
ROW_BUTTONS = 5
BUTTON_LABEL = 80
SELECT_OPTIONS = 25
OPTION_TEXT = 100
SELECT_PLACEHOLDER = 150


def component_errors(components: list[Json]) -> Iterator[FieldError]:
    """Errors of the components of a message or a modal."""
    custom_ids = Counter(
        component["custom_id"] for _, component in walk(components) if component.get("custom_id")
    )
    numbers = Counter(component["id"] for _, component in walk(components) if component.get("id"))
    for path, component in walk(components):
        if custom_ids[component.get("custom_id")] > 1:
            yield FieldError(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        if numbers[component.get("id")] > 1:
            yield FieldError(
                (*path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"
            )
        if len(component.get("custom_id") or "") > CUSTOM_ID_LENGTH:
            yield too_long((*path, "custom_id"), CUSTOM_ID_LENGTH)
        if component["type"] == TEXT_DISPLAY and not component["content"].strip():
            yield FieldError((*path, "content"), "BASE_TYPE_REQUIRED", "This field is required")
        elif component["type"] == BUTTON:
            yield from _button_errors(path, component)
        elif component["type"] == STRING_SELECT:
            yield from _select_errors(path, component)
        elif component["type"] == ACTION_ROW:
            yield from _row_errors(path, component)


def _row_errors(path: Path, row: Json) -> Iterator[FieldError]:
    kinds = [inner["type"] for inner in row["components"]]
    if len(kinds) > 1 and (any(kind != BUTTON for kind in kinds) or len(kinds) > ROW_BUTTONS):
        yield FieldError(
            (*path, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            f"A row holds {ROW_BUTTONS} buttons or one select",
        )


def _button_errors(path: Path, button: Json) -> Iterator[FieldError]:
    link = button["style"] == LINK_STYLE
    if link != bool(button.get("url")):
        yield FieldError(
            (*path, "url"),
            "BUTTON_COMPONENT_INVALID_URL",
            "A link has a url, other buttons have none",
        )
    if button["style"] <= LINK_STYLE and link == bool(button.get("custom_id")):
        yield FieldError(
            (*path, "custom_id"),
            "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
            "A custom id is required, but not in a link",
        )
    if not button.get("label") and not button.get("emoji"):
        yield FieldError(
            (*path, "label"),
            "BUTTON_COMPONENT_LABEL_REQUIRED",
            "A button needs a label or an emoji",
        )
    if len(button.get("label") or "") > BUTTON_LABEL:
        yield too_long((*path, "label"), BUTTON_LABEL)


def _select_errors(path: Path, select: Json) -> Iterator[FieldError]:
    options = select["options"]
    if len(options) > SELECT_OPTIONS:
        yield too_long((*path, "options"), SELECT_OPTIONS)
    if len(select.get("placeholder") or "") > SELECT_PLACEHOLDER:
        yield too_long((*path, "placeholder"), SELECT_PLACEHOLDER)
    if len({option["value"] for option in options}) < len(options):
        yield FieldError(
            (*path, "options"),
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option value is already used",
        )
    if max(select.get("max_values") or 1, select.get("min_values") or 1) > len(options):
        yield FieldError(
            (*path, "options"),
            "SELECT_COMPONENT_MAX_VALUES",
            "More values are asked for than there are options",
        )
    for index, option in enumerate(options):
        for key in ("label", "value", "description"):
            if len(option.get(key) or "") > OPTION_TEXT:
                yield too_long((*path, "options", index, key), OPTION_TEXT)
