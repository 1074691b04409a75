"""Export a torch module to an ONNX file with int8 weights (docs/decisions/0001)."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import EncoderError
from pullquote_index.model_export.packaged_model import EXTRA

if TYPE_CHECKING:
    import torch

_OPSET = 17
"""Version of ONNX's operators."""


def write_int8(
    module: torch.nn.Module, sample: Mapping[str, torch.Tensor], output: str, path: Path
) -> None:
    """Export a module and quantise its weights to int8, per channel.

    Args:
        module: takes the tensors of `sample` in their order.
        sample: a batch of inputs by name, int64, (texts, tokens).
        output: the name of the output.
        path: the file to write.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import, as in models/transformer
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - an extra

    full = path.with_name("full.onnx")
    write_float(module, sample, output, full)
    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()


def write_float(
    module: torch.nn.Module, sample: Mapping[str, torch.Tensor], output: str, path: Path
) -> None:
    """Export a module in single precision; arguments as for `write_int8`."""
    import torch  # noqa: PLC0415 - slow, and an extra

    axes = {0: "texts", 1: "tokens"}
    with quietly():
        torch.onnx.export(
            module,
            tuple(sample.values()),
            str(path),
            input_names=list(sample),
            output_names=[output],
            dynamic_axes=dict.fromkeys([*sample, output], axes),
            opset_version=_OPSET,
            dynamo=False,
        )


@contextlib.contextmanager
def export_errors(where: str, mend: str) -> Iterator[None]:
    """Turn the libraries' exceptions into EncoderError.

    Args:
        where: the setting that names the model.
        mend: what the user can do instead.

    Raises:
        EncoderError: the model cannot be exported.
    """
    try:
        yield
    except ImportError as error:
        raise EncoderError(f"cannot be exported ({error})", where=where, mend=EXTRA) from error
    except (RuntimeError, ValueError, TypeError, AttributeError, NotImplementedError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise EncoderError(f"cannot be exported ({reason})", where=where, mend=mend) from error


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Keep the libraries' warnings and progress bars off the terminal, and their telemetry off."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    os.environ.setdefault("TQDM_DISABLE", "1")
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    levels = {
        name: logging.getLogger(name).level
        for name in ("root", "transformers", "sentence_transformers")
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in levels:
            logging.getLogger(None if name == "root" else name).setLevel(logging.ERROR)
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(None if name == "root" else name).setLevel(level)
