"""`pullquote article`: one article of the index, or exactly the text that citations index."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping

from pullquote.corpus.articles import Article, ArticleId
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.json_output.article import article_json
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.source_check import SourceState, source_state_of_whole
from pullquote.storage.stores import store_of
from pullquote.storage.withdrawals import last_day_published
from pullquote_bot.command_line.arguments import ArticleArguments
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import articles, diagnostics
from pullquote_bot.terminal.article_text import article_text
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json


def run(arguments: ArticleArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print the article; standard error says if its source is not as the index recorded it.

    Models and search indexes are not opened: this is quick, and works without them.
    """
    index = store_of(settings_for(arguments, environment).index)
    live = index.live()
    manifest = index.manifest(live)
    today = last_day_published(dt.datetime.now(dt.UTC))
    with contextlib.closing(index.visible_articles(live, manifest, today)) as store:
        article, state = _find(store, ArticleId(arguments.article_id))
    if state is SourceState.CHANGED:
        notice = articles.changed_in_source(article.path, manifest.created)
        streams.errors.write(diagnostics.notice(notice))
    elif state is SourceState.ELSEWHERE:
        streams.errors.write(diagnostics.notice(articles.source_elsewhere(article.path)))
    if arguments.raw:
        streams.output.buffer.write(article.text.encode())
    elif arguments.format == "json":
        streams.output.write(in_json(article_json(article, state).model_dump_json()) + "\n")
    else:
        streams.output.write(article_text(article, screen_of(streams.output, environment)) + "\n")
    return 0


def _find(store: ArticleStore, article_id: ArticleId) -> tuple[Article, SourceState]:
    """The article, and whether its source is as the index recorded it.

    Raises:
        RequestError: the index has no article with this id.
        ArchiveDamaged: the text in the index is not the one that was recorded.
    """
    row = store.article_row(article_id)
    if row is None:
        raise RequestError(
            "the archive has no article with this id",
            where=article_id,
            mend="Take `article_id` from the JSON of a quote: pullquote ask QUESTION --format json",
        )
    article = store.article(row)
    if article.sha256 != store.recorded_sha256(row):
        raise ArchiveDamaged("the text is not what the index recorded", where=article_id)
    return article, source_state_of_whole(article, store.source_file(row))
