import ctypes

import pytest

from pullquote_index.steps.memory import release_memory


def test_memory_is_given_back_where_the_system_can() -> None:
    release_memory()


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    release_memory()
