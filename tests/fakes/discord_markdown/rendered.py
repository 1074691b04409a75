"""A message as a client renders it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """The kinds of markup."""

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
        kind: its kind.
        text: the plain text that it covers; what a client would look up, such as a user's name,
            stays as written.
        target: the address of a link.
    """

    kind: Kind
    text: str
    target: str | None = None


@dataclass(frozen=True)
class Rendered:
    """A message as a reader sees it.

    Attributes:
        plain: the displayed text without markup, block quotes included.
        active: the markup that took effect, outer before inner, invitations last.
        quoted: the plain text of each block quote.
        pings: the mentions that would notify somebody if the message were sent without
            `allowed_mentions`. The server reads the source text, where a backslash before a
            mention does not prevent the notification.
    """

    plain: str
    active: tuple[Active, ...] = ()
    quoted: tuple[str, ...] = ()
    pings: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of markup that took effect."""
        return frozenset(active.kind for active in self.active)
