"""Reads many HTML pages, and prints pages a second and memory, on one processor and on two.

It measures all that a build does to pages before it embeds.

    python benchmarks/html_pages.py                     10,000 invented pages
    python benchmarks/html_pages.py --build 200 800     builds indexes of so many short pages too

The pages are made of templates with invented text: articles, blog posts and live blogs with menus,
notices, related links, comments and JSON-LD. Rates are given by the clock and by processor time,
which other programs on the machine change less.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pullquote.settings import load_settings
from pullquote_index.dry_run import dry_run
from pullquote_index.indexing import build_index
from pullquote_index.progress import SilentProgress

_SUBJECTS = "the harbour board,the county,a glazier,the ferry line,the school,two farmers".split(
    ","
)
_VERBS = "repaired,counted,sold,closed,opened,measured,painted,rented".split(",")
_OBJECTS = "the north pier,forty lamps,the old mill,a row of beeches,its tool shed".split(",")
_TIMES = "on Monday,in March,before noon,after the storm,for the second year".split(",")
_SECTIONS = "Town,Harbour,Schools,Farming,Letters".split(",")
_MENU = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in _SECTIONS)
_KIBIBYTES_PER_MEGABYTE = 1024


def main() -> None:
    """Make the pages, read them in processes of their own, and print what that took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--build", type=int, nargs="*", default=[], metavar="PAGES")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(measured(options.read, options.index)))
        return
    with tempfile.TemporaryDirectory() as folder:
        tenth, pages = Path(folder, "tenth"), Path(folder, "pages")
        write_pages(tenth, options.pages // 10, paragraphs=12)
        write_pages(pages, options.pages, paragraphs=12)
        print("pages   processors  pages/s  pages/processor second  peak MB")
        for cores in (1, min(2, os.cpu_count() or 1)):
            for source in (tenth, pages):
                print_run(source, run(source, cores), cores)
        for count in options.build:
            source = Path(folder, f"short{count}")
            write_pages(source, count, paragraphs=1)
            print("built:", end=" ")
            print_run(source, run(source, 2, Path(folder, f"index{count}")), 2)


def write_pages(folder: Path, count: int, *, paragraphs: int) -> None:
    """Write pages with invented text, the same for the same arguments."""
    chance = random.Random(count)  # noqa: S311 - a sample, not a secret
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"{number:06}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number, paragraphs, chance), encoding="utf-8")


def page(number: int, paragraphs: int, chance: random.Random) -> str:
    """One page: every tenth is a live blog."""
    title = f"{sentence(chance)[:-1]}, part {number}"
    day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
    data = {"@type": "NewsArticle", "headline": title, "datePublished": day}
    texts = [" ".join(sentence(chance) for _ in range(5)) for _ in range(paragraphs)]
    if number % 10:
        body = "".join(f"<p>{text}</p>" for text in texts)
        body = f'<article><h1>{title}</h1><p class="byline">By Ana Example</p>{body}</article>'
    else:
        entries = (
            f'<article><time datetime="{day}T{20 - at:02}:15:00Z">{20 - at:02}:15</time>'
            f"<h2>{sentence(chance)}</h2><p>{text}</p></article>"
            for at, text in enumerate(texts)
        )
        body = f'<h1>{title}</h1><div class="live-blog">{"".join(entries)}</div>'
    related = "".join(f'<li><a href="/{at}.html">{sentence(chance)}</a></li>' for at in range(20))
    comments = "".join(f"<li><p>{sentence(chance)}</p></li>" for _ in range(10))
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | The Invented Herald</title>'
        f'<meta property="og:site_name" content="The Invented Herald">'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        f"<style>{'p { margin: 0 }' * 200}</style></head><body>"
        f"<header><nav><ul>{_MENU * 4}</ul></nav></header>"
        '<div class="cookie-notice">We use cookies. <button>Accept</button></div>'
        f"<main>{body}</main>"
        f'<aside class="related"><h2>Related stories</h2><ul>{related}</ul></aside>'
        f'<section class="comments"><ol>{comments}</ol></section>'
        f"<footer>© The Invented Herald</footer><script>{'var a = 1;' * 500}</script></body></html>"
    )


def sentence(chance: random.Random) -> str:
    """A sentence of invented news."""
    words = (chance.choice(part) for part in (_SUBJECTS, _VERBS, _OBJECTS, _TIMES))
    return " ".join(words).capitalize() + f", at a cost of {chance.randrange(10_000)} crowns."


def run(source: Path, cores: int, index: Path | None = None) -> dict[str, float]:
    """Read, or build, in a process of its own that has some of the processors."""
    command = [sys.executable, __file__, "--read", str(source)]
    command += ["--index", str(index)] if index else []
    allowed = sorted(os.sched_getaffinity(0))
    before = set(allowed)
    os.sched_setaffinity(0, allowed[:cores])
    try:
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    finally:
        os.sched_setaffinity(0, before)
    return dict(json.loads(output))


def measured(source: Path, index: Path | None) -> dict[str, float]:
    """Read the pages of a folder, or build an index of them, and measure it."""
    environment = {**os.environ, "PULLQUOTE_INDEX_PATH": str(index or source / "none")}
    settings = load_settings(environment)
    started, used = time.perf_counter(), time.process_time()
    if index:
        build_index(source, index=index)
    else:
        dry_run(settings, [source], SilentProgress(), 5)
    return {
        "seconds": time.perf_counter() - started,
        "processor_seconds": time.process_time() - used,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIBIBYTES_PER_MEGABYTE,
    }


def print_run(source: Path, result: dict[str, float], cores: int) -> None:
    """Print one row of the table."""
    count = sum(1 for _ in _pages(source))
    print(
        f"{count:6,}  {cores:10}  {count / result['seconds']:7.0f}"
        f"  {count / result['processor_seconds']:22.0f}  {result['megabytes']:7.0f}",
        flush=True,
    )


def _pages(source: Path) -> Iterator[Path]:
    return source.rglob("*.html")


if __name__ == "__main__":
    main()
