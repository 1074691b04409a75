"""A transformer that was exported: its tokenizer and its ONNX graph. The one module that imports onnxruntime and tokenizers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"

Output = npt.NDArray[np.float32]
"""float32: (tokens, dimension) of an encoder, (1,) of a reranker."""


class Transformer:
    """Reads texts, or pairs of texts. Safe to share between threads.

    Each run takes one thread: whoever has several batches runs them side by side, which is faster
    (docs/decisions/0001).
    """

    def __init__(self, folder: Path, max_tokens: int, *, pairs: bool = False) -> None:
        """Load the model in `folder`.

        Args:
            folder: holds `model.onnx` and `tokenizer.json`.
            max_tokens: the longest text that is read whole; of longer ones the beginning.
            pairs: whether it reads pairs, of which only the second is cut.

        Raises:
            ValueError: a file is missing or is not what it should be.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # both libraries raise bare or private exception types
            raise ValueError(str(error)) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens, strategy="only_second" if pairs else "longest_first")
        self._inputs = frozenset(one.name for one in self._session.get_inputs())

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Encoding]:
        """The tokens of texts or of pairs."""
        encodings: list[Encoding] = self._tokenizer.encode_batch(list(texts))
        return encodings

    def run(self, encodings: Sequence[Encoding]) -> Iterator[Output]:
        """What the model makes of each, in one pass. int8 models scale activations over all that is read in one pass."""
        if not encodings:
            return
        width = max(len(encoding.ids) for encoding in encodings)
        given = {name: np.zeros((len(encodings), width), np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
        for row, encoding in enumerate(encodings):
            length = len(encoding.ids)
            given["input_ids"][row, :length] = encoding.ids
            given["attention_mask"][row, :length] = 1
            given["token_type_ids"][row, :length] = encoding.type_ids
        (output,) = self._session.run(None, {name: values for name, values in given.items() if name in self._inputs})
        for row, encoding in enumerate(encodings):
            yield output[row, : len(encoding.ids)]
