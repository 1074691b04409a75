"""Labels of buttons, menus and forms."""

from __future__ import annotations

from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted

CONTEXT_MENU = "In context"
READ_MENU = "Read an article"
PAGE_MENU = "Go to a page"
PREVIOUS_BUTTON, NEXT_BUTTON = "Previous", "Next"
ARTICLE_BUTTON = "Article"
CITE_BUTTON = "Cite"
MORE_BUTTON = "More"
NEAREST_BUTTON = "Nearest passages"
FOLLOW_UP_BUTTON = "Follow up"
ALL_DATES_BUTTON = "Search all dates"
HELPFUL_BUTTON, UNHELPFUL_BUTTON = "👍", "👎"
SHARE_BUTTON = "Share"
CHECK_BUTTON = "Check as a quote"
ASK_AGAIN_BUTTON = "Ask again"
FORGET_BUTTON = "Delete my feedback"
REMOVE_BUTTON = "Remove"
WITHDRAW_CHOICE = "Withdraw an article"
SET_UP_BUTTON = "Set me up"
SOURCES_BUTTON = "What is in the archive?"
CHANNELS_LABEL = "Channels where I answer"
CHANNELS_MENU = "Everywhere"
QUOTES_MENU = "Quotes in an answer"
PRIVACY_MENU = "Who sees my answers, unless the asker chooses"
PRIVACY_CHOICES = (
    ("public", "Everyone"),
    ("private", "The asker alone"),
    ("always-private", "The asker alone, always"),
)
"""How private answers are: each value with its name, in the order of the menu."""
FOLLOW_UP_TITLE = "Ask a follow-up"
FOLLOW_UP_LABEL = "Your question"
WRONG_TITLE = "What was wrong?"
WRONG_LABEL = "In your own words (optional)"
WITHDRAW_TITLE = "Withdraw from the archive?"
WITHDRAW_LABEL = "Why (kept in the log of withdrawals)"
OPEN_ARTICLE = "open"
ARCHIVE_MENU = "The archive to ask in direct messages"
SERVER_ARCHIVE_MENU = "The archive of this server"
CHANNELS_OF_LABEL = "Channels with an archive of their own"
CHANNELS_OF_MENU = "Choose the archive"
NO_CHANNEL = "No channel"
NO_ARCHIVE_CHOSEN = "None chosen"


def channels_of(title: str) -> str:
    """Which channels ask an archive of their own."""
    return say("Channels and forums that ask {title}", title=title)


def quote_count(count: int) -> str:
    """The number of quotes in an answer, as a choice of a menu."""
    return counted(count, "quote")


def whole_articles(count: int) -> str:
    """The option that shows the articles of the quotes."""
    return say("The whole article") if count == 1 else say("The {count} articles", count=count)


translate_constants(__name__)
