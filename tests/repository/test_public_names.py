"""What `import pullquote` and `import pullquote_index` offer, and what they cost."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import pullquote
import pullquote_bot
import pullquote_index

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PUBLIC = [pullquote, pullquote_index]


def imported_modules(statement: str) -> set[str]:
    """The top-level names of the modules that a fresh interpreter imports for a statement."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", statement],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    names = re.findall(r"^import time:.*\|\s*(\S+)$", done.stderr, re.MULTILINE)
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("package", ["pullquote", "pullquote_index"])
def test_importing_a_package_imports_no_other_library(package: str) -> None:
    imported = imported_modules(f"import {package}")
    assert package in imported
    started_with = imported_modules("pass")
    own = {"pullquote", "pullquote_index"}
    assert imported - started_with - own <= sys.stdlib_module_names


@pytest.mark.parametrize("package", PUBLIC, ids=lambda package: package.__name__)
def test_a_package_lists_its_public_names_and_each_has_a_docstring(package: ModuleType) -> None:
    assert dir(package) == sorted(package.__all__)
    for name in package.__all__:
        assert (getattr(package, name).__doc__ or "").strip(), name
    with pytest.raises(AttributeError, match=f"'{package.__name__}' has no attribute 'nothing'"):
        _ = package.nothing


@pytest.mark.parametrize(
    "package", [pullquote, pullquote_index, pullquote_bot], ids=lambda package: package.__name__
)
def test_a_package_says_that_it_has_types(package: ModuleType) -> None:
    assert Path(str(package.__file__)).with_name("py.typed").is_file()


USES = """
import datetime as dt

import pullquote
import pullquote_index
from pullquote import Archive, ArchiveAnswer, ArchiveQuote, Article, Citation, PullquoteError
from pullquote import Refusal, Span
from pullquote_index import BuildReport, build_index, load_encoder


def first_words(index: str) -> str:
    try:
        archive: Archive = Archive.open(index, load_encoder=load_encoder)
    except PullquoteError as error:
        return str(error)
    with archive:
        answer: ArchiveAnswer = archive.ask("Who?", since="2025", until=dt.date(2026, 1, 1), top=2)
        refusal: Refusal | None = answer.refusal
        if refusal:
            return str(refusal)
        quote: ArchiveQuote = answer.quotes[0]
        article: Article = archive.article(quote.article.id)
        citation: Citation = quote.citation
        span: Span = citation.span
        return article.text[span.start : quote.end] + str(citation) + pullquote.__version__


def build(paths: list[str]) -> int:
    report: BuildReport = build_index(paths, index="my-index", strict=True)
    return report.embedded + len(report.problems)


print(first_words("my-index"), build(["a.txt"]), pullquote_index.__name__)
"""
MISUSES = {
    "Archive(3)": 'Argument 1 to "Archive" has incompatible type "int"',
    "archive.ask(5)": 'Argument 1 to "ask" of "Archive" has incompatible type "int"',
    "archive.ask('Who?').quotes[0].words": '"ArchiveQuote" has no attribute "words"',
    "build_index('articles/')": 'Missing named argument "index"',
}
# Other libraries are not followed: that takes a minute, and the public names hide them.
MYPY_SETTINGS = """
[mypy]
strict = true
follow_imports = skip

[mypy-pullquote.*,pullquote_index.*]
follow_imports = silent
"""
PREAMBLE = """
from pullquote import Archive
from pullquote_index import build_index

archive = Archive.open("my-index")
"""


def test_a_users_program_is_type_checked_against_the_installed_package(tmp_path: Path) -> None:
    example = re.search(r"```python\n(from pullquote import.*?)```", README, re.DOTALL)
    assert example
    (tmp_path / "example.py").write_text(example[1])
    (tmp_path / "uses.py").write_text(USES)
    (tmp_path / "misuses.py").write_text(PREAMBLE + "\n".join(MISUSES) + "\n")
    (tmp_path / "mypy.ini").write_text(MYPY_SETTINGS)
    # mypy finds the installed package by the interpreter; a wheel that is only unpacked is named
    # in MYPYPATH.
    wheel = os.environ.get("TESTED_WHEEL")
    environment = {**os.environ, "MYPYPATH": str(Path(wheel).resolve())} if wheel else os.environ
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "example.py", "uses.py", "misuses.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
        timeout=110,
    )
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert len(errors) == len(MISUSES), done.stdout + done.stderr
    for line, (misuse, message) in enumerate(MISUSES.items(), PREAMBLE.count("\n") + 1):
        assert any(
            error.startswith(f"misuses.py:{line}: ") and message in error for error in errors
        ), (misuse, done.stdout)
