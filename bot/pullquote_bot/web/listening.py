"""Where the server listens: on this machine, or elsewhere if somebody says who may read."""

from __future__ import annotations

import ipaddress
import socket

from pullquote.errors import SettingsError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
_BACKLOG = 2048


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_audience(host: str, *, has_tokens: bool, is_open: bool) -> None:
    """See that a server that others reach has tokens, or is meant for everybody.

    Args:
        host: where the server listens.
        has_tokens: whether requests need a token.
        is_open: whether the operator said that everybody may read.

    Raises:
        SettingsError: others reach it, and nobody said who may read.
    """
    if not (is_loopback(host) or has_tokens or is_open):
        raise SettingsError(
            f"everybody who reaches {host} could read the archive",
            where="serve.host",
            mend="Name a file of tokens in serve.tokens, or say so with --open-to-all",
        )


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens at an address.

    Raises:
        SettingsError: it cannot.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise SettingsError(
            f"cannot listen at {host}:{port} ({error.strerror or error})",
            where="serve.port",
            mend="Name a free port with --port, or another address with --host",
        ) from error


def address_of(listening: socket.socket) -> str:
    """The address of a server, for a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
