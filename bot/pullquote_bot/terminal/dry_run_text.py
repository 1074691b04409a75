"""What a build would read, as text and as JSON."""

from __future__ import annotations

import json

from pullquote.corpus.articles import Article
from pullquote_bot.strings import reading as strings
from pullquote_bot.terminal.article_json import article_fields
from pullquote_bot.terminal.preview_text import short_article
from pullquote_bot.terminal.reading_table import (
    left_out_parts,
    other_files,
    problems_json,
    reading_json,
    reading_table,
    skipped_and_partly,
)
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.visible_text import in_json
from pullquote_index.dry_run import DryRun


def dry_run_text(result: DryRun, screen: Screen, *, verbose: bool) -> str:
    """The first articles, then what was read and left out."""
    lines = []
    if result.first:
        lines += [strings.first_articles(len(result.first), result.articles), ""]
    for number, article in enumerate(result.first, start=1):
        lines += [*short_article(number, article, screen), ""]
    skipped, partly = skipped_and_partly(result.problems)
    parts = left_out_parts(result.left_out)
    lines += [
        strings.files_and_articles(result.files, result.articles, skipped, partly, parts),
        *other_files(result.others, result.left_out, verbose=verbose),
        *reading_table(result.kinds),
        strings.NOTHING_WRITTEN,
    ]
    return "\n".join(lines) + "\n"


def dry_run_json(result: DryRun, *, verbose: bool) -> str:
    """The same for programs."""
    fields = {
        "built": False,
        "dry_run": True,
        "articles": result.articles,
        "files": result.files,
        **reading_json(result.kinds, result.others, result.left_out, verbose=verbose),
        "skipped": skipped_and_partly(result.problems)[0],
        "problems": problems_json(result.problems),
        "first": list(map(_article, result.first)),
    }
    return in_json(json.dumps(fields, ensure_ascii=False)) + "\n"


def _article(article: Article) -> dict[str, object]:
    return {
        **article_fields(article),
        "language": article.language or None,
        "prose": list(article.prose),
        "text": article.text,
    }
