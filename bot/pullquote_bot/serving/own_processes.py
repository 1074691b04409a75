"""Short commands of Pullquote that the bot runs in a process of their own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping

from pullquote.errors import RequestError
from pullquote.settings import IndexSettings

_SECRETS = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE")
_SECONDS = 60.0
"""Seconds after which a withdrawal is ended, and has failed."""


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment variables without the bot's secrets, for a process of its own."""
    return {name: value for name, value in environment.items() if name not in _SECRETS}


async def withdraw(
    index: IndexSettings, article_id: str, who: str, why: str, environment: Mapping[str, str]
) -> None:
    """Run `pullquote withdraw`, as an operator does: the bot itself writes nothing to an index.

    Args:
        index: name the folder or the database of the index.
        article_id: the article.
        who: who decided it, for the log of withdrawals.
        why: the reason, for that log.
        environment: the environment variables.

    Raises:
        RequestError: the article could not be withdrawn; the error is that of the command.
    """
    place = ("--store", index.store) if index.store else ("--index", str(index.path))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pullquote_bot", "withdraw", *place),
        *(f"--who={who}", f"--why={why}", "--", article_id),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=without_secrets(environment),
    )
    try:
        async with asyncio.timeout(_SECONDS):
            _, errors = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise RequestError(f"it took more than {_SECONDS:.0f} seconds") from None
    if process.returncode:
        last = errors.decode(errors="replace").strip().rpartition("\n")[2]
        raise RequestError(last.removeprefix("error: "))
