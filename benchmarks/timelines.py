"""Times timelines against plain answers in one run, in turns, and prints timelines to be read.

    python benchmarks/timelines.py INDEX [SUBJECTS] [--show]

SUBJECTS has a matter a line. Without it, 60 headlines of the index are the subjects, cut to their
first six words. Each subject is told once to warm up. Then it prints the median and the 95th
percentile of both in milliseconds of processor time, and the ratio of the medians. With --show it
prints each timeline: the date, "t" if the quote names it and "p" if it is the day of publication,
the quote, and the headline.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from percentiles import percentile
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.timeline import Timeline, timeline_of
from pullquote.settings import load_settings

_HEADLINES, _WORDS = 60, 6
_SEED = 15


def main() -> None:
    """Tell, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("subjects", type=Path, nargs="?")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    archive = OpenIndex(load_settings(os.environ).with_index(arguments.index))
    subjects = _subjects(archive, arguments.subjects)
    told: list[float] = []
    answered: list[float] = []
    for subject in subjects:
        query = understand(subject)
        timeline = timeline_of(archive, query)
        answer(archive, query)
        told.append(_milliseconds(lambda query=query: timeline_of(archive, query)))  # type: ignore[misc]
        answered.append(_milliseconds(lambda query=query: answer(archive, query)))  # type: ignore[misc]
        if arguments.show:
            _show(subject, timeline)
    for name, times in (("timeline", told), ("answer", answered)):
        middle, high = statistics.median(times), percentile(times, 0.95)
        print(f"{name}: median {middle:.0f} ms, 95% within {high:.0f} ms ({len(times)} subjects)")
    print(f"ratio of the medians: {statistics.median(told) / statistics.median(answered):.2f}")


def _subjects(archive: OpenIndex, file: Path | None) -> Sequence[str]:
    """The subjects of a file, or some headlines."""
    if file:
        return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    titles = [title for _, title, _ in archive.store.headlines() if len(title.split()) > 1]
    chosen = random.Random(_SEED).sample(titles, min(_HEADLINES, len(titles)))  # noqa: S311
    return [" ".join(title.split()[:_WORDS]) for title in chosen]


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _show(subject: str, timeline: Timeline) -> None:
    print(f"\n{subject}: {timeline.refusal or f'{len(timeline.entries)} quotes'}")
    for entry in timeline.entries:
        text = " ".join(entry.quote.text.split())
        mark = "!" if entry.announced else " "
        title = entry.quote.article.title
        print(f"  {entry.date.iso:<10} {entry.date_of[0]}{mark} {text}  [{title}]")


if __name__ == "__main__":
    main()
