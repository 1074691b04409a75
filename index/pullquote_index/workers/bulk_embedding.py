"""Embeds on workers: hands out batches, and takes the vectors as they come.

The number of batches that are handed out is bounded by the workers' threads, so memory is, too. A
batch of a worker that ends is done by another one; nothing else is repeated. Batches come back in
any order, which changes nothing: vectors are found by the hash of what was embedded.
"""

from __future__ import annotations

import contextlib
import itertools
import queue
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pullquote.errors import WorkersError
from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.steps.embedding import EmbeddingInput
from pullquote_index.workers.batch_embedding import Batch, embed_batch
from pullquote_index.workers.dask_library import DaskWorkers
from pullquote_index.workers.sent_encoder import EncoderNotSent, has_encoder, receive_encoder
from pullquote_index.workers.worker_identity import this_identity

BATCH = 16
"""Passages. A thread of a worker reads them in half a second."""
_BATCHES_PER_THREAD = 2
"""Handed out at a time: one that is read, and one that waits."""
_COUNT_SECONDS = 2.0
"""Time after which the workers are counted again, since some may have come or gone."""
_PATIENCE_SECONDS = 60.0
"""The time for which a build waits for a worker when it has none."""
_MAX_ATTEMPTS = 10
"""How often a batch is handed out to workers that have no encoder yet."""


class BulkEmbedder:
    """Embeds on workers with one encoder."""

    def __init__(self, workers: DaskWorkers, encoder_hash: str, files: Mapping[str, bytes]) -> None:
        """Send the encoder to the workers.

        Args:
            workers: the workers.
            encoder_hash: identifies the encoder.
            files: its files, by name.

        Raises:
            WorkersError: the workers are lost.
        """
        self._workers = workers
        self._hash = encoder_hash
        self._files = files
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._handed_out: dict[Any, tuple[Sequence[EmbeddingInput], int]] = {}
        self._send()

    def embed(
        self, inputs: Iterable[EmbeddingInput]
    ) -> Iterator[tuple[EmbeddingInput, PassageVectors]]:
        """Yield the vectors of embedding inputs, in the order in which workers return them.

        Args:
            inputs: what to embed; they are consumed only as fast as they are embedded.

        Raises:
            WorkersError: the workers are not fit for it, or are lost.
        """
        remaining = iter(inputs)
        batches = iter(lambda: list(itertools.islice(remaining, BATCH)), [])
        counted, room = -_COUNT_SECONDS, 0
        while True:
            if time.monotonic() - counted >= _COUNT_SECONDS:
                counted = time.monotonic()
                room = max(1, self._workers.threads() * _BATCHES_PER_THREAD)
            for batch in itertools.islice(batches, max(0, room - len(self._handed_out))):
                self._hand_out(batch, 1)
            if not self._handed_out:
                return
            yield from self._next_finished()

    def _hand_out(self, inputs: Sequence[EmbeddingInput], attempt: int) -> None:
        batch = Batch(
            self._hash,
            this_identity(),
            [item.text for item in inputs],
            [item.sentences for item in inputs],
        )
        future = self._workers.start(embed_batch, batch, self._done.put)
        self._handed_out[future] = (inputs, attempt)

    def _next_finished(self) -> Iterator[tuple[EmbeddingInput, PassageVectors]]:
        """Wait for a batch, and yield its vectors; nothing if it must be handed out again."""
        future = self._wait()
        inputs, attempt = self._handed_out.pop(future)
        try:
            vectors = self._workers.result(future)
        except EncoderNotSent:
            if attempt == _MAX_ATTEMPTS:
                raise WorkersError(
                    "workers end as soon as they have the encoder", where=self._workers.name
                ) from None
            self._send()
            self._hand_out(inputs, attempt + 1)
            return
        yield from zip(inputs, vectors, strict=True)

    def _wait(self) -> Any:
        """The next batch that is done.

        Raises:
            WorkersError: there has been no worker for a while.
        """
        last_seen = time.monotonic()
        while True:
            with contextlib.suppress(queue.Empty):
                return self._done.get(timeout=_COUNT_SECONDS)
            if self._workers.threads():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > _PATIENCE_SECONDS:
                raise WorkersError(
                    f"there has been no worker for {_PATIENCE_SECONDS:.0f} seconds",
                    where=self._workers.name,
                    mend="Start workers again; the next build goes on from where this one was",
                )

    def _send(self) -> None:
        """Send the encoder to the workers that do not have it."""
        without = [
            address
            for address, has in self._workers.call_all(has_encoder, self._hash).items()
            if not has
        ]
        if without:
            self._workers.call_all(receive_encoder, self._hash, self._files, workers=without)
