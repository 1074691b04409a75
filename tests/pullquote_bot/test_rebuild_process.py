import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from pathlib import Path

import pytest

from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot.serving.rebuild_process import (
    RebuildDone,
    RebuildFailed,
    RebuildStep,
    events_until,
    rebuild,
    rebuild_arguments,
)
from support.archives import HARBOUR, LIBRARY, write_jsonl


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", HARBOUR, LIBRARY)
    return folder


def environment_for(articles: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PULLQUOTE_ARTICLES_PATHS": str(articles), **more}


async def events_of(
    arguments: tuple[str, ...], environment: Mapping[str, str]
) -> list[RebuildStep | RebuildDone | RebuildFailed]:
    return [event async for event in rebuild(arguments, environment)]


def test_a_rebuild_yields_its_steps_and_then_the_report(built: Path, articles: Path) -> None:
    *steps, last = asyncio.run(
        events_of(rebuild_arguments(None, built, [str(articles)]), environment_for(articles))
    )
    assert steps
    assert all(
        isinstance(step, RebuildStep) and (step.share is None or 0 <= step.share <= 1)
        for step in steps
    )
    assert isinstance(last, RebuildDone)
    assert last.report["articles"] == 2
    assert BuiltFolder(built).live() == last.report["generation"]


def test_a_failed_rebuild_yields_the_reason_and_leaves_the_index(
    built: Path, articles: Path
) -> None:
    asyncio.run(
        events_of(rebuild_arguments(None, built, [str(articles)]), environment_for(articles))
    )
    before = BuiltFolder(built).live()
    shutil.rmtree(articles)
    last = asyncio.run(
        events_of(rebuild_arguments(None, built, [str(articles)]), environment_for(articles))
    )[-1]
    assert isinstance(last, RebuildFailed)
    assert str(articles) in last.reason
    assert "\n" not in last.reason
    assert BuiltFolder(built).live() == before


def test_the_settings_file_is_passed_on(built: Path, articles: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text("[answer]\nquotes = 0\n")
    last = asyncio.run(
        events_of(rebuild_arguments(wrong, built, [str(articles)]), environment_for(articles))
    )[-1]
    assert isinstance(last, RebuildFailed)
    assert "answer.quotes = 0" in last.reason


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(),
    reason="the system has no /proc",
)
def test_the_bots_secrets_are_not_passed_on(built: Path, articles: Path) -> None:
    secrets = {"DISCORD_TOKEN": "secret-one", "DISCORD_TOKEN_FILE": "secret-two"}

    async def child_environment() -> str:
        environment = ""
        async for _ in rebuild(
            rebuild_arguments(None, built, [str(articles)]),
            environment_for(articles, MARKER="known", **secrets),
        ):
            for process in own_children():
                with contextlib.suppress(OSError):
                    environment = environment or (process / "environ").read_bytes().decode(
                        errors="replace"
                    )
        return environment

    environment = asyncio.run(child_environment())
    assert "MARKER=known" in environment
    assert "secret-" not in environment


def own_children() -> Iterator[Path]:
    """The /proc folders of the rebuilds that this process has started."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            _, parent, *_ = (process / "stat").read_text().rpartition(")")[2].split()
            started_here = int(parent) == os.getpid()
            if started_here and b"pullquote_bot" in (process / "cmdline").read_bytes():
                yield process


def test_closing_the_events_ends_the_rebuild(built: Path, articles: Path) -> None:
    async def close_after_first_step() -> None:
        events = rebuild(rebuild_arguments(None, built, [str(articles)]), environment_for(articles))
        assert isinstance(await anext(events), RebuildStep)
        await events.aclose()

    asyncio.run(close_after_first_step())
    assert not (built / "current").exists()


def test_a_rebuild_that_takes_too_long_is_ended_and_says_what_it_was_at(
    built: Path, articles: Path
) -> None:
    async def run() -> list[RebuildStep | RebuildDone | RebuildFailed]:
        arguments = rebuild_arguments(None, built, [str(articles)])
        events = rebuild(arguments, environment_for(articles), minutes=0.01)
        return [event async for event in events]

    *_, last = asyncio.run(run())
    assert isinstance(last, RebuildFailed)
    assert "it took more than 0.01 minutes" in last.reason


@pytest.mark.parametrize("turns", range(4))
def test_a_cancellation_that_meets_an_event_is_not_lost(turns: int) -> None:
    async def run() -> None:
        arrives = asyncio.get_running_loop().create_future()

        async def events() -> AsyncGenerator[RebuildStep]:
            await arrives
            yield RebuildStep("reading articles", None)
            await asyncio.Event().wait()

        async def consume() -> None:
            async for _ in events_until(events(), time.monotonic() + 60, minutes=1):
                pass

        consumer = asyncio.create_task(consume())
        await asyncio.sleep(0.01)
        arrives.set_result(None)
        for _ in range(turns):
            await asyncio.sleep(0)
        consumer.cancel()
        done, _ = await asyncio.wait([consumer], timeout=5)
        assert done
        assert consumer.cancelled()

    asyncio.run(run())
