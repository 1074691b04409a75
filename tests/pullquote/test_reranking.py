import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.quotes import Quote, in_reading_order
from pullquote.answering.reranking import rerank
from pullquote.answering.retrieval import retrieve
from pullquote.answering.window_search import windows_of
from pullquote.answering.windows import Window
from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.corpus.passages import PassageFilter
from pullquote.corpus.spans import Span
from pullquote.english.back_references import refers_back
from pullquote.english.question_time import question_time
from pullquote.errors import ArchiveDamaged, ArchiveMismatch
from pullquote.models.cards import PACKAGED_RERANKER, RerankerCard, read_reranker_card
from pullquote.models.reranker import OnnxReranker
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote.storage.source_check import SourceState
from pullquote.weights import WEIGHTS
from support.archives import build_into, settings_for

QUESTION = "What did the cables cost?"


@pytest.fixture(scope="module")
def reranker() -> OnnxReranker:
    return OnnxReranker(PACKAGED_RERANKER)


def windows(archive: OpenIndex, query: Query) -> list[Window]:
    vector = archive.encode(query.searched)
    hits = retrieve(
        query, vector, PassageFilter(), archive.lexical, archive.dense, archive.settings.retrieval
    )
    words = archive.question_words(query.terms)
    time = question_time(query.searched, archive.newest)
    return windows_of(archive, query, vector, hits, words, time)


class WordReranker:
    """A reranker that finds a candidate likely if it contains a word."""

    def __init__(self, word: str) -> None:
        self.card = read_reranker_card(PACKAGED_RERANKER)
        self.texts: list[str] = []
        self._word = word

    def logits(self, _question: str, candidates: Sequence[tuple[str, str]]) -> list[float]:
        self.texts += [text for _, text in candidates]
        return [9.0 if self._word in text else -9.0 for _, text in candidates]


def test_the_packaged_reranker_matches_its_card_and_is_small() -> None:
    card = read_reranker_card(PACKAGED_RERANKER)
    assert file_sha256(PACKAGED_RERANKER / MODEL_FILE) == card.onnx_sha256
    assert file_sha256(PACKAGED_RERANKER / TOKENIZER_FILE) == card.tokenizer_sha256
    assert sum(file.stat().st_size for file in PACKAGED_RERANKER.iterdir()) < 25_000_000
    readme = (PACKAGED_RERANKER / "README.md").read_text(encoding="utf-8")
    training = json.loads((PACKAGED_RERANKER / "train.json").read_text(encoding="utf-8"))
    assert card.onnx_sha256 in readme
    assert training["data_sha256"] in readme


def test_an_answer_gets_a_higher_logit_than_a_sentence_on_its_subject(
    reranker: OnnxReranker,
) -> None:
    right, near, far = reranker.logits(
        "Who wrote the report on the harbour?",
        [
            (
                "Harbour report",
                "The report on the harbour was written by Lidia Kovac, an engineer.",
            ),
            ("Harbour report", "The report on the harbour was published on Tuesday."),
            ("Apricots", "A late frost destroyed most of the harvest."),
        ],
    )
    assert right > near > far


def test_a_candidates_logit_does_not_depend_on_the_other_candidates(reranker: OnnxReranker) -> None:
    candidates = [
        ("", "The cables cost 14 million euros."),
        ("A long one", "word " * 400),
        ("", ""),
    ]
    together = reranker.logits(QUESTION, candidates)
    assert together == [reranker.logits(QUESTION, [candidate])[0] for candidate in candidates]
    assert reranker.logits("long " * 400, candidates[:1]), "a question longer than the model reads"


def test_only_the_best_windows_are_read_and_others_count_as_the_least_likely(
    town: OpenIndex,
) -> None:
    query = understand("bridge cables cost ferry passengers")
    found = windows(town, query)
    reranker = WordReranker("Lidia")
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
