"""The cards of models: small JSON files beside a model that identify it and say how to run it.

A card is read without ONNX Runtime.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pullquote.corpus.hashing import sha256_of
from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import read_plain

ENCODER_CARD_FILE = "encoder.json"
RERANKER_CARD_FILE = "reranker.json"
PACKAGED_RERANKER = Path(__file__).with_name("packaged_reranker")
PACKAGED_READER = Path(__file__).with_name("packaged_reader")
"""The folders of the rerankers that come with the package: one reads spans, the other passages."""
EXPORT = "Export it with: pullquote index"
"""The advice in an error about a model that is missing or damaged."""

_MAX_DIMENSION = 65_536
MAX_TOKENS = 1_000_000


class EncoderCard(BaseModel):
    """The card of an encoder: `encoder.json`.

    Attributes:
        model: the name or path given in the settings.
        weights_sha256: SHA-256 of the original weights, in hexadecimal.
        onnx_sha256, tokenizer_sha256: of the exported files; empty for the runtime
            sentence-transformers, which has none.
        export: version of the export's form. It rises when the same weights export differently.
        runtime: the library that runs the model.
        dimension: the length of a vector.
        max_tokens: longer texts are truncated to this length.
        pooling: how token vectors become one vector: their mean, or the first token's.
        query_prompt, passage_prompt: what the model expects before a question and a passage.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    model: str
    weights_sha256: str
    onnx_sha256: str
    tokenizer_sha256: str
    export: Annotated[int, Field(ge=1, le=1_000_000)]
    runtime: Literal["onnx", "sentence-transformers"]
    dimension: Annotated[int, Field(ge=1, le=_MAX_DIMENSION)]
    max_tokens: Annotated[int, Field(ge=1, le=MAX_TOKENS)]
    pooling: Literal["mean", "cls"]
    query_prompt: str
    passage_prompt: str

    @property
    def hash(self) -> str:
        """Identifies this encoder: 16 hexadecimal digits."""
        return sha256_of(self.model_dump_json().encode())[:16]


def read_encoder_card(folder: Path) -> EncoderCard:
    """Read an encoder's card.

    Raises:
        ArchiveDamaged: it is missing or is not a card.
    """
    try:
        return EncoderCard.model_validate_json(read_plain(folder / ENCODER_CARD_FILE))
    except (OSError, ValidationError) as error:
        raise ArchiveDamaged("the encoder cannot be read", where=str(folder)) from error


class RerankerCard(BaseModel):
    """The card of a reranker: `reranker.json`.

    Attributes:
        model: the name or path given in the settings.
        weights_sha256: SHA-256 of the original weights, in hexadecimal.
        onnx_sha256, tokenizer_sha256: of the exported files.
        max_tokens: longer pairs are truncated to this length.
        reads: what it reads with a question: spans, each by itself, or whole passages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    model: str
    weights_sha256: str
    onnx_sha256: str
    tokenizer_sha256: str
    max_tokens: Annotated[int, Field(ge=1, le=MAX_TOKENS)]
    reads: Literal["spans", "passages"] = Field(
        default="spans", exclude_if=lambda value: value == "spans"
    )

    @property
    def hash(self) -> str:
        """Identifies this reranker: 16 hexadecimal digits."""
        return sha256_of(self.model_dump_json().encode())[:16]


def read_reranker_card(folder: Path) -> RerankerCard:
    """Read a reranker's card.

    Raises:
        ArchiveDamaged: it is missing or is not a card.
    """
    try:
        return RerankerCard.model_validate_json(read_plain(folder / RERANKER_CARD_FILE))
    except (OSError, ValidationError) as error:
        raise ArchiveDamaged(
            "the reranker cannot be read", where=str(folder), mend=reranker_mend(folder)
        ) from error


def reranker_mend(folder: Path) -> str:
    """The advice in an error about a damaged reranker: the command that replaces it."""
    if folder in (PACKAGED_RERANKER, PACKAGED_READER):
        return "Install Pullquote again, or do without it: PULLQUOTE_RERANK_MODEL=none"
    return EXPORT
