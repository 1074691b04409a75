"""Which shards a lexical index has: parts of it that a refresh takes over whole while their passages stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pullquote.errors import ArchiveDamaged

SHARD_FILE = "shards.json"
"""Beside tantivy's files: which shards there are, and from which row on each holds passages."""
PLACE_BITS = 24
"""A passage's number in tantivy is its shard's, and in so many bits below it the passage's place in the shard. Rows
change whenever an article comes or goes before them; these numbers do not."""


class Shard(BaseModel):
    """A part of the lexical index: one segment of tantivy's, which is taken over whole while its passages stay as they are.

    Attributes:
        key: its number.
        first, count: the row of its first passage, and how many it has.
        fingerprint: a hash of what it holds.
        segment: tantivy's own record of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: int
    first: int
    count: int
    fingerprint: str
    segment: dict[str, object]


_SHARDS = TypeAdapter(tuple[Shard, ...])


def read_shards(folder: Path) -> tuple[Shard, ...]:
    """The shards of a lexical index, in the order of rows; of one that was built whole a single one.

    Raises:
        ArchiveDamaged: what tells of them cannot be read.
        OSError: the same.
    """
    if not (folder / SHARD_FILE).exists():
        return (Shard(key=0, first=0, count=1 << PLACE_BITS, fingerprint="", segment={}),)
    try:
        return _SHARDS.validate_json((folder / SHARD_FILE).read_bytes())
    except ValidationError as error:
        raise ArchiveDamaged(
            "the lexical index cannot be read", where=str(folder / SHARD_FILE)
        ) from error


def write_shards(folder: Path, shards: Sequence[Shard]) -> None:
    """Write what `read_shards` reads.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / SHARD_FILE).write_bytes(_SHARDS.dump_json(tuple(shards), indent=1))
