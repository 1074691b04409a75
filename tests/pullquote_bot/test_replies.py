"""What the bot is doing for its users when it leaves."""

import asyncio
import logging
import time

import pytest

from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements


def test_what_still_runs_when_the_bot_leaves_ends_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def run() -> None:
        replies = Replies(PendingAcknowledgements(time.monotonic), str)

        async def handle(number: int) -> None:
            with replies.tracking(number):
                await asyncio.sleep(60)

        tasks = [asyncio.create_task(handle(number)) for number in range(3)]
        await asyncio.sleep(0)
        assert replies.in_progress == 3
        replies.give_up()
        await asyncio.wait_for(replies.wait_until_idle(), 5)
        assert all(task.cancelled() for task in tasks)

    with caplog.at_level(logging.WARNING):
        asyncio.run(run())
    assert caplog.records == []
