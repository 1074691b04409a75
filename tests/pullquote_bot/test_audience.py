import pytest

from pullquote.settings import load_settings
from pullquote_bot.serving.audience import AskingPlace, may_ask

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
