"""The quotes in a message, read back as Discord's clients render them."""

import re
from dataclasses import dataclass

from fakes.discord_markdown import Kind, render
from fakes.loopback_discord.component_tree import TEXT_DISPLAY, walk
from fakes.loopback_discord.displayed_messages import Message

_QUOTE = re.compile(r"pq:context:(?P<generation>[^:]*):(?P<row>\d+)\.(?P<start>\d+)\.(?P<end>\d+)")
_NUMBER = re.compile(r"^-# \*\*(\d+)\*\*", re.MULTILINE)
_HEADLINE = re.compile(r"-# \*\*(?!\d+\*\*)")


@dataclass(frozen=True, slots=True)
class DisplayedQuote:
    """A quote or passage in a message.

    Attributes:
        words: as a reader sees them.
        citation: the text below the quote, and its article's headline.
        generation: the index generation, as the quote's option in the menu names it.
        row: the article's row, from the same option; likewise `start` and `end`.
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
    """The quotes of a message that can be read in their context, in displayed order."""
    options = {
        option["label"].partition(" ")[0]: place
        for menu in message.selects
        for option in menu.get("options", [])
        if (place := _QUOTE.fullmatch(option["value"]))
    }
    quotes, headline = [], ""
    for _, component in walk(message.components):
        if component["type"] != TEXT_DISPLAY:
            continue
        content = component["content"]
        if _HEADLINE.search(content.partition("\n>")[0]):
            headline = render(content.partition("\n>")[0]).plain.strip()
        numbers = list(_NUMBER.finditer(content))
        if not numbers or numbers[-1][1] not in options or not render(content).quoted:
            continue
        number = numbers[-1]  # a headline above the quote may be a number, too
        place = options[number[1]]
        citation = render(content[number.start() :].partition("\n")[0]).plain.strip()
        quotes.append(
            DisplayedQuote(
                render(content).quoted[0],
                f"{citation}\n{headline}",
                place["generation"],
                *(int(place[name]) for name in ("row", "start", "end")),
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
