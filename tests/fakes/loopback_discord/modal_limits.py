"""Discord's limits of modals that its description of the API does not state."""

from collections.abc import Iterator

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.component_limits import component_errors
from fakes.loopback_discord.component_tree import LABEL, TEXT_INPUT, walk
from fakes.loopback_discord.field_errors import too_long
from fakes.loopback_discord.payload import Json

# docs.discord.com, Interactions, "Modal": a title of 45 characters and one to five components.
MODAL_TITLE = 45
MODAL_COMPONENTS = 5
# docs.discord.com, Components reference, "Label" and "Text Input".
INPUT_LABEL = 45
LABEL_DESCRIPTION = 100
INPUT_PLACEHOLDER = 100


def modal_errors(modal: Json) -> Iterator[FieldError]:
    """Errors of a modal in an interaction's response."""
    if len(modal["title"]) > MODAL_TITLE:
        yield too_long(("data", "title"), MODAL_TITLE)
    if len(modal["components"]) > MODAL_COMPONENTS:
        yield too_long(("data", "components"), MODAL_COMPONENTS)
    for error in component_errors(modal["components"]):
        yield FieldError(("data", *error.path), error.code, error.message)
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
                yield FieldError(
                    (*path, "label"),
                    "TEXT_INPUT_LABEL",
                    "A text input in a row needs a label, one in a label has none",
                )
