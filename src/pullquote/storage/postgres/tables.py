"""The tables of the schema `pullquote`.

What is large lies in tables that the generations share, by a hash of its content, so a build sends
only what is new: the texts of articles, the features and vectors of passages, the words of shards.
What changes with a generation (rows, dates, names, who said what) lies in partitions, one for each
generation, which are made beside the others and attached when they are whole. A role that may read
the tables may read every partition.
"""

from __future__ import annotations

TABLE_VERSION = 2
"""The version of these tables. Another is not read."""

SHARED_TABLES = """
CREATE SCHEMA IF NOT EXISTS pullquote;
CREATE TABLE IF NOT EXISTS pullquote.tables (version int NOT NULL);
CREATE TABLE IF NOT EXISTS pullquote.generations (
    number bigint PRIMARY KEY, id text NOT NULL UNIQUE, seal text NOT NULL, manifest text NOT NULL,
    body_words float8 NOT NULL, title_words float8 NOT NULL
);
CREATE TABLE IF NOT EXISTS pullquote.live (
    alone bool PRIMARY KEY DEFAULT true CHECK (alone), id text NOT NULL
);
CREATE TABLE IF NOT EXISTS pullquote.builder (
    alone bool PRIMARY KEY DEFAULT true CHECK (alone), who text NOT NULL
);
CREATE TABLE IF NOT EXISTS pullquote.withdrawals (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry text NOT NULL
);
CREATE TABLE IF NOT EXISTS pullquote.calibration (
    alone bool PRIMARY KEY DEFAULT true CHECK (alone), entry text NOT NULL
);
CREATE TABLE IF NOT EXISTS pullquote.model_files (
    kind text, model text, name text, sha256 text NOT NULL, content bytea NOT NULL,
    PRIMARY KEY (kind, model, name)
);
CREATE TABLE IF NOT EXISTS pullquote.article_contents (
    content bytea PRIMARY KEY, text text NOT NULL, blocks bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS pullquote.passage_contents (
    passage bigint PRIMARY KEY, content bytea NOT NULL, words bytea NOT NULL,
    analysed bytea NOT NULL, sentence_vectors bytea NOT NULL
);
ALTER TABLE pullquote.passage_contents ALTER sentence_vectors SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS passage_contents_by_content ON pullquote.passage_contents (content);
CREATE TABLE IF NOT EXISTS pullquote.word_shards (
    shard bigint PRIMARY KEY, body_words bigint NOT NULL, title_words bigint NOT NULL,
    sha256 bytea
);
CREATE TABLE IF NOT EXISTS pullquote.postings (
    shard bigint NOT NULL, stem text COLLATE "C" NOT NULL, in_title bool NOT NULL,
    block int NOT NULL, data bytea NOT NULL
);
ALTER TABLE pullquote.postings ALTER data SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX IF NOT EXISTS postings_by_stem
    ON pullquote.postings (stem, shard, in_title, block);
CREATE INDEX IF NOT EXISTS postings_by_shard ON pullquote.postings (shard);
CREATE TABLE IF NOT EXISTS pullquote.vectors (
    encoder text NOT NULL, passage bigint NOT NULL, vector halfvec NOT NULL
) PARTITION BY LIST (encoder);
"""
PARTITIONED_TABLES = {
    "files": (
        "row int, name text, path text, root text, bytes bigint, modified_ns bigint, sha256 text, "
        "settled int"
    ),
    "articles": (
        "row int, id text, title text, prose_start int, prose_end int, "
        'published text COLLATE "C", section text, source text, url text, authors text, '
        "path text, line int, record_sha256 text, origin text, block_places bytea, language text, "
        "sha256 text, file int, source_key text, content bytea"
    ),
    "passages": (
        'row int, article int, start int, "end" int, first_sentence int, sentences bytea, '
        "passage bigint"
    ),
    "repeats": "sentence bigint, article int",
    "recurring": "sentence bigint",
    "attributions": 'article int, number int, speaker text COLLATE "C", places bytea',
    "copies": "article int, other int",
    "notes": 'article int, start int, "end" int, kind text, subject text',
    "corrections": "corrected int, article int, start int",
    "shards": "shard bigint, first int, count int",
    "stems": 'stem text COLLATE "C", in_body int, in_title int',
}
"""The columns of each, beside the number of the generation."""
PARTITION_INDEXES = {
    "files": ("UNIQUE:row",),
    "articles": ("UNIQUE:row", "id", "source_key", "published, row", "file"),
    "passages": ("UNIQUE:row", "article, row", "passage"),
    "repeats": ("sentence",),
    "attributions": ("UNIQUE:article, number", "speaker, article"),
    "copies": ("article, other",),
    "notes": ("article, start",),
    "corrections": ("corrected",),
    "stems": ("UNIQUE:stem",),
}
"""The columns of the indexes of each partition."""


def create_statements() -> str:
    """The statements that make whatever is missing."""
    partitioned = (
        f"CREATE TABLE IF NOT EXISTS pullquote.{name} (generation bigint NOT NULL, {columns}) "
        "PARTITION BY LIST (generation);\n"
        for name, columns in PARTITIONED_TABLES.items()
    )
    return SHARED_TABLES + "".join(partitioned)


def vector_table(encoder: str) -> str:
    """The name of the partition with the vectors of an encoder.

    Args:
        encoder: the hash of its card, 16 hexadecimal digits.
    """
    return f"vectors_{encoder}"
