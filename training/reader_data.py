"""The training data of the reader: questions with passages, and which of their characters answer.

A group is a question with several passages. In the first, if it is answerable, spans answer; in the
others none does, but for a second copy of the first with another value as its answer.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pullquote.corpus.spans import Span
from pullquote.models.vectors import Vectors

_SIMILAR = 12
"""A question's negative passages are drawn from this many of the most similar."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage.

    Attributes:
        title: of its article, or "".
        text: its words.
        answers: the spans that answer the question.
        unclear: spans that may answer it, from which nothing is learnt.
    """

    title: str
    text: str
    answers: tuple[Span, ...] = ()
    unclear: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderGroup:
    """A question with its passages.

    Attributes:
        question: its words.
        texts: its passages; if one answers, that is the first, and perhaps a copy of it.
        exact: whether answers are the answering words, and not whole sentences.
    """

    question: str
    texts: tuple[Text, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class PassageQuestion:
    """A question on a passage, as it is read.

    Attributes:
        name: the set.
        question: its words.
        text: the passage with the answers.
        similar: other passages, the most similar first.
    """

    name: str
    question: str
    text: Text
    similar: tuple[Text, ...] = ()


def read_passage_questions(path: Path, part: str) -> list[PassageQuestion]:
    """Read gzipped JSON Lines with "question", "title", "passage", "answers", "set" and "part"."""
    questions = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["part"] == part:
                answers = tuple(Span(start, end) for start, end in record["answers"])
                text = Text(record["title"], record["passage"], answers)
                questions.append(PassageQuestion(record["set"], record["question"], text))
    return questions


def with_similar(
    questions: Sequence[PassageQuestion], encode: Callable[[list[str]], Vectors]
) -> list[PassageQuestion]:
    """The questions with the passages most similar to each, none of which has its answer's words.

    Args:
        questions: those of one part.
        encode: gives texts their vectors: float32, (texts, dimension), norm 1.
    """
    passages = list({one.text.text: one.text.title for one in questions}.items())
    vectors = encode([f"{title}\n{text}" for text, title in passages])
    asked = encode([one.question for one in questions])
    found = []
    for question, scores in zip(questions, asked @ vectors.T, strict=True):
        said = [span.of(question.text.text).casefold() for span in question.text.answers]
        similar: list[Text] = []
        for row in np.argsort(-scores)[: 4 * _SIMILAR]:
            text, title = passages[row]
            if text == question.text.text or any(words in text.casefold() for words in said):
                continue
            similar.append(Text(title, text))
        found.append(replace(question, similar=tuple(similar[:_SIMILAR])))
    return found
