"""The quotes in a message, read back as Discord's clients render them."""

import re
from dataclasses import dataclass

from fakes.discord_markdown import Kind, render
from fakes.loopback_discord.component_tree import TEXT_DISPLAY, walk
from fakes.loopback_discord.displayed_messages import Message

_SECTION = 9
_QUOTE = re.compile(r"pq:context:(?P<generation>[^:]*):(?P<row>\d+)\.(?P<start>\d+)\.(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class DisplayedQuote:
    """A quote or passage in a message.

    Attributes:
        words: as a reader sees them.
        citation: the text below the quote.
        generation: the index generation, as the quote's button names it.
        row: the article's row, from the same button; likewise `start` and `end`.
    """

    words: str
    citation: str
    generation: str
    row: int
    start: int
    end: int

    @property
    def span(self) -> slice:
        """Its offsets in the article's text."""
        return slice(self.start, self.end)


def displayed_quotes(message: Message) -> list[DisplayedQuote]:
    """The quotes of a message, in displayed order."""
    quotes = []
    for _, component in walk(message.components):
        if component["type"] == _SECTION and (
            button := _QUOTE.fullmatch(component["accessory"]["custom_id"])
        ):
            (text,) = component["components"]
            rendered = render(text["content"])
            (words,) = rendered.quoted
            citation = rendered.plain.removeprefix(words).strip()
            if citation.startswith("— "):  # who says it
                citation = citation.partition("\n")[2]
            quotes.append(
                DisplayedQuote(
                    words,
                    citation,
                    button["generation"],
                    *(int(button[name]) for name in ("row", "start", "end")),
                )
            )
    return quotes


def quoted_words(message: Message) -> list[str]:
    """The words of all block quotes of a message, in displayed order."""
    return [
        words
        for _, component in walk(message.components)
        if component["type"] == TEXT_DISPLAY
        for words in render(component["content"]).quoted
    ]


def active_kinds(message: Message) -> set[Kind]:
    """The kinds of markup that take effect in a message."""
    texts = [
        component["content"]
        for _, component in walk(message.components)
        if component["type"] == TEXT_DISPLAY
    ]
    return {kind for text in texts for kind in render(text).kinds}
