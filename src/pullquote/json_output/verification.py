"""What is found of a text as JSON: the form that scripts rely on.

docs/json.md documents every field.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from pullquote.answering.quotes import Quote
from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.json_output.answer import QuoteJson, SpeakerJson, quote_json, speaker_json
from pullquote.json_output.named_spans import NamedSpanJson, named_span_json
from pullquote.json_output.notices import verification_notices
from pullquote.verification.changes import Change, ChangeKind
from pullquote.verification.verdicts import (
    Attribution,
    Finding,
    PrintedPlace,
    Verdict,
    Verification,
)


class TextToVerifyJson(BaseModel):
    """A text of a batch. Unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    id: StrictStr | StrictInt | None = None
    text: str
    speaker: str | None = None


class ChangeJson(BaseModel):
    """A change: the words on both sides, and their places."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: ChangeKind
    given: str
    printed: str
    given_span: tuple[int, int]
    printed_span: tuple[int, int]
    article_id: str


class PlaceJson(QuoteJson):
    """A place: a quote, in which part of the article it is, and the rest of its sentence."""

    part: Literal["text", "headline"]
    before: NamedSpanJson | None
    after: NamedSpanJson | None


class FindingJson(BaseModel):
    """What is found of a text, or of one quotation in it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    verdict: Verdict
    attribution: Attribution | None
    changes: tuple[ChangeJson, ...]
    places: tuple[PlaceJson, ...]
    speaker: SpeakerJson | None
    named: str | None
    given_span: tuple[int, int]


class VerificationJson(BaseModel):
    """What is found of a text. `id`, `parts` and `notices` are left out if there are none."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str | int | None = Field(default=None, exclude_if=lambda value: value is None)
    verdict: Verdict
    attribution: Attribution | None
    changes: tuple[ChangeJson, ...]
    places: tuple[PlaceJson, ...]
    speaker: SpeakerJson | None
    named: str | None
    covers: tuple[dt.date | None, dt.date | None]
    generation: str
    elapsed_ms: float
    parts: tuple[FindingJson, ...] = Field(default=(), exclude_if=lambda value: not value)
    notices: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)


def verification_json(
    verification: Verification, text_id: str | int | None = None
) -> VerificationJson:
    """What is found of a text, in the form that scripts rely on.

    Args:
        verification: what is found.
        text_id: the id that the batch gives the text, if any.
    """
    findings = [_finding_json(finding, verification.text) for finding in verification.findings]
    is_single = len(findings) == 1
    named = dict.fromkeys(finding.named for finding in findings)
    return VerificationJson(
        id=text_id,
        verdict=verification.verdict,
        attribution=verification.attribution,
        changes=tuple(change for finding in findings for change in finding.changes),
        places=tuple(
            place
            for finding in findings
            for place in (finding.places if is_single else finding.places[:1])
        ),
        speaker=findings[0].speaker if is_single else None,
        named=next(iter(named)) if len(named) == 1 else None,
        covers=verification.covers,
        generation=verification.generation,
        elapsed_ms=round(verification.elapsed, 3),
        parts=() if is_single else tuple(findings),
        notices=verification_notices(verification),
    )


def _finding_json(finding: Finding, text: str) -> FindingJson:
    return FindingJson(
        verdict=finding.verdict,
        attribution=finding.attribution,
        changes=tuple(_change_json(change, text, finding.places[0]) for change in finding.changes),
        places=tuple(
            _place_json(number, place) for number, place in enumerate(finding.places, start=1)
        ),
        speaker=_speaker_json(finding),
        named=finding.speaker or None,
        given_span=finding.given,
    )


def _speaker_json(finding: Finding) -> SpeakerJson | None:
    """Who says the words at the first place."""
    first = finding.places[0] if finding.places else None
    return speaker_json(first.article, first.speaker) if first else None


def _change_json(change: Change, text: str, place: PrintedPlace) -> ChangeJson:
    """A change; the printed words are sliced from the first place's article."""
    return ChangeJson(
        kind=change.kind,
        given=text[slice(*change.given)],
        printed=place.source_text[slice(*change.printed)],
        given_span=change.given,
        printed_span=change.printed,
        article_id=place.article.id,
    )


def _place_json(number: int, place: PrintedPlace) -> PlaceJson:
    article = _headline_as_text(place.article) if place.in_headline else place.article
    sentence = Span(
        place.before.start if place.before else place.span.start,
        place.after.end if place.after else place.span.end,
    )
    quote = Quote(
        article=article,
        span=place.span,
        passage=sentence,
        score=place.likeness,
        source_state=place.source_state,
        also_printed_in=0,
        row=place.row,
        speaker=place.speaker,
        later=place.later,
        notes=place.notes,
        further_notes=place.further_notes,
    )
    fields = quote_json(number, quote).model_dump()
    fields |= {"article_sha256": place.article.sha256, "text_sha256": place.article.sha256}
    if place.in_headline:
        fields["source_lines"] = None
    return PlaceJson(
        **fields,
        part="headline" if place.in_headline else "text",
        before=named_span_json(article, place.before) if place.before else None,
        after=named_span_json(article, place.after) if place.after else None,
    )


def _headline_as_text(article: Article) -> Article:
    """The article with its headline as its text, to say where in the headline words are."""
    whole = Span(0, len(article.title))
    return dataclasses.replace(article, text=article.title, prose=whole, blocks=())
