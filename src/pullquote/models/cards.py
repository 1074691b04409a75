"""What a model is: the cards that lie beside its files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pullquote.corpus.articles import sha256_of
from pullquote.errors import ArchiveDamaged

ENCODER_CARD_FILE = "encoder.json"
EXPORT = "Export it with: pullquote index"
PACKAGED_RERANKER = Path(__file__).with_name("packaged_reranker")
"""The folder of the reranker that comes with the package."""


class EncoderCard(BaseModel):
    """What an encoder was made of: `encoder.json`.

    Attributes:
        model: the name or path given in the settings.
        weights_sha256: of the original weights, in hexadecimal.
        onnx_sha256, tokenizer_sha256: of the exported files; empty for the plain runtime.
        export: which form of export it is; rises when another is made of the same weights.
        runtime: what runs it.
        dimension: how many numbers a vector has.
        max_tokens: the longest text that is read whole; of longer ones the beginning.
        pooling: how token vectors become a vector: their mean, or the first.
        query_prompt, passage_prompt: what the model wants before a question and a passage.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    weights_sha256: str
    onnx_sha256: str
    tokenizer_sha256: str
    export: Annotated[int, Field(ge=1)]
    runtime: Literal["onnx", "sentence-transformers"]
    dimension: Annotated[int, Field(ge=1)]
    max_tokens: Annotated[int, Field(ge=1)]
    pooling: Literal["mean", "cls"]
    query_prompt: str
    passage_prompt: str

    @property
    def hash(self) -> str:
        """A name for exactly this encoder: 16 hexadecimal digits."""
        return sha256_of(self.model_dump_json().encode())[:16]


def read_encoder_card(folder: Path) -> EncoderCard:
    """Read an encoder's card.

    Raises:
        ArchiveDamaged: it is not there or is not one.
    """
    try:
        return EncoderCard.model_validate_json((folder / ENCODER_CARD_FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise ArchiveDamaged("the encoder cannot be read", where=str(folder)) from error


RERANKER_CARD_FILE = "reranker.json"


class RerankerCard(BaseModel):
    """What a reranker was made of: `reranker.json`.

    Attributes:
        model: the name or path given in the settings.
        weights_sha256: of the original weights, in hexadecimal.
        onnx_sha256, tokenizer_sha256: of the exported files.
        max_tokens: the longest pair that is read whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    weights_sha256: str
    onnx_sha256: str
    tokenizer_sha256: str
    max_tokens: Annotated[int, Field(ge=1)]

    @property
    def hash(self) -> str:
        """A name for exactly this reranker: 16 hexadecimal digits."""
        return sha256_of(self.model_dump_json().encode())[:16]


def read_reranker_card(folder: Path) -> RerankerCard:
    """Read a reranker's card.

    Raises:
        ArchiveDamaged: it is not there or is not one.
    """
    try:
        return RerankerCard.model_validate_json((folder / RERANKER_CARD_FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise ArchiveDamaged(
            "the reranker cannot be read", where=str(folder), mend=reranker_mend(folder)
        ) from error


def reranker_mend(folder: Path) -> str:
    """The command that mends a reranker's folder."""
    if folder == PACKAGED_RERANKER:
        return "Install Pullquote again, or do without it: PULLQUOTE_RERANK_MODEL=none"
    return EXPORT
