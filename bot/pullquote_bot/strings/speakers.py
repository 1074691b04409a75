"""Sentences about speakers and what they said."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.answering.speakers import QuotedSpeaker
from pullquote.answering.statements import FoundStatements
from pullquote.translation import say, translate_constants
from pullquote_bot.strings.quantities import counted
from pullquote_bot.visible_text import LONGEST_NAME, one_line

NAME_A_SPEAKER = 'name a speaker, such as "Ann Low", or print all with --all'
SPEAKER_WITH_ALL = "--all prints what every speaker said and takes no name and no other filter"
NAME_AFTER_SAID = "Type a name after :said, such as :said Ann Low"
ABOUT = " about "
"""What stands between a name and a subject after :said."""
NOBODY_QUOTED = "Nobody is quoted by name there."
TABLE_HEAD = ("statements", "articles", "speaker")
"""The heads of the columns of who is quoted most."""


def nobody(name: str) -> str:
    """The archive quotes nobody of this name."""
    return say("The archive quotes nobody named {name}.", name=one_line(name, LONGEST_NAME))


def nothing(found: FoundStatements) -> str:
    """Why there is no statement: nobody has the name, or those who have it said nothing on this."""
    if not found.speakers:
        return nobody(found.name)
    names = [one_line(speaker.name, LONGEST_NAME) for speaker in found.quoted]
    where = say("on this") if found.about else say("in the articles that were searched")
    return say("The archive quotes {names}, but not {where}.", names=", ".join(names), where=where)


def several(found: FoundStatements) -> str:
    """The speakers who are meant; empty if there are not several."""
    if len(found.speakers) <= 1:
        return ""
    shown = [
        f"{_of_namesake(speaker, found)} ({speaker.attributions:,})" for speaker in found.quoted
    ]
    further = len(found.speakers) - len(shown)
    more = [say("{further} more", further=further)] if further else []
    return say("Speakers: {names}", names=", ".join(shown + more))


def _of_namesake(speaker: QuotedSpeaker, found: FoundStatements) -> str:
    """A speaker's name, and what they are if others have it too."""
    description = speaker.description if found.are_namesakes else ""
    return named(speaker.name, description, lambda words: one_line(words, LONGEST_NAME))


def said_by(name: str, description: str) -> str:
    """The heading above what one of several people of one name said."""
    return named(name, description) + ":"


def counts(statements: int, articles: int) -> str:
    """How often somebody is quoted."""
    return say(
        "{statements} in {articles}",
        statements=counted(statements, "statement"),
        articles=counted(articles, "article"),
    )


def found(shown: int, total: int) -> str:
    """How many statements are shown."""
    statements = counted(total, "statement")
    return (
        statements
        if shown == total
        else say(
            "{shown} of {statements}; pullquote said --top N shows more",
            shown=shown,
            statements=statements,
        )
    )


def withheld(count: int) -> str:
    """Statements are left out because their articles changed since the index was built."""
    return say(
        "{statements} withheld: the article changed since the index was built.",
        statements=counted(count, "statement"),
    )


def named(name: str, description: str, shown: Callable[[str], str] = one_line) -> str:
    """A speaker's name, and what the article says that they are.

    Args:
        name: a span of an article.
        description: likewise; empty if the article does not say.
        shown: makes words of an article safe to show.
    """
    return ", ".join(map(shown, filter(None, (name, description))))


translate_constants(__name__)
