"""How much each person, server and channel gets in a minute."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.settings import DiscordSettings
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote_bot.serving.rate_limits import RateLimit
from pullquote_bot.strings import rate_limits as limit_strings

_USER_NOTICES, _CHANNEL_NOTICES = 1, 5
"""Notices in a minute that one person, and one channel, gets at most where everyone sees them."""


class AskerLimits:
    """The rate limits of questions and look-ups, for each archive by itself, and of notices."""

    def __init__(self, settings: DiscordSettings, clock: Callable[[], float]) -> None:
        """Start with nothing asked.

        Args:
            settings: the limits.
            clock: a monotonic clock, in seconds.
        """
        self._user_limit = RateLimit(settings.user_questions, clock)
        self._server_limit = RateLimit(settings.server_questions, clock)
        self._lookup_limit = RateLimit(settings.user_lookups, clock)
        self._user_notices = RateLimit(_USER_NOTICES, clock)
        self._channel_notices = RateLimit(_CHANNEL_NOTICES, clock)

    def rate_limit_message(
        self, user: int, server: int | None, archive: ArchiveName = ONLY_ARCHIVE
    ) -> str:
        """The message for an asker who is over a rate limit.

        Returns:
            The message; empty if the asker may ask. The question is then counted.
        """
        of_user, of_server = (archive, user), (archive, server)
        if seconds := self._user_limit.seconds_to_wait(of_user):
            return limit_strings.wait_a_while(seconds, server=False)
        if server is not None and (seconds := self._server_limit.seconds_to_wait(of_server)):
            return limit_strings.wait_a_while(seconds, server=True)
        self._user_limit.record_question(of_user)
        self._server_limit.record_question(of_server)
        return ""

    def lookup_limit_message(self, user: int, archive: ArchiveName = ONLY_ARCHIVE) -> str:
        """The message for a user who has looked up too much in the last minute.

        Returns:
            The message; empty if the user may look something up. The look-up is then counted.
        """
        of_user = (archive, user)
        if seconds := self._lookup_limit.seconds_to_wait(of_user):
            return limit_strings.look_up_later(seconds)
        self._lookup_limit.record_question(of_user)
        return ""

    def may_notify(self, user: int, channel: int) -> bool:
        """Whether a message that asks nothing, or too much, gets a reply that everyone sees.

        Otherwise members could have the bot post as often as they write. The reply is counted.
        """
        if self._user_notices.seconds_to_wait(user) or self._channel_notices.seconds_to_wait(
            channel
        ):
            return False
        self._user_notices.record_question(user)
        self._channel_notices.record_question(channel)
        return True
