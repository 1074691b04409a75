"""The lines below an answer: its notices, dates and order, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Quote
from pullquote.json_output.notices import in_other_language, searched_for, unread
from pullquote_bot.discord_bot.messages.citations import file_notices
from pullquote_bot.discord_bot.messages.components import Divider, Part, Text
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.visible_text import one_line

_MOST_NOTICES = 2
_LONGEST_NOTICE = 200
"""Characters of a notice, and of what was searched."""
_LONGEST_DATES = 300
"""Characters of what was made of the dates in a question."""


def answer_footer(answer: Answer, quotes: Sequence[Quote]) -> tuple[Part, ...]:
    """A line, the notices of the answer, and its confidence, scope and the archive's age.

    Args:
        answer: the answer or refusal.
        quotes: the quotes above the footer; none for a refusal without its nearest passages.
    """
    details = [
        discord_contents.confidence(answer.confidence) if answer.answered else "",
        escape_line(one_line(answer_strings.searched(answer))[:_LONGEST_NOTICE]),
        discord_contents.archive_updated(answer.built),
    ]
    lines = [
        escape_line(one_line(notice)[:_LONGEST_NOTICE])
        for notice in _notices(answer, quotes)[:_MOST_NOTICES]
    ]
    for read in (answer_strings.dates(answer), answer_strings.order(answer)):
        lines += [escape_line(one_line(read)[:_LONGEST_DATES])] if read else []
    lines.append(" · ".join(filter(None, details)))
    return Divider(), Text("\n".join(f"-# {line}" for line in lines), FOOTER_TEXT)


def _notices(answer: Answer, quotes: Sequence[Quote]) -> list[str]:
    """Corrected words, and what a reader must know of the articles' files; most need none."""
    notices = [in_other_language(answer.other_language)] if answer.other_language else []
    notices += [searched_for(answer.query.corrections)] if answer.query.corrections else []
    notices += [unread(words) for words in answer.query.unread_times]
    states = [quote.source_state for quote in quotes]
    return [*notices, *file_notices(answer.withheld, answer.built, states)]
