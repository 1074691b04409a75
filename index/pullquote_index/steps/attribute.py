"""Finds who said what in the articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.blocks import BlockKind
from pullquote.english.attribution.finding import find_attributions
from pullquote.english.attribution.names import name_words
from pullquote.storage.attribution_rows import attribution_values
from pullquote_index.readers.problems import Problem, failed_article
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.steps.store_writer import StoreWriter

_LANGUAGES = frozenset({"", "en"})
"""The languages whose articles are read: English, and what is not recognised."""


def attribute(store: StoreWriter, previous: PreviousGeneration | None) -> dict[ArticleId, Problem]:
    """Write the attributions of all articles, in the order of their rows.

    Args:
        store: has the articles, and receives the attributions.
        previous: the previous generation, whose attributions unchanged articles keep.

    Returns:
        The articles in which they cannot be found, each with the reason.

    Raises:
        OSError: the store cannot be written.
    """
    failed: dict[ArticleId, Problem] = {}
    reuse = previous is not None and previous.can_reuse_attributions
    for run in list(store.articles.runs()):
        if reuse and run.previous is not None:
            store.attributions.reuse(run)
        else:
            store.attributions.add(_rows(store, run, failed))
    if not failed:  # otherwise the articles are read once more, without these
        store.attributions.number_namesakes()
    return failed


def _rows(
    store: StoreWriter, run: ArticleRun, failed: dict[ArticleId, Problem]
) -> Iterator[Sequence[object]]:
    """Yield the rows of a run's attributions, and add the articles that raise to `failed`."""
    for row, article in store.articles.in_rows(run.first, run.count):
        try:
            for number, attribution in enumerate(attributions_of(article)):
                key = speaker_key(article.text, attribution)
                yield attribution_values(row, number, key, attribution)
        except Exception as error:  # noqa: BLE001 - whatever is raised costs its article alone
            failed[article.id] = failed_article(article, "searched for who said what", error)


def attributions_of(article: Article) -> list[Attribution]:
    """The attributions in an article, in the order of its text."""
    if article.language.partition("-")[0] not in _LANGUAGES:
        return []
    if article.blocks:
        paragraphs = [
            block.span for block in article.blocks if block.kind is not BlockKind.FURNITURE
        ]
    else:
        paragraphs = article.paragraphs
    return find_attributions(article.text, paragraphs)


def speaker_key(text: str, attribution: Attribution) -> str | None:
    """The words of the speaker's name by which they are found; None if they have no name."""
    if attribution.name is None:
        return None
    return " ".join(name_words(attribution.name.of(text))) or None
