"""How many int8 operations a second this machine can do, with the weight shapes of an encoder.

Measured by ONNX Runtime's MatMulInteger alone: one thread a product, and as many products at a
time as there are processors, as passages are embedded. It is the upper limit of an encoder's speed:
attention, softmax, norms, rounding of activations and reading of text are left out.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime  # noqa: TID251 - its bare matrix products are what is measured
from onnx import TensorProto, helper, numpy_helper

from pullquote.models.transformer import DISABLED_OPTIMIZERS

_BATCH_TOKENS = (128, 256, 512, 1024)
"""Rows of the left matrix: tokens of a batch."""
_REPEATS = 7
_PROFILED_RUNS = 60
_OPERATORS_BY_KIND: Mapping[str, frozenset[str]] = {
    "int8 products and rounding for them": frozenset(
        {
            "DynamicQuantizeMatMul",
            "MatMulIntegerToFloat",
            "MatMulInteger",
            "DynamicQuantizeLinear",
        }
    ),
    "attention": frozenset({"MatMul", "FusedMatMul", "Softmax"}),
    "GELU and norms": frozenset({"Gelu", "LayerNormalization"}),
}
"""ONNX Runtime's operators by what they do. All others move and add."""
_REST = "the rest"


def weight_shapes(model: Path) -> list[tuple[int, int]]:
    """The shapes, (rows, columns), of an encoder's int8 weights."""
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


def operations_per_token(shapes: list[tuple[int, int]]) -> int:
    """Multiplications and additions for one token."""
    return 2 * sum(rows * columns for rows, columns in shapes)


def time_shares(model: Path, tokens: int) -> dict[str, float]:
    """The share of an encoder's time, on one thread, by kind of operator, for one text.

    Args:
        model: the encoder.
        tokens: length of the text.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.enable_profiling = 1, True
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = str(Path(folder, "profile"))
        session = onnxruntime.InferenceSession(
            str(model),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=DISABLED_OPTIMIZERS,
        )
        inputs = {node.name: np.full((1, tokens), 1, np.int64) for node in session.get_inputs()}
        for _ in range(_PROFILED_RUNS):
            session.run(None, inputs)
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    microseconds = dict.fromkeys([*_OPERATORS_BY_KIND, _REST], 0.0)
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            microseconds[_kind(event["args"]["op_name"])] += event["dur"]
    total = sum(microseconds.values())
    return {kind: spent / total for kind, spent in microseconds.items()}


def _kind(operator: str) -> str:
    kinds = (kind for kind, operators in _OPERATORS_BY_KIND.items() if operator in operators)
    return next(kinds, _REST)


def max_operations_per_second(shapes: list[tuple[int, int]]) -> tuple[float, int]:
    """The most operations a second on all processors, and the tokens of a batch that give it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        _product_model(shapes), options, providers=["CPUExecutionProvider"]
    )
    workers = os.cpu_count() or 1
    best = (0.0, 0)
    with ThreadPoolExecutor(workers) as pool:
        for tokens in _BATCH_TOKENS:
            inputs = {
                node.name: np.random.default_rng(1).integers(
                    0, 256, (tokens, node.shape[1]), np.uint8
                )
                for node in session.get_inputs()
            }
            batches = 4 * workers
            seconds = _median_seconds(pool, session, inputs, batches)
            best = max(best, (operations_per_token(shapes) * tokens * batches / seconds, tokens))
    return best


def _median_seconds(
    pool: ThreadPoolExecutor,
    session: onnxruntime.InferenceSession,
    inputs: Mapping[str, npt.NDArray[np.uint8]],
    batches: int,
) -> float:
    """The median seconds to run a model on a number of batches, after a warm-up."""

    def run(_: int) -> None:
        session.run(None, inputs)

    list(pool.map(run, range(batches)))
    seconds = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        list(pool.map(run, range(batches)))
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _product_model(shapes: list[tuple[int, int]]) -> bytes:
    """An ONNX model of one MatMulInteger for each shape, with random weights."""
    random = np.random.default_rng(0)
    widths = sorted({rows for rows, _ in shapes})
    weights = [
        numpy_helper.from_array(random.integers(-127, 128, shape, np.int8), f"w{number}")
        for number, shape in enumerate(shapes)
    ]
    nodes = [
        helper.make_node("MatMulInteger", [f"x{rows}", f"w{number}"], [f"y{number}"])
        for number, (rows, _) in enumerate(shapes)
    ]
    inputs = [
        helper.make_tensor_value_info(f"x{width}", TensorProto.UINT8, ["tokens", width])
        for width in widths
    ]
    outputs = [
        helper.make_tensor_value_info(f"y{number}", TensorProto.INT32, ["tokens", columns])
        for number, (_, columns) in enumerate(shapes)
    ]
    graph = helper.make_graph(nodes, "products", inputs, outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(model.SerializeToString())
