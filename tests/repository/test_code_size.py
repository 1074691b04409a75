"""Modules and functions are short, or say why they are not."""

import ast
from collections.abc import Iterator

from support.archives import ROOT

MAX_MODULE_LINES, MAX_FUNCTION_LINES = 250, 40
MODULE_REASON = "# Longer than 250 lines because "
FUNCTION_REASON = "# Longer than 40 lines because "
FOLDERS = ("src/pullquote", "index/pullquote_index", "bot/pullquote_bot")


def modules() -> Iterator[tuple[str, list[str]]]:
    """Each module's path and lines."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8").splitlines()


def long_functions(path: str, lines: list[str]) -> Iterator[str]:
    """The functions above the limit without a reason in them or on the line before them."""
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            length = end - node.lineno + 1
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            beside = lines[max(0, first - 2) : end]
            if length > MAX_FUNCTION_LINES and not any(FUNCTION_REASON in line for line in beside):
                yield f"{path}:{node.lineno}: {node.name} has {length} lines"


def test_modules_past_250_lines_say_why() -> None:
    assert [
        f"{path} has {len(lines)} lines"
        for path, lines in modules()
        if len(lines) > MAX_MODULE_LINES and not any(MODULE_REASON in line for line in lines)
    ] == []


def test_functions_past_40_lines_say_why() -> None:
    assert [function for path, lines in modules() for function in long_functions(path, lines)] == []


def test_a_long_function_is_listed_unless_it_has_a_reason() -> None:
    body = ["    pass"] * 40
    assert list(long_functions("m.py", ["def f() -> None:", *body])) == ["m.py:1: f has 41 lines"]
    assert list(long_functions("m.py", [f"{FUNCTION_REASON}x.", "def f() -> None:", *body])) == []
    assert list(long_functions("m.py", ["def f() -> None:", *body[1:]])) == []
