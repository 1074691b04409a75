"""Finds which articles tell one story, and which correct another."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.corrections import Note
from pullquote.corpus.passages import ArticleRow
from pullquote.english.correction_notes import (
    correction_headline,
    find_notes,
    notes_of_correction,
)
from pullquote.english.datelines import without_dateline
from pullquote_index.readers.problems import Problem, failed_article
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.steps.corrected_articles import corrected_articles
from pullquote_index.steps.minhash import Signatures, candidate_pairs, signature
from pullquote_index.steps.store_writer import StoreWriter
from pullquote_index.steps.story_copies import Telling, are_near, telling_of, tells_same_story
from pullquote_index.steps.story_writer import ArticleHeading

_LEAST_SIMILARITY = 0.4
"""Articles whose signatures have less in common are not compared."""
_TELLINGS_KEPT = 1_000


def find_stories(
    store: StoreWriter, previous: PreviousGeneration | None
) -> dict[ArticleId, Problem]:
    """Write which articles tell one story, and what corrections, notes and the like are about.

    Args:
        store: has the articles and their passages, and receives what is found.
        previous: the previous generation, whose signatures and notes unchanged articles keep.

    Returns:
        The articles in which that cannot be found, each with the reason.

    Raises:
        OSError: the store cannot be written.
    """
    failed: dict[ArticleId, Problem] = {}
    reuse = previous is not None and previous.can_reuse_stories
    for run in list(store.articles.runs()):
        if reuse and run.previous is not None:
            store.stories.reuse(run)
        else:
            _add_run(store, run, failed)
    if not failed:
        headings = list(store.stories.headings())
        store.stories.add_copies(_same_stories(store, headings))
        store.stories.add_corrections(corrected_articles(store.stories, headings))
    return failed


def _add_run(store: StoreWriter, run: ArticleRun, failed: dict[ArticleId, Problem]) -> None:
    """Add the signatures and notes of a run, and the articles that raise to `failed`."""
    for row, article in store.articles.in_rows(run.first, run.count):
        try:
            store.stories.add(row, signature_of(article), notes_of(article))
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is raised costs its article alone
            failed[article.id] = failed_article(article, "compared with others", error)


def signature_of(article: Article) -> Signatures:
    """The signature of the words of an article that may be quoted."""
    spans = [block.span for block in article.blocks if block.is_quotable]
    words = "\n".join(span.of(article.text) for span in spans or [article.prose])
    return signature(without_dateline(words))


def notes_of(article: Article) -> list[Note]:
    """The corrections, clarifications and editor's notes that an article prints."""
    paragraphs = [
        block.span for block in article.blocks if block.kind is not BlockKind.HEADER_ROW
    ] or article.paragraphs
    if headline := correction_headline(article.title):
        return list(notes_of_correction(article.text, paragraphs, headline[0]))
    return list(find_notes(article.text, paragraphs))


def _same_stories(
    store: StoreWriter, headings: Sequence[ArticleHeading]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles that tell one story."""
    common = store.stories.common_sentences()

    @functools.lru_cache(maxsize=_TELLINGS_KEPT)
    def telling(row: int) -> Telling:
        article = store.stories.article(ArticleRow(row))
        sentences = [
            span.of(article.text)
            for span, sentence in store.stories.sentences(ArticleRow(row))
            if sentence not in common
        ]
        return telling_of(article.title, article.url, sentences)

    for one, other in candidate_pairs(store.stories.signatures(), _LEAST_SIMILARITY).tolist():
        is_near = are_near(headings[one], headings[other])
        if is_near and tells_same_story(telling(one), telling(other)):
            yield one, other
