"""Verdicts: what a confidence makes of a question."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.confidence.calibration import Calibration
from pullquote.confidence.decision import Decision
from pullquote.confidence.outcome import Outcome
from pullquote.settings_types import Threshold


@dataclass(frozen=True, slots=True)
class Verdict:
    """A confidence, and what it makes of the question.

    Attributes:
        raw: the confidence that the decision computes.
        confidence: the confidence that is shown.
        threshold: the lowest confidence, as shown, that answers.
        unsure_threshold: the lowest one whose quotes are shown as not sure.
        outcome: what becomes of the question.
    """

    raw: float
    confidence: float
    threshold: float
    unsure_threshold: float
    outcome: Outcome

    @property
    def answered(self) -> bool:
        """Whether the question is answered outright."""
        return self.outcome is Outcome.ANSWERED


@dataclass(frozen=True, slots=True)
class ConfidenceScale:
    """From a raw confidence to a verdict.

    Attributes:
        calibration: the index's own calibration; None if what ships is used.
        setting: `answer.threshold` of the settings. A number overrides the calibrated threshold.
        unsure_setting: `answer.unsure_threshold`, likewise.
        shipped: what ships, used if there is no calibration.
    """

    calibration: Calibration | None
    setting: Threshold
    unsure_setting: Threshold
    shipped: Decision

    @property
    def threshold(self) -> float:
        """The lowest confidence, as shown, that answers."""
        if self.setting != "calibrated":
            return self.setting
        return (self.calibration or self.shipped).threshold

    @property
    def unsure_threshold(self) -> float:
        """The lowest confidence, as shown, whose quotes are shown as not sure.

        It is never above the threshold.
        """
        unsure = self.unsure_setting
        if unsure == "calibrated":
            unsure = (self.calibration or self.shipped).unsure_threshold
        return min(unsure, self.threshold)

    def verdict(self, raw: float) -> Verdict:
        """The confidence to show for a raw confidence from 0 to 1, and what becomes of it."""
        curve = self.calibration.curve if self.calibration else self.shipped.shown
        shown = curve(raw)
        if self._reaches(raw, shown, unsure=False):
            outcome = Outcome.ANSWERED
        else:
            unsure = self._reaches(raw, shown, unsure=True)
            outcome = Outcome.UNSURE if unsure else Outcome.REFUSED
        return Verdict(raw, shown, self.threshold, self.unsure_threshold, outcome)

    def _reaches(self, raw: float, shown: float, *, unsure: bool) -> bool:
        """Whether a confidence reaches the threshold for "answered", or for "not sure".

        Raw confidences are compared where possible: a level curve maps several to one.
        """
        setting = self.unsure_setting if unsure else self.setting
        if self.calibration and setting == "calibrated":
            stored = self.calibration
            return raw >= (stored.raw_unsure_threshold if unsure else stored.raw_threshold)
        return shown >= (self.unsure_threshold if unsure else self.threshold)
