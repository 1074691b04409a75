"""What managers, moderators and administrators of a server read, and those who rated an answer."""

from __future__ import annotations

import datetime as dt

from pullquote.translation import say, translate_constants
from pullquote_bot.discord_bot.strings import commands, labels
from pullquote_bot.strings.quantities import counted

THANKS = "Thank you. Your feedback is saved."
THANKS_FOR_COMMENT = "Thank you. Your feedback and your comment are saved."
SETTINGS_TITLE = "**Settings of this server**"
REMOVED = "The message has been removed."
NOT_MINE = "That message is not one of mine. I can remove my own messages only."
NOT_YOURS = (
    "Only the person who had this message posted, and those who may manage messages here, "
    "can remove it."
)
SEEN_BY_YOU_ALONE = "Only you see that message. Discord's *Dismiss message* removes it."
CANNOT_REMOVE = (
    "I cannot remove that message from the menu, because I am not a member here. "
    "“Remove” below it can."
)
NO_ARTICLE_HERE = "That message shows no article of the archive."
OWNERS_ONLY = (
    "Only moderators of a server that owns this archive may withdraw its articles. "
    "Whoever runs me names those servers."
)
CHOOSE_WITHDRAWN = (
    "**Withdraw from the archive**\nWithdrawn articles are no longer quoted, listed or counted, "
    "here and everywhere else. You will be asked why."
)
WITHDRAWN_ALREADY = "The article is no longer in the archive."
MODERATORS_ONLY = "Only those who may manage messages here may do that."
NO_RATINGS = "Nobody has rated an answer in this server yet."
QUESTIONS_NOT_KEPT = (
    "The words of questions are not kept, so they are missing here. "
    "Whoever runs me can have them kept."
)
PRIVATE_ANSWER = "a private answer, which only its reader can open"
OPEN_ANSWER = "open the answer"
ADMINISTRATORS_ONLY = "Only administrators of this server may do that."
NOT_FROM_HERE = "The archive cannot be updated from this server."
REBUILD_FAILED_BRIEFLY = (
    "The archive could not be updated, and is unchanged. My log has the reason."
)
MANAGERS_ONLY = "Only those who manage this server may do that."
REBUILDING_ALREADY = "The archive is already being updated."
REBUILD_BEGUN = "Updating the archive. It answers as before in the meantime."
REBUILD_ENDED = "The update was stopped because I am restarting. The archive is unchanged."
SETTINGS_SAVED = "Saved."
FORGOTTEN = "Your feedback has been deleted."


def withdrawn(title: str) -> str:
    """An article was withdrawn; `title` is escaped."""
    return say(
        "Withdrawn: **{title}**. Nothing of it is shown any more. My messages that quote "
        "it stay: *Apps › {menu}* removes each.",
        title=title,
        menu=say(commands.REMOVE_MENU),
    )


def not_withdrawn(reason: str) -> str:
    """An article could not be withdrawn; `reason` is escaped."""
    return say("The article could not be withdrawn. {reason}", reason=reason)


def rating(*, helpful: bool, at: dt.datetime) -> str:
    """A reader's rating, and when it was given."""
    words = say("Helpful") if helpful else say("Not helpful")
    verdict = f"{labels.HELPFUL_BUTTON if helpful else labels.UNHELPFUL_BUTTON} {words}"
    return f"**{verdict}**, <t:{int(at.timestamp())}:R>"


def ratings_title(helpful: int, unhelpful: int) -> str:
    """How many ratings there are of each kind."""
    return say(
        "**Feedback in this server**: {helpful:,} helpful, {unhelpful:,} not helpful",
        helpful=helpful,
        unhelpful=unhelpful,
    )


def rebuild_step(step: str, share: float | None) -> str:
    """The step that a rebuild is at, and the share of it that is done (0 to 1)."""
    return f"{step}{f', {share:.0%}' if share is not None else ''}"


def rebuilt(articles: int, embedded: int, seconds: float, *, switched: bool) -> str:
    """The result of a rebuild.

    Args:
        articles: the number of articles.
        embedded: the number of passages that were embedded.
        seconds: how long the rebuild took.
        switched: whether it changed anything.
    """
    if not switched:
        return say("Nothing has changed since the archive was last updated.")
    counts = f"{counted(articles, 'article')}, {counted(embedded, 'new passage')}"
    return say(
        "The archive has been updated in {seconds:.0f} seconds: {counts}.",
        seconds=seconds,
        counts=counts,
    )


def rebuild_failed(reason: str) -> str:
    """The result of a rebuild that failed."""
    return say("The archive could not be updated, and is unchanged. {reason}", reason=reason)


translate_constants(__name__)
