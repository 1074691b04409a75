"""Writes the bot's main messages as Discord is sent them, for docs/pictures/draw.mjs to draw.

    python docs/message_pictures.py --index DIR --captured DIR
    node docs/pictures/draw.mjs DIR docs/pictures [dark|light]

The index is one of seeds/. Each file is named after a message, and holds who asked by what command,
and the messages: their components, and the pictures attached. draw.mjs says what it needs.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from pullquote.answering.example_questions import example_candidates, is_answered
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, understand
from pullquote.settings import load_settings
from pullquote.settings_archives import ArchiveName
from pullquote.verification.verifying import verify
from pullquote_bot.discord_bot import archive_lookups, article_lookups
from pullquote_bot.discord_bot.handlers.timeline_commands import timeline_lookup
from pullquote_bot.discord_bot.handlers.views import view_of
from pullquote_bot.discord_bot.messages.archive_menus import choice_message
from pullquote_bot.discord_bot.messages.archive_tags import in_archive
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_LABEL,
    ActionMenu,
    Message,
    Picture,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, parse_custom_id
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from pullquote_bot.discord_bot.messages.rating_messages import ratings_message
from pullquote_bot.discord_bot.messages.server_settings import settings_message
from pullquote_bot.discord_bot.messages.verification_messages import verification_message
from pullquote_bot.discord_bot.messages.welcome_messages import (
    choosing_welcome_message,
    holdings,
    welcome_message,
)
from pullquote_bot.discord_bot.overview_lookups import sources_lookup, speakers_lookup
from pullquote_bot.discord_bot.strings import about as discord_about
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.feedback import Feedback
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.server_settings import ServerSettings

_QUESTION = "How many Pakistani soldiers were killed?"
_THREAT = "Which threat did Pakistan's defence minister make?"
_ALTERED = "Pakistan does not require to employ even half of its full arsenal"
_ALICE = 80351110224678912
"""A user's id, which draw.mjs shows as a name."""
_CHANNEL = 41771983423143937
"""A channel's id."""
_COMMANDS = ("ask", "search", "timeline", "verify", "said", "article", "sources", "speakers")


class _Capture(NamedTuple):
    """Messages to draw: the name of the picture, what was typed, and whether all see the reply."""

    name: str
    typed: str
    messages: Sequence[Message]
    is_public: bool = True


def main() -> None:
    """Write a file for each of the messages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True, help="an index of seeds/")
    parser.add_argument("--captured", type=Path, required=True, help="where the files are written")
    arguments = parser.parse_args()
    environment = {**os.environ, "PULLQUOTE_INDEX_PATH": str(arguments.index)}
    arguments.captured.mkdir(parents=True, exist_ok=True)
    opened = OpenArchive(OpenIndex(load_settings(environment)), 0.0)
    for capture in _captures(opened):
        written = json.dumps(asyncio.run(_as_sent(capture)), ensure_ascii=False, indent=1)
        path = arguments.captured / f"{capture.name}.json"
        path.write_text(f"{written}\n", encoding="utf-8")


def _captures(opened: OpenArchive) -> Iterator[_Capture]:
    """The messages of the bot's commands, and of the buttons below an answer."""
    query = understand(_QUESTION)
    answered = archive_lookups.answer_lookup(3, private=False)(opened, query)
    yield _Capture("answer", "/ask", answered)
    yield _Capture("long-answer", "/ask", _answer(opened, understand(_THREAT), 14))
    yield _Capture("unsure", "/ask", _answer(opened, understand("Who mediated the talks?"), 3))
    context = _choice(answered[-1], Action.CONTEXT)
    yield _Capture("context", "", [article_lookups.article_lookup(context)(opened)], False)
    cited = CustomId(Action.CITATION, context.generation, context.numbers)
    yield _Capture("citation", "", [article_lookups.article_lookup(cited)(opened)], False)
    page = article_lookups.page_lookup(0, 1)(opened)
    yield _Capture("article", "/article", [page], False)
    unknown = article_lookups.title_lookup("ceasefire talks in Doha")(opened)
    yield _Capture("unknown-headline", "/article", [unknown], False)
    refused = understand("Who won the 2022 World Cup?")
    yield _Capture("refusal", "/ask", _answer(opened, refused, 3))
    nearest = archive_lookups.nearest_lookup(3)(opened, refused)
    yield _Capture("nearest", "", nearest, False)
    dated = understand("Who mediated the talks in November 2023?")
    yield _Capture("refused-dates", "/ask", _answer(opened, dated, 3))
    search = archive_lookups.search_lookup(0)(opened, understand("ceasefire Doha"))
    yield _Capture("search", "/search", search)
    said = archive_lookups.said_lookup(0)(opened, understand("Bill Roggio"))
    yield _Capture("said", "/said", said)
    told = timeline_lookup(opened, understand("Pakistan Afghanistan border violence"))
    yield _Capture("timeline", "/timeline", told)
    verified = verification_message(verify(opened.archive, _ALTERED, ""))
    yield _Capture("verify", "/verify", [verified])
    yield _Capture("sources", "/sources", [sources_lookup(opened)])
    yield _Capture("speakers", "/speakers", [speakers_lookup("", "", "")(opened)])
    helped = discord_about.bot_help(dict.fromkeys(_COMMANDS, _ALICE))
    yield _Capture("help", "/help", [plain_message(helped)], False)
    yield _Capture("settings", "/settings", [settings_message(ServerSettings(), 3)], False)
    candidates = example_candidates(opened.archive, LONGEST_LABEL)
    examples = [question for question in candidates if is_answered(opened.archive, question)]
    welcome = welcome_message(holdings(opened.archive.store), examples[:2])
    yield _Capture("welcome", "", [welcome], False)
    yield from _of_several_archives(answered)
    yield _Capture("feedback", "/feedback", [_ratings(opened)], False)
    yield _Capture("error", "/ask", [plain_message(discord_refusals.BUSY)], False)


def _of_several_archives(answered: Sequence[Message]) -> Iterator[_Capture]:
    """Messages of a bot with more than one archive."""
    news, club = map(ArchiveName, ("news", "club"))
    titles = ((news, "World News"), (club, "The harbour club"))
    named = [in_archive(message, news, "World News") for message in answered]
    yield _Capture("archive-answer", "/ask", named)
    settings = ServerSettings(archive=news, channels=(1,), channel_archives=((_CHANNEL, club),))
    form = settings_message(settings, 3, "Saved.", titles, shown=club)
    yield _Capture("archive-settings", "/settings", [form], False)
    yield _Capture("archive", "/archive", [choice_message(titles, news)], False)
    welcome = choosing_welcome_message([title for _, title in titles], 0)
    yield _Capture("archive-welcome", "", [welcome], False)


def _ratings(opened: OpenArchive) -> Message:
    at = opened.archive.manifest.created.isoformat()
    rated = [
        Feedback(1, _ALICE, True, "", _QUESTION, "", at, 5, 6),
        Feedback(2, _ALICE, False, "That is about other talks.", _THREAT, "", at, 5, 0),
    ]
    return ratings_message(rated, 0, keeps_questions=True)


def _answer(opened: OpenArchive, query: Query, quotes: int) -> list[Message]:
    return archive_lookups.answer_lookup(quotes, private=False)(opened, query)


def _choice(message: Message, action: Action) -> CustomId:
    """What the first option of a message's menus does that has an action."""
    ids = [
        parse_custom_id(choice.custom_id)
        for part in message.below
        if isinstance(part, ActionMenu)
        for choice in part.choices
    ]
    return next(custom_id for custom_id in ids if custom_id and custom_id.action is action)


async def _as_sent(capture: _Capture) -> dict[str, object]:
    """A capture as JSON."""
    messages = capture.messages
    if capture.is_public:
        messages = [posted_message(message, _ALICE) for message in messages]
    return {
        "typed": capture.typed,
        "messages": [
            {
                "ephemeral": not capture.is_public,
                "components": cast("Any", view_of(message)).to_components(),
                "files": {
                    part.name: base64.b64encode(part.data).decode()
                    for part in message.every_part()
                    if isinstance(part, Picture)
                },
            }
            for message in messages
        ],
    }


if __name__ == "__main__":
    main()
