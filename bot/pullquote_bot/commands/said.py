"""`pullquote said`: what a person or a body said, or every attribution of the archive."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from pullquote.answering.archive_day import archive_day
from pullquote.answering.speakers import attributions_of
from pullquote.answering.statements import statements_of
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.errors import RequestError
from pullquote.json_output.statements import attribution_json, statements_json
from pullquote.storage.article_store import ArticleStore
from pullquote_bot.command_line.speaker_arguments import SaidArguments
from pullquote_bot.commands.archive_opening import open_articles
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import speakers as speaker_strings
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.statement_text import statement_text
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json


def run(arguments: SaidArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print what was said. The status is 1 if nothing is found.

    Models and search indexes are not opened: this is quick, and works without them.

    Raises:
        RequestError: no speaker is named, or one beside --all.
    """
    filters = (arguments.speaker, arguments.about, arguments.since, arguments.until)
    if arguments.all_attributions and any(filters):
        raise RequestError(speaker_strings.SPEAKER_WITH_ALL)
    if not arguments.all_attributions and arguments.speaker is None:
        raise RequestError(speaker_strings.NAME_A_SPEAKER)
    settings = settings_for(arguments, environment)
    with contextlib.closing(open_articles(settings)) as store:
        if arguments.speaker is None:
            for line in _all(store):
                streams.output.write(in_json(line) + "\n")
            return 0
        today = archive_day(store, settings)
        found = statements_of(
            store,
            arguments.speaker,
            arguments.about,
            limit_day(arguments.since, Limit.SINCE, today, "--since"),
            limit_day(arguments.until, Limit.UNTIL, today, "--until"),
            arguments.top,
        )
    if arguments.format == "json":
        streams.output.write(in_json(statements_json(found).model_dump_json()) + "\n")
    else:
        screen = screen_of(streams.output, environment)
        streams.output.write(statement_text(found, screen) + "\n")
    return 0 if found.statements else 1


def _all(store: ArticleStore) -> Iterator[str]:
    """A line of JSON for every attribution, in the order of articles and of their texts."""
    for row in store.attributions.articles():
        article = store.article(row)
        for attribution in attributions_of(store, row, article):
            yield attribution_json(article, attribution).model_dump_json()
