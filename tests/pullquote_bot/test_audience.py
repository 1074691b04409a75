from dataclasses import replace

import pytest

from pullquote.settings import load_settings
from pullquote_bot.serving.audience import AskingPlace, may_ask, may_choose, needed_memberships

MEMBER = AskingPlace(1, 10, frozenset({20, 21}), frozenset({10, 30}))
DIRECT = AskingPlace(1)


@pytest.mark.parametrize(
    ("settings", "in_server", "directly"),
    [
        ({}, True, True),
        ({"SERVERS": "10:11"}, True, False),
        ({"SERVERS": "11"}, False, False),
        ({"ROLES": "30"}, True, False),
        ({"ROLES": "10"}, True, False),
        ({"ROLES": "31"}, False, False),
        ({"CHANNELS": "21"}, True, False),
        ({"CHANNELS": "22"}, False, False),
        ({"SERVERS": "10", "ROLES": "30", "CHANNELS": "20"}, True, False),
        ({"SERVERS": "10", "ROLES": "31", "CHANNELS": "20"}, False, False),
        ({"USERS": "1"}, True, True),
        ({"USERS": "2"}, False, False),
        ({"USERS": "2", "SERVERS": "10"}, True, False),
        ({"USERS": "1", "SERVERS": "11"}, True, True),
    ],
)
def test_whoever_is_not_named_is_a_stranger_once_somebody_is(
    *, settings: dict[str, str], in_server: bool, directly: bool
) -> None:
    environment = {f"PULLQUOTE_DISCORD_ASK_{name}": ids for name, ids in settings.items()}
    discord = load_settings(environment).discord
    assert (may_ask(discord, MEMBER), may_ask(discord, DIRECT)) == (in_server, directly)


@pytest.mark.parametrize(
    ("settings", "memberships", "allowed", "needed"),
    [
        ({"ASK_SERVERS": "10:11"}, {11: {11}}, True, {10, 11}),
        ({"ASK_SERVERS": "10"}, {11: {11}}, False, {10}),
        ({"ASK_SERVERS": "10", "ASK_ROLES": "30"}, {10: {10, 30}}, True, {10}),
        ({"ASK_SERVERS": "10", "ASK_ROLES": "30"}, {10: {10}}, False, {10}),
        ({"ASK_SERVERS": "10", "ASK_CHANNELS": "20"}, {10: {10}}, True, {10}),
        ({"ASK_ROLES": "30"}, {10: {10, 30}}, False, set()),
        ({"ASK_SERVERS": "10", "ASK_USERS": "1"}, {}, True, set()),
        ({}, {}, True, set()),
    ],
)
def test_members_ask_in_direct_messages_where_the_settings_allow_it(
    *,
    settings: dict[str, str],
    memberships: dict[int, set[int]],
    allowed: bool,
    needed: set[int],
) -> None:
    environment = {f"PULLQUOTE_DISCORD_{name}": ids for name, ids in settings.items()}
    place = replace(
        DIRECT, memberships={server: frozenset(roles) for server, roles in memberships.items()}
    )
    closed = load_settings(environment).discord
    opened = load_settings({**environment, "PULLQUOTE_DISCORD_DIRECT_MESSAGES": "true"}).discord
    assert may_ask(opened, place) == allowed
    assert needed_memberships(opened, DIRECT.user) == needed
    assert needed_memberships(closed, DIRECT.user) == set()
    assert may_ask(closed, place) == may_ask(closed, DIRECT)


@pytest.mark.parametrize(
    ("settings", "servers"),
    [
        ({}, {10, 11}),
        ({"SERVERS": "10"}, {10}),
        ({"SERVERS": "10", "USERS": "1"}, {10}),
        ({"USERS": "1"}, set()),
        ({"ROLES": "30"}, set()),
        ({"CHANNELS": "20"}, set()),
    ],
)
def test_a_server_may_choose_what_anybody_may_ask_or_what_names_it(
    settings: dict[str, str], servers: set[int]
) -> None:
    environment = {f"PULLQUOTE_DISCORD_ASK_{name}": ids for name, ids in settings.items()}
    discord = load_settings(environment).discord
    assert {server for server in (10, 11) if may_choose(discord, server)} == servers
