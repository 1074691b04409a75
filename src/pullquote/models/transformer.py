"""A transformer that was exported: its tokenizer and its ONNX graph. The one module that imports onnxruntime and tokenizers."""

from __future__ import annotations

import os
from pathlib import Path

# ONNX Runtime reads this once, while it is loaded. Without it, it writes a device id into the home
# folder and sends events to its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

DISABLED = ("SkipLayerNormFusion",)
"""The fused kernel takes more than twice as long as the sum and the norm that it stands for (docs/decisions/0001)."""

Tokens = Encoding
"""A text's tokens: their ids, and their places in it."""
Output = npt.NDArray[np.float32]
"""float32: (tokens, dimension) of an encoder, (1,) of a reranker."""


class Transformer:
    """Reads texts, or pairs of texts. Safe to share between threads.

    Each run takes one thread: whoever has several texts runs them side by side, which is faster (docs/decisions/0001).
    """

    def __init__(self, folder: Path, max_tokens: int) -> None:
        """Load the model in `folder`.

        Args:
            folder: holds `model.onnx` and `tokenizer.json`.
            max_tokens: the longest text or pair that is read whole; of longer ones the beginning.

        Raises:
            ValueError: a file is missing or is not what it should be.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / MODEL_FILE),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=DISABLED,
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # both libraries raise bare or private exception types
            raise ValueError(str(error)) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._inputs = frozenset(one.name for one in self._session.get_inputs())

    def encode(self, text: str, second: str | None = None) -> Tokens:
        """The tokens of a text or of a pair."""
        tokens: Tokens = self._tokenizer.encode(text, second)
        return tokens

    def run(self, encoding: Tokens) -> Output:
        """What the model makes of it. One text at a time: int8 models scale activations over all that is read in one pass."""
        given = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        (output,) = self._session.run(
            None,
            {
                name: np.asarray([ids], np.int64)
                for name, ids in given.items()
                if name in self._inputs
            },
        )
        made: Output = output[0]
        return made
