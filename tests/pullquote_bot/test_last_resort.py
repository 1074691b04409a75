import logging
import os
import threading

import pytest

from pullquote_bot.discord_bot import running


def test_a_process_that_hangs_after_a_signal_is_ended_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    statuses: list[int] = []
    ended = threading.Event()

    def exit_(status: int) -> None:
        statuses.append(status)
        ended.set()

    monkeypatch.setattr(running, "_LAST_RESORT", 0.0)
    monkeypatch.setattr(os, "_exit", exit_)
    with caplog.at_level(logging.ERROR):
        running._end_at_last()
        assert ended.wait(10)
    assert statuses == [1]
    assert caplog.messages == ["ended while something still ran, 0 s after the signal"]
