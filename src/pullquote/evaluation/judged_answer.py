"""A question with its answer, judged: an entry of an evaluation, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pullquote.confidence.outcome import Outcome

QUOTES_PER_QUESTION = 10
"""How many quotes are asked for."""
CUTOFFS = (1, 3, 5, 10)
"""The values of k at which metrics such as hit@k are computed."""
QUOTES_READ = 3
"""An answer is right if one of this many first quotes answers: a reader reads no more."""


class JudgedQuote(BaseModel):
    """A quote as a report shows it. Its text is sliced from the article when it is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    text: str
    article_id: str
    title: str
    source: str
    published: dt.date | None


class JudgedEvidence(BaseModel):
    """A span that answers the question, `[start, end)` in the text of an article.

    `article` is its id, empty in files of earlier versions: it is then the question's own. `text`
    is empty if the article is not in the index, or is shorter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    article: str = ""
    start: int
    end: int
    text: str


class JudgedAnswer(BaseModel):
    """A question, its answer, and how the two compare: an entry of "results" in the JSON.

    Attributes:
        id, question, expected, expected_articles, answerable: from the question; `answerable` is
            null if unknown.
        article: the id of the article that the question is about; null if unknown.
        evidence: the spans that answer the question, of that article and of others.
        outcome, answered, confidence, refusal, elapsed_ms: from the answer.
        rank: position, from 1, of the first quote with expected words or evidence; null without
            one.
        article_rank: position of the first quote from an expected article; null without one.
        distractors: by cutoff the share of the wrong choices that the first quotes contain; empty
            without choices.
        choice: by cutoff the score in multiple choice, see `_choice_score`; empty without choices.
        words: word count of the first three quotes together.
        words_first: word count of the first quote.
        crossings: number of the first three quotes with text of more than one paragraph.
        quotes: number of quotes.
        not_verbatim: number of quotes whose text is not in their article.
        shown: the first three quotes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str | int
    question: str
    expected: tuple[str, ...]
    expected_articles: tuple[str, ...] | None
    answerable: bool | None
    article: str | None
    evidence: tuple[JudgedEvidence, ...]
    outcome: Outcome
    answered: bool
    confidence: float
    refusal: str | None
    elapsed_ms: float
    rank: int | None
    article_rank: int | None
    distractors: Mapping[int, float]
    choice: Mapping[int, float]
    words: int
    words_first: int
    crossings: int
    quotes: int
    not_verbatim: int
    shown: tuple[JudgedQuote, ...]

    @property
    def right(self) -> bool | None:
        """Whether the first three quotes answer the question.

        They do if one contains expected words or evidence or, for a question with neither, comes
        from an expected article. False for an unanswerable question; None if the question does
        not say what is expected.
        """
        if self.answerable is False:
            return False
        if self.expects_text:
            return self.rank is not None and self.rank <= QUOTES_READ
        if self.expected_articles is not None:
            return self.article_rank is not None and self.article_rank <= QUOTES_READ
        return None

    @property
    def expects_text(self) -> bool:
        """Whether the question says which words or which evidence answer it."""
        return bool(self.expected or self.evidence)

    @property
    def predicted(self) -> bool | None:
        """What the confidence predicts: whether the first three quotes answer the question.

        Whether the archive answers it, if the question does not say what is expected.
        """
        return self.answerable if self.right is None else self.right

    @property
    def drawn_with(self) -> tuple[str, str | int]:
        """The same for questions on one article, which a resampling draws together."""
        if self.article is not None:
            return "article", self.article
        if self.expected_articles is not None and len(self.expected_articles) == 1:
            return "article", self.expected_articles[0]
        return "question", self.id
