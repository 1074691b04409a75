import pytest

from pullquote.errors import SettingsError
from pullquote.settings import DiscordSettings, load_settings
from pullquote_bot.serving.shards import Shards, shards_of


def discord_settings(count: str, ids: str) -> DiscordSettings:
    return load_settings(
        {"PULLQUOTE_DISCORD_SHARD_COUNT": count, "PULLQUOTE_DISCORD_SHARD_IDS": ids}
    ).discord


def test_without_settings_a_process_has_all_the_shards_that_discord_recommends() -> None:
    assert shards_of(load_settings({}).discord) == Shards(None, None)


def test_a_process_has_the_shards_that_are_named() -> None:
    assert shards_of(discord_settings("4", "3:1:3")) == Shards(4, [1, 3])
    assert shards_of(discord_settings("4", "")) == Shards(4, None)


@pytest.mark.parametrize(("count", "ids"), [("0", "0"), ("2", "2"), ("2", "0:7")])
def test_shards_that_do_not_exist_are_an_error_that_says_what_to_set(count: str, ids: str) -> None:
    with pytest.raises(SettingsError, match=r"discord\.shard_ids: ") as error:
        shards_of(discord_settings(count, ids))
    assert "discord.shard_count" in error.value.mend
