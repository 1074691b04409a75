"""What is done about messages and articles after they are shown."""

from __future__ import annotations

from typing import NamedTuple

from pullquote_bot.discord_bot.handlers.feedback import FeedbackHandler
from pullquote_bot.discord_bot.handlers.removal import RemovalHandler
from pullquote_bot.discord_bot.handlers.withdrawal import WithdrawalHandler


class Moderation(NamedTuple):
    """The handlers that judge, remove and withdraw.

    Attributes:
        feedback: saves readers' ratings, and shows them to moderators.
        removal: removes what the bot posted.
        withdrawal: takes articles out of the archive.
    """

    feedback: FeedbackHandler
    removal: RemovalHandler
    withdrawal: WithdrawalHandler
