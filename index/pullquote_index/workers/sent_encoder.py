"""The encoders that were sent to this worker, by their hash. Each is loaded once."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from pullquote.errors import WorkersError
from pullquote.models.cards import ENCODER_CARD_FILE
from pullquote.models.encoder import OnnxEncoder
from pullquote.models.transformer import MODEL_FILE, TOKENIZER_FILE
from pullquote_index.model_export.exported_encoder import undamaged_card

_FILES = (ENCODER_CARD_FILE, MODEL_FILE, TOKENIZER_FILE)
_MAX_ENCODERS = 2
"""The number of encoders that a worker keeps."""
_received: dict[str, Mapping[str, bytes]] = {}
"""The files of encoders that are not loaded yet, by hash."""
_loaded: dict[str, OnnxEncoder] = {}
_ONE_AT_A_TIME = threading.Lock()


class EncoderNotSent(Exception):
    """This worker has no encoder of that hash: it has started since the encoder was sent."""


def encoder_files(folder: Path) -> dict[str, bytes]:
    """The files of an exported encoder, by name.

    Raises:
        OSError: one cannot be read.
    """
    return {name: (folder / name).read_bytes() for name in _FILES}


def has_encoder(encoder_hash: str) -> bool:
    """Whether this process has the encoder of a hash."""
    return encoder_hash in _loaded or encoder_hash in _received


def receive_encoder(encoder_hash: str, files: Mapping[str, bytes]) -> None:
    """Take the files of an encoder. They are checked when it is loaded."""
    _received[encoder_hash] = files


def loaded_encoder(encoder_hash: str) -> OnnxEncoder:
    """The encoder of a hash, which is loaded the first time.

    Raises:
        EncoderNotSent: this process does not have it.
        WorkersError: its files are not those that were sent.
    """
    with _ONE_AT_A_TIME:
        if encoder_hash not in _loaded:
            if encoder_hash not in _received:
                raise EncoderNotSent(encoder_hash)
            _loaded[encoder_hash] = _load(encoder_hash, _received.pop(encoder_hash))
            while len(_loaded) > _MAX_ENCODERS:
                del _loaded[next(iter(_loaded))]
        return _loaded[encoder_hash]


def _load(encoder_hash: str, files: Mapping[str, bytes]) -> OnnxEncoder:
    """Check and load an encoder.

    Raises:
        WorkersError: its files are not those that were sent.
    """
    # ONNX Runtime has all that it needs in memory when the folder is deleted.
    with tempfile.TemporaryDirectory(prefix="pullquote-encoder-") as folder:
        for name in _FILES:
            (Path(folder) / name).write_bytes(files[name])
        card = undamaged_card(Path(folder), try_out=False)
        if card is None or card.hash != encoder_hash:
            raise WorkersError("the encoder has not arrived as it was sent", where=encoder_hash)
        return OnnxEncoder(Path(folder))
