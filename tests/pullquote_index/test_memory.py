import ctypes

import pytest

from pullquote_index.steps.memory import give_back


def test_memory_is_given_back_where_the_system_can() -> None:
    give_back()


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    give_back()
