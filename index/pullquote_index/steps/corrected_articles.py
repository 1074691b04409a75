"""Which articles the corrections, clarifications and editor's notes of an archive are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pullquote.corpus.articles import Article
from pullquote.corpus.corrections import Note, NoteSubject
from pullquote.corpus.passages import ArticleRow
from pullquote.english.correction_notes import correction_headline
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote_index.steps.story_copies import bare_address
from pullquote_index.steps.story_writer import ArticleHeading, StoryWriter

_LEAST_WORDS = 4
"""The words of the shortest headline that is recognised within a note."""
_MOST_NAMED = 50
"""A note that names more articles, all of one headline, names a column."""
_LEAST_TELLING, _LEAST_TOLD = 4, 0.75
"""Without an address and a headline, a note means the article of whose headline it has at least
this number and this share of the words that tell what it is about."""
_MOST_DAYS = 60
"""The most days between such an article and the note."""
_OTHER_ARTICLE = re.compile(
    r"\b(?:an?|the|our)\s(?:\w+\s){0,2}?(?:article|story|report|item|column|review|obituary|post)\b",
    re.IGNORECASE,
)
"""What a note says of another article: "An article on Monday about …"."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”)\]]+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_Words = tuple[str, ...]


class _Headings:
    """The headings of all articles of an archive, by their words and addresses.

    A source corrects its own articles alone, and only what it has published by then.
    """

    def __init__(self, headings: Sequence[ArticleHeading]) -> None:
        self._by_headline: defaultdict[_Words, list[ArticleHeading]] = defaultdict(list)
        self._by_address: defaultdict[str, list[ArticleHeading]] = defaultdict(list)
        self._beginnings: defaultdict[_Words, set[_Words]] = defaultdict(set)
        self._by_stem: defaultdict[str, list[tuple[frozenset[str], ArticleHeading]]] = defaultdict(
            list
        )
        for heading in headings:
            words = _words(heading.title)
            self._by_headline[words].append(heading)
            if len(words) >= _LEAST_WORDS:
                self._beginnings[words[:_LEAST_WORDS]].add(words)
            if address := bare_address(heading.url):
                self._by_address[address].append(heading)
            telling = frozenset(analyse(heading.title)) - STOP_TERMS
            for stem in telling if len(telling) >= _LEAST_TELLING else ():
                self._by_stem[stem].append((telling, heading))

    def of_headline(self, headline: str) -> list[ArticleHeading]:
        """The articles that have a headline."""
        words = _words(headline)
        return self._by_headline[words] if len(words) > 1 and words in self._by_headline else []

    def named_in(self, note: str) -> list[ArticleHeading]:
        """The articles whose addresses, or else whose headlines, a note has."""
        addresses = {bare_address(match.rstrip(".,;:!?")) for match in _ADDRESS.findall(note)}
        found = [
            heading
            for address in sorted(addresses & self._by_address.keys())
            for heading in self._by_address[address]
        ]
        if found:
            return found
        words = _words(_ADDRESS.sub(" ", note))
        headlines = {
            headline
            for start in range(len(words) - _LEAST_WORDS + 1)
            for headline in self._beginnings.get(words[start : start + _LEAST_WORDS], ())
            if words[start : start + len(headline)] == headline
        }
        return self._by_headline[max(headlines, key=len)] if headlines else []

    def described_in(self, note: str, own: ArticleHeading) -> list[ArticleHeading]:
        """The article of the same source of which a note has most words of the headline.

        A link names an article by its address, which a text does not keep: "An article on Monday
        about the ferry that ran aground off Storholm". None if two articles are meant as well.
        """
        if own.published is None or not _OTHER_ARTICLE.search(note):
            return []
        stems = set(analyse(note)) - STOP_TERMS
        found: dict[ArticleRow, tuple[float, ArticleHeading]] = {}
        for stem in stems & self._by_stem.keys():
            for telling, heading in self._by_stem[stem]:
                shared = len(telling & stems)
                if (
                    shared >= max(_LEAST_TELLING, _LEAST_TOLD * len(telling))
                    and heading.published is not None
                    and (own.published - heading.published).days <= _MOST_DAYS
                    and _may_correct(own, heading)
                ):
                    found[heading.row] = shared / len(telling), heading
        best = max((share for share, _ in found.values()), default=0)
        named = [heading for share, heading in found.values() if share == best]
        return named if len(named) == 1 else []


def corrected_articles(
    stories: StoryWriter, by_row: Sequence[ArticleHeading]
) -> Iterator[tuple[int, int, int]]:
    """Yield which articles the notes are about: the article, and the note's article and start.

    Args:
        stories: has the notes.
        by_row: the headings of all articles.
    """
    headings = _Headings(by_row)
    row, article = ArticleRow(-1), None
    for printed_in, note in stories.notes():
        if article is None or row != printed_in:
            row, article = printed_in, stories.article(printed_in)
        own = by_row[row]
        named = [
            heading
            for heading in _named(note, article, own, headings)
            if _may_correct(own, heading)
        ]
        if len(named) > _MOST_NAMED:
            named = []
        if not named and note.subject in (NoteSubject.OWN, NoteSubject.UNCLEAR):
            named = [own]
        for heading in named:
            yield heading.row, row, note.span.start


def _named(
    note: Note, article: Article, own: ArticleHeading, headings: _Headings
) -> list[ArticleHeading]:
    """The articles that a note names, or the headline above it, or else that it describes."""
    if note.subject is NoteSubject.OWN:
        return []
    named = headings.named_in(note.span.of(article.text))
    if not named and note.subject is NoteSubject.HEADLINE:
        found = correction_headline(article.title)
        named = headings.of_headline(found[1]) if found else []
    return named or headings.described_in(note.span.of(article.text), own)


def _may_correct(own: ArticleHeading, other: ArticleHeading) -> bool:
    """Whether an article may correct another: it is of the same source, and not older."""
    if own.row == other.row or own.source_key != other.source_key:
        return False
    if own.published is None or other.published is None:
        return True
    return own.published >= other.published


def _words(text: str) -> _Words:
    return tuple(word.casefold() for word in _WORD.findall(text))
