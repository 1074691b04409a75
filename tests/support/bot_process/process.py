"""The process: its environment, its log, and what must hold whatever was done with it."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes.loopback_discord import LoopbackDiscord

Json = dict[str, Any]
Setting = Any
"""What is written as text."""
Scenario = Callable[[LoopbackDiscord], Awaitable[None]]
_READY_WITHIN, _LEAVES_WITHIN = 60.0, 60.0
_WORDS_OF_A_SENTENCE = 2


@dataclass(slots=True)
class BotProcess:
    """A bot that runs, and the file that its log goes to."""

    discord: LoopbackDiscord
    process: asyncio.subprocess.Process
    log: Path

    @property
    def lines(self) -> list[Json]:
        """The log's lines; each must be an object of JSON."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def logged(self, event: str) -> list[Json]:
        """The lines whose event begins so."""
        return [line for line in self.lines if line["event"].startswith(event)]

    async def logs(self, event: str, *, times: int = 1, seconds: float = 20.0) -> list[Json]:
        """Waits for lines whose event begins so."""
        deadline = time.monotonic() + seconds
        while len(found := self.logged(event)) < times:
            assert time.monotonic() < deadline, f"{event!r} is not in the log after {seconds:g} s"
            await asyncio.sleep(0.02)
        return found

    async def end(self) -> None:
        """Ends it as a service manager would, unless it has ended; it must say that all went well."""
        if self.process.returncode is None:
            self.process.terminate()
        assert await asyncio.wait_for(self.process.wait(), _LEAVES_WITHIN) == 0

    def check(self, *, questions_kept: bool) -> None:
        """What holds at the end of every test."""
        raw = self.log.read_text(encoding="utf-8")
        lines = self.lines
        assert [
            line
            for line in lines
            if "traceback" in line or line["event"] == "a mistake in the program"
        ] == []
        assert all(line.keys() >= {"time", "level", "logger", "event"} for line in lines)
        told = "\n".join([raw, *(str(value) for line in lines for value in line.values())])
        assert self.discord.token not in told
        if not questions_kept:
            assert [words for words in _said(self.discord) if words in told] == []


def _said(discord: LoopbackDiscord) -> Iterator[str]:
    """What people wrote, where it is more than a word."""
    for interaction in discord.world.interactions.values():
        yield from filter(_is_sentence, _values(interaction.event["data"]))
    yield from (
        message.raw["content"]
        for message in discord.world.messages.values()
        if not message.author.bot and _is_sentence(message.raw["content"])
    )


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _WORDS_OF_A_SENTENCE


def _values(data: Json) -> Iterator[str]:
    if isinstance(data.get("value"), str):
        yield data["value"]
    for part in [
        *data.get("options", []),
        *data.get("components", []),
        *([data["component"]] if "component" in data else []),
    ]:
        yield from _values(part)


def environment_of(discord: LoopbackDiscord, folder: Path, **settings: Setting) -> dict[str, str]:
    """The environment of a bot on this Discord that keeps its records in a folder, with further settings (`discord_queue=1`)."""
    return {
        **os.environ,
        "DISCORD_TOKEN": discord.token,
        "PULLQUOTE_DISCORD_API": discord.api_url,
        "PULLQUOTE_DISCORD_RECORDS": str(folder / "state" / "discord.sqlite"),
        **{f"PULLQUOTE_{name.upper()}": str(value) for name, value in settings.items()},
    }


@asynccontextmanager
async def bot_on(
    discord: LoopbackDiscord,
    command: list[str],
    built: Path,
    folder: Path,
    *,
    waits: bool = True,
    **settings: Setting,
) -> AsyncIterator[BotProcess]:
    """A bot that answers from `built`, ready unless it is not waited for; ended and looked over at the end."""
    log = folder / f"bot-{len(discord.gateway.identifies)}-{len(discord.requests)}.log"
    before = len(discord.gateway.identifies)
    with log.open("wb") as stream:
        process = await asyncio.create_subprocess_exec(
            *command,
            "bot",
            "--index",
            str(built),
            env=environment_of(discord, folder, **settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )
    bot = BotProcess(discord, process, log)
    try:
        if waits:
            await discord.world.bell.until(
                lambda: len(discord.gateway.identifies) > before, _READY_WITHIN, "the bot"
            )
            await discord.ready()
        yield bot
        await bot.end()
        bot.check(questions_kept="discord_keep_questions" in settings)
        assert discord.violations == []
        assert discord.own_faults == []
    except BaseException as error:
        error.add_note(
            f"The bot's log:\n{log.read_text(encoding='utf-8', errors='replace')[-6_000:]}"
        )
        raise
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def with_bot(
    scenario: Scenario, command: list[str], built: Path, folder: Path, **settings: Setting
) -> None:
    """Runs a scenario on a Discord with the bot."""

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, built, folder, **settings),
        ):
            await scenario(discord)

    asyncio.run(run())
