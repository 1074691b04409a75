"""Fields by their paths, and the fields of objects within a record."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote_index.readers.field_names import FieldKeys, field_keys
from pullquote_index.readers.problems import FieldPaths


def with_own_names(fields: Mapping[str, object], paths: FieldPaths) -> Mapping[str, object]:
    """The fields, with those of `[articles.fields]` under Pullquote's own names."""
    renamed = {name: value_at(fields, path) for name, path in paths}
    return {**fields, **{name: value for name, value in renamed.items() if value is not None}}


def value_at(fields: Mapping[str, object], path: str) -> object:
    """The value with this name, or at this path (`story.body`, `tags.0`); None without one."""
    if path in fields:
        return fields[path]
    value: object = fields
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def with_contained(
    fields: Mapping[str, object], keys: FieldKeys
) -> tuple[Mapping[str, object], FieldKeys]:
    """The fields, with those of an object in them (`article`, `metadata`) that they lack.

    Args:
        fields: values by their names.
        keys: which of them hold which field.

    Returns:
        All fields, and which of them hold which field: their own come first.
    """
    inner: dict[str, object] = {}
    for key in reversed(keys.container):
        value = fields[key]
        if isinstance(value, Mapping):
            inner |= {name: item for name, item in value.items() if isinstance(name, str)}
    inner = {name: item for name, item in inner.items() if _is_better(item, fields.get(name))}
    if not inner:
        return fields, keys
    return {**fields, **inner}, keys.then(field_keys(tuple(inner)))


def _is_better(inner: object, outer: object) -> bool:
    """Whether a value of an object in a record counts instead of the record's own.

    It does if that is empty, or the number of what the object has in words (WordPress).
    """
    is_number = isinstance(outer, int) and isinstance(inner, Mapping | list)
    return outer in (None, "") or is_number
