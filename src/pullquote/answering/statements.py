"""What somebody said: the attributions to a speaker over all articles, newest first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pullquote.answering.quote_stories import with_story
from pullquote.answering.quotes import Quote
from pullquote.answering.source_states import SourceStates, check_text
from pullquote.answering.speakers import QuotedSpeaker, quoted_speaker
from pullquote.answering.wanted_speakers import subject_terms, wanted_speakers
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.back_references import is_of_unnamed_thing
from pullquote.english.stems import analyse
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.attribution_rows import SpeakerCount, bearer_of_key
from pullquote.storage.source_check import SourceState

_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:es?|ed|ing)|doubt(?:s|ed|ing)?)\b", re.IGNORECASE
)
"""A cue before a statement that its speaker does not hold."""
_NOTHING = re.compile(r"\W*(?:it|that|this|so|them|these|those|as\s+much)\W*", re.IGNORECASE)
"""Content that says nothing by itself: “She denied it.”"""
_MOST_QUOTED = 8
"""The most speakers of one name who are listed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody said.

    Attributes:
        quote: its place, from the first word of its content to the last, with its speaker; where
            they deny it, from the word that says so.
        attribution: the same with each part of the content, and the cue.
        speaker_key: the speaker as in a `SpeakerCount`; empty if they have no name.
    """

    quote: Quote
    attribution: Attribution
    speaker_key: str = ""


@dataclass(frozen=True, slots=True)
class FoundStatements:
    """What was found, before it is compared with the sources.

    Attributes:
        name: the name that was asked for.
        about: the words that were asked for; empty for all that was said.
        speakers: the speakers of this name; none if the archive quotes nobody of it.
        quoted: the first of them, with their names and descriptions.
        printings: of each statement, newest first, where it is printed, the first printing first.
            People of one name stand apart: all that one of them said comes before the next one.
    """

    name: str
    about: str
    speakers: tuple[SpeakerCount, ...]
    quoted: tuple[QuotedSpeaker, ...]
    printings: tuple[tuple[Statement, ...], ...]

    @property
    def are_namesakes(self) -> bool:
        """Whether some of the speakers have one name."""
        return len({speaker.name for speaker in self.speakers}) < len(self.speakers)

    def heading(self, statement: Statement, before: Statement | None) -> QuotedSpeaker | None:
        """The speaker to name above a statement; None if they are clear.

        They are named if some of the speakers have one name, and who spoke before is another one.

        Args:
            statement: the statement.
            before: the one that is shown before it; None if it is the first.
        """
        key = statement.speaker_key
        if not self.are_namesakes or (before is not None and before.speaker_key == key):
            return None
        return next((quoted for quoted in self.quoted if quoted.count.key == key), None)


@dataclass(frozen=True, slots=True)
class Statements:
    """What somebody said.

    Attributes:
        found: everything that was found.
        statements: the first of it, newest first, without what is withheld.
        withheld: the number of statements left out among them because their source has changed.
    """

    found: FoundStatements
    statements: tuple[Statement, ...]
    withheld: int

    @property
    def total(self) -> int:
        """The number of statements that were found and are not known to be withheld."""
        return len(self.found.printings) - self.withheld


# Longer than 40 lines because it describes each of its options.
def statements_of(
    store: ArticleStore,
    name: str,
    about: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    top: int | None = None,
) -> Statements:
    """What somebody said.

    Args:
        store: the articles.
        name: a full name or a part of it, without regard to titles; or a role, such as "the
            defense minister", by which articles describe who speaks there.
        about: every one of these words is in the statement, its paragraph or its headline.
        since: the first day of publication; None for no limit.
        until: the last day of publication; None for no limit.
        top: the most statements; None for all. Each is compared with its source, which takes time.

    Raises:
        RequestError: the name has no letters, or a text is not valid UTF-8.
        ArchiveDamaged: the store cannot be read.
    """
    found = find_statements(store, name, about, since, until)
    states = SourceStates(store)
    statements: list[Statement] = []
    withheld = 0
    for printings in found.printings:
        if len(statements) == top:
            break
        if statement := printed_statement(printings, states):
            statements.append(statement)
        else:
            withheld += 1
    return Statements(found, tuple(statements), withheld)


def find_statements(
    store: ArticleStore, name: str, about: str, since: dt.date | None, until: dt.date | None
) -> FoundStatements:
    """What somebody said, by the index alone: `printed_statement` says if a source still prints it.

    Args and errors are those of `statements_of`.
    """
    wanted = wanted_speakers(store, name)
    terms = subject_terms(about)
    found: dict[tuple[str, str], list[Statement]] = {}
    for row in wanted.articles():
        article = store.article(row)
        if not article.is_published_within(since, until):
            continue
        check_text(row, article, store)
        for key, attribution in wanted.attributions(row, article):
            if _is_about(article, attribution, terms):
                statement = _statement(row, article, key, attribution)
                words = " ".join(statement.quote.text.casefold().split())
                found.setdefault((bearer_of_key(key), words), []).append(statement)
    newest = sorted(found.values(), key=_day, reverse=True)
    speakers = wanted.counts()
    newest = _namesakes_apart(newest, speakers)
    quoted = tuple(quoted_speaker(store, count) for count in speakers[:_MOST_QUOTED])
    return FoundStatements(name, about, tuple(speakers), quoted, tuple(map(tuple, newest)))


def printed_statement(printings: Sequence[Statement], states: SourceStates) -> Statement | None:
    """A statement at its first printing whose source still prints it; None if there is none.

    With it comes what became of its story: the newest version, and notes about its article.

    Args:
        printings: where the statement is printed.
        states: of the articles' sources.
    """
    rows = {statement.quote.row for statement in printings}
    for statement in printings:
        quote = statement.quote
        if states.prints(quote.row, quote.article, quote.span):
            state = states.of(quote.row)
            quote = replace(quote, source_state=state, also_printed_in=len(rows) - 1)
            return replace(statement, quote=with_story(quote, states.store, states.prints))
    return None


def _is_about(article: Article, attribution: Attribution, terms: set[str]) -> bool:
    """Whether a statement, its paragraph and its headline together have all terms, and it one.

    “It is a tax on work” needs none: what it is about is in the headline or the paragraph before.
    """
    words = attribution.stretch.of(article.text)
    if _NOTHING.fullmatch(words):
        return False
    if not terms:
        return True
    said = set(analyse(words))
    is_of_unnamed = is_of_unnamed_thing(words)
    if not terms & said and not is_of_unnamed:
        return False
    paragraphs = article.paragraphs
    number = paragraph_number(paragraphs, attribution.stretch.start)
    near = paragraphs[max(0, number - 1 - is_of_unnamed) : number]
    around = analyse("\n".join((article.title, *(one.of(article.text) for one in near))))
    return terms <= said.union(around)


def _namesakes_apart(
    statements: list[list[Statement]], speakers: Sequence[SpeakerCount]
) -> list[list[Statement]]:
    """The statements by their speakers, the most quoted first, if some of these have one name."""
    if len({speaker.name for speaker in speakers}) == len(speakers):
        return statements
    rank = {speaker.key: number for number, speaker in enumerate(speakers)}
    return sorted(statements, key=lambda one: rank.get(one[0].speaker_key, len(rank)))


def _statement(row: ArticleRow, article: Article, key: str, attribution: Attribution) -> Statement:
    span = _shown(article, attribution)
    quote = Quote(article, span, span, 0.0, SourceState.SAME, 0, row, speaker=attribution.named)
    return Statement(quote, attribution, key)


def _shown(article: Article, attribution: Attribution) -> Span:
    """From the first word of the content to the last; with the word before that denies it.

    Without "denied", what somebody denies would read as what they said.
    """
    span = attribution.stretch
    denials = [
        cue.start
        for cue in attribution.cue
        if cue.start < span.start and _DENIES.search(cue.of(article.text))
    ]
    return Span(min(denials), span.end) if denials else span


def _day(printings: Sequence[Statement]) -> tuple[dt.date, int]:
    """The day of publication; those without one come last. Within a day, the order of the text."""
    quote = printings[0].quote
    return quote.article.published or dt.date.min, -quote.span.start
