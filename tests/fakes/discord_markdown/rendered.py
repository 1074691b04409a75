"""What a message looks like once a client has rendered it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What markup does where it takes effect."""

    BOLD = auto()
    ITALIC = auto()
    UNDERLINE = auto()
    STRIKETHROUGH = auto()
    SPOILER = auto()
    INLINE_CODE = auto()
    CODE_BLOCK = auto()
    BLOCK_QUOTE = auto()
    HEADING = auto()
    SUBTEXT = auto()
    LIST = auto()
    MASKED_LINK = auto()
    URL = auto()
    AUTOLINK = auto()
    EMAIL = auto()
    PHONE = auto()
    INVITE = auto()
    USER_MENTION = auto()
    ROLE_MENTION = auto()
    CHANNEL_MENTION = auto()
    COMMAND_MENTION = auto()
    EVERYONE_MENTION = auto()
    GAME_PROFILE = auto()
    NAVIGATION = auto()
    SOUND = auto()
    TIMESTAMP = auto()
    CUSTOM_EMOJI = auto()
    SHORTCODE = auto()


@dataclass(frozen=True)
class Active:
    """One piece of markup that took effect.

    Attributes:
        kind: what it does.
        text: the plain text that it covers. What a client would look up, such as a user's name, stands as it was written.
        target: where it leads, for links.
    """

    kind: Kind
    text: str
    target: str | None = None


@dataclass(frozen=True)
class Rendered:
    """A message as a reader sees it.

    Attributes:
        plain: the characters shown, without markup; lines of block quotes are lines like any other.
        active: what took effect, the outer before the inner; invitations come last.
        quoted: the plain text of each block quote.
        pings: what Discord's server would notify of, had the message been sent without `allowed_mentions`. The server reads the raw text, so a
            backslash before a mention changes how it looks and not whom it wakes.
    """

    plain: str
    active: tuple[Active, ...] = ()
    quoted: tuple[str, ...] = ()
    pings: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of all that took effect."""
        return frozenset(active.kind for active in self.active)
