"""`index.store`: the address of a database that holds an index."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, Field

from pullquote.cache_folder import cache_folder
from pullquote.corpus.hashing import sha256_of
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
            where="index.store",
            mend="Write: postgresql://USER@HOST/DATABASE",
        )
    return text


def working_folder(address: str) -> Path:
    """The folder in the user's cache in which builds for a database work.

    Raises:
        SettingsError: it cannot be made.
    """
    try:
        folder = cache_folder() / "stores" / sha256_of(address.encode())[:16]
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"a store needs the user's cache folder ({error.strerror or error})",
            where="index.store",
            mend="Name another in XDG_CACHE_HOME",
        ) from error
    return folder


StoreAddress = Annotated[
    str,
    AfterValidator(checked_address),
    Field(description='an address such as postgresql://USER@HOST/DATABASE, or ""'),
]
