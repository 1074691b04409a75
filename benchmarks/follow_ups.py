"""Holds conversations with seeds/ and with invented newspapers, and counts the right subjects.

    python benchmarks/follow_ups.py [--half developed|kept_aside] [--typed] [--verbose] [FOLDER]

The rules for follow-up questions were written with conversations/developed.jsonl; the other half,
conversations/kept_aside.jsonl, judges them. A turn has the right subject if the first quote, or the
nearest passage of a refusal, is of the right article; in seeds/, which has one article, if one of
the first three has the right words. A new subject is noticed if nothing is carried over to it.
With --typed each turn is asked as it is typed. FOLDER gets the indexes; without it a temporary
folder is used.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pullquote.answering.answers import Answer
from pullquote.answering.conversation import turn_of
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.turns import Turn
from pullquote.settings import load_settings
from pullquote_index.build import build
from pullquote_index.progress import SilentProgress

_ROOT = Path(__file__).parents[1]
_SETS = Path(__file__).with_name("conversations")
_ARCHIVES = {
    "seeds": [_ROOT / "seeds"],
    "towns": [
        _SETS / "years.articles.jsonl",
        *sorted((_ROOT / "tests" / "small_archives").glob("*.articles.jsonl")),
    ],
}
_FIRST_QUOTES = 3


def main() -> None:
    """Build, hold the conversations, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("developed", "kept_aside"), default="developed")
    parser.add_argument("--typed", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    lines = (_SETS / f"{options.half}.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        archives = {name: _opened(name, folder / name) for name in _ARCHIVES}
        counts: Counter[str] = Counter()
        milliseconds: tuple[list[float], list[float]] = ([], [])
        for conversation in map(json.loads, lines):
            archive = archives[conversation["archive"]]
            first, *later = hold(archive, conversation["turns"], counts, options)
            milliseconds[0].append(first)
            milliseconds[1].extend(later)
    _print(counts, milliseconds)


def _opened(name: str, folder: Path) -> OpenIndex:
    settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(folder)})
    if not folder.exists():
        build(
            settings,
            _ARCHIVES[name],
            strict=True,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
        )
    return OpenIndex(settings)


def hold(
    archive: OpenIndex,
    turns: list[Mapping[str, Any]],
    counts: Counter[str],
    options: argparse.Namespace,
) -> list[float]:
    """Hold a conversation and count its turns. Returns the milliseconds of each turn."""
    milliseconds = []
    before: Turn | None = None
    for number, turn in enumerate(turns):
        query = replace(understand(turn["question"]), follows=before)
        begun = time.perf_counter()
        found = answer(archive, query)
        milliseconds.append((time.perf_counter() - begun) * 1000)
        before = None if options.typed else turn_of(found, before)
        if "articles" in turn or "evidence" in turn:
            kind = "first" if number == 0 else "new" if turn.get("new") else "follow-up"
            counts[f"{kind} turns"] += 1
            counts[f"{kind} right"] += (is_right := has_right_subject(found, turn))
            counts[f"{kind} with evidence"] += "evidence" in turn
            counts[f"{kind} carried"] += (is_carried := bool(found.query.carried))
            counts[f"{kind} answered"] += (is_answered := has_evidence(found, turn))
            if options.verbose and not (
                is_right and is_answered and is_carried == (kind == "follow-up")
            ):
                print(kind, is_right, is_answered, found, found.query.reading, sep=" | ")
    return milliseconds


def has_right_subject(found: Answer, turn: Mapping[str, Any]) -> bool:
    """Whether the first quote or nearest passage is of the turn's subject."""
    if "articles" not in turn:
        return has_evidence(found, turn, nearest=True)
    return bool(found.shown) and found.shown[0].article.id in turn["articles"]


def has_evidence(found: Answer, turn: Mapping[str, Any], *, nearest: bool = False) -> bool:
    """Whether one of the first quotes, or of the nearest passages, has the right words."""
    quotes = (found.shown if nearest else found.quotes)[:_FIRST_QUOTES]
    return any(words in quote.text for words in turn.get("evidence", ()) for quote in quotes)


def _print(counts: Mapping[str, int], milliseconds: tuple[list[float], list[float]]) -> None:
    for kind in ("first", "follow-up", "new"):
        total = counts[f"{kind} turns"]
        print(
            f"{kind}: {total} turns, the right subject in {counts[f'{kind} right'] / total:.1%}, "
            f"the right words in {counts[f'{kind} answered']} "
            f"of {counts[f'{kind} with evidence']}, "
            f"words carried in {counts[f'{kind} carried']}"
        )
    right = sum(counts[f"{kind} right"] for kind in ("first", "follow-up", "new"))
    total = sum(counts[f"{kind} turns"] for kind in ("first", "follow-up", "new"))
    print(f"all: {total} turns, the right subject in {right / total:.1%}")
    for kind, times in (("first", milliseconds[0]), ("later", milliseconds[1])):
        print(
            f"{kind} turns: median {statistics.median(times):.0f} ms, "
            f"mean {statistics.mean(times):.0f} ms"
        )


if __name__ == "__main__":
    main()
