"""Compares one answer with what its question expects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from pullquote.evaluation.questions import EvaluationQuestion
from pullquote.evaluation.text_match import contains_words, normalise, without_final_stops
from pullquote.json_output.answer import AnswerJson, QuoteJson

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


class JudgedAnswer(BaseModel):
    """A question, its answer, and how the two compare: an entry of "results" in the JSON.

    Attributes:
        id, question, expected, expected_articles, answerable: from the question; `answerable` is
            null if unknown.
        answered, confidence, refusal, elapsed_ms: from the answer.
        rank: position, from 1, of the first quote with expected words; null without one.
        article_rank: position of the first quote from an expected article; null without one.
        distractors: by cutoff the share of the wrong choices that the first quotes contain; empty
            without choices.
        choice: by cutoff the score in multiple choice, see `_choice_score`; empty without choices.
        words: word count of the first three quotes together.
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
    answered: bool
    confidence: float
    refusal: str | None
    elapsed_ms: float
    rank: int | None
    article_rank: int | None
    distractors: Mapping[int, float]
    choice: Mapping[int, float]
    words: int
    quotes: int
    not_verbatim: int
    shown: tuple[JudgedQuote, ...]

    @property
    def right(self) -> bool | None:
        """Whether the first three quotes answer the question.

        They do if one contains expected words or, for a question without expected words, comes
        from an expected article. False for an unanswerable question; None if the question does
        not say what is expected.
        """
        if self.answerable is False:
            return False
        if self.expected:
            return self.rank is not None and self.rank <= QUOTES_READ
        if self.expected_articles is not None:
            return self.article_rank is not None and self.article_rank <= QUOTES_READ
        return None


def judge(
    question: EvaluationQuestion, answer: AnswerJson, texts: Mapping[str, str]
) -> JudgedAnswer:
    """Compare an answer with what its question expects.

    Args:
        question: the question.
        answer: its answer, with up to ten quotes. A refusal is judged by its nearest passages.
        texts: the texts of the quoted articles, by id.
    """
    quotes = answer.quotes or answer.nearest
    quote_texts = [normalise(quote.text) for quote in quotes]
    rank = _rank(_contains_expected(text, question) for text in quote_texts)
    article_rank = _rank(quote.article_id in (question.articles or ()) for quote in quotes)
    may_be_right = question.answerable is not False
    return JudgedAnswer(
        id=question.id,
        question=question.query.text,
        expected=(*question.expected, *question.right_choice),
        expected_articles=None if question.articles is None else tuple(sorted(question.articles)),
        answerable=question.answerable,
        answered=answer.answered,
        confidence=answer.confidence,
        refusal=answer.refusal,
        elapsed_ms=answer.elapsed_ms,
        rank=rank if may_be_right else None,
        article_rank=article_rank if may_be_right else None,
        distractors=_distractor_rates(quote_texts, question),
        choice=_choice_scores(quote_texts, question),
        words=sum(len(quote.text.split()) for quote in quotes[:QUOTES_READ]),
        quotes=len(quotes),
        not_verbatim=sum(quote.text not in texts.get(quote.article_id, "") for quote in quotes),
        shown=tuple(_judged_quote(quote) for quote in quotes[:QUOTES_READ]),
    )


def _contains_expected(quote_text: str, question: EvaluationQuestion) -> bool:
    """Whether a normalised quote contains the right choice or other expected words.

    A choice is compared with its full stops, as all choices are; expected words also match at the
    end of a sentence.
    """
    if any(contains_words(quote_text, normalise(choice)) for choice in question.right_choice):
        return True
    without_stops = without_final_stops(quote_text)
    return any(
        contains_words(without_stops, without_final_stops(normalise(words)))
        for words in question.expected
    )


def _rank(matches: Iterable[bool]) -> int | None:
    """The position, from 1, of the first match."""
    return next((rank for rank, match in enumerate(matches, start=1) if match), None)


def _distractor_rates(quote_texts: Sequence[str], question: EvaluationQuestion) -> dict[int, float]:
    """By cutoff k the share of the wrong choices found in the first k quotes.

    It is the baseline of hit@k: how often a choice is found without being right.
    """
    wrong = [
        normalise(choice)
        for number, choice in enumerate(question.choices)
        if number != question.gold
    ]
    return {
        cutoff: sum(
            any(contains_words(text, choice) for text in quote_texts[:cutoff]) for choice in wrong
        )
        / len(wrong)
        for cutoff in (CUTOFFS if wrong else ())
    }


def _choice_scores(quote_texts: Sequence[str], question: EvaluationQuestion) -> dict[int, float]:
    """By cutoff k the score in multiple choice by the first k quotes; empty without choices."""
    choices = [normalise(choice) for choice in question.choices]
    return {
        cutoff: _choice_score(quote_texts[:cutoff], choices, question.gold)
        for cutoff in (CUTOFFS if choices else ())
    }


def _choice_score(quote_texts: Sequence[str], choices: Sequence[str], gold: int) -> float:
    """Multiple choice by quotes: the choice with the largest sum of 1/rank wins; ties share.

    Returns:
        1 if the right choice alone wins, 1/n if it ties with n - 1 others, otherwise 0.
    """
    sums = [
        sum(contains_words(text, choice) / rank for rank, text in enumerate(quote_texts, start=1))
        for choice in choices
    ]
    largest = max(sums)
    return (sums[gold] == largest) / sums.count(largest)


def _judged_quote(quote: QuoteJson) -> JudgedQuote:
    return JudgedQuote(
        text=quote.text,
        article_id=quote.article_id,
        title=quote.title,
        source=quote.source,
        published=quote.published,
    )
