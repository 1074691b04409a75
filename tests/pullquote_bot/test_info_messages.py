import re

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote_bot.discord_bot.handlers.views import files_of
from pullquote_bot.discord_bot.messages.component_limits import limit_violations
from pullquote_bot.discord_bot.messages.components import (
    Button,
    ChannelMenu,
    Menu,
    Message,
    Picture,
    Row,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action
from pullquote_bot.discord_bot.messages.info_messages import (
    BotStatus,
    plain_message,
    sources_message,
    status_message,
)
from pullquote_bot.discord_bot.messages.posted_messages import posted_message, poster_in
from pullquote_bot.discord_bot.messages.question_text import question_of, question_text
from pullquote_bot.discord_bot.messages.rating_messages import ratings_message
from pullquote_bot.discord_bot.messages.server_settings import changed_settings, settings_message
from pullquote_bot.discord_bot.strings import about as discord_about
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.feedback import Feedback
from pullquote_bot.serving.server_settings import ServerSettings
from pullquote_bot.serving.timings import Timings
from support.checked_messages import LARGEST_ID, buttons, check_message
from support.displayed import texts


@pytest.mark.parametrize(
    ("privacy", "chosen"),
    [
        ((False, False), "public"),
        ((True, False), "private"),
        ((True, True), "always-private"),
    ],
)
def test_a_servers_settings_are_shown_with_controls(
    privacy: tuple[bool, bool], chosen: str
) -> None:
    channels, (private, always_private) = tuple(range(1, 26)), privacy
    server = ServerSettings(channels, private, 7, always_private)
    message = settings_message(server, 3, discord_moderation.SETTINGS_SAVED)
    check_message(message)
    quotes, seen_by = (part for part in message.parts if isinstance(part, Menu))
    assert quotes.chosen == "7"
    assert ("7", "7 quotes") in quotes.options
    assert (seen_by.chosen, seen_by.options) == (chosen, discord_labels.PRIVACY_CHOICES)
    channel_menu = next(part for part in message.parts if isinstance(part, ChannelMenu))
    assert channel_menu.chosen == channels


SETTINGS = ServerSettings((5,), private=False, quotes=2)


@pytest.mark.parametrize(
    ("action", "values", "changed"),
    [
        (Action.CHANNELS, ["7", "x"], ServerSettings((7,), private=False, quotes=2)),
        (Action.CHANNELS, [], ServerSettings((), private=False, quotes=2)),
        (Action.PRIVATE, ["private"], ServerSettings((5,), private=True, quotes=2)),
        (Action.PRIVATE, ["always-private"], ServerSettings((5,), True, 2, always_private=True)),
        (Action.PRIVATE, ["public"], SETTINGS),
        (Action.PRIVATE, ["never"], SETTINGS),
        (Action.PRIVATE, [], SETTINGS),
        (Action.QUOTES, ["8"], ServerSettings((5,), private=False, quotes=8)),
        (Action.QUOTES, ["7"], SETTINGS),
        (Action.QUOTES, ["100000"], SETTINGS),
        (Action.QUOTES, [], SETTINGS),
        (Action.MORE, ["8"], SETTINGS),
    ],
)
def test_a_control_changes_its_setting_and_ignores_values_that_it_does_not_offer(
    action: Action, values: list[str], changed: ServerSettings
) -> None:
    assert changed_settings(SETTINGS, action, values) == changed


def test_the_archive_is_shown_with_a_chart_and_its_description(town: OpenIndex) -> None:
    message = sources_message(
        town.manifest, 4, town.store.sources(), town.store.dates(), town.store.months()
    )
    check_message(message)
    assert texts(message)[0].startswith(
        "**4 articles** from 2 sources\n-# 5 March 2024 to 15 January 2025\n"
        "**The Quay** · 2 articles\n-# 5 March 2024 to 15 January 2025\n"
    )
    picture = next(part for part in message.parts if isinstance(part, Picture))
    assert "From 2024-03 to 2025-01; most in 2024-03: 1 article." in picture.description
    (file,) = files_of(message)
    assert (file.filename, file.description) == ("months.png", picture.description)


def test_an_archive_without_dates_has_no_chart(town: OpenIndex) -> None:
    message = sources_message(town.manifest, 0, [], (None, None), {})
    check_message(message)
    assert files_of(message) == []


def test_the_state_of_the_bot_is_shown(town: OpenIndex) -> None:
    times = Timings()
    for milliseconds in range(1, 101):
        times.add(milliseconds / 1000)
    message = status_message(
        BotStatus(
            manifest=town.manifest,
            acknowledgements=Timings(),
            answers=times,
            lag=Timings(),
            waiting=3,
            memory=250_000_000,
            shards=[0.042],
            uptime=3_700,
            servers=12,
        )
    )
    check_message(message)
    text = texts(message)[0]
    assert (
        "**Answers** 100 since I started\n"
        "-# median 50 ms, 95% within 95 ms, 99% within 99 ms; 3 waiting"
    ) in text
    assert "**First responses**\n-# none yet" in text
    assert "**Memory** 250 MB\n**Running for** 1 h 1 min in 12 servers" in text


def test_help_and_privacy_fit_a_message() -> None:
    assert limit_violations(plain_message(discord_about.bot_help({"ask": LARGEST_ID}))) == []
    for keeps_questions in (True, False):
        text = discord_about.privacy(keeps_questions=keeps_questions)
        assert limit_violations(plain_message(text)) == []


def test_a_post_names_its_user_above_the_question_or_at_the_end_and_says_it_in_its_button() -> None:
    question = Message((question_text("Who?\nWhere?"), Text("> quote")))
    post = posted_message(question, LARGEST_ID)
    assert texts(post)[0].startswith(f"-# asked by <@{LARGEST_ID}>\n")
    assert question_of(texts(post)[0]) == question_of(texts(question)[0])
    full = Message((Text("page"),), (Row((Button("Next", "pq:read::1.2.1"),) * 5),))
    page = posted_message(full, LARGEST_ID)
    assert texts(page)[-1] == f"-# asked by <@{LARGEST_ID}>"
    for message in (post, page):
        assert poster_in(button.custom_id for button in buttons(message)) == LARGEST_ID
    assert poster_in(button.custom_id for button in buttons(full)) is None


@pytest.mark.parametrize("number", [0, 1, 23])
def test_ratings_are_shown_newest_first_by_pages_within_discords_limits(number: int) -> None:
    long = "@everyone **\u202e" * 100
    feedback = [
        Feedback(each, 2, each % 2 == 0, long, long, "g", "2026-01-02T12:00:00+00:00", 7, each % 3)
        for each in range(1, number + 1)
    ]
    seen: list[str] = []
    for page in range(-1, 7):
        message = ratings_message(feedback, page, keeps_questions=False)
        check_message(message)
        if 0 <= page <= (number - 1) // 5:
            seen += re.findall(r"channels/7/\d/(\d+)>|only its reader", "\n".join(texts(message)))
    opened = [str(each.message) if each.channel else "" for each in reversed(feedback)]
    assert seen == opened
