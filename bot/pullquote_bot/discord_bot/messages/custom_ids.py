"""The custom id of a button: it says all that the bot needs to act on the button.

The bot keeps no state of a button, so buttons of old messages work after a restart.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.scopes import Scope, scope_in

TEMPLATE = (
    r"pq:(?P<action>[a-z-]+)"
    r":(?P<archive>(?:[A-Za-z]{4})?)"
    r"(?P<generation>(?:[0-9]{6,}-[0-9a-f]{8})?)"
    r":(?P<numbers>(?:[0-9]{1,46}(?:\.[0-9]{1,46})*)?)"
)
"""A regular expression that every custom id of this bot matches."""
QUESTION_TEXT = 1
"""The id of the text component that holds the question of a message."""
FOOTER_TEXT = 2
"""The id of the text below quotes, whose last line names the archive where there are several."""


class Action(enum.StrEnum):
    """What a button does. The values are part of the custom ids in messages already sent."""

    CONTEXT = "context"
    READ = "read"
    ARTICLES = "articles"
    MORE = "more"
    NEAREST = "nearest"
    AGAIN = "again"
    FOLLOW_UP = "follow-up"
    ALL_DATES = "all-dates"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    SHARE = "share"
    SEARCH = "search"
    SAID = "said"
    FORGET = "forget"
    VERIFY = "verify"
    CHANNELS = "channels"
    PRIVATE = "private"
    QUOTES = "quotes"
    MY_ARCHIVE = "my-archive"
    SERVER_ARCHIVE = "server-archive"
    CHANNELS_OF = "channels-of"
    ARCHIVE_CHANNELS = "archive-channels"
    REMOVE = "remove"
    WITHDRAW = "withdraw"
    RATINGS = "ratings"
    EXAMPLE = "example"
    SOURCES = "sources"
    SET_UP = "set-up"
    MENU = "menu"
    CITATION = "citation"


NUMBER_COUNTS: Mapping[Action, Container[int]] = {
    Action.CONTEXT: (3, 5),  # article row, start, end; from its page buttons also piece, direction
    Action.READ: (2, 3),  # article row, page; from its page buttons also 1
    Action.ARTICLES: range(1, 9),  # article rows
    Action.MORE: (4,),  # scope, number of the last quote shown
    Action.SHARE: (4,),  # the same
    Action.NEAREST: (3,),  # scope
    Action.FOLLOW_UP: (3,),  # scope
    Action.ALL_DATES: (3,),  # scope
    Action.AGAIN: (0, 3),  # scope, if it is known
    Action.SEARCH: (4, 5),  # scope, page; from its page buttons also 1
    Action.SAID: (4, 5),  # the same
    Action.REMOVE: (1,),  # the id of the user who had the message posted
    Action.WITHDRAW: (1,),  # article row
    Action.RATINGS: (1,),  # page
    Action.EXAMPLE: (1,),  # number of the question, which the button's label has
    Action.MENU: (0, 1),  # its number, where a message has several
    Action.CITATION: (1, 3),  # article row; of a quote also start and end
}
"""How many numbers the custom id of each action may have; 0 for actions not listed."""
_SCOPED = (
    Action.MORE,
    Action.SHARE,
    Action.NEAREST,
    Action.FOLLOW_UP,
    Action.ALL_DATES,
    Action.AGAIN,
    Action.SEARCH,
    Action.SAID,
)
"""The actions whose first three numbers are a scope."""
_KEY_AT = 2
"""Which number of a scope has the keys of the source and the author."""
_LEAST_TOO_LARGE = 10**18
"""All other numbers are smaller, and fit a row of the index."""
_LEAST_NO_ID = 2**64
"""The ids of Discord are smaller."""


@dataclass(frozen=True, slots=True)
class CustomId:
    """A button's action, the generation of the index that it refers to, and its numbers.

    `archive` is the tag of the archive (`settings_archives.tag_of`); empty in messages of a bot
    with one archive.
    """

    action: Action
    generation: GenerationId | None = None
    numbers: tuple[int, ...] = ()
    archive: str = ""

    def __str__(self) -> str:
        index = f"{self.archive}{self.generation or ''}"
        return f"pq:{self.action}:{index}:{'.'.join(map(str, self.numbers))}"

    @property
    def scope(self) -> Scope | None:
        """The scope of the question; None if the custom id has none."""
        return scope_in(*self.numbers[:3]) if self.action in _SCOPED and self.numbers else None

    @property
    def turns_page(self) -> bool:
        """Whether the button turns a page, rather than opens one."""
        match self.action:
            case Action.CONTEXT:
                return len(self.numbers) > len(("row", "start", "end"))
            case Action.READ:
                return len(self.numbers) > len(("row", "page"))
            case _:
                return self.action in {Action.SEARCH, Action.SAID}


def parse_custom_id(text: str) -> CustomId | None:
    """Parse a custom id; None if it is not one of this bot."""
    match = re.fullmatch(TEMPLATE, text)
    if not match or match["action"] not in set(Action):
        return None
    action = Action(match["action"])
    numbers = (
        tuple(int(number) for number in match["numbers"].split(".")) if match["numbers"] else ()
    )
    key_at = _KEY_AT if action in _SCOPED else None
    limit = _LEAST_NO_ID if action is Action.REMOVE else _LEAST_TOO_LARGE
    too_large = any(number >= limit and at != key_at for at, number in enumerate(numbers))
    if too_large or len(numbers) not in NUMBER_COUNTS.get(action, (0,)):
        return None
    generation = GenerationId(match["generation"]) if match["generation"] else None
    return CustomId(action, generation, numbers, match["archive"])


def chosen_action(custom_id: CustomId, chosen: Sequence[str]) -> CustomId | None:
    """What somebody asks for who presses a button or uses a menu; None if that is nothing.

    An option of an `ActionMenu` says by its value what it does.
    """
    if custom_id.action is not Action.MENU:
        return custom_id
    option = parse_custom_id(chosen[0]) if chosen else None
    return option if option and option.action is not Action.MENU else None
