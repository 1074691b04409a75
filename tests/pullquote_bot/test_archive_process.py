import datetime as dt
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError, ArchiveMissing
from pullquote.storage.manifest import GenerationId
from pullquote.translation import ENGLISH, speaking, spoken
from pullquote_bot.discord_bot.archive_lookups import answer_lookup
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.discord_bot.typed_questions import typed_question
from pullquote_bot.serving.archive_process import ArchiveProcess
from pullquote_bot.serving.named_archives import NamedArchives
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import REGISTRY
from pullquote_bot.serving.timings import resident_bytes
from support.archives import settings_for

TODAY = dt.date(2025, 6, 1)
QUESTION = "What did the bridge cables cost?"


def opener(built: Path) -> Callable[[], NamedArchives]:
    """Opens the archives, in any process."""
    settings = settings_for(built)
    return lambda: NamedArchives(
        settings,
        lambda own, generation: OpenIndex(own, generation=generation),
        time.monotonic,
    )


@pytest.fixture(scope="module")
def process(town_built: Path) -> Iterator[ArchiveProcess]:
    started = ArchiveProcess(opener(town_built), os.environ)
    yield started
    started.close()


def test_a_question_gets_the_same_messages_as_in_this_process_and_is_counted_here(
    process: ArchiveProcess, town_built: Path
) -> None:
    question, lookup = typed_question(QUESTION, today=TODAY), answer_lookup(3, private=False)

    def work(opened: OpenArchive) -> object:
        return lookup(opened, question.make_query(opened.archive))

    def answered() -> float:
        return REGISTRY.get_sample_value("pullquote_questions_total", {"outcome": "answered"}) or 0

    here = opener(town_built)()
    expected, before = here.run(None, work), answered()
    here.close()
    assert process.run(None, work) == expected
    assert answered() == before + 1


def test_the_process_knows_neither_discord_nor_the_bots_secrets(town_built: Path) -> None:
    with_secret = {**os.environ, "DISCORD_TOKEN": "secret"}
    process = ArchiveProcess(opener(town_built), with_secret)
    try:
        assert process.run(None, lambda _: "discord" in sys.modules) is False
        assert process.run(None, lambda _: os.environ.get("DISCORD_TOKEN")) is None
        assert process.run(None, lambda _: os.getpid()) != os.getpid()
        assert process.resident_bytes > resident_bytes() / 100
    finally:
        process.close()


def test_errors_are_raised_here_and_mistakes_bring_their_traceback(
    process: ArchiveProcess,
) -> None:
    with pytest.raises(ArchiveError) as missing:
        process.run(GenerationId("999999-00000000"), lambda _: None)
    assert missing.value.where
    with pytest.raises(ZeroDivisionError) as mistake:
        process.run(None, lambda _: 1 / 0)
    assert "in <lambda>" in mistake.value.__notes__[0]
    with pytest.raises(TypeError, match="pickle"):
        process.run(None, lambda _: threading.Lock())


def test_a_process_that_ended_is_started_anew_and_the_question_answered(
    process: ArchiveProcess, caplog: pytest.LogCaptureFixture
) -> None:
    first = process.run(None, lambda _: os.getpid())
    os.kill(first, signal.SIGKILL)
    with caplog.at_level(logging.ERROR):
        assert process.run(None, lambda _: os.getpid()) != first
    assert caplog.messages == ["the process that answers ended; it is started anew (status -9)"]


def test_work_that_ends_the_process_each_time_is_given_up(process: ArchiveProcess) -> None:
    with pytest.raises(ArchiveError, match="ended unexpectedly"):
        process.run(None, lambda _: os.abort())
    assert process.run(None, lambda opened: opened.archive.generation)


def test_work_is_done_in_the_language_of_the_asker(process: ArchiveProcess) -> None:
    with speaking("de"):
        assert process.run(None, lambda _: spoken()) == "de"
    assert process.run(None, lambda _: spoken()) == ENGLISH


def test_look_ups_may_name_the_modules_of_sentences(process: ArchiveProcess) -> None:
    with speaking("de"):
        assert process.run(None, lambda _: discord_refusals.NO_MORE) == discord_refusals.NO_MORE


def test_signals_to_the_whole_group_do_not_end_it(process: ArchiveProcess) -> None:
    worker = process.run(None, lambda _: os.getpid())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(worker, number)
    assert process.run(None, lambda _: os.getpid()) == worker


def test_an_archive_that_cannot_be_opened_is_an_error_here(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing) as error:
        ArchiveProcess(opener(tmp_path), os.environ)
    assert "pullquote index" in str(error.value)
