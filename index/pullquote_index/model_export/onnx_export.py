"""Exports a torch module to an ONNX file with int8 weights.

docs/decisions/0001 says what that costs in quality and gains in speed.
"""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import EncoderError
from pullquote_index.model_export.packaged_model import INSTALL_EXTRA

if TYPE_CHECKING:
    import torch

_OPSET = 17
"""The version of ONNX's operators."""


def write_int8(
    module: torch.nn.Module, sample: Mapping[str, torch.Tensor], output: str, path: Path
) -> None:
    """Export a module, and round its weights to int8, per channel.

    Args:
        module: takes the tensors of `sample` in their order.
        sample: a batch of inputs by name, (texts, tokens) each.
        output: the name of its output.
        path: the file to write.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the import, as in models/transformer
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - needs onnx

    full_precision = path.with_name("full.onnx")
    write_float32(module, sample, output, full_precision)
    quantize_dynamic(full_precision, path, weight_type=QuantType.QInt8, per_channel=True)
    full_precision.unlink()


def write_float32(
    module: torch.nn.Module, sample: Mapping[str, torch.Tensor], output: str, path: Path
) -> None:
    """Export a module in single precision. The arguments are those of `write_int8`."""
    import torch  # noqa: PLC0415 - takes seconds; answering never needs it

    axes = {0: "texts", 1: "tokens"}
    with quiet_libraries():
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
def load_errors(model: str, setting: str, mend: str) -> Iterator[None]:
    """Turn every error of loading a model into `EncoderError`.

    A folder of a model may hold any file, and each library says in its own way what is wrong with
    one.

    Args:
        model: its name or path.
        setting: the setting that names it.
        mend: what to do instead.
    """
    try:
        yield
    except ImportError as error:
        raise EncoderError(
            "sentence-transformers is not installed", where=setting, mend=INSTALL_EXTRA
        ) from error
    except EncoderError:
        raise
    except Exception as error:
        reason = first_line(error) or type(error).__name__
        raise EncoderError(f"cannot be loaded ({reason})", where=model, mend=mend) from error


@contextlib.contextmanager
def export_errors(where: str, mend: str) -> Iterator[None]:
    """Turn every error of an export into `EncoderError`.

    Args:
        where: the setting that names the model.
        mend: what to do instead.
    """
    try:
        yield
    except ImportError as error:
        raise EncoderError(
            f"cannot be exported ({error})", where=where, mend=INSTALL_EXTRA
        ) from error
    except Exception as error:
        reason = first_line(error) or type(error).__name__
        raise EncoderError(f"cannot be exported ({reason})", where=where, mend=mend) from error


def first_line(error: Exception) -> str:
    """The first line of an error's message; empty if it has none."""
    return next(iter(str(error).strip().splitlines()), "")


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep the libraries' warnings and progress bars off the terminal, and their telemetry off."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    os.environ.setdefault("TQDM_DISABLE", "1")
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    loggers = [logging.getLogger(name) for name in (None, "transformers", "sentence_transformers")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
