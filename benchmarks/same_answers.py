"""Compares the answers of two versions, or of two indexes, to the last digit, times aside.

    pullquote ask --batch questions.jsonl --index DIR > before.jsonl
    (change something)
    pullquote ask --batch questions.jsonl --index DIR > after.jsonl
    python benchmarks/same_answers.py before.jsonl after.jsonl

Exit status 1 where any differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

_TIMES = frozenset({"elapsed_ms"})
_SHOWN = 5


def main() -> None:
    """Compare line by line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument(
        "--ignore", nargs="*", default=[], help="other fields that may differ, such as generation"
    )
    given = parser.parse_args()
    ignored = _TIMES | frozenset(given.ignore)
    before, after = (_answers(path, ignored) for path in (given.before, given.after))
    differing = [key for key in before | after if before.get(key) != after.get(key)]
    for key in differing[:_SHOWN]:
        old, new = before.get(key, {}), after.get(key, {})
        fields = [name for name in old | new if old.get(name) != new.get(name)]
        print(f"{key}: differs in {', '.join(fields)}")
    print(f"{len(before):,} and {len(after):,} answers, {len(differing):,} differ")
    sys.exit(1 if differing else 0)


def _answers(path: Path, ignored: frozenset[str]) -> dict[str, dict[str, object]]:
    """The answers of a batch by the ids of their questions, without the fields that may differ."""
    answers = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {
        str(answer.get("id", at)): {k: v for k, v in answer.items() if k not in ignored}
        for at, answer in enumerate(answers)
    }


if __name__ == "__main__":
    main()
