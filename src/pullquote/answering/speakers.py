"""Speakers: who is quoted, by name over all articles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.answering.named_filters import check_source
from pullquote.answering.source_states import check_text
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution, Speaker, Spoken
from pullquote.corpus.name_keys import name_key
from pullquote.corpus.passages import ArticleRow
from pullquote.english.attribution.descriptions_agree import description_from
from pullquote.english.attribution.names import name_words
from pullquote.english.attribution.role_words import TITLES
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.attribution_rows import SpeakerCount

_ARTICLES_READ = 5
"""The last articles that are read to see that a name of one word is one, and what somebody is whose
name others have too."""
_LONGEST_ACRONYM = 4
"""A name of so few capitals ("US") may be another word in small letters."""


@dataclass(frozen=True, slots=True)
class QuotedSpeaker(Spoken):
    """A speaker, as the last article that quotes them names them.

    Of people of one name it is the last one that says what they are, if one of the last does.

    Attributes:
        count: what is attributed to them.
        article: that article.
        speaker: the name and the description, as places in its text.
    """

    count: SpeakerCount
    article: Article
    speaker: Speaker

    @property
    def attributions(self) -> int:
        """The number of statements that are attributed to them."""
        return self.count.attributions

    @property
    def articles(self) -> int:
        """The number of articles that have these statements."""
        return self.count.articles

    @property
    def name(self) -> str:
        """The name, as the article prints it."""
        return self.speaker_name

    @property
    def description(self) -> str:
        """What the article says that they are; empty if it does not say."""
        return self.speaker_description


def most_quoted(
    store: ArticleStore,
    top: int,
    source: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[QuotedSpeaker]:
    """The speakers to whom most is attributed, first.

    Words that are no names are left out: those that an article also writes in small letters
    ("Details: 7 p.m.").

    Args:
        store: the articles.
        top: the most speakers.
        source: the source of the articles that count, whatever its case; empty for all.
        since: the first day of publication; None for no limit.
        until: the last day of publication; None for no limit.

    Raises:
        RequestError: the archive has no such source.
        ArchiveDamaged: the store cannot be read.
    """
    check_source(source, store)
    narrowed = source or since or until
    rows = store.attributions
    counts = rows.speakers_within(source, since, until) if narrowed else rows.speakers()
    found: list[QuotedSpeaker] = []
    for count in counts:
        if len(found) == top:
            break
        read = [] if " " in count.name else rows.latest_articles(count.key, _ARTICLES_READ)
        if not any(_is_common_word(count.name, store.article(row).text) for row in read):
            found.append(quoted_speaker(store, count))
    return found


def quoted_speaker(store: ArticleStore, count: SpeakerCount) -> QuotedSpeaker:
    """A speaker with the name and the description that the last article gives them.

    Raises:
        ArchiveDamaged: the store cannot be read.
    """
    rows = store.attributions
    most = _ARTICLES_READ if rows.has_namesakes(count) else 1
    found = [
        QuotedSpeaker(count, article, speaker)
        for row in rows.latest_articles(count.key, most)
        for article, speaker in _named_in(store, row, count.key)
    ]
    if not found:
        raise ArchiveDamaged("a speaker is not in the article", where=count.key)
    return next((quoted for quoted in found if quoted.description), found[0])


def _named_in(store: ArticleStore, row: ArticleRow, key: str) -> Iterator[tuple[Article, Speaker]]:
    """Yield the names and descriptions that an article gives a speaker."""
    article = store.article(row)
    for speaker, attribution in keyed_attributions(store, row, article):
        if speaker == key and attribution.named:
            yield article, attribution.named


def speakers_named(store: ArticleStore, name: str) -> list[SpeakerCount]:
    """The speakers whose names have all words of `name`, the most quoted first.

    A full name of several words is that speaker's alone, even if a longer name has its words.
    Titles, case and accents are ignored. What somebody is, after a comma or as a title, chooses
    among people of one full name: "Ann Low, the striker", "Senator Ann Low".

    Raises:
        RequestError: the name has no letters.
    """
    name, _, what = name.partition(",")
    words = [word for word in name_words(name) if any(map(str.isalnum, word))]
    titles: list[str] = []
    while len(words) > 1 and words[0] in TITLES:
        titles.append(words.pop(0))
    typed = set(name_key(" ".join(words)).split())
    if not typed:
        raise RequestError("names nobody", where=repr(name), mend='Type a name, such as "Ann Low"')
    having = [
        (count, known)
        for count in store.attributions.speakers()
        if typed <= (known := set(name_key(count.name).split()))
    ]
    same = [count for count, known in having if known == typed]
    if not same or len(typed) == 1:
        return [count for count, _ in having]
    return _described(store, same, what or " ".join(titles))


def _described(
    store: ArticleStore, namesakes: Sequence[SpeakerCount], what: str
) -> list[SpeakerCount]:
    """Those of some people of one name who may be what is typed; all if that tells nothing."""
    typed = description_from(what)
    if len(namesakes) == 1 or not (typed.telling or not typed.is_empty):
        return list(namesakes)
    known = [
        (count, description_from(quoted_speaker(store, count).description)) for count in namesakes
    ]
    agreeing = [count for count, description in known if description.agrees_with(typed)]
    return agreeing or [
        count for count, description in known if not description.conflicts_with(typed)
    ]


def keyed_attributions(
    store: ArticleStore, row: ArticleRow, article: Article
) -> list[tuple[str, Attribution]]:
    """The attributions of an article, each after its speaker's key; see `attributions_of`."""
    check_text(row, article, store)
    return store.attributions.with_speakers(row, article.text)


def attributions_of(store: ArticleStore, row: ArticleRow, article: Article) -> list[Attribution]:
    """The attributions of an article, once its text is compared with what the index recorded.

    Raises:
        ArchiveDamaged: they differ.
    """
    check_text(row, article, store)
    return store.attributions.of_article(row, article.text)


def _is_common_word(key: str, text: str) -> bool:
    """Whether a name of one word is a word that a text also writes in small letters."""
    is_acronym = len(key) <= _LONGEST_ACRONYM and _has_word(text, key.upper())
    return not is_acronym and _has_word(text, key)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None
