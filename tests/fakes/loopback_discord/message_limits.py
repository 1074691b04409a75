"""Discord's limits of a message that its description of the API does not state."""

from collections.abc import Iterator

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.component_limits import component_errors
from fakes.loopback_discord.component_tree import ACTION_ROW, FILE, TEXT_DISPLAY, media, walk
from fakes.loopback_discord.embed_limits import embed_errors
from fakes.loopback_discord.field_errors import reference_errors, too_long
from fakes.loopback_discord.payload import Json

IS_COMPONENTS_V2 = 1 << 15
# docs.discord.com, Message resource, "Create Message".
CONTENT_LENGTH = 2000
# docs.discord.com, Components reference, "Legacy Message Component Behavior" and "Text Display".
TEXT_TOTAL = 4000
COMPONENTS_TOTAL = 40
LEGACY_ROWS = 5


def message_errors(message: Json, filenames: frozenset[str]) -> Iterator[FieldError]:
    """Errors of a whole message, given the names of its files."""
    if len(message.get("content") or "") > CONTENT_LENGTH:
        yield too_long(("content",), CONTENT_LENGTH)
    yield from embed_errors(message.get("embeds") or [], filenames)
    components = message.get("components") or []
    if (message.get("flags") or 0) & IS_COMPONENTS_V2:
        yield from _v2_errors(message, components)
    else:
        yield from _legacy_errors(components)
    yield from component_errors(components)
    for path, component in walk(components):
        for inner, item in media(component):
            yield from reference_errors(
                (*path, *inner, "url"), item["url"], filenames, must_refer=component["type"] == FILE
            )


def _v2_errors(message: Json, components: list[Json]) -> Iterator[FieldError]:
    for field in ("content", "embeds", "poll", "sticker_ids"):
        if message.get(field):
            yield FieldError(
                (field,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"`{field}` cannot be used with IS_COMPONENTS_V2",
            )
    if not components:
        yield FieldError(("components",), "BASE_TYPE_REQUIRED", "This field is required")
    if (count := sum(1 for _ in walk(components))) > COMPONENTS_TOTAL:
        yield FieldError(
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
        yield FieldError(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"{total} characters of text, over the limit of {TEXT_TOTAL}",
        )


def _legacy_errors(components: list[Json]) -> Iterator[FieldError]:
    if len(components) > LEGACY_ROWS:
        yield FieldError(
            ("components",), "BASE_TYPE_BAD_LENGTH", f"Must be {LEGACY_ROWS} or fewer in length."
        )
    for index, component in enumerate(components):
        if component["type"] != ACTION_ROW:
            yield FieldError(
                ("components", index, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field 'type' must be one of (1,) without IS_COMPONENTS_V2.",
            )
