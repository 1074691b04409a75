"""The training data of the reader: questions with passages, and which of their characters answer.

A group is a question with several passages. In the first, if it is answerable, spans answer; in the
others none does.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences
from pullquote.models.vectors import Vectors
from reranker_data import QAMR, Candidate, Group, read_groups

_RERANKER_SHARES = {"squad": 0.35, "squad-un": 0.25, "nq": 0.5, "selqa": 1.0, QAMR: 0.3}
"""The share of the groups of single sentences in an epoch, by set."""
_SIMILAR = 12
"""A question's negative passages are drawn from this many of the most similar."""
_FEWEST_SIMILAR, _MOST_SIMILAR = 1, 3
"""How many of them are drawn."""
_PREAMBLE_SHARE = 0.1
"""How often a sentence of the passage stands before the question, as in a quiz on news."""
_SENTENCE_NEGATIVES = 5
_GATHERED_SHARE = 0.6
"""How often single sentences are gathered to passages."""
_JOINED_SHARE = 0.4
"""How often a neighbour is joined to a sentence that is not."""
_MOST_GATHERED = 5
"""The sentences of a gathered passage."""
_UNTITLED_SHARE = 0.25
_MAX_WORDS = 170
"""Longer passages are cut at sentences."""
_CUT_SHARE = 0.25
"""How often a passage that is no longer than that is cut, too."""
_TYPO_SHARE = 0.08
_UNMARKED_SHARE = 0.25
"""How often a question loses its question mark."""
_SWAPPED_SHARE = 0.15
"""How often a question is turned into one that its passage does not answer."""
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: (?:of |the |de )?[A-Z][\w’'-]+)*")


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
        texts: its passages; if one answers, that is the first.
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


class Batches:
    """Draws batches, epoch after epoch."""

    def __init__(
        self,
        questions: Sequence[PassageQuestion],
        sentence_groups: Path,
        per_batch: tuple[int, int],
        seed: int,
    ) -> None:
        """Take the questions on passages, the file of single sentences, and how many of each."""
        self._questions = questions
        self._names = _names_by_title(questions)
        self._groups = [group for group in read_groups(sentence_groups) if not group.held_out]
        self._per_batch = per_batch
        self._random = random.Random(seed)  # noqa: S311 - a sample, not a secret

    def __iter__(self) -> Iterator[list[ReaderGroup]]:
        """Yield batches for ever."""
        passages, single = self._passage_groups(), self._sentence_groups()
        while True:
            yield [next(passages) for _ in range(self._per_batch[0])] + [
                next(single) for _ in range(self._per_batch[1])
            ]

    def _passage_groups(self) -> Iterator[ReaderGroup]:
        while True:
            for question in self._random.sample(self._questions, len(self._questions)):
                yield self._drawn(question)

    def _sentence_groups(self) -> Iterator[ReaderGroup]:
        while True:
            epoch = [
                group
                for group in self._groups
                if self._random.random() < _RERANKER_SHARES[group.name]
            ]
            self._random.shuffle(epoch)
            yield from map(self._of_sentences, epoch)

    def _drawn(self, question: PassageQuestion) -> ReaderGroup:
        random_draw = self._random
        asked, text = question.question, question.text
        is_swapped = bool(text.answers) and random_draw.random() < _SWAPPED_SHARE
        if is_swapped and (swapped := self._swapped(question)):
            asked, text = swapped, Text(text.title, text.text)
        count = random_draw.randint(_FEWEST_SIMILAR, _MOST_SIMILAR)
        others = random_draw.sample(question.similar, min(count, len(question.similar)))
        titled = random_draw.random() >= _UNTITLED_SHARE
        texts = [self._cut(one) for one in (text, *others)]
        asked = self._as_typed(asked)
        if random_draw.random() < _PREAMBLE_SHARE:
            asked = f"{self._preamble(texts[0])}{asked}"
        return ReaderGroup(
            asked,
            tuple(one if titled else replace(one, title="") for one in texts),
            exact=True,
        )

    def _of_sentences(self, group: Group) -> ReaderGroup:
        random_draw = self._random
        positives = [one for one in group.candidates if one.label][:1]
        negatives = [one for one in group.candidates if not one.label]
        wanted = min(len(negatives), _SENTENCE_NEGATIVES + (not positives))
        titled = random_draw.random() >= _UNTITLED_SHARE
        chosen = positives + random_draw.sample(negatives, wanted)
        if random_draw.random() < _GATHERED_SHARE:
            texts = [one if titled else replace(one, title="") for one in self._gathered(chosen)]
            return ReaderGroup(self._as_typed(group.question), tuple(texts), exact=False)
        texts = []
        for one in chosen:
            text, start = one.text, 0
            other = random_draw.choice(negatives) if negatives else one
            if (
                random_draw.random() < _JOINED_SHARE
                and other.title == one.title
                and other.text not in text
                and text not in other.text
            ):
                if random_draw.random() < 0.5:  # noqa: PLR2004 - half of the time
                    text = f"{text} {other.text}"
                else:
                    text, start = f"{other.text} {text}", len(other.text) + 1
            answers = (Span(start, start + len(one.text)),) if one.label else ()
            texts.append(Text(one.title if titled else "", text, answers))
        return ReaderGroup(self._as_typed(group.question), tuple(texts), exact=False)

    def _gathered(self, candidates: Sequence[Candidate]) -> list[Text]:
        """Sentences in passages of a few, in random order; that which answers is in the first."""
        first = self._random.randint(2, _MOST_GATHERED)
        parts = [one for one in (candidates[:first], candidates[first:]) if one]
        texts = []
        for part in parts:
            text, answers = "", []
            for one in self._random.sample(part, len(part)):
                start = len(text) + bool(text)
                text = f"{text} {one.text}" if text else one.text
                if one.label:
                    answers.append(Span(start, len(text)))
            texts.append(Text(part[0].title, text, tuple(answers)))
        return texts

    def _preamble(self, text: Text) -> str:
        """A sentence of a passage that does not answer, with a space after it; or nothing."""
        whole = sentences(text.text, Span(0, len(text.text)))
        said = [
            one.of(text.text)
            for one in whole
            if not any(one.overlaps(span) for span in (*text.answers, *text.unclear))
        ]
        return f"{self._random.choice(said)} " if said else ""

    def _cut(self, text: Text) -> Text:
        """A text, or a run of its sentences around an answer; other mentions are unclear."""
        words = len(text.text.split())
        if words > _MAX_WORDS or self._random.random() < _CUT_SHARE:
            text = self._shortened(text)
        unclear: list[Span] = []
        for answer in text.answers:
            said = answer.of(text.text)
            for match in re.finditer(re.escape(said), text.text, re.IGNORECASE):
                span = Span(match.start(), match.end())
                if not any(span.overlaps(one) for one in text.answers):
                    unclear.append(span)
        if not unclear:
            return text
        whole = sentences(text.text, Span(0, len(text.text)))
        answering = [one for one in whole if any(one.overlaps(span) for span in text.answers)]
        return replace(
            text,
            unclear=tuple(
                one
                for one in whole
                if one not in answering and any(one.overlaps(span) for span in unclear)
            ),
        )

    def _shortened(self, text: Text) -> Text:
        whole = sentences(text.text, Span(0, len(text.text)))
        limit = self._random.randint(40, _MAX_WORDS)
        kept = next(
            (
                number
                for number, one in enumerate(whole)
                if any(one.overlaps(answer) for answer in text.answers[:1])
            ),
            self._random.randrange(len(whole)),
        )
        first = last = kept
        while True:
            options = [option for option in (first - 1, last + 1) if 0 <= option < len(whole)]
            if not options:
                break
            option = self._random.choice(options)
            start, end = whole[min(first, option)].start, whole[max(last, option)].end
            if len(text.text[start:end].split()) > limit:
                break
            first, last = min(first, option), max(last, option)
        start, end = whole[first].start, whole[last].end
        answers = [one for one in text.answers if start <= one.start and one.end <= end]
        return Text(
            text.title,
            text.text[start:end],
            tuple(Span(one.start - start, one.end - start) for one in answers),
        )

    def _swapped(self, question: PassageQuestion) -> str:
        """A question with another name, number or year, which its passage does not answer."""
        asked, passage = question.question, question.text.text
        names = [one for one in _NAME.finditer(asked) if one.group() in passage]
        numbers = [one for one in _NUMBER.finditer(asked) if one.group() in passage]
        if len(names) > 1 and self._random.random() < 0.5:  # noqa: PLR2004 - half of the time
            one, other = sorted(self._random.sample(names, 2), key=lambda match: match.start())
            return (
                asked[: one.start()]
                + other.group()
                + asked[one.end() : other.start()]
                + one.group()
                + asked[other.end() :]
            )
        if numbers and (not names or self._random.random() < 0.5):  # noqa: PLR2004
            one = self._random.choice(numbers)
            number = self._other_number(one.group())
            return "" if number in passage else asked[: one.start()] + number + asked[one.end() :]
        if names:
            one = self._random.choice(names)
            pool = self._names[question.text.title]
            fitting = [name for name in pool if name not in passage and name != one.group()]
            if fitting:
                name = self._random.choice(fitting)
                return asked[: one.start()] + name + asked[one.end() :]
        return ""

    def _other_number(self, number: str) -> str:
        draw = self._random
        if _YEAR.fullmatch(number):
            return str(int(number) + draw.choice([-30, -10, -4, -3, -2, -1, 1, 2, 3, 4, 10, 30]))
        digits = [place for place, letter in enumerate(number) if letter.isdigit()]
        place = draw.choice(digits)
        digit = draw.choice([one for one in "123456789" if one != number[place]])
        return number[:place] + digit + number[place + 1 :]

    def _as_typed(self, question: str) -> str:
        if self._random.random() < _UNMARKED_SHARE:
            question = question.rstrip("? ")
        words = question.split(" ")
        long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]  # noqa: PLR2004
        if long and self._random.random() < _TYPO_SHARE:
            place = self._random.choice(long)
            words[place] = self._misspelt(words[place])
        return " ".join(words)

    def _misspelt(self, word: str) -> str:
        at = self._random.randrange(1, len(word) - 1)
        letter = self._random.choice("abcdefghijklmnopqrstuvwxyz")
        return self._random.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )


def _names_by_title(questions: Sequence[PassageQuestion]) -> dict[str, list[str]]:
    """Names in the questions of each article; of an article with few, those of all."""
    by_title: defaultdict[str, set[str]] = defaultdict(set)
    for one in questions:
        by_title[one.text.title].update(match.group() for match in _NAME.finditer(one.question))
    every = sorted(set().union(*by_title.values()))
    few = 5
    return {
        title: sorted(names) if len(names) >= few else every for title, names in by_title.items()
    }
