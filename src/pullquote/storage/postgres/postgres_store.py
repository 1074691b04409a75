"""The PostgreSQL store: an index in a database, open for reading."""

# Longer than 250 lines because its one class has every method of an `IndexStore`.

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from pullquote.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch, ArchiveMissing
from pullquote.models.cards import EncoderCard
from pullquote.packaged_rerankers import OWN_NAMES
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.index_store import OpenGeneration
from pullquote.storage.manifest import GenerationId, Manifest, manifest_from
from pullquote.storage.postgres.connection_errors import error_of, shown
from pullquote.storage.postgres.connections import Connections, connect, psycopg
from pullquote.storage.postgres.generation_tables import GenerationTables
from pullquote.storage.postgres.model_cache import fetch_models
from pullquote.storage.postgres.sentence_lookup import SentenceLookup
from pullquote.storage.postgres.tables import (
    PARTITIONED_TABLES,
    TABLE_VERSION,
    vector_table,
)
from pullquote.storage.postgres.vector_search import VectorSearch
from pullquote.storage.postgres.word_search import WordSearch
from pullquote.storage.withdrawals import Withdrawal, withdrawn_by

_WRITE_SECONDS = 20.0
_BUILDER = """
    SELECT who FROM pullquote.builder WHERE EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
BUILD_LOCK = 1_886_483_564
"""The number of the advisory lock that a builder holds."""
_SIZE = """
    SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'pullquote'
    AND c.relname = ANY (%s)
"""
_CONTENT = """
    SELECT encode(sha256(convert_to(string_agg(id || ' ' || sha256, E'\\n' ORDER BY row), 'UTF8')),
        'hex') FROM pullquote.articles WHERE generation = %s
"""
_MOST_HASHED = 2_000_000
"""Articles whose hashes are compared with the manifest when an index is opened: a second."""
_SHARED = ["article_contents", "passage_contents", "postings", "model_files"]


class _Numbers(NamedTuple):
    """What a database says of a generation: its number, and the mean lengths in stems."""

    number: int
    body_words: float
    title_words: float


class PostgresStore:
    """An index in a database. Safe to share between threads; see `IndexStore`."""

    kind: Literal["postgresql"] = "postgresql"

    def __init__(self, address: str, folder: Path) -> None:
        """Connect when something is asked.

        Args:
            address: the database's, without a password.
            folder: the folder of this user for models from it, and for builds.
        """
        self.folder = folder
        self.place = shown(address)
        self._address = address
        self._connections = _connections_to(address)

    def live(self) -> GenerationId:
        """The id of the live generation; see `IndexStore`."""
        self._check_version()
        rows = self._connections.rows("SELECT id FROM pullquote.live")
        if not rows:
            raise ArchiveMissing("there is no index yet", where=self.place)
        return GenerationId(str(rows[0][0]))

    def _check_version(self) -> None:
        """See that the tables are there, in this version's form.

        Raises:
            ArchiveMissing: there are none.
            ArchiveMismatch: they have another form.
        """
        found = self._connections.rows("SELECT to_regclass('pullquote.tables') IS NOT NULL")
        if not found[0][0]:
            raise ArchiveMissing("there is no index yet", where=self.place)
        versions = self._connections.rows("SELECT version FROM pullquote.tables")
        if versions != [(TABLE_VERSION,)]:
            has = ", ".join(str(version) for (version,) in versions) or "none"
            raise ArchiveMismatch(
                f"has tables of version {has}, this version reads version {TABLE_VERSION}",
                where=self.place,
                mend="Use the version of Pullquote that wrote them, or another database",
            )

    def finished(self) -> list[GenerationId]:
        """The complete generations, oldest first."""
        rows = self._connections.rows("SELECT id FROM pullquote.generations ORDER BY number")
        return [GenerationId(str(name)) for (name,) in rows]

    def manifest(self, generation: GenerationId) -> Manifest:
        """The manifest of a generation; see `IndexStore`."""
        rows = self._connections.rows(
            "SELECT manifest FROM pullquote.generations WHERE id = %s", (generation,)
        )
        where = f"{self.place}, generation {generation}"
        if not rows:
            raise ArchiveDamaged("the database does not have it", where=where)
        return manifest_from(str(rows[0][0]).encode(), where, where)

    def check(self, generation: GenerationId, manifest: Manifest) -> None:
        """Compare the ids and hashes of a generation's articles with its manifest."""
        table = f"pullquote.{vector_table(manifest.encoder.hash)}"
        (found,) = self._connections.rows("SELECT to_regclass(%s) IS NOT NULL", (table,))
        if not found[0]:
            where = f"{self.place}, generation {generation}"
            raise ArchiveDamaged(f"the table {table} is missing", where=where)
        if manifest.articles <= _MOST_HASHED:
            number = self._numbers(generation).number
            (content,) = self._connections.rows(_CONTENT, (number,))
            if content[0] != manifest.content_sha256:
                where = f"{self.place}, generation {generation}"
                raise ArchiveDamaged("its articles are not those that were built", where=where)

    def open(
        self, generation: GenerationId, manifest: Manifest, last_day: dt.date
    ) -> OpenGeneration:
        """Open a generation that was checked; see `IndexStore`."""
        numbers = self._numbers(generation)
        store = self._articles(numbers, last_day)
        hidden = store.hidden.articles
        connections, card = self._connections, manifest.encoder
        return OpenGeneration(
            store,
            WordSearch(
                connections,
                numbers.number,
                manifest.passages,
                {"body": numbers.body_words, "title": numbers.title_words},
                hidden,
            ),
            VectorSearch(
                connections, numbers.number, card.hash, manifest.passages, card.dimension, hidden
            ),
            SentenceLookup(connections, numbers.number, manifest.sentences, card.dimension),
        )

    def _articles(self, numbers: _Numbers, last_day: dt.date) -> ArticleStore:
        tables = GenerationTables(self._connections, numbers.number)
        return ArticleStore(tables, withdrawn_by(self.withdrawals()), last_day)

    def visible_articles(
        self, generation: GenerationId, _manifest: Manifest, last_day: dt.date
    ) -> ArticleStore:
        """The articles of a generation alone, as readers may see them."""
        return self._articles(self._numbers(generation), last_day)

    def all_articles(self, generation: GenerationId, _manifest: Manifest) -> ArticleStore:
        """The articles of a generation, none hidden."""
        number = self._numbers(generation).number
        return ArticleStore(GenerationTables(self._connections, number))

    def _numbers(self, generation: GenerationId) -> _Numbers:
        rows = self._connections.rows(
            "SELECT number, body_words, title_words FROM pullquote.generations WHERE id = %s",
            (generation,),
        )
        if not rows:
            where = f"{self.place}, generation {generation}"
            raise ArchiveDamaged("the database does not have it", where=where)
        return _Numbers(*rows[0])

    def models(self, card: EncoderCard, reranker: str) -> BuiltFolder:
        """The user's folder, with copies of the models; see `IndexStore`."""
        built = BuiltFolder(self.folder)
        fetch_models(self._connections, "encoder", built.encoders, [card.hash])
        if reranker not in OWN_NAMES:
            fetch_models(self._connections, "reranker", built.rerankers)
        return built

    def withdrawals(self) -> list[Withdrawal]:
        """The log of withdrawals, oldest first; see `IndexStore`."""
        rows = self._connections.rows("SELECT entry FROM pullquote.withdrawals ORDER BY number")
        try:
            return [Withdrawal.model_validate_json(entry) for (entry,) in rows]
        except ValidationError as error:
            raise ArchiveDamaged(
                "the log of withdrawn articles cannot be read (a row is not a withdrawal)",
                where=self.place,
                mend="Correct pullquote.withdrawals: until then nothing is quoted from this index",
            ) from error

    def withdrawals_version(self) -> tuple[int, int]:
        """Changes with every line that is added to the log."""
        rows = self._connections.rows(
            "SELECT count(*), COALESCE(max(number), 0) FROM pullquote.withdrawals"
        )
        return int(rows[0][0]), int(rows[0][1])

    def add_withdrawal(self, withdrawal: Withdrawal) -> None:
        """Append to the log; see `IndexStore`."""
        entry = withdrawal.model_dump_json()
        self._write("INSERT INTO pullquote.withdrawals (entry) VALUES (%s)", entry)

    def calibration(self) -> bytes | None:
        """The stored calibration; None without one."""
        rows = self._connections.rows("SELECT entry FROM pullquote.calibration")
        return str(rows[0][0]).encode() if rows else None

    def write_calibration(self, text: str) -> None:
        """Store a calibration in place of another."""
        self._write(
            "INSERT INTO pullquote.calibration (entry) VALUES (%s) "
            "ON CONFLICT (alone) DO UPDATE SET entry = EXCLUDED.entry",
            text,
        )

    @property
    def calibration_place(self) -> str:
        """The table of the calibration."""
        return f"{self.place}, pullquote.calibration"

    def current_builder(self) -> str:
        """The process that is building, and since when; empty if none is, or nobody can tell."""
        try:
            connection = connect(self._address, "read-write", seconds=_WRITE_SECONDS)
        except ArchiveError:
            return ""
        try:
            row = connection.execute(_BUILDER, (BUILD_LOCK,)).fetchone()
            return str(row[0]) if row else ""
        except psycopg.Error:
            return ""
        finally:
            connection.close()

    def size(self, generation: GenerationId, manifest: Manifest) -> int:
        """The size of a generation and of what it shares with others, in bytes."""
        shared = [*_SHARED, vector_table(manifest.encoder.hash)]
        rows = self._connections.rows(_SIZE, (shared,))
        return int(rows[0][0] or 0) + self.generation_size(generation)

    def generation_size(self, generation: GenerationId) -> int:
        """The size of what a generation does not share, in bytes."""
        number = self._numbers(generation).number
        rows = self._connections.rows(
            _SIZE, ([f"{table}_{number}" for table in PARTITIONED_TABLES],)
        )
        return int(rows[0][0] or 0)

    def vector_index(self, _manifest: Manifest) -> str:
        """The index of pgvector, whatever the folder has from which a generation was copied."""
        return "HNSW, fp16"

    def partial_size(self) -> int:
        """The size of what an unfinished build has left in the user's folder, in bytes."""
        partial = BuiltFolder(self.folder).partial
        return sum(file.stat().st_size for file in partial.glob("*") if file.is_file())

    def _write(self, statement: str, *values: object) -> None:
        connection = connect(self._address, "read-write", seconds=_WRITE_SECONDS)
        try:
            connection.execute(statement, values)
        except psycopg.Error as error:
            raise error_of(error, self._address, writing=True) from error
        finally:
            connection.close()


@functools.cache
def _connections_to(address: str) -> Connections:
    """The connections of this process to a database: all open indexes there share them."""
    return Connections(address)
