"""Reads the fields at the beginning of a Markdown or HTML file.

    ---                     +++                       {                   Title: A headline
    title: A headline       title = "A headline"        "title": "…"      Date: 2025-10-30
    date: 2025-10-30        date = 2025-10-30         }
    ---                     +++                                           The text …
    The text …              The text …                The text …

YAML, TOML, JSON, and the heads of Pelican and MultiMarkdown. Where the whole is not well-formed,
it is read field by field, so that a wrong value costs its field alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pullquote_index.readers.decoding import byte_order_mark_length
from pullquote_index.readers.field_lines import (
    head_fields,
    parse_toml,
    toml_fields,
    yaml_fields,
)
from pullquote_index.readers.field_names import known_names
from pullquote_index.readers.plain_yaml import YAML_ERRORS, parse_yaml
from pullquote_index.readers.problems import Problem, note

_LINE_END = r"[^\S\r\n]*(?:\r\n|\r|\n|\Z)"
_FENCED = re.compile(
    r"\s*(?P<fence>---|\+\+\+)(?P<format>yaml|toml|json)?[^\S\r\n]*(?P<first>\r\n|\r|\n)"
    rf"(?P<block>.*?)(?<![^\r\n])(?:(?P=fence)|\.\.\.){_LINE_END}",
    re.DOTALL,
)
_UNCLOSED = re.compile(r"\s*(?:---|\+\+\+)[^\S\r\n]*(?:\r\n|\r|\n)")
_MAX_JSON = 100_000
"""The most characters of a JSON object at the beginning of a text."""
_MAX_REASON = 200
"""The most characters of a parser's message that are repeated."""
_HEAD_NAMES = frozenset(
    "title date author authors category tags slug summary status modified lang template subtitle "
    "keywords url save_as copyright affiliation".split()
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields at the beginning of a file.

    Attributes:
        fields: their values by name; empty without front matter.
        body_start: where the text after them begins, in characters.
        problems: what is wrong with them, one problem a block.
    """

    fields: Mapping[str, object]
    body_start: int
    problems: tuple[Problem, ...] = ()


def read_front_matter(text: str, where: str = "") -> FrontMatter:
    """Read the fields at the beginning of a text.

    Args:
        text: the text of a file.
        where: the file, for problems.
    """
    start = byte_order_mark_length(text)
    for read in (_read_fenced, _read_json, _read_head, _read_unclosed):
        if found := read(text, start, where):
            return found
    return FrontMatter({}, start)


def _read_fenced(  # noqa: PLR0911 - one for each form
    text: str, start: int, where: str
) -> FrontMatter | None:
    """YAML between lines of `---`, or TOML between lines of `+++`."""
    match = _FENCED.match(text, start)
    if match is None:
        return None
    block = match["block"]
    kind = match["format"] or ("toml" if match["fence"] == "+++" else "yaml")
    if not block.strip():
        return FrontMatter({}, match.end())
    try:
        fields = _PARSERS[kind](block)
    except YAML_ERRORS as error:
        read_fields = toml_fields if kind == "toml" else yaml_fields
        fields = read_fields(block)
        if not fields:
            return None
        first_line = text.count("\n", 0, match.start("block")) + 1
        problem = _not_parsed(error, kind, where, first_line)
        return FrontMatter(fields, match.end(), (problem,))
    if fields is None:
        return FrontMatter({}, match.end())
    named = {str(name): value for name, value in fields.items()} if isinstance(fields, dict) else {}
    if not named or (block[0] in "\r\n" and not known_names(named)):
        return None  # a paragraph between two rules
    return FrontMatter(named, match.end())


def _not_parsed(error: Exception, kind: str, where: str, first_line: int) -> Problem:
    """That a block was read field by field."""
    mark = getattr(error, "problem_mark", None)
    line = f":{mark.line + first_line}" if mark else ""
    reason = " ".join(str(getattr(error, "problem", None) or error).split())[:_MAX_REASON]
    what = f"front matter is not {kind.upper()} ({reason}): read field by field"
    return note(f"{where}{line}", what)


_PARSERS: Mapping[str, Callable[[str], object]] = {
    "yaml": parse_yaml,
    "toml": parse_toml,
    "json": json.loads,
}


def _read_json(text: str, start: int, where: str) -> FrontMatter | None:
    """A JSON object that begins the text and ends with its line."""
    begin = len(text) - len(text[start:].lstrip()) if text[start : start + 1].isspace() else start
    if not text.startswith("{", begin) or text.startswith(("{{", "{%"), begin):
        return None
    try:
        fields, end = json.JSONDecoder().raw_decode(text[: begin + _MAX_JSON], begin)
    except (ValueError, RecursionError) as error:
        closing = re.compile(rf"^\}}{_LINE_END}", re.MULTILINE).search(text, begin)
        fields = yaml_fields(text[begin + 1 : closing.start()]) if closing else {}
        if not fields or closing is None:
            return None
        return FrontMatter(fields, closing.end(), (_not_parsed(error, "json", where, 1),))
    rest = re.compile(_LINE_END).match(text, end)
    return FrontMatter(fields, rest.end()) if rest else None


def _read_head(text: str, start: int, _where: str) -> FrontMatter | None:
    """Lines of `Name: value` before a blank line, one of them the title (Pelican)."""
    fields, end = head_fields(text, start)
    names = {name.casefold() for name in fields}
    is_head = "title" in names or ("date" in names and len(names) > 1)
    return FrontMatter(fields, end) if is_head and names & _HEAD_NAMES else None


def _read_unclosed(text: str, start: int, where: str) -> FrontMatter | None:
    """Front matter that begins with a fence and ends with a blank line."""
    match = _UNCLOSED.match(text, start)
    if match is None:
        return None
    fields, end = head_fields(text, match.end())
    if not {name.casefold() for name in fields} & _HEAD_NAMES:
        return None
    what = f"front matter does not end with {match[0].strip()}: read until the first blank line"
    return FrontMatter(fields, end, (note(where, what),))
