"""The sentence of the archive that says nearly the same as a text, in other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.passages import PassageFilter
from pullquote.corpus.spans import Span
from pullquote.english.meaning_words import is_negation
from pullquote.verification.candidates import Candidate
from pullquote.verification.words import words_of

PARAPHRASE_FROM = 0.75
"""The cosine similarity with a sentence from which a text is a paraphrase of it."""
_PASSAGES = 8
"""The passages whose sentences are compared."""
_NAMED = re.compile(r"(?<=\w )[A-ZÀ-Þ][\w'’-]+|\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A sentence that says nearly the same.

    Attributes:
        candidate: its article.
        span: the sentence's place in its text.
        similarity: cosine of the vectors of the text and of the sentence.
    """

    candidate: Candidate
    span: Span
    similarity: float


def nearest_paraphrase(archive: OpenIndex, text: str) -> Paraphrase | None:
    """The sentence most similar to a text, if it is a paraphrase; otherwise None.

    It has the names and numbers of the text, and denies if the text denies.

    Args:
        archive: the open index.
        text: the text.
    """
    vector = archive.encode(text)
    found = archive.dense.search(vector, _PASSAGES, PassageFilter())
    passages = [archive.store.passage(passage) for passage, _ in found]
    cosines = iter(archive.sentence_similarities(passages, vector).tolist())
    sentences = [
        (next(cosines), passage.article, span) for passage in passages for span in passage.sentences
    ]
    for similarity, row, span in sorted(sentences, reverse=True):
        if similarity < PARAPHRASE_FROM:
            return None
        article = archive.store.article(row)
        if _is_compatible(text, span.of(article.text)):
            return Paraphrase(Candidate(row, article, span, similarity), span, similarity)
    return None


def _is_compatible(text: str, sentence: str) -> bool:
    """Whether a sentence has the names and numbers of a text, and denies if it does."""
    named = {name.rstrip(".,").casefold() for name in _NAMED.findall(text)}
    denies = [any(map(is_negation, words_of(part).spelt)) for part in (text, sentence)]
    return denies[0] == denies[1] and all(name in sentence.casefold() for name in named)
