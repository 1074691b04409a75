import ctypes

import pytest

from pullquote_index.steps.memory import release_memory


def test_releasing_memory_works_with_any_c_library() -> None:
    release_memory()


def test_releasing_memory_does_nothing_without_malloc_trim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    release_memory()
