"""The options of the commands that serve the archive to others."""

from __future__ import annotations

import argparse

from pullquote_bot.command_line import option_types


def add_serve(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullquote serve`."""
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        help="where to listen (settings: serve.host)",
    )
    parser.add_argument(
        "--port",
        type=option_types.whole_number(0, 65_535),
        metavar="N",
        help="the port; 0 for any free one (settings: serve.port)",
    )
    _add_open_to_all(parser)


def _add_open_to_all(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--open-to-all",
        action="store_true",
        help="listen elsewhere than on this machine without tokens: whoever reaches it may read",
    )


def add_mcp(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullquote mcp`."""
    parser.add_argument(
        "--http",
        action="store_true",
        help="serve at /mcp over HTTP (streamable), beside all that pullquote serve has",
    )
    add_serve(parser)


def add_bot(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullquote bot`."""
    parser.add_argument(
        "--serve",
        action="store_true",
        help="serve the reading page and the HTTP API, too, in this process (settings: serve)",
    )
    _add_open_to_all(parser)
