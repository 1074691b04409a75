"""Reads fields line by line, where a block of them is not well-formed as a whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import cast

from pullquote_index.readers.plain_yaml import MAX_PARSED, YAML_ERRORS, parse_yaml

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_YAML_FIELD = re.compile(r"(?P<name>[\w@$][\w .@$/-]{0,80}?)[ \t]*:(?:[ \t]+(?P<value>.*)|)\Z")
_QUOTED_FIELD = re.compile(
    r"(?P<quote>[\"'])(?P<name>[^\"']{1,80})(?P=quote)\s*:\s*(?P<value>.*)\Z"
)
_TOML_FIELD = re.compile(r"(?P<name>[\w.\"'-]{1,80})[ \t]*=[ \t]*(?P<value>.*)\Z")
_TOML_TABLE = re.compile(r"\[(?P<name>[\w. \"'-]+)\][ \t]*(?:#.*)?\Z")
_HEAD_FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>\S.*)?|)\Z")
_MAX_NAME_CHARACTERS = 100
"""The most characters of a line before the colon that ends the name of its field."""
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?\Z")
_MAX_HEAD_LINES = 60
"""The most lines of a head that no fence ends."""


def head_fields(text: str, start: int) -> tuple[dict[str, object], int]:
    """The fields of lines of `Name: value`, and the end of the blank line after them.

    Empty if another line comes before the blank line.
    """
    fields: dict[str, object] = {}
    name = ""
    at = start
    for _ in range(_MAX_HEAD_LINES):
        line_break = _LINE_BREAK.search(text, at)
        line = text[at : line_break.start() if line_break else len(text)]
        end = line_break.end() if line_break else len(text)
        if not line.strip():
            return fields, end
        if name and line[0] in " \t":
            fields[name] = f"{fields[name]} {line.strip()}".strip()
        elif match := _named(_HEAD_FIELD, line):
            name = match["name"]
            fields[name] = _unquoted(match["value"] or "")
        else:
            break
        if end == len(text):
            return fields, end
        at = end
    return {}, start


def yaml_fields(block: str) -> dict[str, object]:
    """The fields of YAML or JSON that is not well-formed or too long, each read by itself."""
    fields: dict[str, object] = {}
    left = MAX_PARSED
    for name, value, lines in _chunks(block, _yaml_field):
        chunk = "\n".join(lines)
        left -= len(chunk)
        try:
            parsed = parse_yaml(chunk) if left >= 0 else None
            fields[name] = cast("dict[str, object]", parsed)[name]
        except YAML_ERRORS:
            fields[name] = _raw_value(value, lines)
    return fields


def toml_fields(block: str) -> dict[str, object]:
    """The fields of TOML that is not well-formed or too long, each read by itself."""
    fields: dict[str, object] = {}
    table = fields
    left = MAX_PARSED
    for name, value, lines in _chunks(block, _toml_field):
        if not value and len(lines) == 1 and lines[0].startswith("["):
            table = cast("dict[str, object]", fields.setdefault(name, {}))
            continue
        chunk = "\n".join(lines)
        left -= len(chunk)
        try:
            table.update(parse_toml(chunk) if left >= 0 else {name: _raw_value(value, lines)})
        except (ValueError, RecursionError):
            table[name] = _raw_value(value, lines)
    return fields


def parse_toml(block: str) -> dict[str, object]:
    """The fields of a block of TOML.

    Raises:
        ValueError, RecursionError: it is not well-formed, or is too long.
    """
    if len(block) > MAX_PARSED:
        raise ValueError(f"it has more than {MAX_PARSED:,} characters")
    return tomllib.loads(block)


def _named(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The match of a line that has its colon, or its equals sign, where a field's name ends."""
    start = line[:_MAX_NAME_CHARACTERS]
    return pattern.match(line.rstrip()) if ":" in start or "=" in start else None


def _yaml_field(line: str) -> tuple[str, str] | None:
    match = _named(_YAML_FIELD, line) or _named(_QUOTED_FIELD, line.strip())
    return (match["name"], match["value"] or "") if match else None


def _toml_field(line: str) -> tuple[str, str] | None:
    if match := _TOML_TABLE.match(line):
        return match["name"].strip(), ""
    match = _named(_TOML_FIELD, line)
    return (match["name"].strip("\"'"), match["value"]) if match else None


def _chunks(
    block: str, field_of: Callable[[str], tuple[str, str] | None]
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each field of a block: its name, its value, and its lines with those that follow."""
    name, value, lines = "", "", list[str]()
    for line in _LINE_BREAK.split(block):
        if field := field_of(line.rstrip()):
            if name:
                yield name, value, lines
            (name, value), lines = field, [line]
        elif line.strip():
            lines.append(line)
    if name:
        yield name, value, lines


def _raw_value(value: str, lines: list[str]) -> object:
    """A value that is not well-formed, as text: what is typed, without quotation marks."""
    value = value.strip().rstrip(",")
    if not value or _BLOCK_SCALAR.match(value):
        return " ".join(line.strip() for line in lines[1:])
    if not any(map(str.isalnum, value)):
        return ""
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
