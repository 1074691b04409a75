"""The arguments of each command: one frozen dataclass for each, made once from the command line."""

# Longer than 250 lines because the arguments of all commands stand together.

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandArguments:
    """The options of every command.

    Attributes:
        config: `--config`, a settings file; None without one.
        index: `--index`, the folder of the built index; None for the settings' `index.path`.
        store: `--store`, the address of a database in its place; empty for that of the settings.
        archive: `--archive`, the name of an archive in the settings; None for the only one.
    """

    config: Path | None = None
    index: Path | None = None
    store: str = ""
    archive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatArguments(CommandArguments):
    """The options of every command that prints a result.

    Attributes:
        format: for people (text) or for programs (json).
    """

    format: Literal["text", "json"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexArguments(FormatArguments):
    """`pullquote index`.

    Attributes:
        paths: files and folders of articles; empty for those of the settings or of the last build.
        strict: stop at the first article with a problem.
        full: reuse nothing from earlier builds.
        if_stale: build only if the index is missing or stale.
        progress: a bar on a terminal (auto), or JSON Lines on standard error (json).
        workers: the number of worker processes, or the address of a Dask scheduler; 0 for none.
        list_generations: list the generations that are kept, and build nothing.
        rollback: the id or number of the generation to switch to, empty for the previous one;
            None to build.
        prune: delete old generations and unused models, and build nothing.
        to: the address of a database that gets a copy of the live generation; empty to build.
        dry_run: read the articles, show the first of them, and write nothing.
        verbose: name every file that is not read, and every problem.
    """

    paths: tuple[Path, ...] = ()
    strict: bool = False
    full: bool = False
    if_stale: bool = False
    progress: Literal["auto", "json"] = "auto"
    workers: int | str = 0
    list_generations: bool = False
    rollback: str | None = None
    prune: bool = False
    to: str = ""
    dry_run: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewArguments(FormatArguments):
    """`pullquote preview`.

    Attributes:
        file: a file of articles.
        top: the number of articles to show.
    """

    file: Path
    top: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchArguments(FormatArguments):
    """`pullquote watch`.

    Attributes:
        paths: files and folders of articles; empty for those of the settings or of the last build.
        workers: as of `pullquote index`.
    """

    paths: tuple[Path, ...] = ()
    workers: int | str = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskArguments(FormatArguments):
    """`pullquote ask`.

    Attributes:
        question: the question; None with a batch.
        batch: a file of questions, "-" for standard input; None with one question.
        top: number of quotes at most; None for the settings' `answer.quotes`.
        since: the first day or period of publication, as typed; empty for no limit.
        until: the last day or period of publication, as typed; empty for no limit.
        source: the only source to search; empty for all.
        author: the only author whose articles are searched; empty for all.
        asked: the day from which relative dates are counted; None for that of the settings.
        as_of: the day whose answer is asked for; None for no such day.
        dates: whether dates in the words of a question count.
        nearest: whether the text of a refusal shows the passages that came nearest.
        require_answered: whether an answer that is not sure has the exit status 1, too.
        explain: whether to show how each quote was found and scored.
    """

    question: str | None = None
    batch: str | None = None
    top: int | None = None
    since: str = ""
    until: str = ""
    source: str = ""
    author: str = ""
    asked: dt.date | None = None
    as_of: dt.date | None = None
    dates: bool = True
    nearest: bool = False
    require_answered: bool = False
    explain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyArguments(FormatArguments):
    """`pullquote verify`.

    Attributes:
        text: the text, "-" for standard input; None with a batch.
        batch: a file of texts, "-" for standard input; None with one text.
        speaker: who is said to have said it; empty for whom the text names.
    """

    text: str | None = None
    batch: str | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleArguments(FormatArguments):
    """`pullquote article`.

    Attributes:
        article_id: the article's id.
        raw: whether to print exactly the article's text.
    """

    article_id: str
    raw: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawArguments(FormatArguments):
    """`pullquote withdraw`.

    Attributes:
        article_id: the article's id; None to list the log.
        why: the reason; empty for none.
        who: who withdraws it; empty for the user of the operating system.
        undo: whether to end a withdrawal.
    """

    article_id: str | None = None
    why: str = ""
    who: str = ""
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackArguments(CommandArguments):
    """`pullquote feedback`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineArguments(FormatArguments):
    """`pullquote timeline`.

    Attributes:
        subject: the subject, as it was typed.
        since: the first day or period, as typed; empty for no limit.
        until: the last day or period, as typed; empty for no limit.
        source: the only source to search; empty for all.
        top: the number of dates at most; None for 12.
    """

    subject: str
    since: str = ""
    until: str = ""
    source: str = ""
    top: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplArguments(CommandArguments):
    """`pullquote repl`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotArguments(CommandArguments):
    """`pullquote bot`.

    Attributes:
        serve: whether to serve the same archive over HTTP, too.
        open_to_all: whether everybody who reaches the HTTP server may read.
    """

    serve: bool = False
    open_to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeArguments(CommandArguments):
    """`pullquote serve`.

    Attributes:
        host: where to listen; None for the settings' `serve.host`.
        port: the port; None for the settings' `serve.port`.
        open_to_all: whether everybody who reaches the server may read.
    """

    host: str | None = None
    port: int | None = None
    open_to_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class McpArguments(ServeArguments):
    """`pullquote mcp`.

    Attributes:
        http: serve over HTTP, beside the API, instead of standard input and output.
    """

    http: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusArguments(FormatArguments):
    """`pullquote status`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckArguments(FormatArguments):
    """`pullquote check`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalArguments(FormatArguments):
    """`pullquote eval`.

    Attributes:
        questions: a file of questions as JSON Lines, plain or gzipped.
        report: the folder for report.html and eval.json; None for no report.
        compare: the eval.json of another evaluation; None for no comparison.
    """

    questions: Path
    report: Path | None = None
    compare: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrateArguments(FormatArguments):
    """`pullquote calibrate`.

    Attributes:
        questions: a file of questions as JSON Lines, plain or gzipped.
        at_most_false: the largest share, from 0 to 1, of the questions without an answer that may
            be answered; None where it is not promised.
        at_most_wrong: the largest share, from 0 to 1, of the answers that may be wrong; None where
            it is not promised.
        at_most_shown: the largest share, from 0 to 1, of the questions without an answer that may
            be answered or shown as not sure; None where it is not promised.
        dry_run: whether to store nothing.
    """

    questions: Path
    at_most_false: float | None = None
    at_most_wrong: float | None = None
    at_most_shown: float | None = None
    dry_run: bool = False
