"""Rules for every module of the three packages."""

import ast
import contextlib
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import pullquote
import pullquote_bot
import pullquote_index
from pullquote_bot.command_line.command_modules import EXTRAS
from support.archives import ROOT

MODULES = [
    name
    for package in (pullquote, pullquote_index, pullquote_bot)
    for name in [
        package.__name__,
        *(
            module.name
            for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        ),
    ]
]


@contextlib.contextmanager
def skip_without_its_extra() -> Iterator[None]:
    """Skip a test of a module whose library comes with an extra that is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = str(error.name).partition(".")[0]
        if library not in EXTRAS:
            raise
        pytest.skip(f"{library} is not installed")


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    with skip_without_its_extra():
        importlib.import_module(name)
    assert (importlib.import_module(name).__doc__ or "").strip(), name


def test_no_function_imports_the_projects_own_modules() -> None:
    for folder in ("src", "index/pullquote_index", "bot"):
        for file in (ROOT / folder).rglob("*.py"):
            for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    for node in ast.walk(function):
                        names = (
                            [node.module or ""]
                            if isinstance(node, ast.ImportFrom)
                            else [alias.name for alias in node.names]
                            if isinstance(node, ast.Import)
                            else []
                        )
                        assert not any(name.startswith("pullquote") for name in names), (
                            f"{file}:{function.lineno}"
                        )
