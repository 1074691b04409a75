"""The bot with the HTTP server beside it: two doors on one archive in one process."""

import asyncio
import json
import urllib.request
from pathlib import Path
from typing import Any

from fakes.loopback_discord import LoopbackDiscord
from support.bot_process import ask, bot_on

QUESTION = "Who said the cables had been replaced?"


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.read().decode()


def test_the_bot_answers_in_discord_and_over_http_from_one_service(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(
                discord,
                command,
                town_built,
                tmp_path,
                options=("--serve",),
                serve_port=0,
                serve_public_url="",
            ) as bot,
        ):
            (serving,) = await bot.logs("serving")
            await ask(discord, QUESTION)
            address = serving["address"]
            answered = await asyncio.to_thread(
                get, f"{address}/api/ask?question=When+did+it+open%3F"
            )
            assert json.loads(answered)["question"] == "When did it open?"
            metrics = await asyncio.to_thread(get, f"{address}/metrics")
            counted = [
                float(line.rsplit(" ", 1)[1])
                for line in metrics.splitlines()
                if line.startswith("pullquote_questions_total{")
            ]
            assert sum(counted) == 2, "one count for both doors"

    asyncio.run(run())
