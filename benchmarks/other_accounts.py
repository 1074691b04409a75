"""Counts the pairs of passages that are found to disagree, and those that only seem to.

    python benchmarks/other_accounts.py [--part PART] [--folder FOLDER] [--failures]

The pairs are those of tests/pullquote/other_accounts.txt: 120 pairs of invented passages on one
question, of which half disagree. The passages of those that disagree are put into one archive, all
others into another, and each question is asked. A pair counts as found if its two passages are
shown as accounts that disagree as they do; precision is the share of such pairs among all groups of
quotes that are shown to disagree. PART is "development" for the pairs that the rules were made on,
or "measuring" for those that were kept aside; without it all are asked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.settings import load_settings
from pullquote_index.build import build
from pullquote_index.progress import SilentProgress

PAIRS = Path(__file__).parents[1] / "tests" / "pullquote" / "other_accounts.txt"
_AGREE = "agree"


class Pair(NamedTuple):
    """Two passages on one question: their kind, the question, and the records of their articles."""

    kind: str
    question: str
    records: tuple[Mapping[str, str], ...]

    @property
    def ids(self) -> set[str]:
        """The ids of the articles."""
        return {record["id"] for record in self.records}


def main() -> None:
    """Build, ask, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", choices=["development", "measuring"])
    parser.add_argument("--folder", type=Path, help="for the articles and the index")
    parser.add_argument("--failures", action="store_true", help="print each wrong answer")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        pairs = list(read_pairs())
        first = 1 if arguments.part == "measuring" else 0
        right = wrong = total = 0
        for disagree in (True, False):
            some = [pair for pair in pairs if (pair.kind != _AGREE) is disagree]
            index = build_index(folder / ("disagree" if disagree else _AGREE), some)
            chosen = some[first :: 2 if arguments.part else 1]
            total += len(chosen) if disagree else 0
            for pair in chosen:
                is_right, others = ask(index, pair, print_failure=arguments.failures)
                right, wrong = right + is_right, wrong + others
    print(f"{right} of {total} pairs that disagree are found; {wrong} other groups")
    print(f"recall {right / total:.3f}, precision {right / max(right + wrong, 1):.3f}")


def read_pairs() -> Iterator[Pair]:
    """The pairs, with their passages as records."""
    blocks = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for number, block in enumerate(blocks[1:]):
        heading, *passages = block.splitlines()
        kind, _, question = heading.split(" | ")
        records = []
        for at, passage in enumerate(passages):
            day, source, title, text = passage.split(" | ")
            record = {"id": f"{number}-{at}", "title": title, "source": source, "text": text}
            records.append({**record, **({} if day == "-" else {"published": day})})
        yield Pair(kind, question, tuple(records))


def build_index(folder: Path, pairs: list[Pair]) -> OpenIndex:
    """An index of the passages of pairs."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) for pair in pairs for record in pair.records]
    (folder / "articles" / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(folder / "built")})
    build(
        settings,
        [folder / "articles"],
        strict=True,
        progress=SilentProgress(),
        now=lambda: dt.datetime.now(dt.UTC),
    )
    return OpenIndex(settings)


def ask(index: OpenIndex, pair: Pair, *, print_failure: bool) -> tuple[bool, int]:
    """Ask the question of a pair.

    Returns:
        Whether the pair is found to disagree as it does, and how many other groups are found.
    """
    found = answer(index, understand(pair.question))
    groups = [
        ({statement.quote.article.id for statement in accounts.statements}, accounts.kind.value)
        for accounts in found.accounts
        if accounts.kind.disagrees
    ]
    is_right = (pair.ids, pair.kind) in groups
    if print_failure and (is_right is (pair.kind == _AGREE) or len(groups) > is_right):
        print(failure(pair, found))
    return is_right, len(groups) - is_right


def failure(pair: Pair, found: Answer) -> str:
    """What was shown for a pair."""
    groups = [
        f"  {one.kind.value}: {' / '.join(said.quote.text for said in one.statements)}"
        for one in found.accounts
    ]
    shown = [f"  [{quote.article.id}] {quote.text}" for quote in found.shown]
    return "\n".join([f"{pair.kind}, {found.outcome}: {pair.question}", *shown, *groups])


if __name__ == "__main__":
    main()
