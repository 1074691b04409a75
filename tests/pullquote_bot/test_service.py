import asyncio
import logging
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import SettingsError
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.server_settings import ServerSettings
from pullquote_bot.serving.service import Service
from support.archives import settings_for

SERVER, OTHER = 5, 6
QUIET = ServerSettings(private=True)


def test_records_that_are_deleted_or_replaced_are_noticed_and_the_settings_are_kept(
    town_built: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    records = tmp_path / "records.sqlite"
    settings = settings_for(town_built, DISCORD_RECORDS=str(records))
    service = Service(settings, lambda of, generation: OpenIndex(of, generation=generation))

    async def run() -> None:
        await service.change_server_settings(SERVER, lambda _: QUIET)
        await service.keep_records()
        assert caplog.records == []
        records.unlink()
        await service.keep_records()
        await service.keep_records()
        assert await service.use_database(BotDatabase.server_settings) == {SERVER: QUIET}
        other = BotDatabase(tmp_path / "other.sqlite")
        other.save_server_settings(OTHER, QUIET)
        other.close()
        (tmp_path / "other.sqlite").rename(records)
        await service.keep_records()
        assert service.server_settings(OTHER) == QUIET
        assert service.server_settings(SERVER) == ServerSettings()
        records.write_bytes(b"no database " * 1000)
        with pytest.raises(SettingsError, match="the bot's records cannot be used"):
            await service.keep_records()
        assert service.server_settings(OTHER) == QUIET, "the bot goes on with what it knows"

    with caplog.at_level(logging.WARNING):
        asyncio.run(run())
    assert [record.name for record in caplog.records] == ["pullquote.records"] * 2
    assert all(str(records) in message for message in caplog.messages)
    service.close()
