"""Withdraws articles, and undoes it."""

from __future__ import annotations

import contextlib

from pullquote.corpus.articles import ArticleId
from pullquote.errors import RequestError
from pullquote.storage.index_store import IndexStore
from pullquote.storage.withdrawals import Withdrawal, withdrawn_by


def withdraw(index: IndexStore, withdrawal: Withdrawal) -> None:
    """Withdraw an article from every generation of an index, or undo that.

    Args:
        index: the index.
        withdrawal: the line to append to the log.

    Raises:
        RequestError: the live generation has no such article, or it is not withdrawn.
        ArchiveError: there is no index, or its log cannot be read or written.
    """
    article_id = ArticleId(withdrawal.article_id)
    is_withdrawn = article_id in withdrawn_by(index.withdrawals())
    if withdrawal.undone:
        if not is_withdrawn:
            raise RequestError(
                "is not withdrawn", where=article_id, mend="List what is: pullquote withdraw"
            )
    elif not is_withdrawn:
        _check_article(index, article_id)
    index.add_withdrawal(withdrawal)


def _check_article(index: IndexStore, article_id: ArticleId) -> None:
    """See that the live generation has an article.

    Raises:
        RequestError: it has not.
    """
    live = index.live()
    with contextlib.closing(index.all_articles(live, index.manifest(live))) as store:
        if store.article_row(article_id) is None:
            raise RequestError(
                "the archive has no article with this id",
                where=article_id,
                mend="Take `article_id` from the JSON of a quote: "
                "pullquote ask QUESTION --format json",
            )
