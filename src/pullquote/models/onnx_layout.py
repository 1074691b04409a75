"""Checks an ONNX model before ONNX Runtime reads it, without reading it as ONNX Runtime does.

A model is data, with two exceptions. It may keep its weights in other files, which it names; and a
node may run a graph of its own as often as it likes (Loop, Scan). Exports of Pullquote have
neither.

A model is a message of Protocol Buffers; the numbers of its fields are those of onnx.proto.
"""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
"""The wire types."""
_MAX_SHIFT = 63

_TENSOR, _SPARSE_TENSOR, _NODE, _ATTRIBUTE, _GRAPH, _MODEL = (
    "tensor",
    "sparse tensor",
    "node",
    "attribute",
    "graph",
    "model",
)
_PARTS = {
    _MODEL: {7: _GRAPH},
    _GRAPH: {1: _NODE, 5: _TENSOR, 15: _SPARSE_TENSOR},
    _NODE: {5: _ATTRIBUTE},
    _ATTRIBUTE: {
        5: _TENSOR,
        6: _GRAPH,
        10: _TENSOR,
        11: _GRAPH,
        22: _SPARSE_TENSOR,
        23: _SPARSE_TENSOR,
    },
    _SPARSE_TENSOR: {1: _TENSOR, 2: _TENSOR},
    _TENSOR: {},
}
"""The messages in each message, by the number of their field."""
_REFUSED = {
    _MODEL: {20: "a training step", 25: "functions"},
    _GRAPH: {},
    _NODE: {},
    _ATTRIBUTE: {},
    _SPARSE_TENSOR: {},
    _TENSOR: {13: "weights in another file"},
}
"""What a model must not have, by message and the number of its field."""
_DATA_LOCATION = 14
"""The field of a tensor that is not 0 if its values are in another file."""
_OPERATOR = 4
"""The field of a node with its operator's name."""
_REPEATING = frozenset({b"Loop", b"Scan", b"SequenceMap"})
"""Operators that run a graph of their own again and again."""


def check_model(data: bytes) -> None:
    """Check that a model is complete in itself and runs each node once.

    Raises:
        ValueError: it is not, or is no model.
    """
    try:
        _check(data, 0, len(data), _MODEL)
    except RecursionError as error:
        raise ValueError("the model is nested too deep") from error


def _check(data: bytes, start: int, end: int, message: str) -> None:
    for field, wire, first, last in _fields(data, start, end):
        if refused := _REFUSED[message].get(field):
            raise ValueError(f"the model has {refused}")
        if message == _TENSOR and field == _DATA_LOCATION and (wire, first) != (_VARINT, 0):
            raise ValueError("the model has weights in another file")
        if message == _NODE and field == _OPERATOR and data[first:last] in _REPEATING:
            raise ValueError("the model has a loop")
        part = _PARTS[message].get(field)
        if part and wire == _BYTES:
            _check(data, first, last, part)


def _fields(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the fields of a message.

    Yields:
        The number, the wire type, and for bytes their beginning and end, else the value and 0.

    Raises:
        ValueError: the message is cut short or is none.
    """
    at = start
    while at < end:
        tag, at = _varint(data, at, end)
        field, wire = tag >> 3, tag & 7
        if wire == _VARINT:
            value, at = _varint(data, at, end)
            yield field, wire, value, 0
            continue
        if wire == _BYTES:
            size, at = _varint(data, at, end)
        elif wire in (_FIXED64, _FIXED32):
            size = 8 if wire == _FIXED64 else 4
        else:
            raise ValueError("is no ONNX model")
        if at + size > end:
            raise ValueError("the model is cut short")
        yield field, wire, at, at + size
        at += size


def _varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The number that begins at a place, and the place after it."""
    value = shift = 0
    while at < end and shift <= _MAX_SHIFT:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:  # noqa: PLR2004 - the last byte of a number
            return value, at
        shift += 7
    raise ValueError("the model is cut short")
