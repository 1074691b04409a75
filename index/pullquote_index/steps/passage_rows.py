"""The passages of a new generation, and which sentences several articles contain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.storage.schema import (
    PASSAGE_COLUMNS,
    StoredPassage,
    passage_from,
    passage_values,
)
from pullquote_index.steps.article_rows import ArticleRows
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.writable_database import WritableDatabase


@dataclass(frozen=True, slots=True)
class PassageBlock:
    """Consecutive passages, and the rows of their sentences' vectors.

    Attributes:
        first_passage, first_sentence: the first rows.
        passages, sentences: the number of each.
    """

    first_passage: int
    passages: int
    first_sentence: int
    sentences: int


class PassageHashes(NamedTuple):
    """The hashes of a passage.

    Attributes:
        article: its article's row.
        content_hash: the hash of its embedding input.
        sentence_hashes: the hashes of its sentences, little-endian 64-bit integers.
    """

    article: ArticleRow
    content_hash: bytes
    sentence_hashes: bytes


class PassageRows:
    """Writes the passages of a new generation, and reads them back."""

    def __init__(self, database: WritableDatabase, articles: ArticleRows) -> None:
        self._database = database
        self._articles = articles

    def reuse(
        self, run: ArticleRun, first_passage: int, first_sentence: int
    ) -> tuple[PassageBlock, PassageBlock]:
        """Copy the passages of articles from the previous generation.

        Args:
            run: the articles, which are not new.
            first_passage: the row that their first passage gets.
            first_sentence: the row that its first sentence's vector gets.

        Returns:
            The block that they are in the previous generation, and the block that they are here.
        """
        assert run.previous is not None
        row = self._database.row(
            "SELECT COUNT(*), MIN(row), SUM(LENGTH(words)) / 8, MIN(first_sentence) "
            "FROM previous.passages WHERE article >= ? AND article < ?",
            run.previous,
            run.previous + run.count,
        )
        assert row is not None
        passages, previous_passage, sentences, previous_sentence = row
        if not passages:
            return PassageBlock(0, 0, 0, 0), PassageBlock(first_passage, 0, first_sentence, 0)
        self._database.execute(
            "INSERT INTO passages SELECT row + ?, article + ?, start, end, first_sentence + ?, "
            "sentences, content, words, analysed FROM previous.passages "
            "WHERE row >= ? AND row < ? ORDER BY row",
            first_passage - previous_passage,
            run.first - run.previous,
            first_sentence - previous_sentence,
            previous_passage,
            previous_passage + passages,
        )
        return (
            PassageBlock(previous_passage, passages, previous_sentence, sentences),
            PassageBlock(first_passage, passages, first_sentence, sentences),
        )

    def add(self, passages: Iterable[StoredPassage]) -> None:
        """Add passages, in the order of their rows."""
        self._database.execute_for_each(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(passage_values, passages)
        )

    def add_repeats(self, repeats: Iterable[tuple[int, int]]) -> None:
        """Record the sentences that several articles contain: pairs of hash and article's row."""
        self._database.execute_for_each("INSERT INTO repeats VALUES (?, ?)", repeats)

    def record_recurring(
        self, least_articles: int, most_repeated: float, least_of_source: int, source_share: float
    ) -> None:
        """Record the repeated sentences of articles that are no copies of one another.

        Args:
            least_articles: the least number of articles, of the archive or of one source, that
                contain the sentence.
            most_repeated: the largest share of these articles' sentences that are repeated, on
                average. In copies it is near 1.
            least_of_source: this number of a source's articles is enough
            source_share: if it is this share of them.
        """
        self._database.execute(
            "WITH shares AS (SELECT article, source_key, repeated / total AS share FROM "
            "(SELECT article, COUNT(*) AS repeated FROM repeats GROUP BY article) JOIN "
            "(SELECT article, SUM(LENGTH(words)) / 8.0 AS total FROM passages GROUP BY article) "
            "USING (article) JOIN articles ON articles.row = article), "
            "sizes AS (SELECT source_key, COUNT(*) AS size FROM articles GROUP BY source_key) "
            "INSERT INTO recurring "
            "SELECT sentence FROM repeats JOIN shares USING (article) "
            "GROUP BY sentence HAVING COUNT(*) >= ? AND AVG(share) <= ? "
            "UNION SELECT sentence FROM repeats JOIN shares USING (article) "
            "JOIN sizes USING (source_key) GROUP BY sentence, source_key "
            "HAVING (COUNT(*) >= ? OR (COUNT(*) >= ? AND COUNT(*) >= ? * MAX(size))) "
            "AND AVG(share) <= ? ORDER BY sentence",
            least_articles,
            most_repeated,
            least_articles,
            least_of_source,
            source_share,
            most_repeated,
        )

    def in_block(self, block: PassageBlock) -> Iterator[tuple[bytes, Passage]]:
        """The passages of a block in order, each with the hash of its embedding input."""
        query = (
            f"SELECT content, {PASSAGE_COLUMNS} FROM passages "
            "WHERE row >= ? AND row < ? ORDER BY row"
        )
        for content_hash, *values in self._database.rows(
            query, block.first_passage, block.first_passage + block.passages
        ):
            yield content_hash, passage_from(values)

    def with_articles(self, block: PassageBlock) -> Iterator[tuple[Passage, Article]]:
        """The passages of a block in order, each with its article."""
        row, article = -1, None
        for _, passage in self.in_block(block):
            if article is None or row != passage.article:
                ((row, article),) = self._articles.in_rows(passage.article, 1)
            yield passage, article

    def hashes(self) -> Iterator[PassageHashes]:
        """The hashes of each passage, in the order of their rows."""
        query = "SELECT article, content, words FROM passages ORDER BY row"
        return map(PassageHashes._make, self._database.rows(query))
