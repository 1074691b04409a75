"""The bot's token: from an environment variable, or from the file that one names.

The token is never printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pullquote.errors import SettingsError

TOKEN_VARIABLES = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE")
_MAX_FILE_BYTES = 1_000
_LOOKS_LIKE_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{20,}")
"""Matches a token that was set by mistake in place of a file name, and must not be printed."""


def read_token(environment: Mapping[str, str]) -> str:
    """Read the token.

    Raises:
        SettingsError: there is no token, or it has white space in it. The error does not quote it.
    """
    variable, file_variable = TOKEN_VARIABLES
    where = variable
    token = environment.get(variable, "").strip()
    if not token and (path := environment.get(file_variable)):
        where = file_variable
        if not _LOOKS_LIKE_TOKEN.fullmatch(path.strip()):
            where += f" ({path})"
        try:
            token = Path(path).read_bytes()[:_MAX_FILE_BYTES].decode().strip()
        except OSError as error:
            raise SettingsError(
                f"cannot be read ({error.strerror})",
                where=where,
                mend="Name a file that holds the token alone",
            ) from None
        except (UnicodeDecodeError, ValueError):
            raise SettingsError(
                "does not hold a token", where=where, mend="Name a file that holds the token alone"
            ) from None
    if not token:
        raise SettingsError(
            "is not set" if where == variable else "is empty",
            where=where,
            mend=f"Set {variable}, or {file_variable} to a file that holds the token",
        )
    if not token.isascii() or len(token.split()) > 1:
        raise SettingsError(
            "does not hold a token", where=where, mend="Copy it anew from the application's page"
        )
    return token
