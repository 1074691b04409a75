"""The reranker: a cross-encoder, which reads a question and a text together.

It estimates how likely spans answer the question. It reads them one by one and gives a logit for
each; or it is a reader (models/reader), which reads whole passages. A reranker is a folder with
`model.onnx` (int8 weights), `tokenizer.json` and `reranker.json`, its card. One of each kind comes
with the package: packaged_reranker and packaged_reader, whose README.md describe them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, Protocol

from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.models.cards import (
    EXPORT,
    PACKAGED_READER,
    PACKAGED_RERANKER,
    RERANKER_CARD_FILE,
    RerankerCard,
    read_reranker_card,
    reranker_mend,
)
from pullquote.models.exported_models import open_transformer
from pullquote.models.reader import AnsweringWords, PassageReading, read_passage
from pullquote.models.transformer import MODEL_FILE, optimised_graph
from pullquote.packaged_rerankers import NONE, READER, SPANS_RERANKER

PACKAGED_FOLDERS = {SPANS_RERANKER: PACKAGED_RERANKER, READER: PACKAGED_READER}
"""The folders of the rerankers that come with the package, by their names in the settings."""
_MAX_LOGIT = 12.0
"""Logits are limited to ±12, which is a probability within 1e-5 of certainty."""
_MAX_THREADS = min(4, os.cpu_count() or 1)
"""The number of texts that are read side by side."""


class SpansOfText(NamedTuple):
    """Spans of a text that are to be scored.

    Attributes:
        title: the headline, or "".
        text: a span, or the passage around it if the reranker reads passages.
        spans: their places in the text.
    """

    title: str
    text: str
    spans: Sequence[Span]


class SpanScore(NamedTuple):
    """What a reranker makes of a span.

    Attributes:
        logit: the logit that it answers, from -12 to 12.
        passage: the reading of the text around it; None if the reranker reads spans.
        span: its place in that text.
    """

    logit: float
    passage: PassageReading | None
    span: Span

    @property
    def answering_words(self) -> AnsweringWords | None:
        """The likeliest answering words, by their place in the span; None if it is not known."""
        words = self.passage.answering_words(self.span) if self.passage else None
        if words is None:
            return None
        (start, end), shift = words.span, self.span.start
        return AnsweringWords(Span(start - shift, end - shift), words.probability)


class Reranker(Protocol):
    """Estimates how likely spans answer a question."""

    @property
    def card(self) -> RerankerCard:
        """The reranker's card."""

    def score(self, question: str, texts: Sequence[SpansOfText]) -> list[list[SpanScore | None]]:
        """The score of each span of each text; None if the text was not read so far."""


class OnnxReranker:
    """An exported reranker, run by ONNX Runtime. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Load the reranker in `folder`.

        Raises:
            ArchiveDamaged: a file is missing or damaged.
        """
        self.card = read_reranker_card(folder)
        self._transformer = open_transformer(folder, self.card, "reranker", reranker_mend(folder))
        self._executor = ThreadPoolExecutor(_MAX_THREADS, thread_name_prefix="reranker")

    def score(self, question: str, texts: Sequence[SpansOfText]) -> list[list[SpanScore | None]]:
        """The score of each span of each text; None if the text was not read so far.

        Each text is read in a pass of its own, or each span if the reranker reads spans, so a
        score does not depend on the other texts.
        """
        score = self._in_passage if self.card.reads == "passages" else self._alone
        return list(self._executor.map(lambda text: score(question, text), texts))

    def _in_passage(self, question: str, text: SpansOfText) -> list[SpanScore | None]:
        passage = read_passage(self._transformer, question, text.title, text.text)
        logits = map(passage.logit, text.spans)
        return [
            None if logit is None else SpanScore(_limited(logit), passage, span)
            for logit, span in zip(logits, text.spans, strict=True)
        ]

    def _alone(self, question: str, text: SpansOfText) -> list[SpanScore | None]:
        before = f"{text.title}\n" if text.title else ""
        return [
            SpanScore(self._logit(question, before + span.of(text.text)), None, span)
            for span in text.spans
        ]

    def _logit(self, question: str, candidate: str) -> float:
        (logit,) = self._transformer.run(self._transformer.encode(question, candidate), 1)
        return _limited(float(logit))


def _limited(logit: float) -> float:
    return max(-_MAX_LOGIT, min(_MAX_LOGIT, logit))


def open_reranker(model: str, exported: Path) -> OnnxReranker | None:
    """Open the reranker that the settings name.

    Args:
        model: the packaged one, "none", or a model that was exported when the index was built.
        exported: the folder of exported rerankers.

    Returns:
        The reranker, or None for "none".

    Raises:
        ArchiveMismatch: the model was not exported.
        ArchiveDamaged: one of its files is missing or damaged.
    """
    if model == NONE:
        return None
    folder = _reranker_folder(model, exported)
    if folder is None:
        raise ArchiveMismatch(
            f"the reranker {model!r} has not been exported yet", where="rerank.model", mend=EXPORT
        )
    return OnnxReranker(folder)


def reranker_key(model: str, exported: Path) -> str | None:
    """What tells a reranker from others: the hash of its card; None if there is none to open.

    Args:
        model: its name or path in the settings.
        exported: the folder of exported rerankers.

    Raises:
        ArchiveDamaged: its card cannot be read.
    """
    folder = None if model == NONE else _reranker_folder(model, exported)
    return read_reranker_card(folder).hash if folder else None


def prepare_reranker(model: str, exported: Path) -> None:
    """Write the optimised copy of a reranker, so that the first question need not wait for it.

    Errors are left to `open_reranker`.

    Args:
        model: the reranker's name or path in the settings.
        exported: the folder of exported rerankers.
    """
    with contextlib.suppress(ArchiveDamaged, OSError):
        if folder := _reranker_folder(model, exported):
            optimised_graph(folder / MODEL_FILE, read_reranker_card(folder).onnx_sha256)


def _reranker_folder(model: str, exported: Path) -> Path | None:
    """The folder of the reranker that the settings name, or None if there is none."""
    return PACKAGED_FOLDERS.get(model) or exported_folder(model, exported)


def exported_folder(model: str, exported: Path) -> Path | None:
    """The folder of an exported reranker, or None if there is none of this name.

    Args:
        model: its name or path in the settings.
        exported: the folder of exported rerankers.
    """
    if not exported.is_dir():
        return None
    for folder in sorted(exported.glob("[!.]*")):  # a name with a dot is an unfinished export
        if (folder / RERANKER_CARD_FILE).is_file() and read_reranker_card(folder).model == model:
            return folder
    return None
