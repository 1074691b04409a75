"""Sentences of the HTTP server: what is printed when it starts, and the titles of problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from pullquote.english.dates import written_moment
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted, number
from pullquote_bot.visible_text import one_line

NOT_FOUND = "there is nothing at this address"
BUSY = "too many questions are waiting"
BUSY_MEND = "Ask again in a few seconds"
TOO_MANY_WAITING = "several of your questions are still waiting"
ASK_LATER = "Ask again when they are answered"
TOO_SLOW = "there was no answer in time"
TOO_SLOW_MEND = "Ask again, or ask for less"
NO_TOKEN = "a token of this archive is needed"  # noqa: S105 - a sentence
NO_TOKEN_MEND = "Send it as Authorization: Bearer TOKEN"  # noqa: S105 - a sentence
WRONG_HOST = "this server does not answer to that name"
NOT_JSON = "the body is not JSON"
NOT_JSON_MEND = "Send application/json, in UTF-8"
TWICE = "is given twice"
QUOTES_ONLY = "this archive shows quotes, but not whole articles"
QUOTES_ONLY_NOTICE = "This archive shows quotes and their paragraphs, but not whole articles."
CHANGED_SINCE_LINK = (
    "This article has changed since the link was made. The link's place is one of another text."
)
CHANGED_SINCE = "What changed since"
CHANGED_LEGEND = "Struck out: words of then. Underlined: words of now."
DIFFERS_LEGEND = "Struck out: words of this article. Underlined: words of the other."
MORE_DIFFERENCES = "There are more differences than are shown."
SAME_WORDS = "The words are the same; spaces or line ends differ."
SAME_PARAGRAPHS = "the same words"
OTHER_TEXT = "It is another text for the most part."
NO_SUCH_PLACE = "The article has no such place as the link names."
LEAVING = "the server is about to end"
OWN_MISTAKE = "this cannot be answered because of a mistake in Pullquote"
OWN_MISTAKE_MEND = "The server's log has it"
_MOST_NUMBERS = 12
"""Numbers of paragraphs in a list."""


def changed_in_source(built: dt.datetime) -> str:
    """The notice in place of an article whose source has changed since the index was built."""
    return say(
        "The source of this article changed since the index was built ({built}), so it "
        "is not shown.",
        built=written_moment(built),
    )


def archive_updated(built: dt.datetime) -> str:
    """When the archive that was searched was updated."""
    return say("archive updated on {moment}", moment=written_moment(built))


def statements_shown(shown: int, total: int) -> str:
    """How many of a speaker's statements are on the page."""
    return say("{shown} of {all}", shown=number(shown), all=counted(total, "statement"))


def serving_at(address: str) -> str:
    """The line that says where the server is."""
    return say("Serving at {address} (Ctrl-C ends it)\n", address=one_line(address))


def no_archive(name: str) -> str:
    """There is no archive of this name."""
    return say("there is no archive {name!r}", name=one_line(name))


def open_archives(names: Iterable[str]) -> str:
    """The archives that a reader may choose instead."""
    return say("The archives are: {names}", names=one_line(", ".join(names)))


def archives_ready(ready: int, all_of_them: int) -> str:
    """How many archives take requests."""
    return say("{ready} of {all} archives", ready=ready, all=all_of_them)


def differs_from(name: str) -> str:
    """The heading above the differences between an article and another one."""
    return say("What differs in {name}", name=one_line(name))


def version_differs(changed: Sequence[int], lacking: Sequence[int], further: Sequence[int]) -> str:
    """Where a version of an article differs from the one that is shown.

    Args:
        changed: the numbers of the paragraphs that it words otherwise.
        lacking: those of the paragraphs that it lacks.
        further: those of the paragraphs after which it has further ones; 0 is the beginning.
    """
    after = [place for place in further if place]
    parts = [
        say("more before paragraph 1") if 0 in further else "",
        say("other words in paragraph {numbers}", numbers=_listed(changed)) if changed else "",
        say("without paragraph {numbers}", numbers=_listed(lacking)) if lacking else "",
        say("more after paragraph {numbers}", numbers=_listed(after)) if after else "",
    ]
    return "; ".join(filter(None, parts)) or say(SAME_PARAGRAPHS)


def _listed(numbers: Sequence[int]) -> str:
    more = ", …" if len(numbers) > _MOST_NUMBERS else ""
    return ", ".join(f"{place}" for place in numbers[:_MOST_NUMBERS]) + more


def too_large(most: int) -> str:
    """The body of a request is too large; the limit is in bytes."""
    return say("the body has more than {most:,} bytes", most=most)


def not_allowed(method: str, allowed: str) -> str:
    """The method of a request does not fit its address."""
    return say(
        "{method} is not possible here, but {allowed}",
        method=one_line(method),
        allowed=one_line(allowed),
    )


translate_constants(__name__)
