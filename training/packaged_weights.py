"""Reads the weights of the packaged reader, so that its training can go on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from pullquote.models.cards import PACKAGED_READER
from pullquote.models.transformer import MODEL_FILE


def packaged_weights() -> dict[str, torch.Tensor]:
    """The weights of the packaged reader in single precision, by their names in BERT."""
    graph = onnx.load(str(PACKAGED_READER / MODEL_FILE)).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def rounded(name: str) -> npt.NDArray[np.float32]:
        base = name.removesuffix("_quantized")
        shifted = values[name].astype(np.float32) - values[f"{base}_zero_point"]
        weight: npt.NDArray[np.float32] = shifted * values[f"{base}_scale"]
        return weight

    weights = {name: value for name, value in values.items() if name.endswith((".weight", ".bias"))}
    for name in values:  # of embeddings
        if name.endswith(".weight_quantized"):
            weights[name.removesuffix("_quantized")] = rounded(name)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            place = node.name.strip("/").removesuffix("/MatMul_quant").replace("/", ".")
            weights[f"{place}.weight"] = rounded(node.input[1]).T
    return {
        name.removeprefix("model."): torch.from_numpy(np.array(value, np.float32))
        for name, value in weights.items()
    }
