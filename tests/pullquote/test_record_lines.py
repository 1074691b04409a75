"""Lines of large files are found without holding the file in memory."""

import gzip
import hashlib
import io
import tracemalloc

import pytest

from pullquote.storage.record_lines import LineDigests, LineNotReached, RecordLines

LINES = [f"line {number} " + "x" * (number % 900) for number in range(12_000)]
PLAIN = "\n".join(LINES).encode()
PACKED = gzip.compress(PLAIN[:3_000_000], 1) + gzip.compress(PLAIN[3_000_000:], 1)


@pytest.mark.parametrize(("data", "packed"), [(PLAIN, False), (PACKED, True)])
def test_each_line_is_found_by_its_number_and_by_its_hash(data: bytes, *, packed: bool) -> None:
    lines = RecordLines(packed=packed)
    stream = io.BytesIO(data)
    for number in (9_000, 1, 2, 12_000, 5_555, 8_999):
        assert lines.find(stream, number) == LINES[number - 1].encode()
    assert lines.find(stream, 12_001) is None
    stream.seek(0)
    digests = LineDigests(stream, packed=packed)
    sought = hashlib.sha256(LINES[7_000].encode()).hexdigest()
    assert digests.number_of(sought) == 7_001
    assert digests.number_of("0" * 64) is digests.number_of("none") is None


def test_a_line_far_away_is_reached_in_several_goes() -> None:
    lines = RecordLines(packed=True)
    stream = io.BytesIO(PACKED)
    goes = 0
    while True:
        try:
            found = lines.find(stream, 11_000, most_bytes=2_500_000)
        except LineNotReached:
            goes += 1
        else:
            break
    assert (found, goes) == (LINES[10_999].encode(), 2)


def test_a_line_that_unpacks_to_forty_megabytes_is_not_held_in_memory() -> None:
    packed = gzip.compress(b"short\n" + bytes(40 << 20) + b"\nlast", 1)
    stream = io.BytesIO(packed)
    tracemalloc.start()
    try:
        assert RecordLines(packed=True).find(stream, 1) == b"short"
        stream.seek(0)
        digests = LineDigests(stream, packed=True)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert digests.number_of(hashlib.sha256(b"last").hexdigest()) == 3
    assert peak < 10 << 20
