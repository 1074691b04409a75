"""The address of a database that holds an index. It loads no library."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from pullquote.errors import SettingsError

_ADDRESS = re.compile(r"postgres(?:ql)?://[^\s\0]*")
_SECRETS = ("password", "sslpassword")
_REFUSAL = "an address holds no password, since others read it there: set PGPASSWORD or PGPASSFILE"


def checked_address(text: str) -> str:
    """The address of a database, or nothing.

    Raises:
        SettingsError: it is none, or has a password. The message does not show it.
    """
    if not text:
        return text
    try:
        parts = urlsplit(text)
        names = {name.lower() for name in parse_qs(parts.query)}
    except ValueError:
        parts, names = urlsplit(""), set()
    has_password = ":" in parts.netloc.rpartition("@")[0] or not names.isdisjoint(_SECRETS)
    if has_password or not _ADDRESS.fullmatch(text):
        raise SettingsError(
            _REFUSAL if has_password else "is not the address of a database",
            where="the address of a database (store)",
            mend="Write: postgresql://USER@HOST/DATABASE",
        )
    return text
