"""Answers questions from an archive of articles, every word of an answer quoted from an article.

from pullquote import Archive, answer, load_settings, understand

archive = Archive(load_settings(os.environ))
for quote in answer(archive, understand("Who mediated the talks?")).quotes:
    print(quote.text, quote.article.id, quote.span)
"""

from pullquote.answering import answer
from pullquote.answers import Answer, Refusal
from pullquote.archive import Archive
from pullquote.articles import Article, ArticleId
from pullquote.errors import PullquoteError
from pullquote.query import Query, understand
from pullquote.quotes import Citation, Quote, cite
from pullquote.settings import Settings, load_settings
from pullquote.spans import Span

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
