"""Every sentence can be translated, and each translation has them all."""

import ast
import re
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import polib
import pytest

from pullquote import translation
from support.archives import ROOT
from support.translatable import (
    LETTERS,
    NO_SENTENCES,
    NUMBERS,
    english_counted,
    english_texts,
    is_call,
    module_files,
)

TRANSLATIONS = sorted((ROOT / "src" / "pullquote" / "translations").glob("*.po"))
STRINGS = re.compile(r"pullquote_bot\.strings(\.\w+)?|pullquote_bot\.discord_bot\.strings\.\w+")
SENTENCES = [(name, tree) for name, tree in module_files() if STRINGS.fullmatch(name)]
DISCORD = "pullquote_bot.discord_bot.strings"
COMMAND_NAME = re.compile(r"[-_\w]{1,32}")
"""Discord's rule for the names of commands and of their options."""
LIMITS = (
    (r"(?<!OLD)_BUTTON$", 80),
    (
        r"_ABOUT$|^ASK_[SUAPQ]|^SEARCH_WORDS|^TIMELINE_SUBJECT|^ARTICLE_TITLE|^VERIFY_[TS]|^SAID_",
        100,
    ),
    (r"^(FIND|CHECK|REMOVE|WITHDRAW)_MENU", 32),
    (r"^(FOLLOW_UP|WRONG|WITHDRAW)_(TITLE|LABEL)", 45),
)
"""Discord's limits of labels, descriptions, menus and forms, by the names of the constants."""
DEFINITIONS = {"admission", "slash_commands", "speaker_commands"}
"""Modules that take constants when they are imported: Discord gets all languages at once."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_has_every_sentence_and_no_other(path: Path) -> None:
    entries = polib.pofile(str(path))
    texts = {entry.msgid for entry in entries if entry.translated() and not entry.msgid_plural}
    counted = {entry.msgid for entry in entries if entry.translated() and entry.msgid_plural}
    assert sorted(english_texts().keys() - texts) == [], "missing; `make messages` adds them"
    assert sorted(english_counted().keys() - counted) == [], "missing"
    present = {entry.msgid for entry in entries if not entry.obsolete}
    assert sorted(present - english_texts().keys() - english_counted().keys()) == [], "unused"


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_keeps_the_values_and_discords_limits(path: Path) -> None:
    wrong = []
    limits = {
        value: limit
        for module in ("commands", "labels")
        for name, value in vars(import_module(f"{DISCORD}.{module}")).items()
        for ending, limit in LIMITS
        if re.search(ending, name)
    }
    for entry in polib.pofile(str(path)):
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            mark = entry.msgid[0]
            if mark in "/:" and " " not in entry.msgid:
                name = text.removeprefix(mark)
                if not COMMAND_NAME.fullmatch(name) or name.lower() != name or text[0] != mark:
                    wrong.append(text)
            elif entry.msgid not in NUMBERS and fields(text) != fields(entry.msgid):
                wrong.append(text)
            if len(text) > limits.get(entry.msgid, len(text)):
                wrong.append(text)
    assert wrong == []


def unsaid(tree: ast.Module) -> Iterator[str]:
    """The texts in functions that `say` does not say."""
    constants = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
        and any(
            isinstance(each, ast.Constant)
            and isinstance(each.value, str)
            and LETTERS.search(each.value)
            and each.value not in NO_SENTENCES
            for each in ast.walk(node.value)
        )
    }
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        exempt = {id(inner) for node in ast.walk(function) for inner in _exempted(node)}
        docstring = function.body[0].value if isinstance(function.body[0], ast.Expr) else None
        for node in ast.walk(function):
            if id(node) in exempt or node is docstring:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if LETTERS.search(node.value) and (" " in node.value or node.value[0].isupper()):
                    yield f"line {node.lineno}: {node.value!r}"
            elif isinstance(node, ast.Name) and node.id in constants:
                yield f"line {node.lineno}: {node.id}"


def _exempted(node: ast.AST) -> Iterator[ast.AST]:
    """What `say` says, what is looked up in a constant, and how a value is written."""
    parts: list[ast.AST] = []
    if isinstance(node, ast.Call) and is_call(node, "say", "counted"):
        parts = [*node.args]
    elif isinstance(node, ast.Compare):
        parts = [*node.comparators]
    elif isinstance(node, ast.FormattedValue) and node.format_spec:
        parts = [node.format_spec]
    for part in parts:
        yield from ast.walk(part)


@pytest.mark.parametrize(("name", "tree"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_a_sentence_in_a_function_is_said(name: str, tree: ast.Module) -> None:
    assert list(unsaid(tree)) == [], f"{name}: write say(…), see pullquote_bot/strings/__init__.py"


def test_an_unsaid_sentence_is_found() -> None:
    tree = ast.parse(
        "NOT_SURE = 'Not sure.'\n"
        "def told(count):\n"
        "    '''A docstring.'''\n"
        "    if count:\n"
        "        return NOT_SURE + say('Said.') + say(NOT_SURE)\n"
        "    return f'{count} articles'\n"
    )
    assert list(unsaid(tree)) == ["line 6: ' articles'", "line 5: NOT_SURE"]


def test_a_constant_is_read_when_it_is_said() -> None:
    early = []
    for name, tree in module_files():
        modules, constants = set(), set()
        for node in ast.walk(tree):
            for each in node.names if isinstance(node, ast.ImportFrom) else ():
                assert isinstance(node, ast.ImportFrom)
                if STRINGS.fullmatch(f"{node.module}.{each.name}"):
                    modules.add(each.asname or each.name)
                elif STRINGS.fullmatch(node.module or "") and each.name.isupper():
                    constants.add(each.asname or each.name)
        later = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for part in node.body
            for inner in ast.walk(part)
        }
        said = {
            id(inner) for node in ast.walk(tree) if is_call(node, "say") for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            is_constant = (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in modules
                and node.attr.isupper()
            )
            line = getattr(node, "lineno", 0)
            if is_constant and id(node) not in later and name.split(".")[-1] not in DEFINITIONS:
                early.append(f"{name}:{line}")
            if isinstance(node, ast.Name) and node.id in constants and id(node) not in said:
                early.append(f"{name}:{line} {node.id}")
    assert [each for each in early if not each.endswith(" ABOUT")] == []


def test_the_languages_are_those_of_the_files() -> None:
    assert translation.languages() == ("en", *(path.stem for path in TRANSLATIONS))
