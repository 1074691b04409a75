"""What an article's page shows of another text of it: one of an earlier day, or a copy's."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import Article
from pullquote.storage.source_check import SourceState
from pullquote_bot.serving import request_results as results
from pullquote_bot.strings import stories as story_strings
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.text_differences import DifferencePiece, Differences, differences


@dataclass(frozen=True, slots=True)
class DifferencesView:
    """How two texts differ, as a page shows it.

    Attributes:
        heading: which texts they are.
        legend: how their words are told apart.
        remark: that there is no difference, or that not all are shown; empty for neither.
        rows: places with differences.
        language: the code of the texts' language; empty if it is not known.
    """

    heading: str
    legend: str
    remark: str
    rows: tuple[tuple[DifferencePiece, ...], ...]
    language: str


def since_then(then: Article, now: str) -> DifferencesView:
    """How an article of an earlier generation differs from its present text."""
    found = differences(then.text, now)
    heading, legend = web_strings.CHANGED_SINCE, web_strings.CHANGED_LEGEND
    return DifferencesView(heading, legend, _remark(found), found.rows, then.language)


def compared_with(archive: OpenIndex, article: Article, other_id: str) -> DifferencesView | None:
    """How another article differs from an article.

    Args:
        archive: the archive of both.
        article: the article.
        other_id: the id of the other; empty for none.

    Returns:
        The difference; None if none is asked for, or whole articles are not shown.

    Raises:
        RequestError: there is no such article.
    """
    if not other_id or not archive.settings.discord.full_articles:
        return None
    _, other, state = results.article_of(archive, other_id)
    if state is SourceState.CHANGED:
        return None
    found = differences(article.text, other.text)
    heading = web_strings.differs_from(story_strings.headline(other))
    legend = web_strings.DIFFERS_LEGEND
    return DifferencesView(heading, legend, _remark(found), found.rows, article.language)


def _remark(found: Differences) -> str:
    if found.rows:
        return "" if found.is_whole else web_strings.MORE_DIFFERENCES
    return web_strings.SAME_WORDS if found.is_whole else web_strings.OTHER_TEXT
