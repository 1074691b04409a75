"""The settings: what they may be, and how they are read.

`config/default.toml`, then a file of the user's, then `PULLQUOTE_…` environment variables,
read once into one frozen object.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from pullquote.errors import SettingsError

_PREFIX = "PULLQUOTE_"
_RESERVED = frozenset({"PULLQUOTE_CONFIG"})
_PACKAGED = Path(__file__).with_name("default.toml")
_CHECKOUT = Path(__file__).parents[2] / "config" / "default.toml"
_PATH_KEYS = frozenset({("articles", "paths"), ("index", "path"), ("discord", "records")})
_MODEL_KEYS = frozenset({("encoder", "model"), ("rerank", "model")})
"""Names of models, or paths of their folders."""
_LONGEST_NUMBER = 20
"""Digits of 2**64."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ArticleSettings(_Table):
    """`[articles]`: where the archive is."""

    paths: Annotated[tuple[Path, ...], Field(min_length=1)]
    max_bytes: Annotated[int, Field(ge=1_000, le=1_000_000_000)]


class IndexSettings(_Table):
    """`[index]`: where the built index is."""

    path: Path
    keep: Annotated[int, Field(ge=1, le=1_000)]


class PassageSettings(_Table):
    """`[passages]`: how articles are cut."""

    words: Annotated[int, Field(ge=20, le=180)]


class EncoderSettings(_Table):
    """`[encoder]`: the embedding model and how it runs."""

    model: Annotated[str, Field(min_length=1)]
    runtime: Literal["onnx", "sentence-transformers"]
    threads: Annotated[int, Field(ge=0, le=256)]


class RetrievalSettings(_Table):
    """`[retrieval]`: how passages are found."""

    lexical: Annotated[int, Field(ge=1, le=1_000)]
    dense: Annotated[int, Field(ge=1, le=1_000)]
    rank_constant: Annotated[int, Field(ge=1, le=1_000)]
    passages: Annotated[int, Field(ge=1, le=200)]


class QuoteSettings(_Table):
    """`[quotes]`: how quotes are cut and chosen."""

    sentences: Annotated[int, Field(ge=1, le=10)]
    words: Annotated[int, Field(ge=10, le=500)]
    per_article: Annotated[int, Field(ge=1, le=100)]


class RerankSettings(_Table):
    """`[rerank]`: the model that reads the best spans together with the question."""

    model: Annotated[str, Field(min_length=1)]
    spans: Annotated[int, Field(ge=1, le=100)]


Threshold = Annotated[float, Field(ge=0, le=1)] | Literal["calibrated"]
"""Least confidence of an answer: a number, or wherever it was calibrated to begin."""


class AnswerSettings(_Table):
    """`[answer]`: when and with how much a question is answered."""

    quotes: Annotated[int, Field(ge=1, le=100)]
    threshold: Annotated[Threshold, Field(description='a number from 0 to 1, or "calibrated"')]


def _api_address(text: str) -> str:
    """An address that the token may be sent to: encrypted, or on this machine."""
    address = urlsplit(text)
    if not address.hostname or not (
        address.scheme == "https" or (address.scheme == "http" and address.hostname in _LOOPBACK)
    ):
        raise ValueError("is not such an address")
    return text.rstrip("/")


class DiscordSettings(_Table):
    """`[discord]`: the bot."""

    api: Annotated[
        str,
        AfterValidator(_api_address),
        Field(description="an https address, or an http one on this machine"),
    ]
    records: Path
    queue: Annotated[int, Field(ge=1, le=10_000)]
    user_questions: Annotated[int, Field(ge=1, le=100_000)]
    server_questions: Annotated[int, Field(ge=1, le=100_000)]
    reindex_servers: tuple[Annotated[int, Field(ge=0, lt=2**64)], ...]
    keep_questions: Annotated[bool, Field(description="true or false")]


class MetricsSettings(_Table):
    """`[metrics]`: what the bot tells Prometheus."""

    port: Annotated[int, Field(ge=0, le=65_535)]


class Settings(_Table):
    """All settings. Their defaults stand in config/default.toml alone."""

    articles: ArticleSettings
    index: IndexSettings
    passages: PassageSettings
    encoder: EncoderSettings
    retrieval: RetrievalSettings
    quotes: QuoteSettings
    rerank: RerankSettings
    answer: AnswerSettings
    discord: DiscordSettings
    metrics: MetricsSettings

    def with_index(self, folder: Path) -> Settings:
        """The same settings for an index in another folder."""
        return self.model_copy(update={"index": self.index.model_copy(update={"path": folder})})


@dataclass(frozen=True, slots=True)
class _Value:
    """A value and where it was given."""

    value: object
    origin: str


_Layer = dict[tuple[str, str], _Value]


def load_settings(environment: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        environment: the process's environment variables.
        file: the user's settings file; without one, the file that PULLQUOTE_CONFIG names, if any.

    Raises:
        SettingsError: a file cannot be read, a key is unknown or a value is out of range.
    """
    chosen = file or (
        Path(environment["PULLQUOTE_CONFIG"]) if environment.get("PULLQUOTE_CONFIG") else None
    )
    merged = _read_file(_PACKAGED if _PACKAGED.exists() else _CHECKOUT, Path())
    if chosen:
        merged |= _read_file(chosen, chosen.absolute().parent)
    merged |= _read_environment(environment)
    return _validated(merged)


def _read_file(path: Path, folder: Path) -> _Layer:
    """The values that a settings file gives; paths in it are relative to `folder`."""
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})",
            where=str(path),
            mend="Name a file that exists with --config",
        ) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(
            f"is not TOML: {error}", where=str(path), mend="Mend that line"
        ) from error
    layer: _Layer = {}
    for table, keys in tables.items():
        if not isinstance(keys, dict):
            raise SettingsError(
                f"{table} stands outside a table",
                where=str(path),
                mend=f"Write it under one of {_table_names()}",
            )
        _check_table(table, str(path))
        for key, value in keys.items():
            _check_key(table, key, str(path))
            layer[table, key] = _Value(_from_file(table, key, value, folder), str(path))
    return layer


def _from_file(table: str, key: str, value: object, folder: Path) -> object:
    """A value of a settings file, paths in it relative to the file's folder."""
    if (table, key) in _PATH_KEYS:
        return _paths(value, folder)
    if isinstance(value, list):
        return tuple(value)
    if (
        (table, key) in _MODEL_KEYS
        and isinstance(value, str)
        and value
        and (folder / value).is_dir()
    ):
        return str(folder / value)
    return value


def _paths(value: object, folder: Path) -> object:
    """The strings of a value as paths."""
    if isinstance(value, list):
        return tuple(_paths(item, folder) for item in value)
    if not isinstance(value, str) or not value or "\0" in value:
        return value
    home, tail = Path(value).parts[0], Path(value).parts[1:]
    return Path.home().joinpath(*tail) if home == "~" else folder / value


def _read_environment(environment: Mapping[str, str]) -> _Layer:
    layer: _Layer = {}
    for name, text in sorted(environment.items()):
        if name.startswith(_PREFIX) and name not in _RESERVED:
            table, _, key = name.removeprefix(_PREFIX).lower().partition("_")
            if not key:
                raise SettingsError(
                    "names a table and no key", where=name, mend="Write PULLQUOTE_<TABLE>_<KEY>"
                )
            _check_table(table, name)
            _check_key(table, key, name)
            layer[table, key] = _Value(_from_text(text, _fields(table)[key]), name)
    return layer


def _from_text(text: str, field: FieldInfo) -> object:
    """An environment variable's text as the type that its key takes; unchanged where it does not read as one."""
    kind: Any = float if field.annotation == Threshold else field.annotation
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            return text
    if kind is Path:
        return _paths(text, Path())
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)
    parts = [part for part in text.split(os.pathsep) if part]
    if kind == tuple[Path, ...]:
        return _paths(parts, Path())
    return (
        tuple(
            int(part) if part.isdecimal() and len(part) <= _LONGEST_NUMBER else part
            for part in parts
        )
        if get_origin(kind) is tuple
        else text
    )


def _validated(merged: _Layer) -> Settings:
    tables: dict[str, dict[str, object]] = {}
    for (table, key), given in merged.items():
        tables.setdefault(table, {})[key] = given.value
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        table, key = str(first["loc"][0]), str(first["loc"][1])
        given = merged[table, key]
        raise SettingsError(
            f"{table}.{key} = {given.value!r} is not allowed: {_allowed(table, key)}",
            where=given.origin,
            mend="Mend that value",
        ) from error


def _allowed(table: str, key: str) -> str:
    """In words, the values that a key takes."""
    field = _fields(table)[key]
    if field.description:
        return field.description
    limits = {
        name: getattr(item, name)
        for item in field.metadata
        for name in ("ge", "le", "min_length")
        if hasattr(item, name)
    }
    if get_origin(field.annotation) is tuple:
        return (
            "a list of at least one path"
            if field.annotation == tuple[Path, ...]
            else "a list of whole numbers"
        )
    if choices := get_args(field.annotation):
        return "one of " + ", ".join(f'"{choice}"' for choice in choices)
    if "ge" in limits:
        return f"{'a whole number' if field.annotation is int else 'a number'} from {limits['ge']} to {limits['le']}"
    return "a path" if field.annotation is Path else "text that is not empty"


def _fields(table: str) -> dict[str, FieldInfo]:
    model: Any = Settings.model_fields[table].annotation
    fields: dict[str, FieldInfo] = model.model_fields
    return fields


def _table_names() -> str:
    return ", ".join(f"[{name}]" for name in Settings.model_fields)


def _check_table(table: str, origin: str) -> None:
    if table not in Settings.model_fields:
        raise SettingsError(
            f"there is no table [{table}]", where=origin, mend=f"The tables are {_table_names()}"
        )


def _check_key(table: str, key: str, origin: str) -> None:
    if key not in _fields(table):
        raise SettingsError(
            f"there is no key {table}.{key}",
            where=origin,
            mend=f"The keys of [{table}] are {', '.join(_fields(table))}",
        )
