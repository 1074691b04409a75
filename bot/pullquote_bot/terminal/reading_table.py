"""What was read, as a table: the articles of each kind of file, their fields and languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

from pullquote.languages.codes import language_name
from pullquote.languages.recognition import ENGLISH, UNKNOWN
from pullquote_bot.strings import reading as strings
from pullquote_index.readers import has_named_fields
from pullquote_index.readers.discovery import counted_endings
from pullquote_index.readers.problems import Problem, ProblemKind
from pullquote_index.steps.kind_counts import KindCounts

_COLUMN = 10
"""Columns of the terminal for a count."""
_FEW = 3
"""Of fewer articles, no missing field is a warning: the table shows them."""


def reading_table(kinds: Sequence[KindCounts]) -> list[str]:
    """The table, with a row for all if there are several kinds, and a line of languages."""
    if not kinds:
        return []
    rows = [(kind.kind, kind) for kind in kinds]
    if len(rows) > 1:
        rows.append((strings.ALL_KINDS, reduce(add, kinds)))
    width = max(len(name) for name, _ in [(strings.KIND, None), *rows])
    names = (
        strings.ARTICLES,
        strings.HEADLINE,
        strings.DATE,
        strings.SOURCE,
        strings.ADDRESS,
    )
    header = "".join(f"{name:>{_COLUMN}}" for name in names)
    return [
        f"{strings.KIND:<{width}}{header}",
        *(f"{name:<{width}}{_counts(kind)}" for name, kind in rows),
        *_languages_line(kinds),
    ]


def _languages(kinds: Sequence[KindCounts]) -> Sequence[tuple[str, int]]:
    """How many articles are in which language, the most frequent first."""
    return reduce(add, kinds).languages if kinds else ()


def _languages_line(kinds: Sequence[KindCounts]) -> list[str]:
    """The languages in one line; none if all that are known are English."""
    counts = _languages(kinds)
    if not {language for language, _ in counts} - {ENGLISH, UNKNOWN}:
        return []
    named = {language_name(language): count for language, count in counts if language}
    return [strings.languages(named, dict(counts).get(UNKNOWN, 0))]


def _counts(kind: KindCounts) -> str:
    counts = (kind.articles, kind.headlines, kind.dates, kind.sources, kind.addresses)
    return "".join(f"{count:>{_COLUMN},}" for count in counts)


def missing_fields(kinds: Sequence[KindCounts]) -> Iterator[str]:
    """A warning for each kind of which most articles have no headline, or no date."""
    for kind in kinds:
        for field, present in ((strings.HEADLINE, kind.headlines), (strings.DATE, kind.dates)):
            if kind.articles >= _FEW and present * 2 < kind.articles:
                yield strings.missing_field(
                    kind.kind,
                    kind.articles,
                    present,
                    field,
                    can_be_named=has_named_fields(kind.kind),
                )


def left_out_parts(left_out: Sequence[Problem]) -> list[str]:
    """How many articles were left out on purpose, in parts of a list."""
    return strings.left_out(*_left_out_counts(left_out))


def _left_out_counts(left_out: Sequence[Problem]) -> tuple[int, int, int]:
    """How many articles are drafts, have no text, and were withdrawn."""
    counts = Counter[ProblemKind]()
    for problem in left_out:
        counts[problem.kind] += problem.count
    kinds = (ProblemKind.DRAFT, ProblemKind.NO_TEXT, ProblemKind.WITHDRAWN)
    drafts, without_text, withdrawn = (counts[kind] for kind in kinds)
    return drafts, without_text, withdrawn


def other_files(others: Sequence[str], left_out: Sequence[Problem], *, verbose: bool) -> list[str]:
    """The files of other kinds by their endings; with their names if `verbose`."""
    endings = counted_endings(others)
    lines = [strings.other_kinds(endings, verbose=verbose)] if others else []
    convertible = sorted(strings.CONVERTIBLE.intersection(endings))
    lines += [strings.files_to_convert(convertible)] if convertible else []
    if not verbose:
        return lines
    lines += strings.names(others)
    return (
        [*lines, strings.LEFT_OUT, *strings.names(list(map(str, left_out)))] if left_out else lines
    )


def reading_json(
    kinds: Sequence[KindCounts],
    others: Sequence[str],
    left_out: Sequence[Problem],
    *,
    verbose: bool,
) -> dict[str, object]:
    """The same for programs."""
    drafts, without_text, withdrawn = _left_out_counts(left_out)
    fields: dict[str, object] = {
        "kinds": [
            {
                "kind": kind.kind,
                "articles": kind.articles,
                "headlines": kind.headlines,
                "dates": kind.dates,
                "sources": kind.sources,
                "addresses": kind.addresses,
            }
            for kind in kinds
        ],
        "languages": {language or strings.UNKNOWN: count for language, count in _languages(kinds)},
        "ignored": len(others),
        "ignored_endings": counted_endings(others),
        "drafts": drafts,
        "without_text": without_text,
        "withdrawn": withdrawn,
    }
    if verbose:
        fields["ignored_files"] = list(others)
        fields["left_out"] = [
            {"where": problem.where, "what": problem.what} for problem in left_out
        ]
    return fields


def problems_json(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems for programs. A note is about an article that is read whole."""
    return [
        {
            "where": problem.where,
            "what": problem.what,
            "skipped": problem.skipped,
            "note": problem.is_note,
            "count": problem.count,
        }
        for problem in problems
    ]


def skipped_and_partly(problems: Sequence[Problem]) -> tuple[int, int]:
    """How many articles were skipped, and how many problems cost only a part of one."""
    found = [problem for problem in problems if problem.kind is ProblemKind.PROBLEM]
    skipped = sum(problem.count for problem in found if problem.skipped)
    return skipped, sum(problem.count for problem in found) - skipped
