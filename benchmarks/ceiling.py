"""The most int8 matrix products that this machine does a second, with the shapes of an encoder's own weights.

Measured by ONNX Runtime's MatMulInteger alone, one thread a product and as many side by side as
there are processors, as passages are embedded. What an encoder does besides (attention, softmax,
norms, rounding activations, reading text) is not in it.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import onnxruntime  # noqa: TID251 - its bare matrix products are what is measured
from onnx import TensorProto, helper, numpy_helper

from pullquote.models.transformer import DISABLED

_TOKENS = (128, 256, 512, 1024)
"""Rows of the left matrix: tokens of a batch."""
_ROUNDS = 7
_PROFILED = 60


def weight_shapes(model: Path) -> list[tuple[int, int]]:
    """The shapes of an encoder's int8 weights."""
    graph = onnx.load(str(model)).graph
    shapes = {
        tensor.name: tuple(tensor.dims)
        for tensor in graph.initializer
        if tensor.data_type in {TensorProto.INT8, TensorProto.UINT8}
    }
    return [
        shapes[name]
        for node in graph.node
        if node.op_type == "MatMulInteger"
        for name in node.input[1:2]
        if len(shapes.get(name, ())) == 2  # noqa: PLR2004 - a matrix
    ]


_KINDS = {
    "int8 products and rounding for them": {
        "DynamicQuantizeMatMul",
        "MatMulIntegerToFloat",
        "MatMulInteger",
        "DynamicQuantizeLinear",
    },
    "attention": {"MatMul", "FusedMatMul", "Softmax"},
    "GELU and norms": {"Gelu", "LayerNormalization"},
}
"""ONNX Runtime's operators by what they do; all others move and add."""


def where_time_goes(model: Path, tokens: int) -> dict[str, float]:
    """The share of an encoder's own time, on one thread, that goes into each kind of operator, as ONNX Runtime's profile tells."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.enable_profiling = 1, True
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = str(Path(folder, "profile"))
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=DISABLED
        )
        given = {one.name: np.full((1, tokens), 1, np.int64) for one in session.get_inputs()}
        for _ in range(_PROFILED):
            session.run(None, given)
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    taken = dict.fromkeys([*_KINDS, "the rest"], 0.0)
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            taken[
                next(
                    (kind for kind, names in _KINDS.items() if event["args"]["op_name"] in names),
                    "the rest",
                )
            ] += event["dur"]
    return {kind: microseconds / sum(taken.values()) for kind, microseconds in taken.items()}


def operations(shapes: list[tuple[int, int]]) -> int:
    """Multiplications and additions for one token."""
    return 2 * sum(rows * columns for rows, columns in shapes)


def _products(shapes: list[tuple[int, int]]) -> bytes:
    random = np.random.default_rng(0)
    widths = sorted({rows for rows, _ in shapes})
    weights = [
        numpy_helper.from_array(random.integers(-127, 128, shape, np.int8), f"w{at}")
        for at, shape in enumerate(shapes)
    ]
    nodes = [
        helper.make_node("MatMulInteger", [f"x{rows}", f"w{at}"], [f"y{at}"])
        for at, (rows, _) in enumerate(shapes)
    ]
    inputs = [
        helper.make_tensor_value_info(f"x{width}", TensorProto.UINT8, ["tokens", width])
        for width in widths
    ]
    outputs = [
        helper.make_tensor_value_info(f"y{at}", TensorProto.INT32, ["tokens", columns])
        for at, (_, columns) in enumerate(shapes)
    ]
    graph = helper.make_graph(nodes, "products", inputs, outputs, weights)
    return bytes(
        helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9
        ).SerializeToString()
    )


def ceiling(shapes: list[tuple[int, int]]) -> tuple[float, int]:
    """The most operations a second, and with how many tokens in a batch."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        _products(shapes), options, providers=["CPUExecutionProvider"]
    )
    workers = os.cpu_count() or 1
    best = (0.0, 0)
    with ThreadPoolExecutor(workers) as pool:
        for tokens in _TOKENS:
            inputs = {
                each.name: np.random.default_rng(1).integers(
                    0, 256, (tokens, each.shape[1]), np.uint8
                )
                for each in session.get_inputs()
            }

            def run(_: int, inputs: dict[str, np.ndarray] = inputs) -> None:
                session.run(None, inputs)

            list(pool.map(run, range(workers)))
            seconds = []
            for _ in range(_ROUNDS):
                began = time.perf_counter()
                list(pool.map(run, range(4 * workers)))
                seconds.append(time.perf_counter() - began)
            best = max(
                best,
                (operations(shapes) * tokens * 4 * workers / statistics.median(seconds), tokens),
            )
    return best
