"""Where settings come from: TOML files and environment variables, read but not yet validated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pullquote.errors import SettingsError

CONFIG_VARIABLE = "PULLQUOTE_CONFIG"
"""The environment variable that names a settings file. It is not a setting itself."""
_PREFIX = "PULLQUOTE_"


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """The settings that one source gives.

    Attributes:
        tables: the raw values, by table and key. In a file, a table may turn out to be any TOML
            value.
        folder: relative paths are relative to this folder.
        file: the file; None for the environment.
    """

    tables: Mapping[str, Any]
    folder: Path
    file: Path | None = None

    @property
    def is_text(self) -> bool:
        """Whether every value is text, as in environment variables. A TOML value has a type."""
        return self.file is None

    def name_of(self, table: str, key: str) -> str:
        """The file or the environment variable that gives a key, for error messages."""
        return f"{_PREFIX}{table}_{key}".upper() if self.file is None else str(self.file)


def read_file(file: Path, folder: Path) -> SettingsSource:
    """Read a settings file.

    Args:
        file: a TOML file.
        folder: relative paths in the file are relative to this folder.

    Raises:
        SettingsError: the file cannot be read, or is not TOML.
    """
    try:
        tables = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})",
            where=str(file),
            mend="Name a file that exists with --config",
        ) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"is not TOML: {error}", where=str(file), mend="Correct that line"
        ) from error
    return SettingsSource(tables, folder, file)


def read_environment(environment: Mapping[str, str]) -> SettingsSource:
    """Read the variables `PULLQUOTE_<TABLE>_<KEY>`. Paths are relative to the working directory.

    Raises:
        SettingsError: a variable names a table without a key.
    """
    tables: dict[str, dict[str, str]] = {}
    for name, text in sorted(environment.items()):
        if name.startswith(_PREFIX) and name != CONFIG_VARIABLE:
            table, _, key = name.removeprefix(_PREFIX).lower().partition("_")
            if not key:
                raise SettingsError(
                    "names a table but no key", where=name, mend="Write PULLQUOTE_<TABLE>_<KEY>"
                )
            tables.setdefault(table, {})[key] = text
    return SettingsSource(tables, Path())
