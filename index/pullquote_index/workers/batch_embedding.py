"""What a worker does with a batch: a pure function from texts to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.spans import Span
from pullquote.errors import WorkersError
from pullquote_index.reuse.stored_vectors import PassageVectors, as_stored
from pullquote_index.workers.sent_encoder import loaded_encoder
from pullquote_index.workers.worker_identity import WorkerIdentity, this_identity


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts of some passages.

    Attributes:
        encoder_hash: identifies the encoder.
        expected: the identity of the process that builds the index.
        texts: what the encoder reads of each passage.
        sentences: for each text, the places of its sentences in it.
    """

    encoder_hash: str
    expected: WorkerIdentity
    texts: Sequence[str]
    sentences: Sequence[Sequence[Span]]


def embed_batch(batch: Batch) -> list[PassageVectors]:
    """Embed each text of a batch in a pass of its own, as one process does.

    Raises:
        EncoderNotSent: this worker has started since the encoder was sent.
        WorkersError: this worker would embed otherwise, or its encoder is damaged.
    """
    if difference := batch.expected.difference(this_identity()):
        what, mend = difference
        raise WorkersError(f"a worker {what}", mend=mend)
    encoder = loaded_encoder(batch.encoder_hash)
    return [as_stored(passage) for passage in encoder.encode_passages(batch.texts, batch.sentences)]
