"""Discord's limits of a message that its description of the API does not state."""

from collections import Counter
from collections.abc import Iterator

from fakes.loopback_discord.component_tree import (
    ACTION_ROW,
    BUTTON,
    FILE,
    LINK_STYLE,
    STRING_SELECT,
    TEXT_DISPLAY,
    Path,
    media,
    walk,
)
from fakes.loopback_discord.refusals import Fault, Json

IS_COMPONENTS_V2 = 1 << 15
# docs.discord.com, Message resource, "Create Message": content is up to 2000 characters (more needs no bot's account).
CONTENT_LENGTH = 2000
# docs.discord.com, Message resource, "Embed Limits": the combined sum of a message's embeds.
EMBEDS_TOTAL = 6000
EMBED_FIELDS = 25
EMBED_TEXTS = {"title": 256, "description": 4096}
FIELD_TEXTS = {"name": 256, "value": 1024}
FOOTER_TEXT, AUTHOR_NAME = 2048, 256
# docs.discord.com, Components reference, "Legacy Message Component Behavior" and "Text Display".
TEXT_TOTAL = 4000
COMPONENTS_TOTAL = 40
LEGACY_ROWS = 5
ROW_BUTTONS = 5
# docs.discord.com, Components reference, "Custom ID", "Button", "String Select".
CUSTOM_ID_LENGTH = 100
BUTTON_LABEL = 80
SELECT_OPTIONS = 25
OPTION_TEXT = 100
SELECT_PLACEHOLDER = 150


def message_faults(message: Json, filenames: frozenset[str]) -> Iterator[Fault]:
    """Faults of a whole message as it would be shown, with the names of the files that it holds."""
    if len(message.get("content") or "") > CONTENT_LENGTH:
        yield too_long(("content",), CONTENT_LENGTH)
    yield from _embed_faults(message.get("embeds") or [], filenames)
    components = message.get("components") or []
    if (message.get("flags") or 0) & IS_COMPONENTS_V2:
        yield from _v2_faults(message, components)
    else:
        yield from _legacy_faults(components)
    yield from component_faults(components)
    for path, component in walk(components):
        for inner, item in media(component):
            yield from _reference_faults(
                (*path, *inner, "url"), item["url"], filenames, only=component["type"] == FILE
            )


def _v2_faults(message: Json, components: list[Json]) -> Iterator[Fault]:
    for field in ("content", "embeds", "poll", "sticker_ids"):
        if message.get(field):
            yield Fault(
                (field,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"`{field}` cannot be used with IS_COMPONENTS_V2",
            )
    if not components:
        yield Fault(("components",), "BASE_TYPE_REQUIRED", "This field is required")
    if (count := sum(1 for _ in walk(components))) > COMPONENTS_TOTAL:
        yield Fault(
            ("components",),
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"{count} components, over the limit of {COMPONENTS_TOTAL}",
        )
    total = sum(
        len(component["content"])
        for _, component in walk(components)
        if component["type"] == TEXT_DISPLAY
    )
    if total > TEXT_TOTAL:
        yield Fault(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"{total} characters of text, over the limit of {TEXT_TOTAL}",
        )


def _legacy_faults(components: list[Json]) -> Iterator[Fault]:
    if len(components) > LEGACY_ROWS:
        yield Fault(
            ("components",), "BASE_TYPE_BAD_LENGTH", f"Must be {LEGACY_ROWS} or fewer in length."
        )
    for index, component in enumerate(components):
        if component["type"] != ACTION_ROW:
            yield Fault(
                ("components", index, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field 'type' must be one of (1,) without IS_COMPONENTS_V2.",
            )


def component_faults(components: list[Json]) -> Iterator[Fault]:
    """Faults of components wherever they stand, in a message or in a modal."""
    custom_ids = Counter(
        component["custom_id"] for _, component in walk(components) if component.get("custom_id")
    )
    numbers = Counter(component["id"] for _, component in walk(components) if component.get("id"))
    for path, component in walk(components):
        if custom_ids[component.get("custom_id")] > 1:
            yield Fault(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        if numbers[component.get("id")] > 1:
            yield Fault(
                (*path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"
            )
        if len(component.get("custom_id") or "") > CUSTOM_ID_LENGTH:
            yield too_long((*path, "custom_id"), CUSTOM_ID_LENGTH)
        if component["type"] == TEXT_DISPLAY and not component["content"].strip():
            yield Fault((*path, "content"), "BASE_TYPE_REQUIRED", "This field is required")
        elif component["type"] == BUTTON:
            yield from _button_faults(path, component)
        elif component["type"] == STRING_SELECT:
            yield from _select_faults(path, component)
        elif component["type"] == ACTION_ROW:
            yield from _row_faults(path, component)


def _row_faults(path: Path, row: Json) -> Iterator[Fault]:
    kinds = [inner["type"] for inner in row["components"]]
    if len(kinds) > 1 and (any(kind != BUTTON for kind in kinds) or len(kinds) > ROW_BUTTONS):
        yield Fault(
            (*path, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            f"A row holds {ROW_BUTTONS} buttons or one select",
        )


def _button_faults(path: Path, button: Json) -> Iterator[Fault]:
    link = button["style"] == LINK_STYLE
    if link != bool(button.get("url")):
        yield Fault(
            (*path, "url"),
            "BUTTON_COMPONENT_INVALID_URL",
            "A link has a url, other buttons have none",
        )
    if button["style"] <= LINK_STYLE and link == bool(button.get("custom_id")):
        yield Fault(
            (*path, "custom_id"),
            "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
            "A custom id is required, but not in a link",
        )
    if not button.get("label") and not button.get("emoji"):
        yield Fault(
            (*path, "label"),
            "BUTTON_COMPONENT_LABEL_REQUIRED",
            "A button needs a label or an emoji",
        )
    if len(button.get("label") or "") > BUTTON_LABEL:
        yield too_long((*path, "label"), BUTTON_LABEL)


def _select_faults(path: Path, select: Json) -> Iterator[Fault]:
    options = select["options"]
    if len(options) > SELECT_OPTIONS:
        yield too_long((*path, "options"), SELECT_OPTIONS)
    if len(select.get("placeholder") or "") > SELECT_PLACEHOLDER:
        yield too_long((*path, "placeholder"), SELECT_PLACEHOLDER)
    if len({option["value"] for option in options}) < len(options):
        yield Fault(
            (*path, "options"),
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option value is already used",
        )
    if max(select.get("max_values") or 1, select.get("min_values") or 1) > len(options):
        yield Fault(
            (*path, "options"),
            "SELECT_COMPONENT_MAX_VALUES",
            "More values are asked for than there are options",
        )
    for index, option in enumerate(options):
        for key in ("label", "value", "description"):
            if len(option.get(key) or "") > OPTION_TEXT:
                yield too_long((*path, "options", index, key), OPTION_TEXT)


def _embed_faults(embeds: list[Json], filenames: frozenset[str]) -> Iterator[Fault]:
    total = 0
    for index, embed in enumerate(embeds):
        texts: list[tuple[Path, str | None, int]] = [
            (("embeds", index, key), embed.get(key), limit) for key, limit in EMBED_TEXTS.items()
        ]
        texts.append(
            (
                ("embeds", index, "footer", "text"),
                (embed.get("footer") or {}).get("text"),
                FOOTER_TEXT,
            )
        )
        texts.append(
            (
                ("embeds", index, "author", "name"),
                (embed.get("author") or {}).get("name"),
                AUTHOR_NAME,
            )
        )
        fields = embed.get("fields") or []
        if len(fields) > EMBED_FIELDS:
            yield too_long(("embeds", index, "fields"), EMBED_FIELDS)
        for place, field in enumerate(fields):
            texts += [
                (("embeds", index, "fields", place, key), field.get(key), limit)
                for key, limit in FIELD_TEXTS.items()
            ]
        for path, text, limit in texts:
            total += len(text or "")
            if len(text or "") > limit:
                yield too_long(path, limit)
        for key in ("image", "thumbnail"):
            if url := (embed.get(key) or {}).get("url"):
                yield from _reference_faults(
                    ("embeds", index, key, "url"), url, filenames, only=False
                )
    if total > EMBEDS_TOTAL:
        yield Fault(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {EMBEDS_TOTAL}",
        )


def _reference_faults(
    path: Path, url: str, filenames: frozenset[str], *, only: bool
) -> Iterator[Fault]:
    reference = url.startswith("attachment://")
    if reference and url.removeprefix("attachment://") not in filenames:
        yield Fault(
            path,
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            f"The referenced attachment {url!r} was not found",
        )
    elif only and not reference:
        yield Fault(
            path,
            "UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED",
            "A file component takes an attachment:// reference only",
        )
    elif not reference and not url.startswith(("http://", "https://")):
        yield Fault(
            path, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'attachment')"
        )


def too_long(path: Path, limit: int) -> Fault:
    return Fault(path, "BASE_TYPE_BAD_LENGTH", f"Must be {limit} or fewer in length.")
