"""The option `--format` of every command that prints a result."""

from __future__ import annotations

import argparse


def add_format(parser: argparse._ActionsContainer) -> None:
    """Add `--format`."""
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="for people (text) or for programs (json)",
    )
