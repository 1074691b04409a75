import sqlite3  # noqa: TID251 - it changes a database
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from pullquote_index.reuse.embedding_journal import EmbeddingJournal
from pullquote_index.reuse.stored_vectors import PassageVectors

VECTORS = PassageVectors(np.ones(4, np.float32), np.ones((2, 4), np.int8))

ENDLESS_TRIGGER = """
CREATE TRIGGER t BEFORE DELETE ON vectors BEGIN INSERT INTO vectors
    WITH RECURSIVE r(n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM r) SELECT n, n, n, n FROM r; END
"""


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("SELECT 1", 1),
        (ENDLESS_TRIGGER, 0),
        ("ALTER TABLE vectors ADD COLUMN more", 0),
    ],
)
def test_a_journal_that_holds_more_than_vectors_is_begun_anew(
    tmp_path: Path, change: str, kept: int
) -> None:
    journal = EmbeddingJournal(tmp_path / "partial", 4)
    journal.add([(b"hash", VECTORS)])
    journal.close()
    (file,) = (tmp_path / "partial").iterdir()
    with closing(sqlite3.connect(file)) as database:
        database.executescript(change)
    journal = EmbeddingJournal(tmp_path / "partial", 4)
    assert (journal.find(b"hash") is not None) == kept
    assert journal.discard_unusable() == 0
    journal.close()
