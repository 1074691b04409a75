"""The batches that the reader is trained on: drawn anew in each epoch, in many forms."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences
from reader_data import PassageQuestion, ReaderGroup, Text
from reader_questions import QuestionForms
from reranker_data import QAMR, Candidate, Group, read_groups

_RERANKER_SHARES = {"squad": 0.35, "squad-un": 0.25, "nq": 0.5, "selqa": 1.0, QAMR: 0.3}
"""The share of the groups of single sentences in an epoch, by set."""
_FEWEST_SIMILAR, _MOST_SIMILAR = 1, 4
"""How many of the most similar passages are drawn."""
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
_SWAPPED_SHARE = 0.15
"""How often a question is turned into one that its passage does not answer."""
_RESTATED_SHARE = 0.25
"""How often the passage is there a second time with another value as its answer, so that what is
told again on another day counts as much."""


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
        self._groups = [group for group in read_groups(sentence_groups) if not group.held_out]
        self._per_batch = per_batch
        self._random = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self._forms = QuestionForms(questions, self._random)

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
        if is_swapped and (swapped := self._forms.swapped(question)):
            asked, text = swapped, Text(text.title, text.text)
        count = random_draw.randint(_FEWEST_SIMILAR, _MOST_SIMILAR)
        others = random_draw.sample(question.similar, min(count, len(question.similar)))
        titled = random_draw.random() >= _UNTITLED_SHARE
        if (
            text.answers
            and random_draw.random() < _RESTATED_SHARE
            and (again := self._forms.restated(question))
        ):
            others.insert(0, again)
        texts = [self._cut(one) for one in (text, *others)]
        asked = self._forms.as_typed(asked)
        if random_draw.random() < _PREAMBLE_SHARE:
            asked = f"{self._forms.preamble(texts[0])}{asked}"
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
            return ReaderGroup(self._forms.as_typed(group.question), tuple(texts), exact=False)
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
        return ReaderGroup(self._forms.as_typed(group.question), tuple(texts), exact=False)

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
