"""From the raw confidence of the decision to the one that is shown, and where answering begins.

What ships stands in `decision.py`. `pullquote calibrate` fits another on a question set and
stores it beside the generations, in built/calibration.json, with all that it was fitted for.
Where that is not what the index and the settings are, it is not used, and `status` says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pullquote.confidence.curves import Curve
from pullquote.confidence.decision import Decision, fingerprint
from pullquote.settings import Settings, Threshold
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.durable_files import write_durably
from pullquote.storage.manifest import Manifest

CALIBRATION_FILE = "calibration.json"
_GROWTH = 2
"""A calibration serves archives of up to so many times as many passages, and as few."""
_DECIDING = ("retrieval", "quotes", "rerank")
"""Tables of the settings on which a raw confidence depends."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Promise(_Frozen):
    """A target that was asked for, and what the sample says of it.

    Attributes:
        kind: "false": of questions without an answer, how many are answered; "wrong": of answers, how many are.
        target: the most that was asked for.
        seen, of: how many there were at the threshold, and out of how many.
        bound: the Clopper-Pearson upper bound at 95%.
    """

    kind: Literal["false", "wrong"]
    target: float
    seen: int
    of: int
    bound: float


class FittedFor(_Frozen):
    """What a raw confidence depends on.

    Attributes:
        format, encoder, passage_words: of the index; the encoder by its hash.
        decision: hash of the weights and coefficients in force.
        settings: hash of the settings in force for finding and quoting.
        passages: how many the index held.
    """

    format: int
    encoder: str
    passage_words: int
    decision: str
    settings: str
    passages: int

    def misfit(self, present: FittedFor) -> str:
        """What is no longer as it was, in words; empty if all is."""
        names = {
            "format": "format of the index",
            "encoder": "encoder",
            "passage_words": "length of passages",
            "decision": "version of the ranking",
            "settings": "settings for finding and quoting",
        }
        changed = [
            words for name, words in names.items() if getattr(self, name) != getattr(present, name)
        ]
        if changed:
            return f"was fitted for another {', '.join(changed)}"
        if not self.passages / _GROWTH <= present.passages <= self.passages * _GROWTH:
            return f"was fitted on {self.passages:,} passages, and there are {present.passages:,}"
        return ""


class Calibration(_Frozen):
    """A fitted confidence, as it is stored.

    Attributes:
        format: version of this form.
        created: when it was fitted, UTC.
        fitted_for: the index and the settings.
        questions: the name of the question set's file; answerable, unanswerable: how many of either kind it held.
        curve: from raw confidence to the one shown.
        raw_threshold: the least raw confidence with which a question is answered.
        promises: what that threshold keeps.
    """

    format: Literal[1] = 1
    created: dt.datetime
    fitted_for: FittedFor
    questions: str
    answerable: int
    unanswerable: int
    curve: Curve
    raw_threshold: Annotated[float, Field(ge=0, le=1)]
    promises: tuple[Promise, ...]

    @property
    def threshold(self) -> float:
        """The least confidence, as it is shown, with which a question is answered."""
        return self.curve(self.raw_threshold)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A confidence, and whether it suffices.

    Attributes:
        raw: as the decision gives it.
        confidence: as it is shown.
        threshold: the least that a question is answered with, as it is shown.
        answered: whether it is answered.
    """

    raw: float
    confidence: float
    threshold: float
    answered: bool


@dataclass(frozen=True, slots=True)
class ConfidenceScale:
    """How a raw confidence is read.

    Attributes:
        calibration: the index's own; None for what ships.
        least: `answer.threshold` of the settings. A number there comes before the calibrated one.
        shipped: the figures that serve where there is no calibration.
    """

    calibration: Calibration | None
    least: Threshold
    shipped: Decision

    @property
    def threshold(self) -> float:
        """The least confidence, as it is shown, with which a question is answered."""
        if self.least != "calibrated":
            return self.least
        return self.calibration.threshold if self.calibration else self.shipped.threshold

    def read(self, raw: float) -> Verdict:
        """Say how sure an answer of this raw confidence, from 0 to 1, is, and whether that is enough."""
        sure = (self.calibration.curve if self.calibration else self.shipped.shown)(raw)
        by_raw = self.calibration and self.least == "calibrated"
        enough = (
            raw >= self.calibration.raw_threshold
            if self.calibration and by_raw
            else sure >= self.threshold
        )
        return Verdict(raw, sure, self.threshold, enough)


def fitted_for(manifest: Manifest, settings: Settings) -> FittedFor:
    """What a calibration that is fitted now is fitted for."""
    deciding = settings.model_dump_json(include=set(_DECIDING))
    return FittedFor(
        format=manifest.format,
        encoder=manifest.encoder.hash,
        passage_words=manifest.passage_words,
        decision=fingerprint(),
        settings=hashlib.sha256(deciding.encode()).hexdigest()[:16],
        passages=manifest.passages,
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """The calibration that lies beside the generations.

    Attributes:
        calibration: it, whether or not it fits; None where there is none that can be read.
        misfit: why it is not used, in words; empty where it is, or where there is none.
    """

    calibration: Calibration | None
    misfit: str

    @property
    def used(self) -> Calibration | None:
        """The calibration, where it fits."""
        return None if self.misfit else self.calibration


def read_calibration(built: BuiltFolder, manifest: Manifest, settings: Settings) -> Stored:
    """Read what is stored, and see whether it fits. Never an error: what ships serves in its place."""
    try:
        data = (built.path / CALIBRATION_FILE).read_bytes()
    except FileNotFoundError:
        return Stored(None, "")
    except OSError as error:
        return Stored(None, f"cannot be read ({error.strerror})")
    try:
        calibration = Calibration.model_validate_json(data)
    except ValidationError:
        return Stored(None, "is not of a form that this version reads")
    return Stored(calibration, calibration.fitted_for.misfit(fitted_for(manifest, settings)))


def write_calibration(built: BuiltFolder, calibration: Calibration) -> Path:
    """Store a calibration, by one atomic rename. Returns where.

    Raises:
        OSError: the folder cannot be written.
    """
    path = built.path / CALIBRATION_FILE
    write_durably(path, calibration.model_dump_json(indent=1) + "\n")
    return path
