"""Marks what begins the entries of a live blog and the answers of an interview."""

from __future__ import annotations

from dataclasses import replace

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import Block
from pullquote_index.readers.interview_questions import with_questions
from pullquote_index.readers.live_entries import with_live_entries


def with_entries(article: Article) -> Article:
    """The article with the times of a live blog, and the questions of an interview, marked.

    A text without blocks gets some if it has entries: its paragraphs.
    """
    found = list(article.blocks) or [Block(span) for span in article.paragraphs]
    blocks = with_live_entries(article.text, with_questions(article.text, found))
    return article if blocks == found else replace(article, blocks=tuple(blocks))
