"""One generation of an index, open for questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from pullquote.answering.index_encoder import EncoderLoader
from pullquote.answering.question_words import QuestionWords, inverse_document_frequency
from pullquote.answering.shared_models import SharedModels
from pullquote.confidence.calibration import read_calibration
from pullquote.confidence.decision import decision_for
from pullquote.confidence.verdict import ConfidenceScale
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import Passage
from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.models.reranker import Reranker
from pullquote.models.vectors import Vectors
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.index_store import IndexStore
from pullquote.storage.manifest import GenerationId, Manifest, check_settings
from pullquote.storage.ports import DenseIndex, WordIndex
from pullquote.storage.sentence_vectors import Quantised, similarities
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import last_day_published

_NEWEST_OF_UNDATED = dt.date(2000, 1, 1)
"""The date of the newest article if no article has a date. Any day will do."""


class OpenIndex:
    """One generation of an index, open for questions. Safe to share between threads.

    Attributes:
        settings: the settings it was opened with.
        generation: the id of the generation.
        manifest: the manifest of the generation.
        store: its articles and passages, but for those that are hidden.
        withdrawals: the version of the log of withdrawals that it was opened with.
        last_day: articles of later dates are hidden.
        lexical: its index of words.
        dense: its index of vectors.
        newest: the date of its newest article that is not dated after the build; if no article has
            a date, any day.
        reranker: reads the best spans again; None if the settings name none.
        scale: maps raw confidences to those shown, and holds the threshold.
    """

    def __init__(
        self,
        settings: Settings,
        load_encoder: EncoderLoader | None = None,
        generation: GenerationId | None = None,
        last_day: dt.date | None = None,
        models: SharedModels | None = None,
    ) -> None:
        """Open a generation, without writing anything.

        It stays as it was opened; `is_outdated` says when to open it anew.

        Args:
            settings: name the store of the index, and are compared with its manifest.
            load_encoder: needed only for an encoder that ONNX Runtime does not run.
            generation: which generation; the live one if None.
            last_day: articles of later dates are hidden; of dates in the future if None.
            models: to share them with other indexes; None to share none.

        Raises:
            ArchiveError: there is no index, it does not fit the settings, or a file is damaged.
            EncoderError: the encoder needs `load_encoder`, or cannot be loaded.
        """
        self.settings = settings
        self._models = models or SharedModels()
        self.last_day: dt.date = last_day or last_day_published(dt.datetime.now(dt.UTC))
        self._index = index = store_of(settings.index)
        chosen = generation or index.live()
        while True:
            try:
                self._open(index, chosen, load_encoder)
            except ArchiveDamaged:
                # A build may have switched to another generation meanwhile, and deleted this one.
                if generation or index.live() == chosen:
                    raise
                chosen = index.live()
            else:
                return

    def _open(
        self, index: IndexStore, generation: GenerationId, load_encoder: EncoderLoader | None
    ) -> None:
        settings, models = self.settings, self._models
        self.generation: GenerationId = generation
        self.manifest: Manifest = (manifest := index.manifest(generation))
        check_settings(manifest, settings, index.place)
        # The files are hashed and the models loaded side by side: most of that is native code
        # without Python's lock. No other reader sees a file before it is known as built.
        with ThreadPoolExecutor(2) as executor:
            checked = executor.submit(index.check, generation, manifest)
            built = index.models(manifest.encoder, settings.rerank.model)
            reranker = executor.submit(models.reranker, settings.rerank.model, built.rerankers)
            try:
                self._encoder = models.encoder(manifest.encoder, built, load_encoder)
            finally:
                checked.result()  # a damaged file is reported before a damaged encoder
            self.reranker: Reranker | None = reranker.result()
        self.withdrawals: tuple[int, int] = index.withdrawals_version()
        opened = index.open(generation, manifest, self.last_day)
        self.store: ArticleStore = opened.articles
        self.lexical: WordIndex = opened.words
        self.dense: DenseIndex = opened.vectors
        self._sentences = opened.sentences
        self._check_counts()
        newest = self.store.newest(_last_day(manifest.created))
        self.newest: dt.date = newest or _NEWEST_OF_UNDATED
        calibration = read_calibration(index, manifest, settings).used
        self.scale = ConfidenceScale(
            calibration,
            settings.answer.threshold,
            settings.answer.unsure_threshold,
            decision_for(reranked=self.reranker is not None),
        )

    def _check_counts(self) -> None:
        """See that the parts of the index belong together.

        Raises:
            ArchiveDamaged: they differ in their number of passages, sentences or dimensions.
        """
        counts = {self.manifest.passages, self.store.passages, len(self.lexical), len(self.dense)}
        if (
            len(counts) > 1
            or len(self._sentences) != self.manifest.sentences
            or self.dense.dimension != self.manifest.encoder.dimension
        ):
            raise ArchiveDamaged("its files do not belong together", where=self._where)

    @property
    def _where(self) -> str:
        """The generation, for an error."""
        return f"{self._index.place}, generation {self.generation}"

    @property
    def place(self) -> str:
        """The folder or the address of the index. No password is in it."""
        return self._index.place

    def is_outdated(self) -> bool:
        """Whether other articles are hidden now: withdrawn since, or no longer of the future."""
        return self.withdrawals != self._index.withdrawals_version() or (
            self.store.hidden.future > 0
            and self.last_day < last_day_published(dt.datetime.now(dt.UTC))
        )

    def article(self, article_id: ArticleId) -> Article:
        """An article by its id.

        Raises:
            RequestError: no article has this id.
        """
        row = self.store.article_row(article_id)
        if row is None:
            raise RequestError(
                "the archive has no article with this id",
                where=article_id,
                mend="Take `article_id` from the JSON of a quote: "
                "pullquote ask QUESTION --format json",
            )
        return self.store.article(row)

    def encode(self, question: str) -> Vectors:
        """The vector of a question, float32, (dimension,), norm 1."""
        vector: Vectors = self._encoder.encode_queries([question])[0]
        return vector

    def encode_words(self, text: str, words: Sequence[Span]) -> Vectors:
        """Vectors of a text's words, float32, (words, dimension), rows of norm 1.

        Args:
            text: the text.
            words: the places of the words in it.
        """
        return self._encoder.encode_words(text, words)

    def sentence_similarities(
        self, passages: Sequence[Passage], vector: Vectors
    ) -> npt.NDArray[np.float32]:
        """Cosines of a question with each sentence of the passages, float32, (sentences,).

        Args:
            passages: their sentences follow one another in the result.
            vector: the question's, float32, (dimension,), norm 1.

        Raises:
            ArchiveDamaged: the file of sentence vectors is damaged.
        """
        return similarities(vector, self.sentence_rows(passages))

    def sentence_rows(self, passages: Sequence[Passage]) -> Quantised:
        """The vectors of the passages' sentences, one after another, int8, (sentences, dimension).

        Raises:
            ArchiveDamaged: the file of sentence vectors is damaged.
        """
        return self._sentences.of_passages(passages)

    def question_words(self, terms: Iterable[str]) -> QuestionWords:
        """Look up the words of a question: their idf, and the stems related to them."""
        idf: dict[str, float] = {}
        related_stems: dict[str, frozenset[str]] = {}
        for term in terms:
            frequencies = self.lexical.kin(term)
            idf[term] = inverse_document_frequency(sum(frequencies.values()), len(self.lexical))
            related_stems[term] = frozenset({term, *frequencies})
        return QuestionWords(idf, related_stems)

    def close(self) -> None:
        """Close the files."""
        self.store.close()


def _last_day(built: dt.datetime) -> dt.date:
    """The last date that an article can have, somewhere on Earth, when an index is built."""
    return dt.date.fromordinal(min(built.date().toordinal() + 1, dt.date.max.toordinal()))
