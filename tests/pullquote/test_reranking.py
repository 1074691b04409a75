import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from pullquote.answering import answering_words as answering_words_module
from pullquote.answering.answering_words import answering_words
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.quotes import Quote, in_reading_order
from pullquote.answering.read_texts import passages_of
from pullquote.answering.reranking import rerank
from pullquote.answering.retrieval import retrieve
from pullquote.answering.window_search import windows_of
from pullquote.answering.windows import SCORE_PARTS, Window
from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.corpus.passages import ArticleRow, Hit, Passage, PassageFilter, PassageId
from pullquote.corpus.spans import Span
from pullquote.english.back_references import refers_back
from pullquote.english.question_time import question_time
from pullquote.english.sentences import sentences
from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.json_output.answer import answer_json
from pullquote.models.cards import (
    PACKAGED_READER,
    PACKAGED_RERANKER,
    RerankerCard,
    read_reranker_card,
)
from pullquote.models.reader import PassageReading
from pullquote.models.reranker import OnnxReranker, SpanScore, SpansOfText
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.storage.source_check import SourceState
from pullquote.weights import WEIGHTS
from support.archives import build_into, plain_article, settings_for

QUESTION = "What did the cables cost?"


@pytest.fixture(
    scope="module", params=[PACKAGED_RERANKER, PACKAGED_READER], ids=["spans", "passages"]
)
def reranker(request: pytest.FixtureRequest) -> OnnxReranker:
    """Each of the packaged rerankers."""
    return OnnxReranker(request.param)


@pytest.fixture(scope="module")
def reader() -> OnnxReranker:
    return OnnxReranker(PACKAGED_READER)


def windows(archive: OpenIndex, query: Query) -> list[Window]:
    vector = archive.encode(query.searched)
    hits = retrieve(
        query, vector, PassageFilter(), archive.lexical, archive.dense, archive.settings.retrieval
    )
    words = archive.question_words(query.terms)
    time = question_time(query.searched, archive.newest)
    return windows_of(archive, query, vector, hits, words, time)


class WordReranker:
    """A reranker that finds a span likely if it contains a word."""

    def __init__(self, word: str, reads: Literal["spans", "passages"]) -> None:
        packaged = read_reranker_card(PACKAGED_RERANKER)
        self.card = packaged.model_copy(update={"reads": reads})
        self.texts: list[str] = []
        self._word = word

    def score(self, _question: str, texts: Sequence[SpansOfText]) -> list[list[SpanScore | None]]:
        self.texts += [text for _, text, _ in texts]
        return [
            [SpanScore(9.0 if self._word in span.of(text) else -9.0, None, span) for span in spans]
            for _, text, spans in texts
        ]


def whole(title: str, text: str) -> SpansOfText:
    return SpansOfText(title, text, [Span(0, len(text))])


@pytest.mark.parametrize("folder", [PACKAGED_RERANKER, PACKAGED_READER])
def test_a_packaged_reranker_matches_its_card_and_is_small(folder: Path) -> None:
    card = read_reranker_card(folder)
    assert file_sha256(folder / MODEL_FILE) == card.onnx_sha256
    assert file_sha256(folder / TOKENIZER_FILE) == card.tokenizer_sha256
    assert sum(file.stat().st_size for file in folder.iterdir()) < 25_000_000
    readme = (folder / "README.md").read_text(encoding="utf-8")
    training = json.loads((folder / "train.json").read_text(encoding="utf-8"))
    assert card.onnx_sha256 in readme
    hashes = [value for name, value in training.items() if name.endswith("_sha256")]
    assert hashes
    assert all(value in readme for value in hashes)


def logits_of(reranker: OnnxReranker, texts: Sequence[SpansOfText]) -> list[list[float | None]]:
    scores = reranker.score(QUESTION, texts)
    return [[score and score.logit for score in of_text] for of_text in scores]


def test_an_answer_gets_a_higher_logit_than_a_sentence_on_its_subject(
    reranker: OnnxReranker,
) -> None:
    (right,), (near,), (far,) = reranker.score(
        "Who wrote the report on the harbour?",
        [
            whole(
                "Harbour report",
                "The report on the harbour was written by Lidia Kovac, an engineer.",
            ),
            whole("Harbour report", "The report on the harbour was published on Tuesday."),
            whole("Apricots", "A late frost destroyed most of the harvest."),
        ],
    )
    assert right
    assert near
    assert far
    assert right.logit > near.logit > far.logit


def test_a_sentence_is_read_in_its_passage(reader: OnnxReranker) -> None:
    passage = "Lidia Kovac led the works. She was born in Szeged. The bridge opened in May."
    spans = sentences(passage, Span(0, len(passage)))
    ((led, born, opened),) = reader.score(
        "Where was Lidia Kovac born?", [SpansOfText("Harbour", passage, spans)]
    )
    assert led
    assert opened
    assert born
    assert born.logit > max(led.logit, opened.logit), "who she is stands in the sentence before"


def test_a_texts_logits_do_not_depend_on_the_other_texts(reranker: OnnxReranker) -> None:
    texts = [
        whole("", "The cables cost 14 million euros."),
        whole("A long one", "word " * 400),
        whole("", "-"),
    ]
    together = logits_of(reranker, texts)
    assert together == [logits_of(reranker, [text])[0] for text in texts]
    assert reranker.score("long " * 400, texts[:1]), "a question longer than the model reads"


def test_a_span_beyond_what_the_model_reads_has_no_logit(reader: OnnxReranker) -> None:
    text = "word " * 600
    ((first, last),) = reader.score(
        QUESTION, [SpansOfText("", text, [Span(0, 20), Span(2980, 2999)])]
    )
    assert first is not None
    assert last is None


def test_only_the_best_windows_are_read_and_others_count_as_the_least_likely(
    town: OpenIndex,
) -> None:
    query = understand("bridge cables cost ferry passengers")
    found = windows(town, query)
    reranker = WordReranker("Lidia", "spans")
    ranked, reading = rerank(found, query.text, reranker, 3)
    assert len(reranker.texts) == 3 < len(found)
    assert reading
    assert reading.probability == pytest.approx(1, abs=1e-3)
    assert reading.lead == pytest.approx(18)
    assert sorted(window.span for window in ranked) == sorted(window.span for window in found)
    for window in ranked:
        assert window.score == pytest.approx(sum(window.parts.values()))
        assert window.parts["reranker"] == pytest.approx(
            WEIGHTS.reranker
            * (9 if window.text in reranker.texts and "Lidia" in window.text else -9)
        )


def test_a_reader_reads_the_passages_of_the_best_windows_once_for_all_their_windows(
    town: OpenIndex,
) -> None:
    query = understand("bridge cables cost ferry passengers")
    found = windows(town, query)
    reader = WordReranker("Lidia", "passages")
    ranked, _ = rerank(found, query.text, reader, 3)
    passages = {window.passage_text for window in found[:1]}
    assert passages <= set(reader.texts)
    assert len(reader.texts) == len(set(reader.texts)) <= 3
    for window in ranked:
        is_read = window.passage_text in reader.texts
        assert window.parts["reranker"] == pytest.approx(
            WEIGHTS.reranker * (9 if is_read and "Lidia" in window.text else -9)
        )


def test_windows_keep_their_order_where_nothing_could_be_read(town: OpenIndex) -> None:
    class UnreadingReader(WordReranker):
        def score(
            self, _question: str, texts: Sequence[SpansOfText]
        ) -> list[list[SpanScore | None]]:
            return [[None for _ in text.spans] for text in texts]

    found = windows(town, understand(QUESTION))
    ranked, score = rerank(found, QUESTION, UnreadingReader("", "passages"), 3)
    assert ranked == found
    assert score
    assert score.probability == score.lead == 0


def test_a_passage_is_read_without_what_is_not_quoted_in_it() -> None:
    text = "One is here. [a table that nobody quotes] Two is there.\n\nThree ends it."
    sentences_of_it = (Span(0, 12), Span(42, 55), Span(57, 71))
    article = plain_article(text)
    passage = Passage(PassageId(0), ArticleRow(0), Span(0, len(text)), sentences_of_it, 0)
    hit = Hit(PassageId(0), 1, 1, 0.5, 0.03)
    found = [
        Window(article, passage, hit, span, 3, 0.0, 0.0, 0.0, 0.0, (0.0,) * len(SCORE_PARTS))
        for span in (sentences_of_it[1], Span(0, 55))
    ]
    ((title, read, spans),) = (each.spans_of_text for each in passages_of(found[:1], found))
    assert (title, read) == ("", "One is here.\nTwo is there.\n\nThree ends it.")
    assert [span.of(read) for span in spans] == ["Two is there.", "One is here.\nTwo is there."]


def test_without_a_reranker_windows_keep_their_scores(town: OpenIndex) -> None:
    query = understand(QUESTION)
    found = windows(town, query)
    assert rerank(found, query.text, None, 12) == (found, None)


def test_the_settings_name_the_reranker(town_built: Path) -> None:
    plain = answer(OpenIndex(settings_for(town_built, RERANK_MODEL="none")), understand(QUESTION))
    assert plain.explanation
    assert plain.explanation.evidence.reranker is None
    assert all("reranker" not in quote.window.parts for quote in plain.shown if quote.window)
    with pytest.raises(ArchiveMismatch, match=r"has not been exported.*pullquote index"):
        OpenIndex(settings_for(town_built, RERANK_MODEL="cross-encoder/other"))


def test_a_cross_encoder_is_exported_when_the_index_is_built(
    built: Path, tmp_path: Path, tiny_cross_encoder: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(
        "The harbour bridge\n\nThe cables of the bridge cost 14 million euros.\n", encoding="utf-8"
    )
    build_into(built, [articles], RERANK_MODEL=str(tiny_cross_encoder))
    (folder,) = (built / "rerankers").iterdir()
    card = RerankerCard.model_validate_json((folder / "reranker.json").read_bytes())
    assert card.hash == folder.name
    assert card.onnx_sha256 == sha256_of((folder / MODEL_FILE).read_bytes())
    archive = OpenIndex(settings_for(built, RERANK_MODEL=str(tiny_cross_encoder)))
    found = answer(archive, understand(QUESTION))
    assert all("reranker" in quote.window.parts for quote in found.shown if quote.window)
    exported_at = (folder / MODEL_FILE).stat().st_mtime_ns
    build_into(built, [articles], RERANK_MODEL=str(tiny_cross_encoder))
    assert (folder / MODEL_FILE).stat().st_mtime_ns == exported_at, (
        "an undamaged export is used again"
    )
    (folder / MODEL_FILE).write_bytes(b"")
    with pytest.raises(ArchiveDamaged, match="the reranker cannot be loaded"):
        OpenIndex(settings_for(built, RERANK_MODEL=str(tiny_cross_encoder)))
    build_into(built, [articles], RERANK_MODEL=str(tiny_cross_encoder))
    assert OpenIndex(settings_for(built, RERANK_MODEL=str(tiny_cross_encoder))).reranker


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real, small and untrained cross-encoder, with the packaged tokenizer."""
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("cross-encoder")
    config = transformers.BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(PACKAGED_RERANKER / TOKENIZER_FILE),
        pad_token="[PAD]",
        model_max_length=128,
        model_input_names=_INPUTS,
    ).save_pretrained(folder)
    return folder


_INPUTS = ["input_ids", "token_type_ids", "attention_mask"]


@pytest.mark.parametrize(
    "text",
    [
        "He said no.",
        "“It will outlast us all,” she said.",
        "But the council refused.",
        "These were lost.",
        "The former won.",
    ],
)
def test_a_sentence_that_begins_with_a_reference_refers_back(text: str) -> None:
    assert refers_back(text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Heather said no.",
        "There is a bridge.",
        "It is a bridge of stone.",
        "Theirry spoke.",
        "Ana Ortiz said that he left.",
    ],
)
def test_other_sentences_do_not_refer_back(text: str) -> None:
    assert not refers_back(text, 0)


def test_of_two_consecutive_quotes_the_earlier_is_shown_first(town: OpenIndex) -> None:
    row = town.store.article_row(
        town.store.article(answer(town, understand(QUESTION)).shown[0].row).id
    )
    assert row is not None
    article = town.store.article(row)
    (passage,) = town.store.passages_of(row)
    a, b, c, d = passage.sentences

    def quote(span: Span, score: float = 0.0) -> Quote:
        return Quote(article, span, passage.span, score, SourceState.SAME, 0, row)

    shown = in_reading_order([quote(c), quote(b), quote(d), quote(a)])
    assert [one.span for one in shown] == [b, c, d, a], "c and b follow one another, d and a do not"
    assert [one.span for one in in_reading_order([quote(a), quote(c), quote(b)])] == [a, b, c]
    assert [one.span for one in in_reading_order([quote(b, 1.0), quote(a, 0.5)])] == [b, a], (
        "the first answers clearly better"
    )


def test_the_reader_knows_which_words_of_a_span_answer(reader: OnnxReranker) -> None:
    text = "The bridge opened in May. The cables cost 14 million euros."
    second = Span(26, len(text))
    ((score,),) = reader.score(QUESTION, [SpansOfText("Harbour bridge", text, [second])])
    assert score
    words = score.answering_words
    assert words
    assert words.span.of(second.of(text)) == "14 million euros"
    assert words.probability > 0.5


def test_words_that_answer_are_marked_in_quotes_if_the_reader_is_sure(
    town_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = OpenIndex(settings_for(town_built, RERANK_MODEL="pullquote-reader"))
    monkeypatch.setattr(answering_words_module, "SURE", 0.1)
    found = answer(archive, understand(QUESTION))
    assert found.answered
    quote = found.quotes[0]
    (words,) = quote.answer_spans
    assert quote.span.contains(words)
    assert "million" in words.of(quote.article.text)
    assert answer_json(found).quotes[0].answer_spans == (tuple(words),)
    assert [place.of(quote.text) for place in quote.answering] == [words.of(quote.article.text)]
    doubted = answer(
        OpenIndex(
            settings_for(town_built, RERANK_MODEL="pullquote-reader", ANSWER_THRESHOLD="0.999")
        ),
        understand(QUESTION),
    )
    assert not doubted.answered
    assert not any(quote.answer_spans for quote in doubted.shown), "nothing is marked in a doubt"


def test_in_another_printing_the_same_words_are_marked_where_they_stand_once() -> None:
    text = "Cables cost 14 million euros."
    article = plain_article(text)
    passage = Passage(PassageId(0), ArticleRow(0), Span(0, len(text)), (Span(0, len(text)),), 0)
    logits = np.array([-9, -9, 9, -9], np.float32)
    offsets = np.array([[0, 6], [7, 11], [12, 28], [28, 29]])
    read = SpanScore(9.0, PassageReading(logits, logits, offsets), Span(0, len(text)))
    window = Window(
        article, passage, Hit(PassageId(0), 1, 1, 0.5, 0.03), Span(0, len(text)),
        5, 0.0, 0.0, 0.0, 0.0, (), read=read,
    )  # fmt: skip
    assert answering_words(window, Span(0, len(text)), text) == (Span(12, 28),)
    other = "REUTERS - The cables cost 14 million euros."
    assert answering_words(window, Span(10, len(other)), other) == (Span(26, 42),)
    twice = "14 million euros, or 14 million euros."
    assert answering_words(window, Span(0, len(twice)), twice) == ()
    shorter = window._replace(read=read._replace(span=Span(0, len(text) - 1)))
    assert answering_words(shorter, Span(0, len(text)), text) == (), "it read other white space"
    unread = window._replace(read=None)
    assert answering_words(unread, Span(0, len(text)), text) == ()
