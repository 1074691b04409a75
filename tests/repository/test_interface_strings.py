"""The sentences of the terminal are in pullquote_bot/strings/, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.archives import ROOT

BOT = ROOT / "bot" / "pullquote_bot"
MODULES = [
    BOT / "cli.py",
    *sorted((BOT / "commands").glob("*.py")),
    *sorted((BOT / "terminal").glob("*.py")),
]
WORDS = re.compile(r"[^\W\d_]{2,} | [^\W\d_]{2,}")
"""A word with a space beside it: a part of a sentence, not a key, a mark or the name of a file."""


def sentences_in(source: str) -> Iterator[str]:
    """The string literals of a module that are parts of sentences.

    Docstrings are none, and neither are the messages of errors: those are written where the error
    is raised.
    """
    tree = ast.parse(source)
    exempt = {
        id(literal)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for literal in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in exempt:
            literal = node.value
            if isinstance(literal, str) and WORDS.search(literal):
                yield f"line {node.lineno}: {literal!r}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_of_the_terminal_holds_no_sentence_of_its_own(module: Path) -> None:
    assert list(sentences_in(module.read_text(encoding="utf-8"))) == []


def test_a_sentence_is_found_in_a_literal_and_in_an_f_string() -> None:
    source = (
        '"""A docstring is none."""\n'
        "MARK = ' · '\n"
        "KEY = 'article_sha256'\n"
        "SAID = 'Nothing was found.'\n"
        "def said(count):\n"
        "    if not count:\n"
        "        raise ValueError('there is no count')\n"
        "    return f'{count} articles'\n"
    )
    assert list(sentences_in(source)) == ["line 4: 'Nothing was found.'", "line 8: ' articles'"]
