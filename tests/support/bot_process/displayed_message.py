"""What a message shows of the archive, read back as Discord's clients render it."""

import re
from dataclasses import dataclass

from fakes.discord_markdown import Kind, render
from fakes.loopback_discord.component_tree import TEXT_DISPLAY, walk
from fakes.loopback_discord.seen import Message

_SECTION = 9
_QUOTE = re.compile(r"pq:context:(?P<generation>[^:]*):(?P<row>\d+)\.(?P<start>\d+)\.(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class DisplayedMessage:
    """A quote or a passage: its words as a reader sees them, the citation below, and what its button says of its place."""

    words: str
    citation: str
    generation: str
    row: int
    start: int
    end: int

    @property
    def span(self) -> slice:
        """Its place in the article's text."""
        return slice(self.start, self.end)


def displayed_message(message: Message) -> list[DisplayedMessage]:
    """The quotes of a message, in their order."""
    found = []
    for _, component in walk(message.components):
        if component["type"] == _SECTION and (
            place := _QUOTE.fullmatch(component["accessory"]["custom_id"])
        ):
            (text,) = component["components"]
            rendered = render(text["content"])
            (words,) = rendered.quoted
            citation = rendered.plain.removeprefix(words).strip()
            found.append(
                DisplayedMessage(
                    words,
                    citation,
                    place["generation"],
                    *(int(place[name]) for name in ("row", "start", "end")),
                )
            )
    return found


def active_kinds(message: Message) -> set[Kind]:
    """What in a message took effect as markup."""
    texts = [
        component["content"]
        for _, component in walk(message.components)
        if component["type"] == TEXT_DISPLAY
    ]
    return {kind for text in texts for kind in render(text).kinds}
