"""The fields of an article in JSON that several commands print."""

from __future__ import annotations

from pullquote.corpus.articles import Article


def article_fields(article: Article) -> dict[str, object]:
    """What is known of an article, and where it was read."""
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "section": article.section,
        "published": article.published.isoformat() if article.published else None,
        "authors": article.authors,
        "url": article.url,
        "path": article.path,
        "line": article.line or None,
    }
