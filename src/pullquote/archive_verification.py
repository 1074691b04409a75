"""What the Python door returns for a text to verify."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pullquote.json_output.notices import verification_notices
from pullquote.json_output.verification import verification_json
from pullquote.verification.changes import Change
from pullquote.verification.verdicts import (
    Attribution,
    Finding,
    PrintedPlace,
    Verdict,
    Verification,
)

_LONGEST_REPR = 60
"""The most characters of a text in a `repr`."""


@dataclass(frozen=True, slots=True, repr=False)
class ArchiveFinding:
    """What is found of a text, or of one quotation in it.

    Attributes:
        text: the words that were given.
        speaker: who is said to have said them; empty if nobody is named.
        verdict: "verbatim", "altered", "paraphrase" or "absent".
        attribution: "confirmed", "contradicted" or "unknown"; None if nobody is named.
        changes: how the text differs from the first place.
        places: where it is printed, the first printing first; of an altered text or a paraphrase,
            the nearest place. Empty if it is absent.
    """

    text: str
    speaker: str
    verdict: Verdict
    attribution: Attribution | None
    changes: tuple[Change, ...]
    places: tuple[PrintedPlace, ...]

    def __repr__(self) -> str:
        text = self.text if len(self.text) <= _LONGEST_REPR else f"{self.text[:59]}…"
        return f"ArchiveFinding({text!r}, {self.verdict}, {len(self.places)} places)"


@dataclass(frozen=True, slots=True, repr=False)
class ArchiveVerification:
    """What is found of a text.

    Attributes:
        text: the text.
        verdict: the worst of the verdicts of its quotations.
        findings: one for each quotation in the text, in order; at least one.
        covers: the first and the last date of the archive's articles.
        notices: what else the reader should know, such as articles that changed.
        generation: the id of the index generation that was searched.
    """

    text: str
    verdict: Verdict
    findings: tuple[ArchiveFinding, ...]
    covers: tuple[dt.date | None, dt.date | None]
    notices: tuple[str, ...]
    generation: str
    _verification: Verification = field(repr=False)

    def to_json(self) -> str:
        """The result as one line of JSON, in the form of `pullquote verify --format json`."""
        return verification_json(self._verification).model_dump_json()

    def __repr__(self) -> str:
        return f"ArchiveVerification({self.verdict}, {len(self.findings)} findings)"


def archive_verification(verification: Verification) -> ArchiveVerification:
    """What is found of a text, as the Python door returns it."""
    return ArchiveVerification(
        text=verification.text,
        verdict=verification.verdict,
        findings=tuple(_finding(finding, verification.text) for finding in verification.findings),
        covers=verification.covers,
        notices=verification_notices(verification),
        generation=verification.generation,
        _verification=verification,
    )


def _finding(finding: Finding, text: str) -> ArchiveFinding:
    return ArchiveFinding(
        text=finding.given.of(text),
        speaker=finding.speaker,
        verdict=finding.verdict,
        attribution=finding.attribution,
        changes=tuple(finding.changes),
        places=tuple(finding.places),
    )
