"""The bot's process: its environment, its log, and what every test must leave true."""

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
"""The value of a setting; `str()` gives its text."""
Scenario = Callable[[LoopbackDiscord], Awaitable[None]]
_READY_TIMEOUT = _EXIT_TIMEOUT = 60.0  # seconds
_MIN_SENTENCE_WORDS = 2


@dataclass(slots=True)
class BotProcess:
    """A running bot, and the file of its log."""

    discord: LoopbackDiscord
    process: asyncio.subprocess.Process
    log: Path

    @property
    def lines(self) -> list[Json]:
        """The lines of the log; each must be a JSON object."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def logged(self, event: str) -> list[Json]:
        """The lines whose event begins with a text."""
        return [line for line in self.lines if line["event"].startswith(event)]

    async def logs(self, event: str, *, times: int = 1, seconds: float = 20.0) -> list[Json]:
        """Wait until `times` lines have an event that begins with a text."""
        deadline = time.monotonic() + seconds
        while len(lines_found := self.logged(event)) < times:
            assert time.monotonic() < deadline, f"{event!r} is not in the log after {seconds:g} s"
            await asyncio.sleep(0.02)
        return lines_found

    async def connects(self, identifies: int) -> None:
        """Wait until the gateway has `identifies` identifies in all; fail if the process ends."""
        gateway = self.discord.gateway
        connection = asyncio.create_task(
            self.discord.state.changes.wait_until(
                lambda: len(gateway.identifies) >= identifies, _READY_TIMEOUT, "the bot"
            )
        )
        exit_ = asyncio.create_task(self.process.wait())
        await asyncio.wait({connection, exit_}, return_when=asyncio.FIRST_COMPLETED)
        exited = not connection.done()
        (connection if exited else exit_).cancel()
        assert not exited, f"the bot ended with status {self.process.returncode}"
        await connection

    async def end(self) -> None:
        """Send SIGTERM, as a service manager does; the exit status must be 0."""
        if self.process.returncode is None:
            self.process.terminate()
        assert await asyncio.wait_for(self.process.wait(), _EXIT_TIMEOUT) == 0

    def check(self, *, questions_kept: bool) -> None:
        """Check the log: no tracebacks, no token, and no words of users unless they are kept."""
        raw = self.log.read_text(encoding="utf-8")
        lines = self.lines
        assert [
            line
            for line in lines
            if "traceback" in line or line["event"] == "a mistake in the program"
        ] == []
        assert all(line.keys() >= {"time", "level", "logger", "event"} for line in lines)
        log_text = "\n".join([raw, *(str(value) for line in lines for value in line.values())])
        assert self.discord.token not in log_text
        if not questions_kept:
            assert [words for words in _user_texts(self.discord) if words in log_text] == []


def _user_texts(discord: LoopbackDiscord) -> Iterator[str]:
    """The texts that users wrote, if longer than one word."""
    for interaction in discord.state.interactions.values():
        yield from filter(_is_sentence, _values(interaction.event["data"]))
    yield from (
        message.raw["content"]
        for message in discord.state.messages.values()
        if not message.author.bot and _is_sentence(message.raw["content"])
    )


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _MIN_SENTENCE_WORDS


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
    """The environment of a bot on this Discord.

    Args:
        discord: where it connects.
        folder: for its database.
        settings: further settings, such as `discord_queue=1`.
    """
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
    options: tuple[str, ...] = (),
    config: Path | None = None,
    **settings: Setting,
) -> AsyncIterator[BotProcess]:
    """A running bot, ended and checked at the exit.

    Args:
        discord: where it connects.
        command: starts the program.
        built: the index that it answers from.
        folder: for its log and database.
        waits: whether to wait until it is ready.
        options: further options of the command.
        config: a settings file, which names the indexes in place of `built`.
        settings: as for `environment_of`.
    """
    log = folder / f"bot-{len(discord.gateway.identifies)}-{len(discord.requests)}.log"
    identifies = len(discord.gateway.identifies)
    with log.open("wb") as stream:
        process = await asyncio.create_subprocess_exec(
            *command,
            "bot",
            *(("--config", str(config)) if config else ("--index", str(built))),
            *options,
            env=environment_of(discord, folder, **settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )
    bot = BotProcess(discord, process, log)
    try:
        if waits:
            await bot.connects(identifies + 1)
            await discord.ready()
        yield bot
        await bot.end()
        bot.check(questions_kept="discord_keep_questions" in settings)
        assert discord.violations == []
        assert discord.response_violations == []
    except BaseException as error:
        error.add_note(
            f"The bot's log:\n{log.read_text(encoding='utf-8', errors='replace')[-6_000:]}"
        )
        raise
    finally:
        if process.returncode is None:
            process.kill()
            await asyncio.wait_for(process.wait(), _EXIT_TIMEOUT)


def with_bot(
    scenario: Scenario, command: list[str], built: Path, folder: Path, **settings: Setting
) -> None:
    """Run a scenario on a loopback Discord with the bot."""

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, built, folder, **settings),
        ):
            await scenario(discord)

    asyncio.run(run())
