"""Who may read over HTTP: bearer tokens from a file, each with its archives.

The file is TOML: a table for each token, with its SHA-256 and the names of archives.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import SettingsError
from pullquote.plain_files import open_plain

EVERY_ARCHIVE = "*"
_MAX_BYTES = 1_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEND = 'Write [NAME], sha256 = "…" and archives = ["*"] for each token'


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token that may be sent with requests.

    Attributes:
        name: its name in the file.
        sha256: SHA-256 of the token, in hexadecimal.
        archives: the names of the archives that it opens; "*" opens each.
    """

    name: str
    sha256: str
    archives: frozenset[str]

    def opens(self, archive: str) -> bool:
        """Whether it opens an archive."""
        return EVERY_ARCHIVE in self.archives or archive in self.archives


class AccessTokens:
    """The tokens of a file, which is read again when it was written: a token is revoked at once."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            SettingsError: it cannot be read, or is no file of tokens.
        """
        self._path = path
        self._stamp = self._current_stamp()
        self._tokens = read_tokens(path)

    def find(self, authorization: str) -> AccessToken | None:
        """The token of an Authorization header; None if it has none, or an unknown one.

        Args:
            authorization: the header's value: Bearer, or Basic with the token as the password,
                which is what a browser sends.

        Raises:
            SettingsError: the file has been written since, and cannot be used.
        """
        stamp = self._current_stamp()
        if stamp != self._stamp:
            self._tokens, self._stamp = read_tokens(self._path), stamp
        sent = _token_in(authorization)
        if not sent:
            return None
        sha256 = hashlib.sha256(sent).hexdigest()
        found = [token for token in self._tokens if hmac.compare_digest(token.sha256, sha256)]
        return found[0] if found else None

    def _current_stamp(self) -> tuple[int, int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (status.st_ino, status.st_size, status.st_mtime_ns)


def read_tokens(path: Path) -> tuple[AccessToken, ...]:
    """The tokens of a file.

    Raises:
        SettingsError: it cannot be read, or is no file of tokens.
    """
    try:
        with open_plain(path, follow_links=True) as stream:
            tables = tomllib.loads(stream.read(_MAX_BYTES).decode())
    except OSError as error:
        raise SettingsError(
            f"the tokens cannot be read ({error.strerror})",
            where=str(path),
            mend="Name a file that exists in serve.tokens",
        ) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"is not TOML: {error}", where=str(path), mend=_MEND) from error
    return tuple(_token(name, table, path) for name, table in tables.items())


def _token(name: str, table: object, path: Path) -> AccessToken:
    values = table if isinstance(table, dict) else {}
    sha256, archives = values.get("sha256"), values.get("archives")
    if (
        set(values) != {"sha256", "archives"}
        or not isinstance(sha256, str)
        or not _SHA256.fullmatch(sha256)
        or not isinstance(archives, list)
        or not all(isinstance(archive, str) for archive in archives)
    ):
        raise SettingsError(f"{name} is not a token", where=str(path), mend=_MEND)
    return AccessToken(name, sha256, frozenset(archives))


def _token_in(authorization: str) -> bytes:
    scheme, _, value = authorization.partition(" ")
    value = value.strip()
    if scheme.lower() == "basic":
        try:
            _, _, password = base64.b64decode(value, validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return b""
        return password
    return value.encode("latin-1", "replace") if scheme.lower() == "bearer" else b""
