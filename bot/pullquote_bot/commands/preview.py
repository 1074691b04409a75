"""`pullquote preview`: the articles of one file as a build would read and cut them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pullquote.corpus.articles import Article
from pullquote.errors import RequestError
from pullquote_bot.command_line.arguments import PreviewArguments
from pullquote_bot.commands.command_settings import settings_of_archives
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings import reading as strings
from pullquote_bot.terminal.article_json import article_fields
from pullquote_bot.terminal.preview_text import passages_of, whole_article
from pullquote_bot.terminal.reading_table import problems_json
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json
from pullquote_index.dry_run import DryRun, dry_run
from pullquote_index.progress import SilentProgress


def run(arguments: PreviewArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Print the articles and what is wrong with them; 1 if the file has none.

    Raises:
        RequestError: the path does not exist, or is no file that holds articles.
    """
    settings = settings_of_archives(arguments, environment)
    if arguments.file.is_dir():
        raise RequestError(
            "is a folder",
            where=str(arguments.file),
            mend="Name a file of it, or type: pullquote index --dry-run",
        )
    result = dry_run(settings, [arguments.file], SilentProgress(), arguments.top)
    problems = list(map(str, (*result.problems, *result.left_out)))
    streams.errors.writelines(diagnostics.warnings(problems))
    target_words = settings.passages.words
    if arguments.format == "json":
        streams.output.write(_json(result, target_words))
    else:
        screen = screen_of(streams.output, environment)
        texts = [whole_article(article, target_words, screen) for article in result.first]
        if result.articles > len(result.first):
            texts.append(strings.more_articles(len(result.first), result.articles))
        streams.output.write("\n\n".join(texts or [strings.NO_ARTICLE]) + "\n")
    return 0 if result.articles else 1


def _json(result: DryRun, target_words: int) -> str:
    fields = {
        "articles": [_article(article, target_words) for article in result.first],
        "count": result.articles,
        "problems": problems_json((*result.problems, *result.left_out)),
    }
    return in_json(json.dumps(fields, ensure_ascii=False)) + "\n"


def _article(article: Article, target_words: int) -> dict[str, object]:
    return {
        **article_fields(article),
        "origin": article.origin,
        "language": article.language or None,
        "text": article.text,
        "prose": list(article.prose),
        "paragraphs": [list(span) for span in article.paragraphs],
        "passages": [
            {"span": list(span), "sentences": [list(sentence) for sentence in sentences]}
            for span, sentences in passages_of(article, target_words)
        ],
    }
