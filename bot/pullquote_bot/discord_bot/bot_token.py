"""The bot's token: from the environment, or from the file that it names. Never printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pullquote.errors import SettingsError

TOKEN_VARIABLES = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE")
_LONGEST = 1_000
_LIKE_A_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{20,}")
"""What may be a token that was put where a file's name belongs, and is not to be printed then."""


def token_from(environment: Mapping[str, str]) -> str:
    """The token.

    Raises:
        SettingsError: there is none, or it has white space in it; says nothing of what it holds.
    """
    variable, file = TOKEN_VARIABLES
    where = variable
    token = environment.get(variable, "").strip()
    if not token and environment.get(file):
        where = (
            file
            if _LIKE_A_TOKEN.fullmatch(environment[file].strip())
            else f"{file} ({environment[file]})"
        )
        try:
            token = Path(environment[file]).read_bytes()[:_LONGEST].decode().strip()
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
            mend=f"Set {variable}, or {file} to a file that holds the token",
        )
    if not token.isascii() or len(token.split()) > 1:
        raise SettingsError(
            "does not hold a token", where=where, mend="Copy it anew from the application's page"
        )
    return token
