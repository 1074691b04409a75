"""The types of settings: how a raw value becomes a typed one, and what is allowed.

The description of each type says in words what is allowed; error messages quote it. Validators
take the `SettingsSource` of the value as their context.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from pullquote.embedding_workers import MOST_PROCESSES, parse_workers
from pullquote.packaged_rerankers import OWN_NAMES
from pullquote.settings_sources import SettingsSource
from pullquote.translation import languages

_OWN_RERANKERS = ", ".join(f'"{name}"' for name in OWN_NAMES)
_NEARLY = 0.85
"""How alike a name is to another for which it was probably meant, from 0 to 1."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def _path(value: object, info: ValidationInfo[SettingsSource]) -> object:
    """Text as a path: `~` is the home folder, other paths are relative to the source's folder."""
    if not isinstance(value, str):
        return value
    if not value or "\0" in value:
        raise ValueError("is not a path")
    parts = Path(value).parts
    return Path.home().joinpath(*parts[1:]) if parts[:1] == ("~",) else info.context.folder / value


def _optional_path(value: object, info: ValidationInfo[SettingsSource]) -> object:
    """As `_path`; empty text for no path."""
    return None if value == "" else _path(value, info)


def _inner_path(value: object, info: ValidationInfo[SettingsSource]) -> object:
    """Text as a path; a relative one stays in the source's folder."""
    if isinstance(value, str) and ".." in Path(value).parts:
        raise ValueError("leads out of the folder")
    return _path(value, info)


def _items(value: object, info: ValidationInfo[SettingsSource]) -> object:
    """A list as a tuple. In an environment variable, `os.pathsep` separates the items."""
    if isinstance(value, str) and info.context.is_text:
        return tuple(item for item in value.split(os.pathsep) if item)
    return tuple(value) if isinstance(value, list) else value


def _model(value: str, info: ValidationInfo[SettingsSource]) -> str:
    """The name of a model, or the path of its folder where a settings file names one beside it."""
    folder = info.context.folder / value
    # Path.is_dir raises OSError for a name that is too long; os.path.isdir does not.
    return str(folder) if not info.context.is_text and os.path.isdir(folder) else value  # noqa: PTH112


def _true_or_false(value: object) -> object:
    """Refuse text such as "yes", which Pydantic takes for true."""
    if isinstance(value, str) and value.lower() not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return value


def _api_address(text: str) -> str:
    """An address to which the bot may send its token: encrypted, or on this machine."""
    address = urlsplit(text)
    is_safe = address.scheme == "https" or (
        address.scheme == "http" and address.hostname in _LOOPBACK
    )
    # A name before the host reads like one; what follows "?" or "#" would swallow the routes.
    if not address.hostname or not is_safe or any(mark in text for mark in "@?#"):
        raise ValueError("is not such an address")
    return text.rstrip("/")


def _public_url(text: str) -> str:
    """The address by which readers know a server, without a slash at its end; or nothing."""
    address = urlsplit(text)
    is_usable = address.scheme in {"https", "http"} and bool(address.hostname)
    if text and (not is_usable or any(mark in text for mark in "@?# ")):
        raise ValueError("is not such an address")
    return text.rstrip("/")


def _encoding(name: str) -> str:
    """The name of an encoding of text, or nothing."""
    try:
        "a".encode(name or "utf-8")
    except LookupError as error:
        raise ValueError("is not the name of an encoding of text") from error
    return name


def zone_named(name: str) -> dt.tzinfo:
    """The time zone of this name, such as "Europe/Paris"."""
    return dt.UTC if name == "UTC" else ZoneInfo(name)


def _time_zone(name: str) -> str:
    """The name of a time zone that this machine knows."""
    try:
        zone_named(name)
    except (KeyError, OSError, ValueError) as error:  # KeyError: ZoneInfoNotFoundError
        raise ValueError("is not the name of a time zone") from error
    return name


def _language(code: str) -> str:
    """The code of a language that the interface speaks."""
    if code not in languages():
        raise ValueError(f"is none of {', '.join(languages())}")
    return code


def _title(text: str) -> str:
    """A line, without the space around it."""
    if not text.strip().isprintable():
        raise ValueError("is not a line of text")
    return text.strip()


def whole_number(least: int, most: int) -> Any:
    """The range of a whole number, both ends included."""
    return Field(ge=least, le=most, description=f"a whole number from {least} to {most}")


def _workers(text: str) -> str:
    if text:
        parse_workers(text)
    return text


def _reranker(name: str) -> str:
    """The name of a reranker, which is not nearly that of one that comes with the package."""
    near = difflib.get_close_matches(name.casefold(), OWN_NAMES, n=1, cutoff=_NEARLY)
    if near and name not in OWN_NAMES and not os.path.isdir(name):  # noqa: PTH112 - as in _model
        raise ValueError(f"is nearly {near[0]}")
    return name


SettingsPath = Annotated[Path, BeforeValidator(_path), Field(description="a path")]
InnerPath = Annotated[
    Path,
    BeforeValidator(_inner_path),
    Field(description="a path inside the folder of the settings file, or one from / or ~"),
]
InnerPaths = Annotated[
    tuple[InnerPath, ...],
    BeforeValidator(_items),
    Field(
        min_length=1,
        description="a list of at least one path, each inside the folder of the settings file, "
        "or from / or ~",
    ),
]
SettingsPaths = Annotated[
    tuple[SettingsPath, ...],
    BeforeValidator(_items),
    Field(min_length=1, description="a list of at least one path"),
]
OptionalPath = Annotated[
    Path | None, BeforeValidator(_optional_path), Field(description='a path, or ""')
]
ModelName = Annotated[
    str,
    Field(min_length=1, description="the name of a model, or the path of its folder"),
    AfterValidator(_model),
]
RerankerName = Annotated[
    ModelName,
    AfterValidator(_reranker),
    Field(description=f"{_OWN_RERANKERS}, or the name or the path of another model"),
]
Title = Annotated[
    str,
    AfterValidator(_title),
    Field(max_length=80, description="a line of at most 80 characters"),
]
EncodingName = Annotated[
    str,
    AfterValidator(_encoding),
    Field(description='the name of an encoding of text, such as "windows-1251", or ""'),
]
TimeZoneName = Annotated[
    str,
    AfterValidator(_time_zone),
    Field(description='the name of a time zone, such as "Europe/Paris"'),
]
FieldPath = Annotated[
    str,
    Field(description='the name of a field, or its path, such as "story.body"'),
]
DiscordIds = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=2**64)], ...],
    BeforeValidator(_items),
    Field(description="a list of whole numbers"),
]
ApiAddress = Annotated[
    str,
    AfterValidator(_api_address),
    Field(description="an https address, or an http one on this machine"),
]
PublicUrl = Annotated[
    str,
    AfterValidator(_public_url),
    Field(description='an http or https address, or ""'),
]
HostName = Annotated[
    str, Field(min_length=1, description="an address of this machine, or a name of one")
]
InterfaceLanguage = Annotated[
    str,
    AfterValidator(_language),
    Field(description=f"the code of a language: {' or '.join(languages())}"),
]
Switch = Annotated[bool, BeforeValidator(_true_or_false), Field(description="true or false")]
Share = Annotated[float, Field(ge=0, le=1, description="a number from 0 to 1")]
Threshold = Annotated[
    Annotated[float, Field(ge=0, le=1)] | Literal["calibrated"],
    Field(description='a number from 0 to 1, or "calibrated"'),
]
"""A confidence from which something is shown; "calibrated" stands for the calibrated one."""
WorkersText = Annotated[
    str,
    AfterValidator(_workers),
    Field(
        description=f'a number of processes from 1 to {MOST_PROCESSES} such as "4", '
        'the address of a Dask scheduler such as "tcp://10.0.0.5:8786", or ""'
    ),
]
"""What embeds in a build; empty for the threads of the build itself."""
