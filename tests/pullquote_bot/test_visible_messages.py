"""Whatever comes from outside, each message is visible, short and made quickly."""

import collections.abc
import datetime as dt
import importlib
import inspect
import io
import json
import pkgutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.later_versions import LaterVersion, VersionChange
from pullquote.answering.query import Query
from pullquote.answering.speakers import QuotedSpeaker
from pullquote.answering.statements import FoundStatements
from pullquote.confidence.calibration import Calibration, FittedFor, Promise, StoredCalibration
from pullquote.confidence.curves import Platt
from pullquote.confidence.outcome import Outcome
from pullquote.confidence.verdict import Verdict as ConfidenceVerdict
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.attributions import Speaker
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.errors import PullquoteError
from pullquote.storage.attribution_rows import SpeakerCount
from pullquote.storage.manifest import GenerationId
from pullquote.storage.store_values import ArticleName, SourceCount
from pullquote.verification.verdicts import Finding, Verdict, Verification
from pullquote_bot import strings
from pullquote_bot.command_line.parser import parser
from pullquote_bot.strings import diagnostics
from pullquote_bot.terminal.progress_bar import show_progress
from pullquote_bot.terminal.screen import quoted_lines
from pullquote_bot.visible_text import LONGEST_LINE, in_json, one_line, visible
from support.checked_messages import article_of
from support.hostile_text import HOSTILE, IGNORABLE, unsafe_in

DAY, MOMENT = dt.date(2025, 10, 30), dt.datetime(2025, 10, 30, tzinfo=dt.UTC)
LONGEST_MESSAGE = 3 * LONGEST_LINE
MENDS = "Rebuild it with: pullquote index"


def calibration(text: str) -> Calibration:
    return Calibration(
        created=MOMENT,
        fitted_for=FittedFor(
            format=1, encoder="", passage_words=120, decision="", settings="", passages=1
        ),
        questions=text,
        answerable=1,
        unanswerable=1,
        curve=Platt(intercept=0, slope=1),
        raw_threshold=0.5,
        raw_unsure_threshold=0.5,
        promises=(PROMISE,),
    )


PROMISE = Promise(kind="false", target=0.1, seen=1, of=2, bound=0.1)


def query_of(text: str) -> Query:
    return Query(text, text, (text,), DAY, DAY, text, text)


def answer(text: str) -> Answer:
    query = query_of(text)
    generation = GenerationId(text)
    return Answer(
        query, 0.5, True, (), (), Refusal.OTHER_SOURCE, (), generation, MOMENT, {}, DAY, text
    )


def speaker(text: str) -> QuotedSpeaker:
    whole = Span(0, len(text))
    return QuotedSpeaker(SpeakerCount(text, 3, 2), article_of(text), Speaker(whole, whole))


def finding(text: str) -> Finding:
    return Finding(Span(0, len(text)), text, Verdict.VERBATIM, None)


def article(text: str) -> Article:
    prose = Span(0, len(text))
    return Article(
        ArticleId(text), text, text, prose, DAY, text, text, text, (text,), text, 1, text
    )


BUILT_OF: dict[Any, Callable[[str], object]] = {
    str: str,
    bool: bool,
    int: lambda _: 3,
    float: lambda _: 0.5,
    Path: Path,
    dt.date: lambda _: DAY,
    dt.datetime: lambda _: MOMENT,
    dt.timedelta: lambda _: dt.timedelta(1),
    Exception: ValueError,
    SourceCount: lambda text: SourceCount(text, 3, text, text),
    ArticleName: lambda text: ArticleName(ArticleRow(0), text, text, DAY, ArticleId(text)),
    Article: article,
    LaterVersion: lambda text: LaterVersion(
        ArticleRow(0), article(text), VersionChange.CHANGED, (), is_of_same_source=False
    ),
    Promise: lambda _: PROMISE,
    Calibration: calibration,
    StoredCalibration: lambda text: StoredCalibration(calibration(text), text),
    ConfidenceVerdict: lambda _: ConfidenceVerdict(0.5, 0.5, 0.5, 0.5, Outcome.UNSURE),
    Answer: answer,
    Query: query_of,
    Refusal: lambda _: Refusal.NOTHING_ABOUT,
    Finding: finding,
    FoundStatements: lambda text: FoundStatements(
        text, text, (speaker(text).count,) * 30, (speaker(text),) * 8, ()
    ),
    Verification: lambda text: Verification(
        text, [finding(text)], [], (DAY, DAY), GenerationId(text), MOMENT, 1.0
    ),
}
"""A value of each type that a message takes, made of a text from outside."""


def value_of(kind: Any, text: str) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is collections.abc.Sequence:
        return [value_of(arguments[0], text)] * 30
    if origin in {collections.abc.Mapping, dict}:
        return {text: value_of(arguments[1], text), "": value_of(arguments[1], text)}
    if origin is tuple:
        return tuple(value_of(argument, text) for argument in arguments)
    if arguments:  # a value or None
        return value_of(arguments[0], text)
    return BUILT_OF[kind](text)


def messages() -> Iterator[Callable[..., object]]:
    """The functions of the strings modules."""
    for module in pkgutil.iter_modules(strings.__path__, strings.__name__ + "."):
        functions = inspect.getmembers(importlib.import_module(module.name), inspect.isfunction)
        yield from (
            function
            for name, function in functions
            if function.__module__ == module.name and not name.startswith("_")
        )


MESSAGES = list(messages())


def lines_of(value: object) -> list[str]:
    """The lines of a message, of a row of a table or of a list of messages."""
    return value.split("\n") if isinstance(value, str) else list(map(str, value))  # type: ignore[call-overload]


def check(message: str, name: str = "") -> None:
    assert not unsafe_in(message), f"{name} {message[:200]!a}"
    assert len(message) <= LONGEST_MESSAGE, f"{name} {message[:200]!a}"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_message_of_the_terminal_is_visible_short_and_quick(text: str) -> None:
    assert len(MESSAGES) > 60
    for message in MESSAGES:
        hints = get_type_hints(message)
        parameters = inspect.signature(message).parameters
        arguments = {
            name: value_of(hints[name], text)
            for name in parameters
            if get_origin(hints[name]) is not collections.abc.Callable
        }
        positional = [
            arguments.pop(name)
            for name, parameter in parameters.items()
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and name in arguments
        ]
        began = time.process_time()
        lines = lines_of(message(*positional, **arguments))
        assert time.process_time() - began < 2, message.__qualname__
        for line in lines:
            check(line.removesuffix("\n"), message.__qualname__)


def error_classes(base: type[PullquoteError] = PullquoteError) -> Iterator[type[PullquoteError]]:
    yield base
    for kind in base.__subclasses__():
        yield from error_classes(kind)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_error_is_visible_and_short_and_keeps_its_place_and_its_mend(text: str) -> None:
    for kind in error_classes():
        place = f"archive.sqlite{text}"
        line = diagnostics.error(str(kind(text, where=place, mend=MENDS)))
        assert line.startswith("error: archive.sqlite")
        assert line.endswith(f"{MENDS}\n")
        check(line.removesuffix("\n"))


def test_a_list_of_warnings_ends_with_the_number_of_the_others() -> None:
    printed = list(diagnostics.warnings([f"file {number}" for number in range(240_000)]))
    assert len(printed) == diagnostics.MOST_WARNINGS + 1
    assert printed[-1] == "warning: and 239,980 more\n"
    assert list(diagnostics.warnings(["one"])) == ["warning: one\n"]


@pytest.mark.parametrize("words", [["ask", "--top", "{}"], ["{}"], ["ask", "a", "b{}"]])
def test_a_mistake_in_the_command_line_is_visible(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for text in HOSTILE.values():
        typed = [word.replace("{}", text.replace("\0", "")) for word in words]
        with pytest.raises(SystemExit):
            parser().parse_args(typed)
        check(capsys.readouterr().err.removesuffix("\n"))


def test_a_step_of_a_build_cannot_write_to_the_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with show_progress(stream) as progress:
        progress.begin("reading \x1b]0;t\x07[bold]a[/bold]", 3)
        progress.advance(1)
    assert "\x1b]0" not in stream.getvalue()
    assert "\x07" not in stream.getvalue()
    assert "[bold]a[/bold]" in stream.getvalue()


def test_each_ignorable_character_is_an_escape_in_a_quote_and_exact_in_json() -> None:
    assert len(IGNORABLE) == 4_174
    for character in IGNORABLE:
        shown = f"a<U+{ord(character):04X}>b"
        assert quoted_lines(f"a{character}b", 80) == quoted_lines(f"a{character}b", None) == [shown]
    text = "a" + "b".join(sorted(IGNORABLE)) + "\x1b\x9b"
    printed = in_json(json.dumps({"text": text}, ensure_ascii=False))
    assert not unsafe_in(printed)
    assert json.loads(printed) == {"text": text}


def test_what_joins_emoji_or_letters_stays_and_is_an_escape_elsewhere() -> None:
    for text in ("👩🏽‍🚀", "❤️‍🔥", "1️⃣", "🏳️‍🌈", "می‌خواهم", "क्‍ष"):
        assert visible(f"a {text} b") == f"a {text} b"
    assert visible("a\u200db\u200c \ufe0f1\ufe0f") == "a<U+200D>b<U+200C> <U+FE0F>1<U+FE0F>"


def test_a_long_line_keeps_its_beginning_and_its_end() -> None:
    line = one_line("begins " + "x" * 10_000 + " ends")
    assert len(line) <= LONGEST_LINE
    assert line.startswith("begins xxx")
    assert line.endswith("xxx ends")
    assert " … " in line


@pytest.mark.parametrize("unit", ["\u0301", "x", "a ", "👩‍🚀", "क्‍ष"])
def test_any_line_is_broken_into_rows_in_linear_time(unit: str) -> None:
    def seconds(characters: int) -> float:
        text = "a" * 100 + unit * (characters // len(unit))
        began = time.process_time()
        rows = quoted_lines(text, 74)
        assert "".join(rows).replace(" ", "") == visible(text).replace(" ", "")
        return time.process_time() - began

    assert seconds(20_000) < 40 * seconds(2_000) + 0.5
