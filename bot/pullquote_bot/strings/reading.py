"""Sentences about what was read: the table of kinds, what is missing, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import one_line

KIND = "kind"
ARTICLES = "articles"
HEADLINE = "headline"
DATE = "date"
SOURCE = "source"
ADDRESS = "address"
ALL_KINDS = "all"
NO_ENDING = "(no ending)"
CONVERTIBLE = frozenset(
    ".doc .dot .rtf .odt .pages .wpd .epub .rst .adoc .org .tex .msg .pst .xls .xlsx .ods".split()
)
"""Endings of files that hold text, which other programs save as a kind that is read."""
NOTHING_WRITTEN = "This was a dry run: nothing was written."
NO_ARTICLE = "No article was read."
NO_TITLE = "(no headline)"
NO_SOURCE = "no source"
UNKNOWN = "unknown"
PASSAGES = "Passages:"
LEFT_OUT = "Left out on purpose:"


def files_and_articles(
    files: int, articles: int, skipped: int, partly: int, left_out: Sequence[str]
) -> str:
    """What a dry run has read, and how many articles it skipped, read in part or left out."""
    counts = one_line(
        ", ".join(
            (
                say("{skipped:,} skipped", skipped=skipped),
                say("{partly:,} read in part", partly=partly),
                *left_out,
            )
        )
    )
    return say(
        "Read {articles} in {files} ({counts}).",
        articles=counted(articles, "article"),
        files=counted(files, "file"),
        counts=counts,
    )


def first_articles(shown: int, articles: int) -> str:
    """The title of the first articles of a dry run."""
    return (
        say("The article:")
        if articles == 1
        else say("The first {shown:,} of {articles:,} articles:", shown=shown, articles=articles)
    )


def other_kinds(endings: Mapping[str, int], *, verbose: bool) -> str:
    """How many files of other kinds have which ending."""
    counts = ", ".join(f"{count:,} {ending or say(NO_ENDING)}" for ending, count in endings.items())
    hint = "" if verbose else say(" (--verbose names them)")
    return say("Files of other kinds: {counts}{hint}.", counts=one_line(counts), hint=hint)


def files_to_convert(endings: Sequence[str]) -> str:
    """What to do with files that hold text and are not read."""
    return say(
        "To have {endings} read, save them as .docx, .html, .md or .csv.",
        endings=one_line(", ".join(endings)),
    )


def languages(counts: Mapping[str, int], unknown: int) -> str:
    """How many articles are in which language."""
    parts = [f"{count:,} {language}" for language, count in counts.items()]
    listed = ", ".join((*parts, *([f"{unknown:,} {say(UNKNOWN)}"] if unknown else [])))
    return say("Languages: {listed}.", listed=one_line(listed))


def left_out(drafts: int, without_text: int, withdrawn: int) -> list[str]:
    """How many articles were left out on purpose, in parts of a list."""
    return [
        *([say("{drafts} left out", drafts=counted(drafts, "draft"))] if drafts else []),
        *(
            [say("{pages} without text left out", pages=counted(without_text, "page"))]
            if without_text
            else []
        ),
        *(
            [say("{articles} left out", articles=counted(withdrawn, "withdrawn article"))]
            if withdrawn
            else []
        ),
    ]


def missing_field(kind: str, articles: int, present: int, field: str, *, can_be_named: bool) -> str:
    """That most articles of a kind lack a field."""
    some = say("only {present:,} with", present=present) if present else say("none with")
    mend = say(": name the field in [articles.fields] of a settings file") if can_be_named else ""
    if articles == 1:
        return say(
            "1 {kind} article, {some} a {field}{mend}",
            kind=one_line(kind),
            some=some,
            field=one_line(field),
            mend=mend,
        )
    return say(
        "{articles:,} {kind} articles, {some} a {field}{mend}",
        articles=articles,
        kind=one_line(kind),
        some=some,
        field=one_line(field),
        mend=mend,
    )


def first_words(words: str, *, is_cut: bool) -> str:
    """The first words of an article."""
    return f"{one_line(words)} …" if is_cut else one_line(words)


def head_left_out(words: str, characters: int, *, is_cut: bool) -> str:
    """What at the beginning of a text is never quoted."""
    return say(
        "not quoted, {characters}: {first_words}",
        characters=counted(characters, "character"),
        first_words=first_words(words, is_cut=is_cut),
    )


def passage_line(number: int, words: int, sentences: int, text: str) -> str:
    """A passage in the list of those of an article."""
    size = f"{counted(words, 'word')}, {counted(sentences, 'sentence')}"
    return f"{number:>4}  ({size}) {one_line(text)}"


def more_articles(shown: int, articles: int) -> str:
    """That a file has more articles than are shown."""
    return say(
        "The file has {articles:,} articles; the first {shown:,} are shown.",
        articles=articles,
        shown=shown,
    )


def names(lines: Sequence[str]) -> list[str]:
    """Names in a list."""
    return [f"  {one_line(line)}" for line in lines]


translate_constants(__name__)
