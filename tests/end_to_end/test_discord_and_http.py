"""The bot with the HTTP server beside it: two doors on one archive in one process."""

import asyncio
import json
import socket
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fakes.loopback_discord import LoopbackDiscord
from support.archives import link_tree
from support.bot_process import ask, bot_on

QUESTION = "Who said the cables had been replaced?"


LIBRARY_QUESTION = "How many readers had asked for it?"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.read().decode()


def test_the_bot_answers_in_discord_and_over_http_from_one_service(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        port = free_port()
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(
                discord,
                command,
                town_built,
                tmp_path,
                options=("--serve",),
                serve_port=port,
                serve_public_url="https://read.example",
            ) as bot,
        ):
            (serving,) = await bot.logs("serving")
            reply = await ask(discord, QUESTION)
            assert "https://read.example/a/harbour?" in str(reply.raw)
            assert serving["address"] == "https://read.example"
            address = f"http://127.0.0.1:{port}"
            answered = await asyncio.to_thread(
                get, f"{address}/api/ask?question=When+did+it+open%3F"
            )
            assert json.loads(answered)["question"] == "When did it open?"
            for path in ("/", "/ask?q=ferry", "/said?q=Kovac", "/sources", "/a/harbour?q=72-80"):
                assert "</html>" in await asyncio.to_thread(get, f"{address}{path}")
            for path in ("/readyz", "/api/status", "/api/articles/harbour"):
                assert await asyncio.to_thread(get, f"{address}{path}")
            metrics = await asyncio.to_thread(get, f"{address}/metrics")
            counted = [
                float(line.rsplit(" ", 1)[1])
                for line in metrics.splitlines()
                if line.startswith("pullquote_questions_total{")
            ]
            assert sum(counted) == 3, "one count for both doors"

    asyncio.run(run())


def test_several_archives_are_answered_at_both_doors_from_one_service(
    command: list[str], town_built: Path, library_built: Path, tmp_path: Path
) -> None:
    link_tree(town_built, tmp_path / "town")
    link_tree(library_built, tmp_path / "libraries")

    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            port = free_port()
            config = tmp_path / "mine.toml"
            config.write_text(
                '[discord]\narchive = "town"\n'
                f'[serve]\nport = {port}\npublic_url = "https://read.example"\n'
                '[archives.town]\nindex = "town"\ntitle = "The Town"\n'
                f'[archives.libraries]\nindex = "libraries"\nask_servers = [{discord.guild.id}]\n'
            )
            options = ("--serve",)
            async with bot_on(
                discord, command, tmp_path, tmp_path, config=config, options=options
            ) as bot:
                await bot.logs("serving")
                reply = await ask(discord, QUESTION)
                assert "https://read.example/in/town/a/harbour?" in str(reply.raw)
                address = f"http://127.0.0.1:{port}"

                async def page(path: str) -> str:
                    return str(await asyncio.to_thread(get, address + path))

                listed = json.loads(await page("/api/archives"))["archives"]
                assert [each["name"] for each in listed] == ["town", "libraries"]
                question = quote(LIBRARY_QUESTION)
                answered = json.loads(await page(f"/in/libraries/api/ask?question={question}"))
                assert "3,200 readers" in answered["quotes"][0]["text"]
                asked = await page(f"/ask?archive=libraries&q={question}")
                assert "3,200 readers" in asked, "the question of the first page"
                assert "Engineer</mark> Lidia Kovac" in await page("/in/town/a/harbour?q=72-80")
                counted = [
                    line.rsplit(" ", 1)
                    for line in (await page("/metrics")).splitlines()
                    if line.startswith("pullquote_questions_total{")
                ]
                counts = {
                    name: sum(float(count) for labels, count in counted if name in labels)
                    for name in ('archive="town"', 'archive="libraries"')
                }
                assert list(counts.values()) == [1, 2], "one count for both doors"

    asyncio.run(run())
