import asyncio
import dataclasses
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.errors import ArchiveError, RequestError
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import _AT_ONCE, AnswerQueue, Busy, QueuedQuestion
from pullquote_bot.serving.open_archives import OpenArchive, OpenArchives
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from support.archives import settings_for

ASKED = [
    "What did the bridge cables cost?", "How much of the apricot harvest was lost?", "How late is the town library open?",
    "Who said it will outlast us all?", "Who won the 2022 World Cup?", "How often does the tide turn at Elm Ford?", "Director", "ferry operators",
]  # fmt: skip


@pytest.fixture(scope="module")
def archives(town_built: Path) -> Iterator[OpenArchives]:
    lent = OpenArchives(
        BuiltFolder(town_built),
        lambda generation: OpenIndex(settings_for(town_built), generation=generation),
        time.monotonic,
    )
    yield lent
    lent.close()


def answered(opened: OpenArchive, query: Query) -> Answer:
    return answer(opened.archive, query)


def asked(text: str, generation: GenerationId | None = None) -> QueuedQuestion:
    return QueuedQuestion(lambda _: understand(text), generation)


def run(archives: OpenArchives, most: int, work: Callable[[AnswerQueue], Awaitable[None]]) -> None:
    queue = AnswerQueue(archives, most, PendingAcknowledgements(time.monotonic))
    try:
        asyncio.run(asyncio.wait_for(_awaited(work(queue)), 60))
    finally:
        queue.close()


async def _awaited(work: Awaitable[None]) -> None:
    await work


def test_questions_asked_together_get_the_answers_that_they_get_singly(
    archives: OpenArchives, town: OpenIndex
) -> None:
    singly = [answer(town, understand(text)) for text in ASKED]

    async def work(queue: AnswerQueue) -> None:
        together = await asyncio.gather(*(queue.ask(asked(text), answered) for text in ASKED * 3))
        for found, expected in zip(together, singly * 3, strict=True):
            assert dataclasses.replace(found, timings={}) == dataclasses.replace(
                expected, timings={}
            )
        assert queue.times.count == len(ASKED) * 3
        assert queue.waiting == 0

    run(archives, 250, work)


def test_each_error_reaches_its_asker_and_no_other(archives: OpenArchives) -> None:
    def unready(_archive: OpenIndex) -> Query:
        raise RequestError("no words")

    def failing(_opened: OpenArchive, _query: Query) -> Answer:
        raise ZeroDivisionError

    async def work(queue: AnswerQueue) -> None:
        results = await asyncio.gather(
            queue.ask(QueuedQuestion(unready), answered),
            queue.ask(asked(ASKED[0]), failing),
            queue.ask(asked(ASKED[0], GenerationId("999999-00000000")), answered),
            queue.ask(asked(ASKED[0]), answered),
            return_exceptions=True,
        )
        assert [type(result) for result in results[1:2]] == [ZeroDivisionError]
        assert isinstance(results[0], RequestError)
        assert isinstance(results[2], ArchiveError)
        assert isinstance(results[3], Answer)
        with pytest.raises(RequestError):
            await queue.ask(QueuedQuestion(unready), answered)
        assert queue.waiting == 0

    run(archives, 250, work)


def test_one_too_many_is_told_that_the_queue_is_busy(archives: OpenArchives) -> None:
    gate = threading.Event()

    def held(_opened: OpenArchive, query: Query) -> str:
        gate.wait(30)
        return query.text

    async def work(queue: AnswerQueue) -> None:
        waiting = [asyncio.create_task(queue.ask(asked(text), held)) for text in ASKED[:3]]
        await asyncio.sleep(0)
        assert queue.waiting == 3
        with pytest.raises(Busy):
            await queue.ask(asked(ASKED[3]), held)
        gate.set()
        assert await asyncio.gather(*waiting) == ASKED[:3]
        assert await queue.ask(asked(ASKED[3]), held) == ASKED[3]

    run(archives, 3, work)


def test_questions_are_answered_side_by_side(archives: OpenArchives) -> None:
    together = threading.Barrier(_AT_ONCE)

    async def work(queue: AnswerQueue) -> None:
        await asyncio.gather(
            *(queue.ask(asked(ASKED[0]), lambda *_: together.wait(30)) for _ in range(_AT_ONCE))
        )

    run(archives, 250, work)


def test_closing_finishes_what_waits(archives: OpenArchives) -> None:
    async def work() -> None:
        queue = AnswerQueue(archives, 250, PendingAcknowledgements(time.monotonic))
        waiting = [asyncio.create_task(queue.ask(asked(text), answered)) for text in ASKED * 4]
        await asyncio.sleep(0)
        await asyncio.to_thread(queue.close)
        found = await asyncio.wait_for(asyncio.gather(*waiting), 30)
        assert len(found) == len(ASKED) * 4

    asyncio.run(work())


def test_an_asker_who_leaves_does_not_hold_up_the_others(archives: OpenArchives) -> None:
    async def work(queue: AnswerQueue) -> None:
        leaving = asyncio.create_task(queue.ask(asked(ASKED[0]), answered))
        staying = asyncio.create_task(queue.ask(asked(ASKED[1]), answered))
        await asyncio.sleep(0)
        leaving.cancel()
        assert (await staying).answered
        with pytest.raises(asyncio.CancelledError):
            await leaving
        assert queue.waiting == 0

    run(archives, 250, work)


def test_questions_to_different_generations_are_each_put_to_their_own(
    archives: OpenArchives,
) -> None:
    live = archives.live

    async def work(queue: AnswerQueue) -> None:
        def where(opened: OpenArchive, _query: Query) -> str:
            return opened.archive.generation

        found = await asyncio.gather(
            *(
                queue.ask(asked(text, live if at % 2 else None), where)
                for at, text in enumerate(ASKED)
            )
        )
        assert found == [live] * len(ASKED)

    run(archives, 250, work)


def test_answers_stand_back_for_interactions_that_have_just_come(archives: OpenArchives) -> None:
    arrivals = PendingAcknowledgements(time.monotonic)
    queue = AnswerQueue(archives, 250, arrivals)
    arrivals.came(1)
    order: list[str] = []

    async def work() -> None:
        task = asyncio.create_task(queue.ask(asked(ASKED[0]), lambda *_: order.append("answered")))
        await asyncio.sleep(0.02)
        order.append("acknowledged")
        arrivals.acknowledged(1)
        await task

    asyncio.run(work())
    queue.close()
    assert order == ["acknowledged", "answered"]
    assert arrivals.times.count == 1


def test_an_interaction_that_is_never_acknowledged_is_forgotten() -> None:
    now = [0.0]
    arrivals = PendingAcknowledgements(lambda: now[0])
    arrivals.came(1)
    now[0] = 10.0
    arrivals.came(2)
    arrivals.acknowledged(2)
    assert arrivals._waiting == {}
    begun = time.monotonic()
    arrivals.calm(5)
    assert time.monotonic() - begun < 1
