"""The sentences of the interface that a translation must have, read from the code."""

import ast
import calendar
import importlib
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import jinja2
from jinja2 import nodes

from pullquote.languages.codes import LANGUAGE_NAMES
from support.archives import ROOT

ROOTS = (ROOT / "src", ROOT / "bot")
TEMPLATES = ROOT / "bot" / "pullquote_bot" / "web" / "templates"
LETTERS = re.compile(r"[^\W\d_]{2,}")
NUMBERS = ("1,234.5", "10%")
"""How numbers are written."""
UNITS = ("day", "hour", "minute")
"""The units of an age, which are counted by name."""
NO_SENTENCES = frozenset(
    {
        " about ",  # typed after :said
        *("public", "private", "always-private"),  # values of a menu
        *(".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".mbox", ".rss", ".atom", ".xml"),
        *("platt", "isotonic", "shipped"),
    }
)
"""Texts in constants that stay as they are."""


def module_files() -> Iterator[tuple[str, ast.Module]]:
    """Each module that may say something: its name and its syntax tree."""
    for root in ROOTS:
        for path in sorted(root.rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def is_call(node: ast.AST, *names: str) -> bool:
    """Whether a node calls a function of one of these names."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def translates_constants(tree: ast.Module) -> bool:
    """Whether a module's constants are read in the language in force."""
    return any(is_call(node, "translate_constants") for node in ast.walk(tree))


def texts_of(value: Any) -> Iterator[str]:
    """The texts in a constant that are words."""
    match value:
        case str():
            if LETTERS.search(value) and value not in NO_SENTENCES:
                yield value
        case tuple():
            for each in value:
                yield from texts_of(each)
        case dict():
            for each in value.values():
                yield from texts_of(each)
        case _:
            pass


def constants_of(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if name.isupper() and not name.startswith("__"):
            yield from texts_of(value)


def template_texts() -> Iterator[str]:
    """The sentences that the templates of the reading page say."""
    environment = jinja2.Environment()
    for path in sorted(TEMPLATES.glob("*.html")):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                (said,) = call.args
                assert isinstance(said, nodes.Const), f"{path.name}:{call.lineno}"
                yield said.value


def english_texts() -> dict[str, str]:
    """Every sentence, with the module that says it."""
    others = (*calendar.month_name[1:], *LANGUAGE_NAMES.values(), *NUMBERS)
    found = dict.fromkeys(others, "pullquote.translation")
    for name, tree in module_files():
        said = [text for node in ast.walk(tree) for text in _said(node, name)]
        if translates_constants(tree):
            said += constants_of(importlib.import_module(name))
        for text in (*said, *command_texts(tree)):
            found.setdefault(text, name)
    for text in template_texts():
        found.setdefault(text, "pullquote_bot.web.templates")
    return found


def _said(node: ast.AST, module: str) -> Iterator[str]:
    """The texts that a call of `say` may say."""
    if not (is_call(node, "say") and isinstance(node, ast.Call) and node.args):
        return
    said = node.args[0]
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        yield said.value
        return
    named = said.value if isinstance(said, ast.Subscript) else said
    if isinstance(named, ast.Name) and named.id.isupper():
        yield from texts_of(vars(importlib.import_module(module))[named.id])


def command_texts(tree: ast.Module) -> Iterator[str]:
    """The names of slash commands and of their options, as translations have them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.AsyncFunctionDef):
            continue
        for decorator in node.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr == "command":
                assert isinstance(decorator, ast.Call)
                (name,) = [each.value for each in decorator.keywords if each.arg == "name"]
                assert isinstance(name, ast.Constant)
                yield f"/{name.value!s}"
                yield from (f":{argument.arg}" for argument in node.args.args[1:])


def english_counted() -> dict[str, str]:
    """Every noun that is counted, as `counted` says one of it, with the module."""
    found: dict[str, str] = {}
    for name, tree in module_files():
        for node in ast.walk(tree):
            if is_call(node, "counted") and isinstance(node, ast.Call):
                noun = node.args[1]
                if isinstance(noun, ast.Constant):
                    found.setdefault(f"{{number:,}} {noun.value!s}", name)
    found |= {f"{{number:,}} {unit}": "pullquote_bot.strings.status" for unit in UNITS}
    return found
