"""The shards of a lexical index.

A shard is a part of the index that a refresh reuses whole while its passages stay unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import read_plain

SHARD_FILE = "shards.json"
"""The list of shards, beside tantivy's files."""
META_FILE = "meta.json"
"""tantivy's list of segments."""
MAX_SEGMENTS = 1024
"""A build writes a tenth of it at most; tantivy takes a millisecond for each."""
PLACE_BITS = 24
"""The number of low bits of a passage's number in tantivy that hold its place in its shard.

The other bits hold the shard's key. A passage's row changes when articles before it are added or
removed; its number in tantivy does not.
"""


KEY_BITS = 38
"""The number of bits of a shard's key."""
_SEGMENT_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
"""tantivy names the files of a segment after its id, a UUID."""


class Shard(BaseModel):
    """A part of the lexical index: one segment of tantivy's.

    Attributes:
        key: its number.
        first, count: the row of its first passage, and the number of its passages.
        fingerprint: a hash of its content.
        segment: tantivy's own record of the segment.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    key: Annotated[int, Field(ge=0, lt=1 << KEY_BITS)]
    first: Annotated[int, Field(ge=0, lt=1 << 62)]
    count: Annotated[int, Field(ge=0, le=1 << PLACE_BITS)]
    fingerprint: str
    segment: dict[str, object]


_SHARDS = TypeAdapter(tuple[Shard, ...])
_META = TypeAdapter(dict[str, object])


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
        shards = _SHARDS.validate_json(read_plain(path))
    except ValidationError as error:
        raise ArchiveDamaged("the lexical index cannot be read", where=str(path)) from error
    _check_segments(folder / META_FILE)
    end = 0
    for shard in shards:
        if shard.first != end or not _SEGMENT_ID.fullmatch(str(shard.segment.get("segment_id"))):
            raise ArchiveDamaged("the lexical index cannot be read", where=str(path))
        end += shard.count
    return shards


def _check_segments(path: Path) -> None:
    """See that tantivy's own list is not too long for it.

    Raises:
        ArchiveDamaged: it is, or it is no list of segments.
        OSError: it cannot be read.
    """
    try:
        segments = _META.validate_json(read_plain(path))["segments"]
    except (ValidationError, KeyError) as error:
        raise ArchiveDamaged("the lexical index cannot be read", where=str(path)) from error
    if not isinstance(segments, list) or len(segments) > MAX_SEGMENTS:
        raise ArchiveDamaged("the lexical index cannot be read", where=str(path))


def write_shards(folder: Path, shards: Sequence[Shard]) -> None:
    """Write the list that `read_shards` reads.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / SHARD_FILE).write_bytes(_SHARDS.dump_json(tuple(shards), indent=1))
