"""Calibration: from the raw confidence to the one that is shown, and the two thresholds.

What ships is in `decision.py`. `pullquote calibrate` fits another calibration on a question set
and stores it beside the generations, in calibration.json, with everything that it was fitted for.
If the index or the settings differ from that, it is not used, and `pullquote status` says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pullquote.confidence.curves import Curve
from pullquote.confidence.decision import fingerprint
from pullquote.corpus.hashing import sha256_of
from pullquote.settings import Settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.index_store import CalibrationShelf
from pullquote.storage.manifest import Manifest
from pullquote.weights import WEIGHTS

_SIZE_RATIO = 2
"""A calibration is used for archives of at most twice and at least half as many passages."""
_DECIDING_TABLES = ("retrieval", "quotes", "rerank")
"""The tables of the settings that a raw confidence depends on."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Promise(_Frozen):
    """A highest error rate that was asked for, and how well a sample supports it.

    Attributes:
        kind: "false" for the share of unanswerable questions that are answered, "wrong" for the
            share of answers that are wrong, "shown" for the share of unanswerable questions that
            are answered or shown as not sure.
        target: the highest rate that was asked for.
        seen: the number of errors in the sample, at the threshold.
        of: the number of questions, or of answers, in the sample.
        bound: the Clopper-Pearson upper bound of the rate at 95%.
    """

    kind: Literal["false", "wrong", "shown"]
    target: float
    seen: int
    of: int
    bound: float


class FittedFor(_Frozen):
    """Everything that a raw confidence depends on.

    Attributes:
        format: the format of the index.
        encoder: the hash of the encoder.
        passage_words: the target length of passages.
        decision: the fingerprint of weights and coefficients.
        settings: a hash of the settings for retrieval and quotes.
        passages: the number of passages.
    """

    format: int
    encoder: str
    passage_words: int
    decision: str
    settings: str
    passages: int

    def misfit(self, present: FittedFor) -> str:
        """What differs from the present index and settings, in words; empty if nothing does."""
        names = {
            "format": "format of the index",
            "encoder": "encoder",
            "passage_words": "length of passages",
            "decision": "version of the ranking",
            "settings": "settings for finding and quoting",
        }
        differences = [
            words for name, words in names.items() if getattr(self, name) != getattr(present, name)
        ]
        if differences:
            return f"was fitted for another {', '.join(differences)}"
        if not self.passages / _SIZE_RATIO <= present.passages <= self.passages * _SIZE_RATIO:
            return f"was fitted on {self.passages:,} passages, and there are {present.passages:,}"
        return ""


class Calibration(_Frozen):
    """A calibration as it is stored.

    Attributes:
        format: the version of this form.
        created: when it was fitted, UTC.
        fitted_for: the index and the settings.
        questions: the name of the question set's file.
        answerable: the number of its questions that the archive answers.
        unanswerable: the number of those that it does not answer.
        curve: from the raw confidence to the one shown.
        raw_threshold: the lowest raw confidence that answers.
        raw_unsure_threshold: the lowest raw confidence whose quotes are shown as not sure.
        promises: the promises that these thresholds keep.
        seal: SHA-256 of all other fields.
    """

    format: Literal[3] = 3
    created: dt.datetime
    fitted_for: FittedFor
    questions: str
    answerable: int
    unanswerable: int
    curve: Curve
    raw_threshold: Annotated[float, Field(ge=0, le=1)]
    raw_unsure_threshold: Annotated[float, Field(ge=0, le=1)]
    promises: tuple[Promise, ...]
    seal: str = ""

    def sealed(self) -> Calibration:
        """The same calibration with its seal."""
        bare = self.model_copy(update={"seal": ""})
        return bare.model_copy(update={"seal": sha256_of(bare.model_dump_json().encode())})

    def to_text(self) -> str:
        """The calibration with its seal, as it is stored."""
        return self.sealed().model_dump_json(indent=1) + "\n"

    @property
    def threshold(self) -> float:
        """The lowest confidence, as shown, that answers."""
        return self.curve(self.raw_threshold)

    @property
    def unsure_threshold(self) -> float:
        """The lowest confidence, as shown, whose quotes are shown as not sure."""
        return self.curve(self.raw_unsure_threshold)


def fitted_for(manifest: Manifest, settings: Settings) -> FittedFor:
    """What a calibration that is fitted now is fitted for."""
    deciding = settings.model_dump_json(include=set(_DECIDING_TABLES))
    if settings.answer.recency != WEIGHTS.recency:
        deciding += str(settings.answer.recency)
    return FittedFor(
        format=manifest.format,
        encoder=manifest.encoder.hash,
        passage_words=manifest.passage_words,
        decision=fingerprint(),
        settings=hashlib.sha256(deciding.encode()).hexdigest()[:16],
        passages=manifest.passages,
    )


@dataclass(frozen=True, slots=True)
class StoredCalibration:
    """The calibration beside the generations.

    Attributes:
        calibration: the calibration, even if it is not used; None if none can be read.
        misfit: why it is not used, in words; empty if it is used, or if there is none.
    """

    calibration: Calibration | None
    misfit: str

    @property
    def used(self) -> Calibration | None:
        """The calibration, if it is used."""
        return None if self.misfit else self.calibration


def read_calibration(
    shelf: CalibrationShelf, manifest: Manifest, settings: Settings
) -> StoredCalibration:
    """Read the stored calibration, and compare it with the index and the settings.

    It raises no error: if the file cannot be read, what ships is used.
    """
    try:
        data = shelf.calibration()
    except OSError as error:
        return StoredCalibration(None, f"cannot be read ({error.strerror})")
    if data is None:
        return StoredCalibration(None, "")
    try:
        calibration = Calibration.model_validate_json(data)
    except ValidationError:
        return StoredCalibration(None, "is not of a form that this version reads")
    if calibration != calibration.sealed():
        return StoredCalibration(None, "is not as it was written; run pullquote calibrate again")
    calibration = calibration.model_copy(update={"seal": ""})
    misfit = calibration.fitted_for.misfit(fitted_for(manifest, settings))
    return StoredCalibration(calibration, misfit)


def write_calibration(built: BuiltFolder, calibration: Calibration) -> Path:
    """Store a calibration, with one atomic rename.

    Returns:
        The file.

    Raises:
        OSError: the folder cannot be written.
    """
    return built.write_calibration(calibration.to_text())
