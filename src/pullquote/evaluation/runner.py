"""Asks an index every question of a question set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.corpus.articles import Article, ArticleId
from pullquote.evaluation.judged_answer import QUOTES_PER_QUESTION, JudgedAnswer
from pullquote.evaluation.judging import judge
from pullquote.evaluation.questions import EvaluationQuestion, QuestionSet
from pullquote.json_output.answer import AnswerJson, answer_json


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that was asked.

    Attributes:
        judged: its answer, judged.
        raw_confidence: the confidence before calibration; 0 if nothing was found.
    """

    judged: JudgedAnswer
    raw_confidence: float


def ask_all(
    index: OpenIndex, questions: QuestionSet, on_answer: Callable[[], None]
) -> Iterator[AnsweredQuestion]:
    """Ask every question for ten quotes, and judge each answer.

    Args:
        index: the index that answers.
        questions: asked in their order.
        on_answer: called after each question.

    Raises:
        ArchiveDamaged: a file of the index is damaged.
    """
    for question in questions.questions:
        yield _ask(index, question)
        on_answer()


def _ask(index: OpenIndex, question: EvaluationQuestion) -> AnsweredQuestion:
    result = answer(index, question.query, QUOTES_PER_QUESTION)
    result_json = answer_json(result, question.id)
    raw_confidence = result.explanation.verdict.raw if result.explanation else 0.0
    judged = judge(question, result_json, _articles(index, question, result_json))
    return AnsweredQuestion(judged, raw_confidence)


def _articles(
    index: OpenIndex, question: EvaluationQuestion, result: AnswerJson
) -> dict[str, Article]:
    """The quoted articles and those of the evidence by id, read from the index again."""
    ids = dict.fromkeys(quote.article_id for quote in (*result.quotes, *result.nearest))
    if question.evidence_article is not None:
        ids[question.evidence_article] = None
    ids |= {article_id: None for article_id, _ in question.further_evidence}
    rows = {article_id: index.store.article_row(ArticleId(article_id)) for article_id in ids}
    return {
        article_id: index.store.article(row) for article_id, row in rows.items() if row is not None
    }
