"""The blocks of an article as two columns of its row.

`blocks` has what passages depend on: spans, kinds and levels. `block_places` has lines and pages in
the source, which change when lines above the text do. Both are little-endian 32-bit integers, block
after block, and empty without blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.spans import Span

_KINDS = tuple(BlockKind)
"""A block's kind is stored as its number in this order."""
_KIND_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}


def block_values(blocks: Sequence[Block]) -> tuple[bytes, bytes]:
    """The columns `blocks` and `block_places`."""
    return (
        _bytes_of([(*block.span, _KIND_NUMBERS[block.kind], block.level) for block in blocks]),
        _bytes_of([(block.first_line, block.last_line, block.page) for block in blocks]),
    )


def blocks_from(blocks: object, places: object) -> tuple[Block, ...]:
    """The blocks in the two columns.

    Raises:
        ValueError: the columns are not as they were written.
    """
    if not isinstance(blocks, bytes) or not isinstance(places, bytes):
        raise ValueError("the blocks of an article are not as they were written")  # noqa: TRY004
    if not blocks:
        return ()
    rows = np.frombuffer(blocks, dtype="<u4").reshape(-1, 4).tolist()
    place_rows = np.frombuffer(places, dtype="<u4").reshape(-1, 3).tolist()
    if any(kind >= len(_KINDS) for _, _, kind, _ in rows):
        raise ValueError("a block of an article has an unknown kind")
    return tuple(
        Block(Span(start, end), _KINDS[kind], level, *place)
        for (start, end, kind, level), place in zip(rows, place_rows, strict=True)
    )


def _bytes_of(rows: Sequence[tuple[int, ...]]) -> bytes:
    return np.asarray(rows, dtype="<u4").tobytes()
