"""Validates the values of a table of settings, and says what is wrong with them."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pullquote.errors import SettingsError
from pullquote.settings_sources import SettingsSource

Table = TypeVar("Table", bound="SettingsTable")


class SettingsTable(BaseModel):
    """A table of settings."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def validated(
    model: type[BaseModel], table: str, key: str, value: object, source: SettingsSource
) -> object:
    """A value of a source, as the type of its key.

    Args:
        model: the table's.
        table: its name.
        key: the key.
        value: the raw value.
        source: where it comes from.

    Raises:
        SettingsError: the key is unknown, or the value is not allowed.
    """
    fields = model.model_fields
    where = source.name_of(table, key)
    if key not in fields:
        raise SettingsError(
            f"there is no key {table}.{key}",
            where=where,
            mend=f"The keys of [{table}] are {', '.join(fields)}",
        )
    inner = fields[key].annotation
    if isinstance(inner, type) and issubclass(inner, SettingsTable):
        return inner_table(inner, f"{table}.{key}", value, source, where)
    adapter: TypeAdapter[object] = TypeAdapter(fields[key].rebuild_annotation())
    try:
        return adapter.validate_python(value, strict=not source.is_text, context=source)
    except ValidationError as error:
        raise SettingsError(
            f"{table}.{key} = {_written(value)} is not allowed: {fields[key].description}",
            where=where,
            mend="Correct that value",
        ) from error


def _written(value: object) -> str:
    """A value as an error shows it; "…" if Python cannot write it.

    TOML has whole numbers that are too long for that, and tables that are too deep.
    """
    try:
        return repr(value)
    except (ValueError, RecursionError):
        return "…"


def inner_table(
    model: type[Table], name: str, value: object, source: SettingsSource, where: str
) -> Table:
    """A table within a table, such as `[articles.fields]`.

    Raises:
        SettingsError: it is no table, one of its keys or values is wrong, or a key is missing.
    """
    if source.is_text or not isinstance(value, dict):
        raise SettingsError(
            f"{name} is a table",
            where=where,
            mend=f"Write its keys under [{name}] in a settings file",
        )
    fields = {key: validated(model, name, key, item, source) for key, item in value.items()}
    for key, field in model.model_fields.items():
        if field.is_required() and key not in fields:
            raise SettingsError(
                f"{name}.{key} is missing: {field.description}", where=where, mend="Write it there"
            )
    return model.model_validate(fields)
