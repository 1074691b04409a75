import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from pullquote_bot.serving.fair_queue import Asker, FairQueue
from pullquote_bot.serving.fair_threads import _MAX_WAITING_EACH, Busy, FairThreads, TooManyWaiting
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements

CROWDED, QUIET = 100, 200
"""Ids of servers."""


def run(work: Callable[[FairThreads, PendingAcknowledgements], Awaitable[None]], size: int) -> None:
    pending = PendingAcknowledgements(time.monotonic)
    threads = FairThreads("test", 1, size, pending)

    async def within_time() -> None:
        async with asyncio.timeout(20):
            await work(threads, pending)

    try:
        asyncio.run(within_time())
    finally:
        threads.close()


def test_servers_are_served_in_turn_and_so_are_the_people_of_each() -> None:
    queue: FairQueue[str] = FairQueue()
    for person, count in (("a", 3), ("b", 1), ("c", 2)):
        for number in range(count):
            queue.add(Asker(CROWDED, ord(person)), f"{person}{number}")
    queue.add(Asker(QUIET, 1), "quiet0")
    queue.add(Asker(QUIET, 1), "quiet1")
    assert queue.waiting_of(Asker(CROWDED, ord("a"))) == 3
    assert queue.waiting_of(Asker(QUIET, 2)) == 0
    taken = [queue.take() for _ in range(len(queue))]
    assert taken == ["a0", "quiet0", "b0", "quiet1", "c0", "a1", "c1", "a2"]
    assert len(queue) == 0


def test_a_stranger_waits_for_one_question_of_a_crowded_server_only() -> None:
    answered: list[int] = []

    async def work(threads: FairThreads, _: PendingAcknowledgements) -> None:
        gate = threading.Event()

        def note(number: int) -> None:
            gate.wait(9)
            answered.append(number)

        crowd = [
            asyncio.create_task(threads.run(Asker(CROWDED, number), partial(note, number)))
            for number in range(30)
        ]
        await asyncio.sleep(0)
        stranger = asyncio.create_task(threads.run(Asker(QUIET, 1), lambda: answered.append(-1)))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(stranger, *crowd)

    run(work, 50)
    assert answered.index(-1) <= 2
    assert len(answered) == 31


def test_a_full_queue_takes_a_stranger_in_place_of_the_crowds_last_one() -> None:
    async def work(threads: FairThreads, _: PendingAcknowledgements) -> None:
        gate = threading.Event()
        crowd = [
            asyncio.create_task(threads.run(Asker(CROWDED, number), lambda: gate.wait(9)))
            for number in range(4)
        ]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await threads.run(Asker(CROWDED, 9), lambda: None)
        stranger = asyncio.create_task(threads.run(Asker(QUIET, 1), lambda: "answered"))
        await asyncio.sleep(0)
        gate.set()
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            "Busy",
            "bool",
            "bool",
            "bool",
        ]
        assert await stranger == "answered"
        assert threads.length == 0

    run(work, 4)


def test_one_person_has_a_bounded_share_of_the_queue() -> None:
    async def work(threads: FairThreads, _: PendingAcknowledgements) -> None:
        gate = threading.Event()
        asker = Asker(QUIET, 1)
        waiting = [
            asyncio.create_task(threads.run(asker, lambda: gate.wait(9)))
            for _ in range(1 + _MAX_WAITING_EACH)
        ]
        await asyncio.sleep(0)
        with pytest.raises(TooManyWaiting):
            await threads.run(asker, lambda: None)
        gate.set()
        assert all(await asyncio.gather(*waiting))
        assert await threads.run(asker, lambda: 7) == 7

    run(work, 50)


def test_no_work_begins_while_an_acknowledgement_is_unsent() -> None:
    events: list[str] = []

    async def work(threads: FairThreads, pending: PendingAcknowledgements) -> None:
        pending.add(1)
        working = asyncio.create_task(
            threads.run(Asker(QUIET, 1), lambda: events.append("answered"))
        )
        replying = asyncio.create_task(pending.until_sent(9))
        await asyncio.sleep(0.02)
        assert not replying.done()
        events.append("sent")
        pending.begin_sending(1)
        await asyncio.gather(working, replying)
        assert pending.latencies.count == 0
        pending.remove(1)
        assert pending.latencies.count == 1

    run(work, 50)
    assert events == ["sent", "answered"]


def test_an_interaction_over_discords_time_limit_is_waited_for_no_longer() -> None:
    now = [0.0]

    async def run_() -> None:
        pending = PendingAcknowledgements(lambda: now[0])
        pending.add(1)
        now[0] = 10.0
        pending.add(2)
        pending.remove(2)
        assert pending._received_at == {}
        now[0] = 10.02
        await asyncio.wait_for(pending.until_sent(9), 5)
        pending.wait_until_sent(5)

    asyncio.run(run_())


def test_other_work_waits_until_no_interaction_has_arrived_for_a_moment() -> None:
    now = [0.0]

    async def run_() -> None:
        pending = PendingAcknowledgements(lambda: now[0])
        for number in range(5):
            now[0] += 0.002
            pending.add(number)
            pending.remove(number)
        waiting = asyncio.create_task(pending.until_sent(9))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        now[0] += 0.011
        await asyncio.wait_for(waiting, 5)

    asyncio.run(run_())
