import numpy as np
import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer, windows_of
from pullquote.answering.query import terms_of, understand
from pullquote.answering.retrieval import retrieve
from pullquote.answering.windows import QuestionFeatures, score_windows
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.passages import Passage, PassageFilter, PassageId
from pullquote.corpus.spans import Span
from pullquote.english.answer_kinds import answer_kind
from pullquote.english.back_references import refers_back
from pullquote.english.question_time import question_time
from pullquote.storage.sentence_features import decode_sentence_features, encode_sentence_features
from pullquote.weights import WEIGHTS

QUESTIONS = [
    "What did the bridge cables cost?", "How much of the apricot harvest was lost?", "How long is the border?", "Who mediated the talks?",
    "When was the ceasefire arranged?", "What was lost in May 2024?", "zzz qqq", "?!7",
    "What did Pakistan's defence minister threaten to do to the Taliban regime?",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_window_is_scored_as_reading_its_words_says(
    town: OpenIndex, seeds: OpenIndex, question: str
) -> None:
    for archive in (town, seeds):
        query = understand(question)
        words, kind, vector = (
            archive.question_words(query.terms),
            answer_kind(question),
            archive.encode(question),
        )
        hits = retrieve(
            query,
            vector,
            PassageFilter(),
            archive.lexical,
            archive.dense,
            archive.settings.retrieval,
        )
        windows, timing = (
            windows_of(archive, query, vector, hits, words),
            question_time(question, archive.newest),
        )
        seen = {(window.passage.id, window.span) for window in windows}
        assert len(seen) == len(windows)
        assert seen == {
            (hit.passage, run)
            for hit in hits
            for run in runs(archive, archive.store.passage(hit.passage))
        }
        for window in windows:
            text = window.article.text
            headline = words.held_by(terms_of(window.article.title))
            if timing.within(window.article.published):
                headline |= timing.words & words.kin.keys()
            held = words.held_by(terms_of(window.text))
            passage = words.held_by(terms_of(window.passage.span.of(text)))
            rows = [
                at
                for at, sentence in enumerate(window.passage.sentences)
                if window.span.contains(sentence)
            ]
            near = float(archive.sentence_similarities([window.passage], vector)[rows].max())
            assert window.words == len(window.text.split())
            assert (window.coverage, window.around) == pytest.approx(
                (words.share(held | headline), words.share(passage | headline))
            )
            assert window.similarity == pytest.approx(near, abs=1e-6)
            figures = {
                "passage": window.hit.similarity,
                "fused": window.hit.fused,
                "position": (window.passage.span.start - window.article.prose.start)
                / len(window.article.prose.of(text)),
                "timely": timing.within(window.article.published),
                "recency": timing.recency(window.article.published),
                "similarity": near,
                "coverage": words.share(held),
                "headline": words.share(held | headline),
                "kind": bool(
                    kind and any(kind.search(text, *window.passage.sentences[row]) for row in rows)
                ),
                "opening": window.span.start
                in {span.start for span in paragraphs(text, window.passage.span)},
                "leaning": refers_back(text, window.span.start),
            }
            assert window.parts == pytest.approx(
                {name: getattr(WEIGHTS, name) * figure for name, figure in figures.items()},
                abs=1e-6,
            )
            assert window.score == pytest.approx(sum(window.parts.values()))


def runs(archive: OpenIndex, passage: Passage) -> list[Span]:
    limits, text, sentences = (
        archive.settings.quotes,
        archive.store.article(passage.article).text,
        passage.sentences,
    )
    found = []
    for first in range(len(sentences)):
        for last in range(first, min(first + limits.sentences, len(sentences))):
            span = Span(sentences[first].start, sentences[last].end)
            if (
                last == first
                or sum(len(sentence.of(text).split()) for sentence in sentences[first : last + 1])
                <= limits.words
            ):
                found.append(span)
    return found


def test_nothing_found_has_no_windows(town: OpenIndex) -> None:
    query = understand("ferry")
    assert windows_of(town, query, town.encode("ferry"), [], town.question_words(query.terms)) == []
    assert (
        score_windows(
            [],
            np.zeros(0, np.float32),
            QuestionFeatures(town.question_words(()), None, None),  # type: ignore[arg-type]
            town.settings.quotes,
        )
        == []
    )


def test_what_is_kept_of_sentences_is_read_as_it_was_written(
    harbour: tuple[Article, Passage],
) -> None:
    article, passage = harbour
    data = encode_sentence_features(article.text, passage.span, passage.sentences)
    known = decode_sentence_features(data, len(passage.sentences))
    assert known.words.tolist() == [
        len(sentence.of(article.text).split()) for sentence in passage.sentences
    ]
    assert known.counts.tolist() == [
        len(terms_of(sentence.of(article.text))) for sentence in passage.sentences
    ]
    assert known.opening[0]
    for bad in (data[:-4], data + data[-4:], data[:-1], b""):
        with pytest.raises(ValueError, match=r"not as they were written|buffer|reshape"):
            decode_sentence_features(bad, len(passage.sentences))


@pytest.fixture
def harbour(town: OpenIndex) -> tuple[Article, Passage]:
    passage = town.store.passage(PassageId(0))
    return town.store.article(passage.article), passage


def test_the_explanation_names_the_words_that_a_quote_holds(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?"))
    assert found.explanation
    assert found.shown[0].found
    assert {"cabl", "cost"} <= found.explanation.asked.held_by(terms_of(found.shown[0].text))
