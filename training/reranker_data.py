"""The training data of the reranker: groups of candidates, and the batches drawn from them.

A group is a question with one candidate that answers it and several that do not, or, if nothing
answers it, only the latter.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

QAMR = "qamr"
SHARES = {"squad": 1.0, "squad-un": 0.65, "nq": 1.0, "selqa": 1.0, QAMR: 0.3}
"""The share of each set's groups in an epoch. The questions of QAMR are short and vague."""
GROUPS_PER_BATCH = 16
_NEGATIVES = 5
"""Candidates of a group that do not answer; one more if none answers."""
_TITLED_SHARE = 0.7
"""How often candidates get their headline. Some archives have articles without one."""
_JOINED_SHARE = 0.4
"""How often a neighbour that does not answer is joined to a candidate.

Because the spans that are ranked later have one to three sentences.
"""
_MAX_JOINED_WORDS = 70
_HELD_OUT_DIVISOR = 25
"""One question in this many is held out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that answers a question (label 1) or does not (label 0)."""

    title: str
    text: str
    label: int


@dataclass(frozen=True, slots=True)
class Group:
    """A question with its candidates, and the name of the set that it comes from."""

    question: str
    candidates: tuple[Candidate, ...]
    name: str

    @property
    def held_out(self) -> bool:
        """Whether it is measured with and not trained on."""
        digest = hashlib.sha256(self.question.encode()).hexdigest()
        return int(digest, 16) % _HELD_OUT_DIVISOR == 0


DrawnGroup = tuple[str, list[Candidate]]
"""A question, and the candidates that are drawn for one epoch; the one that answers comes first."""


def read_groups(path: Path) -> list[Group]:
    """Read the training set: gzipped JSON Lines with "question", "candidates" and "set"."""
    groups = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            candidates = tuple(
                Candidate(candidate["title"], candidate["text"], candidate["label"])
                for candidate in record["candidates"]
            )
            groups.append(Group(record["question"], candidates, record["set"]))
    return groups


def batches(groups: Sequence[Group], random_draw: random.Random) -> Iterator[list[DrawnGroup]]:
    """The batches of one epoch: a share of each set, in random order."""
    epoch = [group for group in groups if random_draw.random() < SHARES[group.name]]
    random_draw.shuffle(epoch)
    for first in range(0, len(epoch) - GROUPS_PER_BATCH + 1, GROUPS_PER_BATCH):
        batch = epoch[first : first + GROUPS_PER_BATCH]
        yield [(group.question, _draw(group, random_draw)) for group in batch]


def _draw(group: Group, random_draw: random.Random) -> list[Candidate]:
    """The candidate that answers, if any, then some that do not; titled and joined at random."""
    positives = [candidate for candidate in group.candidates if candidate.label]
    negatives = [candidate for candidate in group.candidates if not candidate.label]
    wanted = min(len(negatives), _NEGATIVES + (not positives))
    chosen = positives[:1] + random_draw.sample(negatives, wanted)
    titled = random_draw.random() < _TITLED_SHARE
    return [_joined(candidate, negatives, random_draw, titled=titled) for candidate in chosen]


def _joined(
    candidate: Candidate, others: Sequence[Candidate], random_draw: random.Random, *, titled: bool
) -> Candidate:
    """A candidate, perhaps with a neighbour from the same article before or after it."""
    text = candidate.text
    if others and random_draw.random() < _JOINED_SHARE:
        neighbour = random_draw.choice(others)
        word_count = len(text.split()) + len(neighbour.text.split())
        if (
            neighbour.title == candidate.title
            and neighbour.text != text
            and word_count <= _MAX_JOINED_WORDS
        ):
            parts = [neighbour.text, text]
            if random_draw.random() >= 0.5:  # noqa: PLR2004 - half of the time
                parts.reverse()
            text = " ".join(parts)
    return Candidate(candidate.title if titled else "", text, candidate.label)
