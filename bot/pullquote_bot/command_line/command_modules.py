"""The modules of the commands, imported by their names: every command starts quickly."""

from __future__ import annotations

import importlib
from typing import Any

from pullquote.errors import SettingsError

EXTRAS = {
    "dask": "dask",
    "distributed": "dask",
    "jinja2": "serve",
    "markupsafe": "serve",
    "mcp": "mcp",
    "psycopg": "postgres",
    "starlette": "serve",
    "uvicorn": "serve",
}
"""The extra that has a library which some commands need."""


def module_of(command: str) -> Any:
    """The module of a command.

    Raises:
        SettingsError: a library is missing that comes with an extra.
    """
    try:
        return importlib.import_module(f"pullquote_bot.commands.{command}")
    except ModuleNotFoundError as error:
        extra = EXTRAS.get(str(error.name).partition(".")[0])
        if extra is None:
            raise
        raise SettingsError(
            f"the library {error.name} is missing",
            mend=f'Install it with: pip install "pullquote[{extra}]"',
        ) from error
