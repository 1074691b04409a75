"""The options of the commands that read articles: index, watch and preview."""

from __future__ import annotations

import argparse
from pathlib import Path

from pullquote_bot.command_line import option_types
from pullquote_bot.command_line.format_option import add_format


def add_index(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullquote index`."""
    _add_article_paths(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="stop at the first article with a problem (otherwise problems are warnings)",
    )
    parser.add_argument("--full", action="store_true", help="reuse nothing from earlier builds")
    parser.add_argument(
        "--if-stale",
        action="store_true",
        help="build only if the index is missing or no longer fits articles and settings",
    )
    parser.add_argument(
        "--progress",
        choices=("auto", "json"),
        default="auto",
        help="a bar on a terminal (auto), or one JSON object a line on standard error (json)",
    )
    _add_workers(parser)
    _add_alternatives(parser)
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="name every file that is not read, and show every warning",
    )
    add_format(parser)


def _add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=option_types.workers,
        default=0,
        metavar="N|ADDRESS",
        help="embed in N worker processes, or on those of a Dask scheduler (tcp://HOST:8786); "
        "otherwise those of the settings' encoder.workers",
    )


def _add_alternatives(parser: argparse.ArgumentParser) -> None:
    """Add what `pullquote index` can do instead of building."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--list",
        dest="list_generations",
        action="store_true",
        help="list the generations that are kept",
    )
    instead.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="ID",
        help="switch to a generation, by its id or number; without one, to the previous one",
    )
    instead.add_argument(
        "--prune",
        action="store_true",
        help="delete generations older than the last `index.keep`, and unused models",
    )
    instead.add_argument(
        "--to",
        type=option_types.store_address,
        default=argparse.SUPPRESS,
        metavar="ADDRESS",
        help="copy the live generation to a PostgreSQL database, postgresql://USER@HOST/DATABASE",
    )
    instead.add_argument(
        "--dry-run",
        action="store_true",
        help="read the articles, show the first of them, and write nothing",
    )


def add_watch(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullquote watch`."""
    _add_article_paths(parser)
    _add_workers(parser)
    add_format(parser)


def add_preview(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullquote preview`."""
    parser.add_argument("file", type=option_types.path, metavar="FILE", help="a file of articles")
    parser.add_argument(
        "--top",
        type=option_types.whole_number(1, 1_000),
        default=3,
        metavar="N",
        help="number of articles to show, of a file of several (3)",
    )
    add_format(parser)


def _add_article_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="files and folders of articles (settings: articles.paths)",
    )
