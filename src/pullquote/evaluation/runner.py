"""A question set put to an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.corpus.articles import ArticleId
from pullquote.evaluation.judging import DEPTH, Judged, judge
from pullquote.evaluation.questions import EvaluationQuestion, QuestionSet
from pullquote.json_output.answer import AnswerJson, answer_json


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that was asked.

    Attributes:
        judged: what became of it.
        raw: the raw confidence of its answer, before any calibration; 0 where nothing was found.
    """

    judged: Judged
    raw: float


def ask_all(
    archive: OpenIndex, questions: QuestionSet, asked: Callable[[], None]
) -> Iterator[AnsweredQuestion]:
    """Ask every question for ten quotes, and judge each answer.

    Args:
        archive: what is asked.
        questions: in their order.
        asked: told after each.

    Raises:
        ArchiveDamaged: a file of the index is damaged.
    """
    for question in questions.questions:
        yield _ask(archive, question)
        asked()


def _ask(archive: OpenIndex, question: EvaluationQuestion) -> AnsweredQuestion:
    found = answer(archive, question.query, DEPTH)
    said = answer_json(found, question.id)
    raw = found.explanation.verdict.raw if found.explanation else 0.0
    return AnsweredQuestion(judge(question, said, _texts(archive, said)), raw)


def _texts(archive: OpenIndex, said: AnswerJson) -> dict[str, str]:
    """The texts of the quoted articles, read from the index once more."""
    ids = dict.fromkeys(quote.article_id for quote in (*said.quotes, *said.nearest))
    rows = {name: archive.store.row_of(ArticleId(name)) for name in ids}
    return {name: archive.store.article(row).text for name, row in rows.items() if row is not None}
