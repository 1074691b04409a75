"""A transformer: its tokenizer and its ONNX graph.

The one module that imports onnxruntime and tokenizers.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

# ONNX Runtime reads this once, while it is loaded. Without it, it writes a device id into the home
# folder and sends events to its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import numpy.typing as npt

from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.errors import ArchiveDamaged
from pullquote.late_library import LateLibrary
from pullquote.models.onnx_layout import check_model
from pullquote.models.optimised_graphs import GraphKey, find_graph, store_graph
from pullquote.plain_files import open_plain, plain_status, read_plain

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

    Tokens = tokenizers.Encoding
else:
    onnxruntime, tokenizers = LateLibrary("onnxruntime"), LateLibrary("tokenizers")
    Tokens = Any
    """A text's tokens: their ids, and their offsets in characters."""

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

DISABLED_OPTIMIZERS = ("SkipLayerNormFusion",)
"""The fused kernel takes more than twice as long as the sum and the norm (docs/decisions/0001)."""
_PROVIDERS = ("CPUExecutionProvider",)
_THREADS = 1
_EXTERNAL_BYTES = 1024
"""Weights of this size or more are saved beside an optimised graph, and mapped."""
_OPTIONS = f"{_THREADS} thread, without {DISABLED_OPTIMIZERS}, external from {_EXTERNAL_BYTES}"

_MAX_TOKENIZER = 256 * 2**20
"""Bytes. That of a vocabulary of 250,000 tokens has 17 MB."""
_MAX_REASON = 200
"""Characters of a library's message that an error shows."""
_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+{]")
"""In a tokenizer's pattern: a group that may be repeated can take a time that doubles with each
letter. Tokenizers in use repeat single letters and classes."""

Output = npt.NDArray[np.float32]
"""float32: (tokens, dimension) from an encoder, (1,) from a reranker."""


class Transformer:
    """Reads texts, or pairs of texts. Safe to share between threads.

    Each run takes one thread. To read several texts, run them side by side: that is faster than
    several threads for one text (docs/decisions/0001).
    """

    def __init__(
        self, folder: Path, max_tokens: int, model_sha256: str = "", tokenizer_sha256: str = ""
    ) -> None:
        """Load the model in `folder`.

        Args:
            folder: holds `model.onnx` and `tokenizer.json`.
            max_tokens: longer texts or pairs are truncated to this length.
            model_sha256: of `model.onnx`, in hexadecimal; if empty, any is taken.
            tokenizer_sha256: of `tokenizer.json`; if empty, any is taken.

        Raises:
            ValueError: a file is missing, damaged or another one.
            MemoryError: there is too little memory for it.
        """
        self._folder = folder
        try:
            self._session = _open_session(folder / MODEL_FILE, model_sha256)
            self._tokenizer = _open_tokenizer(folder / TOKENIZER_FILE, tokenizer_sha256)
        except MemoryError:  # files whose hashes are right are not damaged
            raise
        except Exception as error:  # both libraries raise bare or private exception types
            raise ValueError(str(error)) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._inputs = frozenset(node.name for node in self._session.get_inputs())

    def encode(self, text: str, second: str | None = None) -> Tokens:
        """The tokens of a text or of a pair.

        Raises:
            ArchiveDamaged: the tokenizer is not fit for texts.
        """
        with self._running():
            tokens: Tokens = self._tokenizer.encode(text, second)
        return tokens

    def run(self, tokens: Tokens, *shape: int) -> Output:
        """The model's output for one text or pair.

        There are no batches: an int8 model scales activations over everything in one pass, so a
        text would get another output beside other texts.

        Args:
            tokens: of the text or pair.
            shape: the shape that the output must have; any if there is none.

        Raises:
            ArchiveDamaged: the model cannot read them, or its output has another shape.
        """
        inputs = {
            "input_ids": tokens.ids,
            "attention_mask": tokens.attention_mask,
            "token_type_ids": tokens.type_ids,
        }
        with self._running():
            (outputs,) = self._session.run(
                None,
                {
                    name: np.asarray([values], np.int64)
                    for name, values in inputs.items()
                    if name in self._inputs
                },
            )
            if shape and (np.shape(outputs) != (1, *shape) or outputs.dtype != np.float32):
                raise ValueError(f"its output has the shape {np.shape(outputs)}")
        output: Output = outputs[0]
        return output

    @contextlib.contextmanager
    def _running(self) -> Iterator[None]:
        """Turn every error of the libraries into `ArchiveDamaged`."""
        try:
            yield
        except Exception as error:  # both libraries raise bare or private exception types
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise ArchiveDamaged(
                f"the model cannot read a text ({reason[:_MAX_REASON]})", where=str(self._folder)
            ) from error


def optimised_graph(model: Path, model_sha256: str) -> Path | None:
    """The optimised copy of a model, which is written now if the cache has none.

    Args:
        model: the model file.
        model_sha256: SHA-256 of the model file, in hexadecimal; if empty, the file is hashed.

    Returns:
        The graph of the copy, or None if the cache cannot be used.

    Raises:
        OSError: the model cannot be read, or is no plain file.
    """
    size = plain_status(model).st_size
    key = GraphKey(
        model_sha256=model_sha256 or file_sha256(model),
        model_bytes=size,
        runtime=onnxruntime.__version__,
        options=_OPTIONS,
    )
    return find_graph(key) or store_graph(
        key, model, lambda graph, weights: _save_optimised(model, graph, weights)
    )


def _open_session(model: Path, model_sha256: str) -> onnxruntime.InferenceSession:
    """Open a model by its optimised copy if there is one, otherwise the model itself.

    Raises:
        OSError: the model cannot be read.
        Exception: ONNX Runtime cannot open it.
    """
    if graph := optimised_graph(model, model_sha256):
        options = _session_options()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        with contextlib.suppress(Exception):  # the copy may have been deleted meanwhile
            return onnxruntime.InferenceSession(str(graph), options, providers=_PROVIDERS)
    if model_sha256 and file_sha256(model) != model_sha256:
        raise ValueError(f"{model.name} is not the file that was exported")
    return _open_unoptimised(model, _session_options())


def _open_unoptimised(
    model: Path, options: onnxruntime.SessionOptions
) -> onnxruntime.InferenceSession:
    """Open an exported model; ONNX Runtime optimises it now.

    Raises:
        ValueError: it names other files, or is no model.
    """
    with open_plain(model) as stream:
        check_model(stream.read())
    return onnxruntime.InferenceSession(
        str(model), options, providers=_PROVIDERS, disabled_optimizers=DISABLED_OPTIMIZERS
    )


def _save_optimised(model: Path, graph: Path, weights: str) -> None:
    """Save a model as ONNX Runtime optimises it.

    Args:
        model: the model.
        graph: the file of the optimised graph.
        weights: the name of the file beside it with the weights.
    """
    options = _session_options()
    options.optimized_model_filepath = str(graph)
    prefix = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{prefix}file_name", weights)
    options.add_session_config_entry(f"{prefix}min_size_in_bytes", str(_EXTERNAL_BYTES))
    _open_unoptimised(model, options)


def _open_tokenizer(path: Path, sha256: str) -> tokenizers.Tokenizer:
    """Open a tokenizer.

    Raises:
        ValueError: it is another file than was exported, or has an unbounded pattern.
        Exception: it is no tokenizer.
    """
    data = read_plain(path, _MAX_TOKENIZER)
    if sha256 and sha256_of(data) != sha256:
        raise ValueError(f"{path.name} is not the file that was exported")
    for pattern in re.findall(rb'"Regex"\s*:\s*("(?:[^"\\]|\\.)*")', data):
        if _REPEATED_GROUP.search(json.loads(pattern)):
            raise ValueError(f"{path.name} has a pattern with a repeated group")
    return tokenizers.Tokenizer.from_buffer(data)


def _session_options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.log_severity_level = 3
    return options
