"""How the targets of this folder run: few examples in the suite, new ones for long by `make fuzz`.

A target is an ordinary test of hypothesis. With FUZZ_SECONDS in the environment the seconds are
shared among the targets. Each is then asked again and again with new seeds until its share is over,
and an example that takes longer than EXAMPLE_SECONDS fails.
"""

from __future__ import annotations

import contextlib
import functools
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType

import hypothesis
import pytest
from hypothesis import HealthCheck

FUZZ_SECONDS = float(os.environ.get("FUZZ_SECONDS") or 0)
"""For all targets together; 0 in the suite."""
EXAMPLE_SECONDS = 20.0
"""The longest that one example may take while fuzzing."""
SUITE, FUZZ = "suite", "fuzz"
hypothesis.settings.register_profile(
    SUITE,
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
hypothesis.settings.register_profile(
    FUZZ,
    max_examples=500,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

_examples: Counter[str] = Counter()
"""How many examples each target was given."""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,  # noqa: ARG001 - the hook's own name
) -> Iterator[None]:
    """Import the targets, and no other tests, with the profile of this folder."""
    before = hypothesis.settings.get_current_profile_name()
    hypothesis.settings.load_profile(FUZZ if FUZZ_SECONDS else SUITE)
    try:
        return (yield)
    finally:
        hypothesis.settings.load_profile(before)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Share the seconds among the targets."""
    targets = [
        item
        for item in items
        if isinstance(item, pytest.Function) and hasattr(item.obj, "hypothesis")
    ]
    for item in targets if FUZZ_SECONDS else ():
        item.obj = _for_seconds(item.obj, FUZZ_SECONDS / len(targets), item.name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many examples each target was given."""
    for name, count in _examples.items():
        terminalreporter.write_line(f"{count:>9,} examples  {name}")


def _for_seconds(target: Callable[..., None], seconds: float, name: str) -> Callable[..., None]:
    """A test that gives a target new examples until the seconds are over, or one fails."""
    inner = target.hypothesis.inner_test  # type: ignore[attr-defined]

    @functools.wraps(target)
    def fuzz(*args: object, **fixtures: object) -> None:
        ends = time.monotonic() + seconds
        found = False

        @functools.wraps(inner)
        def example(*args: object, **values: object) -> None:
            nonlocal found
            if time.monotonic() > ends and not found:  # one that has failed is made smaller
                raise TimeIsOver
            _examples[name] += 1
            signal.setitimer(signal.ITIMER_REAL, EXAMPLE_SECONDS)
            try:
                inner(*args, **values)
            except hypothesis.errors.UnsatisfiedAssumption:
                raise
            except BaseException:
                found = True
                raise
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)

        target.hypothesis.inner_test = example  # type: ignore[attr-defined]
        signal.signal(signal.SIGALRM, _too_slow)
        with contextlib.suppress(TimeIsOver):
            while time.monotonic() < ends:
                hypothesis.seed(random.getrandbits(64))(target)
                target(*args, **fixtures)

    return fuzz


class TimeIsOver(KeyboardInterrupt):
    """The share of a target is over. hypothesis ends at a KeyboardInterrupt and at nothing else."""


class TooSlow(SystemExit):
    """An example took too long. No `except Exception` of the tested code catches this."""


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow(f"the example takes longer than {EXAMPLE_SECONDS:.0f} s")
