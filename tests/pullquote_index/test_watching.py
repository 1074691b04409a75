"""When an index is refreshed, and the forecast of how long a build takes."""

import itertools
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.errors import PullquoteError, RequestError
from pullquote_index.build_report import BuildReport
from pullquote_index.progress_forecast import Forecast
from pullquote_index.watching import change_bursts, keep_fresh
from support.archives import HARBOUR, build_into, write_jsonl


class RecordingListener:
    """Records reports and errors."""

    def __init__(self) -> None:
        self.reports: list[BuildReport] = []
        self.errors: list[str] = []

    def refreshed(self, report: BuildReport) -> None:
        self.reports.append(report)

    def failed(self, error: PullquoteError) -> None:
        self.errors.append(str(error))


def test_files_are_compared_at_once_after_changes_and_after_some_time_without(
    tmp_path: Path, built: Path
) -> None:
    report = build_into(built, [write_jsonl(tmp_path / "a.jsonl", HARBOUR)])
    now = [0.0]
    times: list[float] = []

    def bursts() -> Iterator[bool]:
        for second in range(1300):
            now[0] = second
            yield second in (100, 101)

    def refresh() -> BuildReport | None:
        times.append(now[0])
        return report if now[0] == 100 else None

    listener = RecordingListener()
    keep_fresh(bursts(), refresh, listener, lambda: now[0])
    assert times == [0, 100, 101, 701]
    assert (listener.reports, listener.errors) == ([report], [])


def test_a_repeated_failure_is_reported_once_and_tried_again(tmp_path: Path, built: Path) -> None:
    report = build_into(built, [write_jsonl(tmp_path / "a.jsonl", HARBOUR)])
    now = [0.0]
    times: list[float] = []
    errors: list[str] = ["gone", "gone", "full", "", "gone"]

    def bursts() -> Iterator[bool]:
        for second in range(110):
            now[0] = second
            yield second == 95

    def refresh() -> BuildReport | None:
        times.append(now[0])
        if reason := errors[len(times) - 1]:
            raise RequestError(reason)
        return report

    listener = RecordingListener()
    keep_fresh(bursts(), refresh, listener, lambda: now[0])
    assert times == [0, 30, 60, 90, 95]
    assert (listener.errors, listener.reports) == (["gone", "full", "gone"], [report])


def test_a_file_that_is_written_before_a_new_watch_begins_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    watches = 0

    def watch_without_changes(*_: object, **__: object) -> Iterator[set[object]]:
        """The first watch sees nothing; the second begins just after a file is written."""
        nonlocal watches
        watches += 1
        if watches == 2:
            (news / "a.txt").write_text("Written before the watch begins.")
        while True:
            yield set()

    monkeypatch.setattr("pullquote_index.watching.watchfiles.watch", watch_without_changes)
    stop = threading.Event()
    bursts = change_bursts([news], tmp_path / "built", stop)
    next(bursts)
    assert not next(bursts), "the first watch has begun, and nothing has changed"
    news.rmdir()
    assert next(bursts), "the folder is gone"
    news.mkdir()
    compared = [
        [file.name for file in news.iterdir()]
        for has_changed in itertools.islice(bursts, 6)
        if has_changed
    ]
    assert compared[-1:] == [["a.txt"]]
    stop.set()


def test_a_deleted_folder_whose_successor_has_its_inode_number_is_watched_by_a_new_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pullquote_index.watching._inodes", lambda folders: dict.fromkeys(folders, (1, 1))
    )
    news = tmp_path / "news"
    news.mkdir()
    stop = threading.Event()
    bursts = change_bursts([news], tmp_path / "built", stop)
    assert next(bursts)
    news.rmdir()
    news.mkdir()
    assert next(bursts), "the new watch has begun"
    (news / "a.txt").write_text("A change in the new folder.")
    assert any(itertools.islice(bursts, 20)), "the new watch reports it"
    stop.set()


def steady(_: float, dice: random.Random) -> float:
    return dice.uniform(0.5, 1.5)


def slowing(share: float, dice: random.Random) -> float:
    return dice.uniform(0.8, 1.2) * (2.0 if share > 0.3 else 1.0)


def test_changes_in_an_index_that_is_named_by_a_link_are_no_changes_of_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote_index.watching._WAKE_MS", 300)
    news, stop = tmp_path / "news", threading.Event()
    (news / "ix").mkdir(parents=True)
    (tmp_path / "link").symlink_to(news)
    bursts = change_bursts([news], tmp_path / "link" / "ix", stop)
    assert next(bursts), "the watch begins"
    (news / "ix" / "manifest.json").touch()
    assert not next(bursts)
    (news / "a.txt").touch()
    assert any(itertools.islice(bursts, 10))
    stop.set()
    assert list(bursts)[1:] == []


@pytest.mark.parametrize(("speed", "from_share"), [(steady, 0.02), (slowing, 0.45)])
def test_the_time_left_is_right_within_a_quarter(
    speed: Callable[[float, random.Random], float], from_share: float
) -> None:
    dice = random.Random(3)
    sizes = [dice.randint(200, 900) for _ in range(20_000)]
    now = [0.0]
    forecast = Forecast(lambda: now[0])
    total = sum(sizes)
    forecast.begin(total)
    estimates: list[tuple[float, float, float]] = []
    done = 0
    for size in sizes:
        now[0] += size / 50_000 * speed(done / total, dice)
        done += size
        forecast.advance(size)
        left = forecast.seconds_left()
        if left is not None:
            estimates.append((done / total, now[0], left))
    late = [(left, now[0] - at) for share, at, left in estimates if from_share < share < 0.98]
    assert len(late) > 1000
    assert all(abs(left - real) <= real / 4 for left, real in late)


def test_nothing_is_estimated_before_something_is_done_of_a_known_total() -> None:
    now = [0.0]
    forecast = Forecast(lambda: now[0])
    assert forecast.seconds_left() is None
    forecast.begin(None)
    forecast.advance(5)
    now[0] = 10
    assert forecast.seconds_left() is None, "the total is unknown"
    forecast.begin(100)
    now[0] = 15
    assert forecast.seconds_left() is None, "nothing is done"
    forecast.advance(50)
    assert forecast.seconds_left() == 5
