"""Compares one answer with what its question expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from pullquote.corpus.articles import Article
from pullquote.evaluation.evidence import covers_evidence, crosses_paragraphs, evidence_text
from pullquote.evaluation.judged_answer import (
    CUTOFFS,
    QUOTES_READ,
    JudgedAnswer,
    JudgedEvidence,
    JudgedQuote,
)
from pullquote.evaluation.questions import EvaluationQuestion
from pullquote.evaluation.text_match import contains_words, normalise, without_final_stops
from pullquote.json_output.answer import AnswerJson, QuoteJson


def judge(
    question: EvaluationQuestion, answer: AnswerJson, articles: Mapping[str, Article]
) -> JudgedAnswer:
    """Compare an answer with what its question expects.

    Args:
        question: the question.
        answer: its answer, with up to ten quotes. A refusal is judged by its nearest passages.
        articles: the quoted articles and the question's own, by id.
    """
    quotes = answer.quotes or answer.nearest
    quote_texts = [normalise(quote.text) for quote in quotes]
    rank = _rank(map(partial(_answers, question), quotes, quote_texts))
    article_rank = _rank(quote.article_id in (question.articles or ()) for quote in quotes)
    may_be_right = question.answerable is not False
    first = quotes[:QUOTES_READ]
    return JudgedAnswer(
        id=question.id,
        question=question.query.text,
        expected=(*question.expected, *question.right_choice),
        expected_articles=None if question.articles is None else tuple(sorted(question.articles)),
        answerable=question.answerable,
        article=question.evidence_article,
        evidence=_judged_evidence(question, articles),
        outcome=answer.outcome,
        answered=answer.answered,
        confidence=answer.confidence,
        refusal=answer.refusal,
        elapsed_ms=answer.elapsed_ms,
        rank=rank if may_be_right else None,
        article_rank=article_rank if may_be_right else None,
        distractors=_distractor_rates(quote_texts, question),
        choice=_choice_scores(quote_texts, question),
        words=_word_count(first),
        words_first=_word_count(first[:1]),
        crossings=sum(crosses_paragraphs(quote, articles.get(quote.article_id)) for quote in first),
        quotes=len(quotes),
        not_verbatim=sum(not _is_verbatim(quote, articles) for quote in quotes),
        shown=tuple(_judged_quote(quote) for quote in first),
    )


def _answers(question: EvaluationQuestion, quote: QuoteJson, quote_text: str) -> bool:
    """Whether a quote, with its normalised text, has the expected words or evidence."""
    return _contains_expected(quote_text, question) or covers_evidence(quote, question)


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


def _word_count(quotes: Sequence[QuoteJson]) -> int:
    return sum(len(quote.text.split()) for quote in quotes)


def _is_verbatim(quote: QuoteJson, articles: Mapping[str, Article]) -> bool:
    article = articles.get(quote.article_id)
    return article is not None and quote.text in article.text


def _judged_evidence(
    question: EvaluationQuestion, articles: Mapping[str, Article]
) -> tuple[JudgedEvidence, ...]:
    own = [(question.evidence_article or "", span) for span in question.evidence]
    return tuple(
        JudgedEvidence(
            article=article,
            start=span.start,
            end=span.end,
            text=evidence_text(span, articles.get(article)),
        )
        for article, span in (*own, *question.further_evidence)
    )


def _judged_quote(quote: QuoteJson) -> JudgedQuote:
    return JudgedQuote(
        text=quote.text,
        article_id=quote.article_id,
        title=quote.title,
        source=quote.source,
        published=quote.published,
    )
