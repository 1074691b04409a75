"""Answers questions from an archive of articles, every word of an answer quoted from an article.

from pullquote import Archive, answer, load_settings, understand

archive = Archive(load_settings(os.environ))
for quote in answer(archive, understand("Who mediated the talks?")).quotes:
    print(quote.text, quote.article.id, quote.span)
"""

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.archive import Archive
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.quotes import Citation, Quote, cite
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.spans import Span
from pullquote.errors import PullquoteError
from pullquote.settings import Settings, load_settings

__all__ = [
    "Answer",
    "Archive",
    "Article",
    "ArticleId",
    "Citation",
    "PullquoteError",
    "Query",
    "Quote",
    "Refusal",
    "Settings",
    "Span",
    "answer",
    "cite",
    "load_settings",
    "understand",
]
