"""Compares the answers of two versions, or of two indexes, field by field; times are ignored.

    pullquote ask --batch questions.jsonl --index DIR > before.jsonl
    (change something)
    pullquote ask --batch questions.jsonl --index DIR > after.jsonl
    python benchmarks/same_answers.py before.jsonl after.jsonl [--ignore generation]

Exit status 1 if any differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

_TIME_FIELDS = frozenset({"elapsed_ms"})
_MAX_PRINTED = 5


def answers_by_id(path: Path, ignored: frozenset[str]) -> dict[str, dict[str, object]]:
    """The answers of a batch by the ids of their questions, without the ignored fields."""
    answers = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {
        str(answer.get("id", number)): {
            field: value for field, value in answer.items() if field not in ignored
        }
        for number, answer in enumerate(answers)
    }


def main() -> None:
    """Compare, and print the differences."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--ignore", nargs="*", default=[], help="other fields that may differ")
    options = parser.parse_args()
    ignored = _TIME_FIELDS | frozenset(options.ignore)
    before, after = (answers_by_id(path, ignored) for path in (options.before, options.after))
    differing = [key for key in before | after if before.get(key) != after.get(key)]
    for key in differing[:_MAX_PRINTED]:
        if key in before and key in after:
            old, new = before[key], after[key]
            fields = [name for name in old | new if old.get(name) != new.get(name)]
            print(f"{key}: differs in {', '.join(fields)}")
        else:
            print(f"{key}: only in {options.before if key in before else options.after}")
    print(f"{len(before):,} and {len(after):,} answers, {len(differing):,} differ")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
