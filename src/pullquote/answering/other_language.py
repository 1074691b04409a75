"""Whether a refused question is in another language than the archive."""

from __future__ import annotations

import dataclasses
from collections import Counter

from pullquote.answering.answers import Answer, OtherLanguage
from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.passages import ArticleRow
from pullquote.languages.question_language import question_language
from pullquote.storage.article_store import ArticleStore

_LOOKED_AT = 200
"""Articles whose languages are counted, from all of the archive."""
_MIN_SHARE = 0.1
"""The least share of them that makes a language one of the archive's."""


def with_language(archive: OpenIndex, question: str, answer: Answer) -> Answer:
    """A refusal with the languages of the question and of the archive, if they differ.

    Args:
        archive: the archive.
        question: the question as it was typed.
        answer: what became of it.

    Raises:
        ArchiveDamaged: the store cannot be read.
    """
    asked = question_language(question) if answer.refusal else ""
    if not asked:
        return answer
    known = _languages(archive.store)
    spoken = [each for each, count in known.most_common() if count >= _MIN_SHARE * known.total()]
    if not spoken or asked in known:
        return answer
    return dataclasses.replace(answer, other_language=OtherLanguage(asked, tuple(spoken)))


def _languages(store: ArticleStore) -> Counter[str]:
    """How many articles of a sample are in which language, of those that are known."""
    sample = range(0, store.articles, max(1, store.articles // _LOOKED_AT))
    rows = (ArticleRow(row) for row in sample if row not in store.hidden.articles)
    return Counter(filter(None, (store.article(row).language for row in rows)))
