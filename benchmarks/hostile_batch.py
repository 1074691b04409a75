"""Asks a batch of hostile lines, and counts what comes of them.

    python benchmarks/hostile_batch.py --index DIR [--lines 10000] [--seed 1]

Lines that are not UTF-8, not JSON, huge, deeply nested, of wrong types, with halves of surrogate
pairs, with dates at the ends of the calendar, and questions of all characters. Exit status 1 if a
line has neither an answer nor an error, if an error is a mistake in the program, or if the command
ends otherwise than with 0 or 2.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from processes import wait_for

_DAYS = (
    "0001-01-01",
    "9999-12-31",
    "2024-02-30",
    "0000-01-01",
    "yesterday",
    "",
    "\ud800",
    "x" * 99,
)
_WHEN = ("latest", "now", "this week", "today", "in 2023", "on 31 December 9999", "last year")
_LARGEST_CODE_POINT = 0x10FFFF
_MISTAKE = "mistake in the program"


def _noise(chance: random.Random, most: int) -> str:
    return "".join(
        chr(chance.choice((chance.randrange(128), chance.randrange(_LARGEST_CODE_POINT))))
        for _ in range(chance.randrange(1, most))
    )


def _size(chance: random.Random, most: int) -> int:
    """A size from 1 to `most`; each order of magnitude is as likely."""
    return int(most ** chance.random())


def _question(chance: random.Random) -> str:
    return f"Who mediated the {chance.choice(_WHEN)} talks {_noise(chance, 30)}?"


def _fields(chance: random.Random, **fields: object) -> bytes:
    """A line with a question, an id and other fields."""
    identity = chance.choice((chance.randrange(10**30), _noise(chance, 9), True, None, [1], 0.5))
    line = {"id": identity, "question": _question(chance), **fields}
    escaped = chance.random() < 1 / 2
    return json.dumps(line, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


_KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "a question": _fields,
    "bytes": lambda chance: chance.randbytes(chance.randrange(1, 200)),
    "not UTF-8": lambda chance: _fields(chance).replace(b"talks", b"\xff\xfe"),
    "a part of JSON": lambda chance: _fields(chance)[: chance.randrange(1, 40)],
    "deep lists": lambda chance: b"[" * _size(chance, 200_000),
    "deep objects": lambda chance: b'{"id":' * _size(chance, 30_000),
    "a long question": lambda chance: _fields(chance, question="a " * _size(chance, 1_500_000)),
    "a long field": lambda chance: _fields(chance, other="a" * _size(chance, 3_000_000)),
    "a long id": lambda chance: _fields(chance, id="\x1b\u202e" * _size(chance, 100_000)),
    "a day": lambda chance: _fields(
        chance, **{chance.choice(("asked", "since", "until")): chance.choice(_DAYS)}
    ),
    "a source": lambda chance: _fields(chance, source=_noise(chance, 2_000)),
    "wrong types": lambda chance: _fields(
        chance, **{chance.choice(("id", "question", "since", "source")): {"a": [1, None, True]}}
    ),
    "numbers": lambda chance: (
        b'{"question":"who","id":%s}'
        % chance.choice((b"NaN", b"-Infinity", b"1e400", b"9" * chance.randrange(1, 9_000), b"-0"))
    ),
    "no object": lambda chance: chance.choice((b"null", b"1", b'"x"', b"[]", b"{}", b"\xc2\xa0")),
}


def _write_lines(file: Path, count: int, chance: random.Random) -> Counter[str]:
    """Write the lines, and count those of each kind."""
    names = sorted(_KINDS)
    kinds: Counter[str] = Counter()
    with file.open("wb") as batch:
        for _ in range(count):
            name = chance.choice(names)
            line = _KINDS[name](chance).replace(b"\n", b" ")
            batch.write((line if line.strip(b" \t\r") else b"-") + b"\n")
            kinds[name] += 1
    return kinds


def main() -> None:
    """Write the lines, ask, and print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", required=True, type=Path)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - the same lines each time
    with tempfile.TemporaryDirectory() as folder:
        batch, printed, errors = (Path(folder) / name for name in ("batch", "printed", "errors"))
        kinds = _write_lines(batch, options.lines, chance)
        size = batch.stat().st_size
        start = time.perf_counter()
        with printed.open("wb") as output, errors.open("wb") as error_output:
            command = [sys.executable, "-m", "pullquote_bot", "ask", "--batch", str(batch)]
            command += ["--index", str(options.index)]
            process = subprocess.Popen(command, stdout=output, stderr=error_output)
            peak = wait_for(process)
        seconds = time.perf_counter() - start
        with printed.open(encoding="utf-8", newline="\n") as results:
            outcomes = Counter(map(_outcome, results))
        told = errors.read_text(encoding="utf-8").split("\n")[:-1]
    for name, count in sorted(kinds.items()):
        print(f"{count:>8,} {name}")
    print(f"{options.lines:,} lines of {size / 1e6:,.0f} MB in {seconds:.0f} s, {peak:.0f} MB")
    print(f"{outcomes.total():,} results: {dict(outcomes)}; exit status {process.returncode}")
    hidden = sum(not line.isprintable() for line in told)
    longest = max(map(len, told), default=0)
    print(f"{len(told):,} errors printed, the longest of {longest:,} characters, {hidden:,} hidden")
    complete = outcomes.total() == options.lines and process.returncode in (0, 2)
    sys.exit(0 if complete and not outcomes[_MISTAKE] else 1)


def _outcome(line: str) -> str:
    """What came of a line of the batch."""
    result = json.loads(line)
    if "error" not in result:
        return str(result["outcome"])
    return _MISTAKE if "because of a mistake" in result["error"] else "error"


if __name__ == "__main__":
    main()
