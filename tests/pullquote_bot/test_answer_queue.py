import asyncio
import dataclasses
import itertools
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.errors import ArchiveError, RequestError
from pullquote.settings_archives import ONLY_ARCHIVE
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import THREAD_COUNT, AnswerQueue, QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.named_archives import NamedArchives
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from support.archives import settings_for

Result = TypeVar("Result")
SOMEBODY = itertools.count(1)
QUESTIONS = [
    "What did the bridge cables cost?",
    "How much of the apricot harvest was lost?",
    "How late is the town library open?",
    "Who said it will outlast us all?",
    "Who won the 2022 World Cup?",
    "How often does the tide turn at Elm Ford?",
    "Director",
    "ferry operators",
]


@pytest.fixture(scope="module")
def archives(town_built: Path) -> Iterator[NamedArchives]:
    open_archives = NamedArchives(
        settings_for(town_built),
        lambda settings, generation: OpenIndex(settings, generation=generation),
        time.monotonic,
    )
    yield open_archives
    open_archives.close()


def answer_of(opened: OpenArchive, query: Query) -> Answer:
    return answer(opened.archive, query)


def queued(text: str, generation: GenerationId | None = None) -> QueuedQuestion:
    return QueuedQuestion(lambda _: understand(text), generation)


async def ask(
    queue: AnswerQueue,
    question: QueuedQuestion,
    work: Callable[[OpenArchive, Query], Result],
    person: int | None = None,
) -> Result:
    """Ask as somebody; as somebody else each time, unless a person is named."""
    asker = next(SOMEBODY) if person is None else person
    return await queue.ask(Asker.of(asker, None), question, work)


def run(
    archives: NamedArchives, max_length: int, work: Callable[[AnswerQueue], Awaitable[None]]
) -> None:
    queue = AnswerQueue(archives, max_length, PendingAcknowledgements(time.monotonic))
    try:
        asyncio.run(asyncio.wait_for(_awaited(work(queue)), 60))
    finally:
        queue.close()


async def _awaited(work: Awaitable[None]) -> None:
    await work


def test_questions_asked_in_parallel_get_the_same_answers_as_one_by_one(
    archives: NamedArchives, town: OpenIndex
) -> None:
    one_by_one = [answer(town, understand(text)) for text in QUESTIONS]

    async def work(queue: AnswerQueue) -> None:
        in_parallel = await asyncio.gather(
            *(ask(queue, queued(text), answer_of) for text in QUESTIONS * 3)
        )
        for actual, expected in zip(in_parallel, one_by_one * 3, strict=True):
            assert dataclasses.replace(actual, timings={}) == dataclasses.replace(
                expected, timings={}
            )
        assert queue.durations.count == len(QUESTIONS) * 3
        assert queue.length == 0

    run(archives, 250, work)


def test_an_error_reaches_only_the_asker_of_its_question(archives: NamedArchives) -> None:
    def without_words(_archive: OpenIndex) -> Query:
        raise RequestError("no words")

    def failing(_opened: OpenArchive, _query: Query) -> Answer:
        raise ZeroDivisionError

    async def work(queue: AnswerQueue) -> None:
        results = await asyncio.gather(
            ask(queue, QueuedQuestion(without_words), answer_of),
            ask(queue, queued(QUESTIONS[0]), failing),
            ask(queue, queued(QUESTIONS[0], GenerationId("999999-00000000")), answer_of),
            ask(queue, queued(QUESTIONS[0]), answer_of),
            return_exceptions=True,
        )
        assert [type(result) for result in results[1:2]] == [ZeroDivisionError]
        assert isinstance(results[0], RequestError)
        assert isinstance(results[2], ArchiveError)
        assert isinstance(results[3], Answer)
        with pytest.raises(RequestError):
            await ask(queue, QueuedQuestion(without_words), answer_of)
        assert queue.length == 0

    run(archives, 250, work)


def test_a_question_for_a_full_queue_raises_busy(archives: NamedArchives) -> None:
    gate = threading.Event()

    def text_after_gate(_opened: OpenArchive, query: Query) -> str:
        gate.wait(30)
        return query.text

    async def work(queue: AnswerQueue) -> None:
        waiting = [
            asyncio.create_task(ask(queue, queued(text), text_after_gate)) for text in QUESTIONS[:3]
        ]
        await asyncio.sleep(0)
        assert queue.length == 3
        with pytest.raises(Busy):
            await ask(queue, queued(QUESTIONS[3]), text_after_gate)
        gate.set()
        assert await asyncio.gather(*waiting) == QUESTIONS[:3]
        assert await ask(queue, queued(QUESTIONS[3]), text_after_gate) == QUESTIONS[3]

    run(archives, 3, work)


def test_questions_are_answered_in_parallel(archives: NamedArchives) -> None:
    barrier = threading.Barrier(THREAD_COUNT)

    async def work(queue: AnswerQueue) -> None:
        await asyncio.gather(
            *(
                ask(queue, queued(QUESTIONS[0]), lambda *_: barrier.wait(30))
                for _ in range(THREAD_COUNT)
            )
        )

    run(archives, 250, work)


def test_closing_the_queue_finishes_the_questions_being_answered(archives: NamedArchives) -> None:
    async def work() -> None:
        queue = AnswerQueue(archives, 250, PendingAcknowledgements(time.monotonic))
        waiting = [
            asyncio.create_task(ask(queue, queued(text), answer_of))
            for text in QUESTIONS[:THREAD_COUNT]
        ]
        await asyncio.sleep(0)
        await asyncio.to_thread(queue.close)
        answers = await asyncio.wait_for(asyncio.gather(*waiting), 30)
        assert len(answers) == THREAD_COUNT

    asyncio.run(work())


def test_a_cancelled_question_does_not_delay_the_others(archives: NamedArchives) -> None:
    async def work(queue: AnswerQueue) -> None:
        cancelled = asyncio.create_task(ask(queue, queued(QUESTIONS[0]), answer_of))
        other = asyncio.create_task(ask(queue, queued(QUESTIONS[1]), answer_of))
        await asyncio.sleep(0)
        cancelled.cancel()
        assert (await other).answered
        with pytest.raises(asyncio.CancelledError):
            await cancelled
        assert queue.length == 0

    run(archives, 250, work)


def test_each_question_is_put_to_its_own_generation(
    archives: NamedArchives,
) -> None:
    with archives.lease(ONLY_ARCHIVE) as opened:
        live = opened.archive.generation

    async def work(queue: AnswerQueue) -> None:
        def generation_of(opened: OpenArchive, _query: Query) -> str:
            return opened.archive.generation

        generations = await asyncio.gather(
            *(
                ask(queue, queued(text, live if number % 2 else None), generation_of)
                for number, text in enumerate(QUESTIONS)
            )
        )
        assert generations == [live] * len(QUESTIONS)

    run(archives, 250, work)
