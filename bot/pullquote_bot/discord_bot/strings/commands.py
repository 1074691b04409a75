"""Descriptions of the commands and of their options, and the names of the message menus."""

from __future__ import annotations

from pullquote.translation import translate_constants

ASK_ABOUT = "Ask the archive a question; the answer is quoted word for word"
ASK_QUESTION = "What you want to know"
ASK_SINCE = "Only articles published since: 30 Oct 2025, 14 February, 2025, Q3, last week"
ASK_UNTIL = "Only articles published until: 30 Oct 2025, 14 February, 2025, Q3, last week"
ASK_SOURCE = "Only articles from this source"
ASK_AUTHOR = "Only articles by this author"
ASK_PRIVATE = "Show the answer only to you"
SEARCH_ABOUT = "Search the archive for passages, best first"
SEARCH_WORDS = "What to search for"
TIMELINE_ABOUT = "What the archive reports on a subject, by date, quoted word for word"
TIMELINE_SUBJECT = "The matter, such as: Istanbul talks"
ARTICLE_ABOUT = "Read an article of the archive"
ARTICLE_TITLE = "Words from its headline"
SOURCES_ABOUT = "What the archive holds: articles, sources, dates"
FIND_MENU = "Find in the archive"
VERIFY_ABOUT = "Check whether a quote is real: word for word, altered, or not in the archive"
VERIFY_TEXT = "The quote, or a text with several quotations"
VERIFY_SPEAKER = "Who is said to have said it"
SAID_ABOUT = "What a person or a body said, newest first"
SAID_WHO = "A person, a body, a part of a name, or a role such as “the defense minister”"
SAID_SUBJECT = "Only statements with these words, or with them in their paragraph or headline"
SPEAKERS_ABOUT = "Who is quoted most in the archive"
CHECK_MENU = "Check this quote"
REINDEX_ABOUT = "Update the archive from its articles (administrators)"
SETTINGS_ABOUT = "Where and how the bot answers in this server"
FEEDBACK_ABOUT = "What readers said of the answers in this server (moderators)"
REMOVE_MENU = "Remove this message"
WITHDRAW_MENU = "Withdraw from the archive"
HELP_ABOUT = "What the bot does, with examples"
STATUS_ABOUT = "How the bot is doing: archive, speed, memory"
PRIVACY_ABOUT = "What the bot stores, and how to delete it"
ARCHIVE_ABOUT = "Which archive is asked here; in direct messages, choose it"


translate_constants(__name__)
