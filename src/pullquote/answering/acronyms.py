"""A question with the name in place of an acronym, or with the acronym in place of the name.

Which acronym has which name is learnt from the articles of the archive that use both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Correction, Query
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import PassageFilter
from pullquote.english.acronyms import capitalised_names, introduced_names
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.word_frequencies import zipf_frequency

_PASSAGES_READ = 30
"""The number of passages, best by BM25, whose articles are read for an acronym's name."""
_MOST_COMMON = 4.7
"""A word in lower case that is more common in English than this, on the Zipf scale, is not taken
for an acronym."""
_LONGEST = 8
_SHORTEST = 2
_WORD = re.compile(rf"\b[^\W_]{{{_SHORTEST},{_LONGEST}}}\b")
_EVERYTHING = PassageFilter()


def in_other_words(query: Query, archive: OpenIndex) -> Query | None:
    """The query with its acronyms written out, or with its names as acronyms.

    Args:
        query: the question.
        archive: the open index.

    Returns:
        The other form; None if the archive does not say what it would be.

    Raises:
        ArchiveDamaged: a file of the index is damaged.
    """
    replaced = [*_written_out(query, archive)] or [*_abbreviated(query, archive)]
    return query.with_corrections((*query.corrections, *replaced)) if replaced else None


def _written_out(query: Query, archive: OpenIndex) -> Iterator[Correction]:
    """The acronyms of a question, each with the name that most articles give it."""
    for word in dict.fromkeys(_WORD.findall(query.searched)):
        stems = analyse(word)
        if len(stems) == 1 and _may_be_acronym(word, stems[0], query):
            letters = word.upper()
            names = Counter(
                name
                for article in _articles_with(stems, archive)
                for name in _names_in(article.text, letters)
            )
            if names:
                yield Correction(word, names.most_common(1)[0][0])


def _may_be_acronym(word: str, stem: str, query: Query) -> bool:
    """Whether a word of a question may be an acronym: it is in capitals, or a rare word."""
    if word.isupper() and not query.text.isupper():
        return word.isalpha()
    return stem not in STOP_TERMS and zipf_frequency(stem) <= _MOST_COMMON


def _names_in(text: str, letters: str) -> set[str]:
    """The names that an article has for an acronym which it uses."""
    if not re.search(rf"\b{letters}\b", text):
        return set()
    named = {name for name, initials in capitalised_names(text) if initials == letters}
    return named | set(introduced_names(text, letters))


def _abbreviated(query: Query, archive: OpenIndex) -> Iterator[Correction]:
    """The names in a question, each with its acronym if an article has both."""
    for name, letters in capitalised_names(query.searched):
        if archive.lexical.document_frequency(letters.lower()) and any(
            name in article.text and letters in article.text
            for article in _articles_with(analyse(f"{name} {letters}"), archive)
        ):
            yield Correction(name, letters)
            return


def _articles_with(terms: Sequence[str], archive: OpenIndex) -> list[Article]:
    """The articles with the passages that fit some terms best, each once."""
    hits = archive.lexical.search(terms, _PASSAGES_READ, _EVERYTHING)
    rows = dict.fromkeys(archive.store.passage(passage).article for passage, _ in hits)
    return [archive.store.article(row) for row in rows]
