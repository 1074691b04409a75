"""`index.store`: the address of a database that holds an index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from pullquote.cache_folder import cache_folder
from pullquote.corpus.hashing import sha256_of
from pullquote.errors import SettingsError
from pullquote.store_address import checked_address


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
