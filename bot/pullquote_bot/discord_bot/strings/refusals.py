"""Why the bot does not do what it was asked to do."""

from __future__ import annotations

from pullquote.translation import say, translate_constants

NO_MORE = "There are no more quotes for this question."
NO_QUESTION_HERE = (
    "I can no longer read the question of this message. Please ask it again with `/ask`."
)
UNKNOWN_BUTTON = "This button no longer works. Please ask again with `/ask`."
COMMAND_CHANGED = (
    "This command has just changed. Please restart Discord, or try again in a few minutes."
)
GENERATION_GONE = (
    "The archive has been updated since, and I no longer have it as it was then. "
    "Ask again to search it as it is now."
)
SOURCE_GONE = (
    "The archive no longer has the source that this question was limited to. "
    "Ask again with `/ask` to search the other sources."
)
AUTHOR_GONE = (
    "The archive no longer has the author that this question was limited to. "
    "Ask again with `/ask` to search the articles of others."
)
SOURCE_OF_OLD_BUTTON = (
    "This button is from an earlier version of me and no longer says which source it means. "
    "Please ask again with `/ask`."
)
ARTICLE_GONE = "The archive has no such article. Try other words of its headline with `/article`."
ARCHIVE_ABSENT = "The archive cannot be read at the moment. My log has the reason."
BUSY = "I am busy: too many questions are waiting. Please try again in a few seconds."
TOO_MANY_WAITING = (
    "Several of your questions are still waiting, so I have not taken this one. "
    "Please ask it again when they are answered."
)
LEAVING = "I am restarting. Please try again in a minute."
WENT_WRONG = "Something went wrong. My log has the details. Please try again."
CANNOT_POST = (
    "I am not allowed to write there. "
    "Someone who manages the server has to let me send messages in that channel."
)
ANSWERS_NOWHERE = (
    "The channels where I answered in this server no longer exist. "
    "Someone who manages the server can choose others with `/settings`."
)
NOT_FOR_SERVER = (
    "This archive is not open to this server, so I answer nothing here. "
    "Whoever runs me decides who may ask."
)
NOTHING_TO_FIND = "That message has no words to search for."
ASK_ME = "Ask me a question, and I answer with quotes from the archive. See `/help` for examples."
CHECK_YOURSELF = (
    "Discord does not let me read the message that you reply to. Choose *Apps › "
    "Check this quote* on it to see whether the archive prints its words, or *Apps › Find in the "
    "archive* to ask the archive what it says."
)
NOT_FOR_YOU = "This archive is not open to you here. Whoever runs me decides who may ask."
ARCHIVE_GONE = (
    "The archive that was chosen here is no longer there, so I answer from none. "
    "A manager of the server chooses another one with `/settings`."
)
BUTTON_ARCHIVE_GONE = "This message is of an archive that I no longer have."
ARCHIVE_NOT_CHOSEN = (
    "There are several archives, and none has been chosen for this place yet. "
    "A manager of the server chooses one with `/settings`."
)
CHOOSE_FOR_YOURSELF = "There are several archives. Please choose the one to ask: `/archive`."
YOUR_ARCHIVE_GONE = (
    "The archive that you chose is no longer there, so I answer from none. "
    "Please choose another one: `/archive`."
)
NOT_YOUR_CHANNEL = (
    "You may not send messages here, so I post nothing here for you. "
    "What you ask is answered to you alone."
)
ALWAYS_PRIVATE = "In this server my answers are always private."
QUOTES_ONLY = (
    "This archive shows quotes and where they were published, not whole articles. "
    "The publisher has the whole text."
)
PRIVATE_HERE = (
    "In this server my answers are private. Please use `/ask`, and the answer is shown only to you."
)


def cannot_post_in(channel: str) -> str:
    """The reply, in a direct message, to a user who mentioned the bot where it may not write."""
    return say(
        "I am not allowed to write in {channel}, where you asked me. Someone who manages "
        "that server has to let me send messages there.",
        channel=channel,
    )


def mention_me(bot: int) -> str:
    """The reply to a mention of the bot's role, whose words Discord keeps from the bot.

    Args:
        bot: the id of the bot's user.
    """
    return say(
        "You mentioned my role, and Discord then does not let me read what you wrote. "
        "Mention <@{bot}> instead, or use `/ask`.",
        bot=bot,
    )


def answers_elsewhere(channels: str) -> str:
    """The reply in a channel where the server's settings do not let the bot answer.

    Args:
        channels: the channels where it answers, as far as every member sees them; may be empty.
    """
    return say("In this server I answer in {channels}.", channels=channels or say("other channels"))


def not_a_date(text: str) -> str:
    """The reply to a date that cannot be read."""
    return say(
        "{text!r} is not a date that I can read. Try 30 October 2025, October 2025, "
        "2025, yesterday, last week or 3 months ago.",
        text=text,
    )


def two_ways(text: str) -> str:
    """The reply to a date that may mean two days."""
    return say(
        "{text} may be read in two ways. Write the month in words, such as 3 April 2025.", text=text
    )


def too_long(length: int, limit: int) -> str:
    """The reply to a question that is too long; both numbers count characters."""
    return say(
        "The question has {length:,} characters; at most {limit:,} are allowed. Please "
        "ask it in fewer words.",
        length=length,
        limit=limit,
    )


translate_constants(__name__)
