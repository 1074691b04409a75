"""The shards of a lexical index.

A shard is a part of the index that a refresh reuses whole while its passages stay unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pullquote.errors import ArchiveDamaged

SHARD_FILE = "shards.json"
"""The list of shards, beside tantivy's files."""
PLACE_BITS = 24
"""The number of low bits of a passage's number in tantivy that hold its place in its shard.

The other bits hold the shard's key. A passage's row changes when articles before it are added or
removed; its number in tantivy does not.
"""


class Shard(BaseModel):
    """A part of the lexical index: one segment of tantivy's.

    Attributes:
        key: its number.
        first, count: the row of its first passage, and the number of its passages.
        fingerprint: a hash of its content.
        segment: tantivy's own record of the segment.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: int
    first: int
    count: int
    fingerprint: str
    segment: dict[str, object]


_SHARDS = TypeAdapter(tuple[Shard, ...])


def read_shards(folder: Path) -> tuple[Shard, ...]:
    """The shards of a lexical index, in the order of rows.

    An index without a list of shards was built in one piece: it is a single shard.

    Raises:
        ArchiveDamaged: the list is not as it was written.
        OSError: the list cannot be read.
    """
    path = folder / SHARD_FILE
    if not path.exists():
        return (Shard(key=0, first=0, count=1 << PLACE_BITS, fingerprint="", segment={}),)
    try:
        return _SHARDS.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ArchiveDamaged("the lexical index cannot be read", where=str(path)) from error


def write_shards(folder: Path, shards: Sequence[Shard]) -> None:
    """Write the list that `read_shards` reads.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / SHARD_FILE).write_bytes(_SHARDS.dump_json(tuple(shards), indent=1))
