from pathlib import Path

import numpy as np
import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import terms_of, understand
from pullquote.answering.retrieval import retrieve
from pullquote.answering.sentence_runs import sentence_runs
from pullquote.answering.window_scoring import QuestionFeatures, score_windows
from pullquote.answering.window_search import windows_of
from pullquote.answering.windows import Window
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.passages import Hit, Passage, PassageFilter, PassageId
from pullquote.corpus.spans import Span
from pullquote.english.answer_kinds import answer_kind
from pullquote.english.back_references import refers_back
from pullquote.english.question_time import question_time
from pullquote.settings import QuoteSettings
from pullquote.storage.sentence_features import decode_sentence_features, encode_sentence_features
from pullquote.weights import WEIGHTS
from support.archives import build_into, settings_for, write_jsonl

QUESTIONS = [
    "What did the bridge cables cost?",
    "How much of the apricot harvest was lost?",
    "How long is the border?",
    "Who mediated the talks?",
    "When was the ceasefire arranged?",
    "What was lost in May 2024?",
    "zzz qqq",
    "?!7",
    "What did Pakistan's defence minister threaten to do to the Taliban regime?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_run_of_sentences_within_the_limits_is_a_window(
    town: OpenIndex, seeds: OpenIndex, question: str
) -> None:
    for archive in (town, seeds):
        hits, windows = search(archive, question)
        places = {(window.passage.id, window.span) for window in windows}
        assert len(places) == len(windows)
        assert places == {
            (hit.passage, run)
            for hit in hits
            for run in runs(archive, archive.store.passage(hit.passage))
        }


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_window_has_the_score_that_its_text_gives(
    town: OpenIndex, seeds: OpenIndex, question: str
) -> None:
    for archive in (town, seeds):
        for window in search(archive, question)[1]:
            values = values_of(archive, question, window)
            words = archive.question_words(understand(question).terms)
            assert window.word_count == len(window.text.split())
            assert window.coverage == pytest.approx(values["headline"])
            passage = window.passage.span.of(window.article.text)
            assert window.passage_coverage == pytest.approx(
                words.share(
                    words.found_in(terms_of(passage)) | headline_words(archive, question, window)
                )
            )
            assert window.similarity == pytest.approx(values["similarity"], abs=1e-6)
            assert window.parts == pytest.approx(
                {name: getattr(WEIGHTS, name) * value for name, value in values.items()}, abs=1e-6
            )
            assert window.score == pytest.approx(sum(window.parts.values()))


def search(archive: OpenIndex, question: str) -> tuple[list[Hit], list[Window]]:
    """The hits of a question, and their windows."""
    query = understand(question)
    vector = archive.encode(query.searched)
    hits = retrieve(
        query, vector, PassageFilter(), archive.lexical, archive.dense, archive.settings.retrieval
    )
    time = question_time(query.searched, archive.newest)
    words = archive.question_words(query.terms)
    return hits, windows_of(archive, query, vector, hits, words, time)


def headline_words(archive: OpenIndex, question: str, window: Window) -> frozenset[str]:
    """The question's words that the headline has, and those that name the article's date."""
    query = understand(question)
    words = archive.question_words(query.terms)
    time = question_time(query.searched, archive.newest)
    in_headline = words.found_in(terms_of(window.article.title))
    if time.includes(window.article.published):
        in_headline |= time.date_terms & words.related_stems.keys()
    return in_headline


def values_of(archive: OpenIndex, question: str, window: Window) -> dict[str, float]:
    """The value of each part of a window's score, read from its text."""
    text, passage = window.article.text, window.passage
    query = understand(question)
    words = archive.question_words(query.terms)
    time, pattern = question_time(query.searched, archive.newest), answer_kind(query.searched)
    in_window = words.found_in(terms_of(window.text))
    in_headline = headline_words(archive, question, window)
    rows = [row for row, span in enumerate(passage.sentences) if window.span.contains(span)]
    cosines = archive.sentence_similarities([passage], archive.encode(query.searched))
    return {
        "passage": window.hit.similarity,
        "fused": window.hit.fusion_score,
        "position": (passage.span.start - window.article.prose.start)
        / len(window.article.prose.of(text)),
        "timely": time.includes(window.article.published),
        "recency": time.recency(window.article.published),
        "similarity": float(cosines[rows].max()),
        "coverage": words.share(in_window),
        "headline": words.share(in_window | in_headline),
        "kind": bool(
            pattern and any(pattern.search(text, *passage.sentences[row]) for row in rows)
        ),
        "opening": window.span.start in {span.start for span in paragraphs(text, passage.span)},
        "leaning": refers_back(text, window.span.start),
    }


def runs(archive: OpenIndex, passage: Passage) -> list[Span]:
    """The runs of a passage's sentences within the limits of the settings, and one paragraph.

    A paragraph that ends in a colon belongs to the one after it.
    """
    limits, sentences = archive.settings.quotes, passage.sentences
    text = archive.store.article(passage.article).text
    counts = [len(sentence.of(text).split()) for sentence in sentences]
    opening = {span.start for span in paragraphs(text, passage.span)}
    breaks = [
        sentence.start in opening and not before.of(text).endswith(":")
        for before, sentence in zip(sentences, sentences[1:], strict=False)
    ]
    return [
        Span(sentences[first].start, sentences[last].end)
        for first in range(len(sentences))
        for last in range(first, min(first + limits.sentences, len(sentences)))
        if not any(breaks[first:last])
        and (last == first or sum(counts[first : last + 1]) <= limits.words)
    ]


def test_nothing_found_has_no_windows(town: OpenIndex) -> None:
    query = understand("ferry")
    words, time = town.question_words(query.terms), question_time("ferry", town.newest)
    assert windows_of(town, query, town.encode("ferry"), [], words, time) == []
    assert (
        score_windows(
            [],
            np.zeros(0, np.float32),
            QuestionFeatures(town.question_words(()), None, time),
            town.settings.quotes,
        )
        == []
    )


def test_the_features_of_sentences_are_read_as_they_were_written(
    harbour: tuple[Article, Passage],
) -> None:
    article, passage = harbour
    data = encode_sentence_features(
        article.text, paragraphs(article.text, passage.span), passage.sentences
    )
    features = decode_sentence_features(data, len(passage.sentences))
    assert features.word_counts.tolist() == [
        len(sentence.of(article.text).split()) for sentence in passage.sentences
    ]
    assert features.stem_counts.tolist() == [
        len(terms_of(sentence.of(article.text))) for sentence in passage.sentences
    ]
    assert features.opens_paragraph[0]
    for bad in (data[:-4], data + data[-4:], data[:-1], b""):
        with pytest.raises(ValueError, match=r"not as they were written|buffer|reshape"):
            decode_sentence_features(bad, len(passage.sentences))


@pytest.fixture
def harbour(town: OpenIndex) -> tuple[Article, Passage]:
    passage = town.store.passage(PassageId(0))
    return town.store.article(passage.article), passage


def test_the_explanation_has_the_words_that_a_quote_has(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    assert found.explanation
    words = found.explanation.question_words.found_in(terms_of(found.shown[0].text))
    assert {"cabl", "cost"} <= words


@pytest.mark.parametrize(
    ("paragraph_numbers", "passage_numbers", "places"),
    [
        ([0, 0, 0], [0, 0, 0], [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2)]),
        ([0, 0, 1], [0, 0, 0], [(0, 0), (1, 1), (2, 2), (0, 1)]),
        ([0, 1, 2], [0, 0, 0], [(0, 0), (1, 1), (2, 2)]),
        ([0, 0, 0], [0, 1, 1], [(0, 0), (1, 1), (2, 2), (1, 2)]),
    ],
)
def test_a_run_stays_inside_a_passage_a_paragraph_and_the_limits(
    paragraph_numbers: list[int], passage_numbers: list[int], places: list[tuple[int, int]]
) -> None:
    found = sentence_runs(
        np.array([10, 10, 10]),
        np.array(paragraph_numbers),
        np.array(passage_numbers),
        QuoteSettings(sentences=3, words=20, per_article=4),
    )
    assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == places


def test_a_quote_crosses_paragraphs_only_after_a_lead_in_with_a_colon(
    tmp_path: Path, built: Path
) -> None:
    text = (
        "The council met on Monday.\n\nIt decided:\n\nThe bridge stays. Nobody spoke.\n\n"
        "The library moves."
    )
    build_into(built, [write_jsonl(tmp_path / "news.jsonl", {"id": "a", "text": text})])
    _, windows = search(OpenIndex(settings_for(built)), "What did the council decide?")
    assert {window.text for window in windows} == {
        "The council met on Monday.",
        "It decided:",
        "The bridge stays.",
        "Nobody spoke.",
        "The library moves.",
        "It decided:\n\nThe bridge stays.",
        "The bridge stays. Nobody spoke.",
        "It decided:\n\nThe bridge stays. Nobody spoke.",
    }
