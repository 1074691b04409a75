import asyncio
import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot.serving.rebuild_process import Done, Failed, Step, rebuild, words_for
from support.archives import HARBOUR, LIBRARY, write_jsonl


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", HARBOUR, LIBRARY)
    return folder


def environment_for(articles: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PULLQUOTE_ARTICLES_PATHS": str(articles), **more}


async def news_of(
    words: tuple[str, ...], environment: Mapping[str, str]
) -> list[Step | Done | Failed]:
    return [item async for item in rebuild(words, environment)]


def test_a_rebuild_tells_its_steps_and_then_what_was_built(built: Path, articles: Path) -> None:
    *steps, last = asyncio.run(
        news_of(words_for(None, built, [str(articles)]), environment_for(articles))
    )
    assert steps
    assert all(
        isinstance(step, Step) and (step.share is None or 0 <= step.share <= 1) for step in steps
    )
    assert isinstance(last, Done)
    assert last.report["articles"] == 2
    assert BuiltFolder(built).live() == last.report["generation"]


def test_a_rebuild_without_articles_fails_with_the_reason_and_leaves_the_index(
    built: Path, articles: Path
) -> None:
    asyncio.run(news_of(words_for(None, built, [str(articles)]), environment_for(articles)))
    before = BuiltFolder(built).live()
    shutil.rmtree(articles)
    last = asyncio.run(news_of(words_for(None, built, [str(articles)]), environment_for(articles)))[
        -1
    ]
    assert isinstance(last, Failed)
    assert str(articles) in last.reason
    assert "\n" not in last.reason
    assert BuiltFolder(built).live() == before


def test_a_settings_file_is_passed_on(built: Path, articles: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text("[answer]\nquotes = 0\n")
    last = asyncio.run(
        news_of(words_for(wrong, built, [str(articles)]), environment_for(articles))
    )[-1]
    assert isinstance(last, Failed)
    assert "answer.quotes = 0" in last.reason


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(),
    reason="the system does not tell a process's environment",
)
def test_the_bots_secrets_are_not_passed_on(built: Path, articles: Path) -> None:
    secrets = {"DISCORD_TOKEN": "secret-one", "DISCORD_TOKEN_FILE": "secret-two"}

    async def environment_of_child() -> str:
        seen = ""
        async for _ in rebuild(
            words_for(None, built, [str(articles)]),
            environment_for(articles, MARKER="known", **secrets),
        ):
            for process in own_children():
                with contextlib.suppress(OSError):
                    seen = seen or (process / "environ").read_bytes().decode(errors="replace")
        return seen

    seen = asyncio.run(environment_of_child())
    assert "MARKER=known" in seen
    assert "secret-" not in seen


def own_children() -> Iterator[Path]:
    """The processes of the program that this process has started."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            _, parent, *_ = (process / "stat").read_text().rpartition(")")[2].split()
            started_here = int(parent) == os.getpid()
            if started_here and b"pullquote_bot" in (process / "cmdline").read_bytes():
                yield process


def test_a_rebuild_ends_with_whoever_asked_for_it(built: Path, articles: Path) -> None:
    async def left() -> None:
        news = rebuild(words_for(None, built, [str(articles)]), environment_for(articles))
        assert isinstance(await anext(news), Step)
        await news.aclose()

    asyncio.run(left())
    assert not (built / "current").exists()
