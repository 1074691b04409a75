"""An archive, open for questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pullquote.answering.question_words import QuestionWords, inverse_document_frequency
from pullquote.confidence.calibration import ConfidenceScale, read_calibration
from pullquote.confidence.decision import decision_for
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import Passage
from pullquote.errors import ArchiveDamaged, EncoderError, RequestError
from pullquote.models.cards import EncoderCard
from pullquote.models.encoder import Encoder, OnnxEncoder
from pullquote.models.reranker import Reranker, open_reranker
from pullquote.models.vectors import Vectors
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    GenerationId,
    Manifest,
    check_files,
    check_settings,
    read_manifest,
)
from pullquote.storage.sentence_vectors import SentenceRows, similarities
from pullquote.storage.vector_index import VectorIndex

_NO_DAY = dt.date(2000, 1, 1)
EncoderLoader = Callable[[EncoderCard, BuiltFolder], Encoder]
"""Loads the encoder that an index was made with."""


class OpenIndex:
    """One generation of an index, open for questions. Safe to share between threads.

    Attributes:
        manifest: what the generation was made of.
        generation: its id.
        settings: that it was opened with.
        folder: where the generation lies.
        scale: how sure an answer from it has to be.
        store, lexical, dense: its articles and passages, and the two indexes of them.
        newest: the day of its newest article; where none has a date, some day.
        reranker: reads the best spans once more; None where none is used.
    """

    def __init__(
        self,
        settings: Settings,
        load_encoder: EncoderLoader | None = None,
        generation: GenerationId | None = None,
    ) -> None:
        """Open a generation, without writing anything.

        Args:
            settings: say where it lies, and are compared with those it was made with.
            load_encoder: for encoders that ONNX Runtime does not run.
            generation: which one; the live one if None.

        Raises:
            ArchiveError: there is none, it does not fit the settings, or a file is missing or damaged.
        """
        self.settings = settings
        built = BuiltFolder(settings.index.path)
        wanted = generation or built.live()
        while True:
            try:
                self._open(built, wanted, load_encoder)
            except (
                ArchiveDamaged
            ):  # unless a build has meanwhile switched to another generation and let this one go
                if generation or built.live() == wanted:
                    raise
                wanted = built.live()
            else:
                return

    def _open(
        self, built: BuiltFolder, generation: GenerationId, load_encoder: EncoderLoader | None
    ) -> None:
        settings = self.settings
        self.generation: GenerationId = generation
        self.folder: Path = built.folder_of(generation)
        folder = self.folder
        self.manifest: Manifest = read_manifest(folder)
        check_files(self.manifest, folder)
        check_settings(self.manifest, settings, settings.index.path)
        self.store = ArticleStore(folder / STORE_FILE)
        self.lexical = LexicalIndex(folder / LEXICAL_FOLDER)
        self.dense = VectorIndex(folder / VECTOR_FILE)
        self._sentences = SentenceRows(folder / SENTENCE_FILE)
        self._see_that_parts_agree()
        _, newest = self.store.dates()
        self.newest: dt.date = newest or _NO_DAY
        self.reranker: Reranker | None = open_reranker(settings.rerank.model, built.rerankers)
        calibration = read_calibration(built, self.manifest, settings).used
        self.scale = ConfidenceScale(
            calibration, settings.answer.threshold, decision_for(reranked=self.reranker is not None)
        )
        card = self.manifest.encoder
        if card.runtime == "onnx":
            self._encoder: Encoder = OnnxEncoder(built.encoder_folder(card))
        elif load_encoder:
            self._encoder = load_encoder(card, built)
        else:
            raise EncoderError(
                "runs on sentence-transformers",
                where=card.model,
                mend="Pass load_encoder=pullquote_index.load_encoder to Archive.open",
            )

    def _see_that_parts_agree(self) -> None:
        counts = {self.manifest.passages, self.store.passages, len(self.lexical), len(self.dense)}
        if (
            len(counts) > 1
            or len(self._sentences) != self.manifest.sentences
            or self.dense.dimension != self.manifest.encoder.dimension
        ):
            raise ArchiveDamaged("its parts do not belong together", where=str(self.folder))

    def article(self, article_id: ArticleId) -> Article:
        """An article by its id.

        Raises:
            RequestError: there is none of that id.
        """
        row = self.store.row_of(article_id)
        if row is None:
            raise RequestError(
                "the archive has no article with this id",
                where=article_id,
                mend="Take `article_id` from the JSON of a quote: pullquote ask QUESTION --format json",
            )
        return self.store.article(row)

    def encode(self, question: str) -> Vectors:
        """A question's vector, float32, (dimension,), norm 1."""
        vector: Vectors = self._encoder.encode_queries([question])[0]
        return vector

    def sentence_similarities(
        self, passages: Sequence[Passage], vector: Vectors
    ) -> npt.NDArray[np.float32]:
        """Cosines of a question's vector with the passages' sentences, one after the other, float32, (sentences,).

        Raises:
            ArchiveDamaged: the file of sentence vectors is damaged.
        """
        rows = [
            self._sentences[
                passage.first_sentence : passage.first_sentence + len(passage.sentences)
            ]
            for passage in passages
        ]
        if any(
            len(of_passage) != len(passage.sentences)
            for of_passage, passage in zip(rows, passages, strict=True)
        ):
            raise ArchiveDamaged("a passage's sentences have no vectors", where=str(self.folder))
        return similarities(vector, np.concatenate(rows) if rows else self._sentences[:0])

    def question_words(self, terms: Iterable[str]) -> QuestionWords:
        """What is known here of the words of a question."""
        rarity: dict[str, float] = {}
        kin: dict[str, frozenset[str]] = {}
        for term in terms:
            frequencies = self.lexical.kin(term)
            rarity[term] = inverse_document_frequency(sum(frequencies.values()), len(self.lexical))
            kin[term] = frozenset({term, *frequencies})
        return QuestionWords(rarity, kin)

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()
