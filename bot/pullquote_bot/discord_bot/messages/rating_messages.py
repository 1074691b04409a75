"""What readers said of the answers in a server, for its moderators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Divider,
    Message,
    Row,
    Text,
    cut_to_length,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line, link
from pullquote_bot.discord_bot.messages.page_navigation import page_buttons
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.feedback import Feedback
from pullquote_bot.visible_text import one_line

_ON_PAGE = 5
_LENGTHS = (300, 150, 60, 20)
"""Characters of a comment, and of a question, before they are escaped: the first that fit."""


def ratings_message(feedback: Sequence[Feedback], page: int, *, keeps_questions: bool) -> Message:
    """A page of the ratings in a server.

    Args:
        feedback: all feedback in the server, oldest first.
        page: the page, from 0 for the newest; the nearest one if there is no such page.
        keeps_questions: whether the words of questions are kept; else it is said that they miss.
    """
    if not feedback:
        return plain_message(discord_moderation.NO_RATINGS)
    last_page = (len(feedback) - 1) // _ON_PAGE
    page = min(max(page, 0), last_page)
    helpful = sum(each.helpful for each in feedback)
    title = discord_moderation.ratings_title(helpful, len(feedback) - helpful)
    shown = list(reversed(feedback))[page * _ON_PAGE : (page + 1) * _ON_PAGE]
    notes = [discord_contents.page_of(page + 1, last_page + 1)]
    if not keeps_questions:
        notes.append(discord_moderation.QUESTIONS_NOT_KEPT)
    footer = Text("\n".join(f"-# {note}" for note in notes))
    for longest in _LENGTHS:
        texts = [Text(title), *(Text("\n".join(_lines(each, longest))) for each in shown), footer]
        if text_length(tuple(texts)) <= TEXT_ROOM:
            break
    parts = [part for text in texts for part in (Divider(), text)][1:]
    neighbours = (page - 1 if page else None, page + 1 if page < last_page else None)
    buttons = page_buttons(Action.RATINGS, None, (), neighbours, page)
    return Message(tuple(parts), (Row(buttons),) if buttons else (), PASSAGE_EDGE)


def _lines(feedback: Feedback, longest: int) -> Iterator[str]:
    at = dt.datetime.fromisoformat(feedback.at)
    opened = link(discord_moderation.OPEN_ANSWER, feedback.address)
    place = opened or discord_moderation.PRIVATE_ANSWER
    yield f"{discord_moderation.rating(helpful=feedback.helpful, at=at)} · {place}"
    if feedback.question:
        yield f"**{escape_line(one_line(feedback.question)[:longest])}**"
    if feedback.comment:
        yield block_quote(cut_to_length(one_line(feedback.comment), longest))
