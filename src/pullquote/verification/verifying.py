"""From a text to what is found of it: the steps, in their order."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from pullquote.answering.later_versions import later_version
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.shown_notes import notes_beside
from pullquote.answering.source_states import SourceStates, check_text
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import said_together
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span, trimmed
from pullquote.corpus.typed_text import check_unicode
from pullquote.errors import RequestError
from pullquote.verification.attribution import attribution_of, is_said_by
from pullquote.verification.beside_quotations import belong_together
from pullquote.verification.candidates import Candidate
from pullquote.verification.changes import Change
from pullquote.verification.matching import (
    SURELY_FROM,
    Match,
    is_altered,
    is_verbatim,
    matches,
)
from pullquote.verification.paraphrases import nearest_paraphrase
from pullquote.verification.places import occurrences, printed_place
from pullquote.verification.quotations import Quotation, lines, quotations
from pullquote.verification.verdicts import Finding, PrintedPlace, Verdict, Verification
from pullquote.verification.words import words_of

MOST_CHARACTERS = 20_000
"""The longest text that is verified, in characters."""
_FEWEST_WORDS = 2
_MOST_PARTS = 100
"""The most quotations or lines of one text."""
_MOST_IN_ONE = 4_000
"""A longer text with quotations is judged by these alone, in characters."""


def verify(archive: OpenIndex, text: str, speaker: str = "") -> Verification:
    """Find out whether the archive prints a text, word for word or with changes.

    A text with several quotations, or of several lines, is judged by these; otherwise as a whole.

    Args:
        archive: the open index.
        text: a sentence, a quotation, or a page with quotations.
        speaker: who is said to have said it; empty to take what the text says.

    Raises:
        RequestError: the text has less than two words, is too long, or is not valid UTF-8.
        ArchiveDamaged: a file of the index is damaged.
    """
    began = time.perf_counter()
    check_unicode(text, "text")
    check_unicode(speaker, "speaker")
    if len(text) > MOST_CHARACTERS:
        raise RequestError(
            f"the text has {len(text):,} characters, more than {MOST_CHARACTERS:,}",
            mend="Verify a part of it",
        )
    if len(words_of(text)) < _FEWEST_WORDS:
        raise RequestError(
            "there are fewer than two words to verify", mend="Give at least two words of the quote"
        )
    search = _Search(archive, text, " ".join(speaker.split()))
    findings = search.findings()
    return Verification(
        text=text,
        findings=findings,
        withheld=search.withheld,
        covers=archive.store.dates(),
        generation=archive.generation,
        built=archive.manifest.created,
        elapsed=1000 * (time.perf_counter() - began),
    )


class _Search:
    """Verifies the parts of one text."""

    def __init__(self, archive: OpenIndex, text: str, speaker: str) -> None:
        self._archive = archive
        self._text = text
        self._speaker = speaker
        self._states = SourceStates(archive.store)
        self._withheld: dict[ArticleRow, Article] = {}

    @property
    def withheld(self) -> tuple[Article, ...]:
        """The articles that come near, but changed after the index was built."""
        return tuple(self._withheld.values())

    def findings(self) -> list[Finding]:
        """What is found of the text: as a whole, or of each of its quotations or lines."""
        whole = Quotation(trimmed(self._text, Span(0, len(self._text))))
        parts = quotations(self._text)
        if parts and len(self._text) > _MOST_IN_ONE:
            return self._findings(parts)
        found = self._matches(whole)
        if is_verbatim(found):
            return [self._finding(self._named(whole, parts), found)]
        if parts and not belong_together(self._text, parts, found):
            return self._findings(parts)
        pieces = [] if parts else lines(self._text)
        if len(pieces) > 1 and not is_altered(found, SURELY_FROM):
            return self._findings(pieces)
        return [self._finding(self._named(whole, parts), found)]

    def _findings(self, parts: Sequence[Quotation]) -> list[Finding]:
        """What is found of each part.

        Raises:
            RequestError: there are too many.
        """
        if len(parts) > _MOST_PARTS:
            raise RequestError(
                f"the text has {len(parts):,} quotations or lines, more than {_MOST_PARTS}",
                mend="Verify a part of it",
            )
        return [self._finding(part, self._matches(part)) for part in parts]

    def _named(self, whole: Quotation, parts: Sequence[Quotation]) -> Quotation:
        """The whole text, with the speaker that it names beside its only quotation."""
        return Quotation(whole.span, parts[0].speaker) if len(parts) == 1 else whole

    def _matches(self, part: Quotation) -> list[Match]:
        given = words_of(self._text, part.span)
        if not len(given):
            return []
        return matches(self._archive, given, self._may_be_shown)

    def _may_be_shown(self, candidate: Candidate, span: Span) -> bool:
        """Whether the source is unchanged and prints the words of a span, as far as is compared."""
        row, article = candidate.row, candidate.article
        if candidate.in_headline:
            may_be_shown = not self._states.has_changed(row)
        else:
            may_be_shown = self._states.prints(row, article, span)
        if not may_be_shown:
            self._withheld[row] = article
        return may_be_shown

    def _finding(self, part: Quotation, found: Sequence[Match]) -> Finding:
        if is_verbatim(found):
            return self._verbatim(part, found)
        if is_altered(found):
            best = found[0]
            place = self._place(best.candidate, best.comparison.printed, best.comparison.likeness)
            return self._found(part, Verdict.ALTERED, best.comparison.changes, [place])
        nearest = nearest_paraphrase(self._archive, part.span.of(self._text))
        if nearest and self._may_be_shown(nearest.candidate, nearest.span):
            place = self._place(nearest.candidate, nearest.span, nearest.similarity)
            return self._found(part, Verdict.PARAPHRASE, (), [place])
        return self._found(part, Verdict.ABSENT, (), [])

    def _verbatim(self, part: Quotation, found: Sequence[Match]) -> Finding:
        """The finding of a text that is printed: its places, the first printing first."""
        given = words_of(self._text, part.span)
        places: dict[tuple[bool, ArticleRow, Span], Match] = {}
        for match in found:
            if match.comparison.is_verbatim:
                candidate = match.candidate
                repeated = occurrences(given, candidate.wider().words())
                for span in (match.comparison.printed, *repeated):
                    places.setdefault((candidate.in_headline, candidate.row, span), match)
        ordered = [
            (self._place(match.candidate, key[2], match.comparison.likeness), match)
            for key, match in sorted(places.items(), key=lambda item: item[0])
        ]
        changes = ordered[0][1].comparison.changes
        return self._found(part, Verdict.VERBATIM, changes, [place for place, _ in ordered])

    def _place(self, candidate: Candidate, span: Span, likeness: float) -> PrintedPlace:
        check_text(candidate.row, candidate.article, self._archive.store)
        return printed_place(candidate, span, self._states.of(candidate.row), likeness)

    def _by_speaker(self, place: PrintedPlace) -> list[PrintedPlace]:
        """The place once for each of those who say the words together; as it is if nobody does."""
        if place.in_headline:
            return [place]
        attributions = self._archive.store.attributions.of_article(place.row, place.article.text)
        said = said_together(place.span, attributions)
        return [replace(place, speaker=one.named, said_by=one.speaker) for one in said] or [place]

    def _found(
        self,
        part: Quotation,
        verdict: Verdict,
        changes: Sequence[Change],
        places: Sequence[PrintedPlace],
    ) -> Finding:
        speaker = self._speaker or part.speaker
        spoken = [self._by_speaker(place) for place in places]
        attribution = attribution_of([one for place in spoken for one in place], speaker)
        first = [
            next((one for one in place if is_said_by(one, speaker)), place[0]) for place in spoken
        ]
        shown = (*map(self._with_story, first[:1]), *first[1:])
        return Finding(part.span, speaker, verdict, attribution, tuple(changes), shown)

    def _with_story(self, place: PrintedPlace) -> PrintedPlace:
        """The place with the newest version of its story, and the notes about its article."""
        store, prints = self._archive.store, self._states.prints
        span = Span(0, 0) if place.in_headline else place.span
        later = later_version(place.row, place.article, span, store, prints) if span.end else None
        notes, further = notes_beside(place.row, span, later, store, prints)
        return replace(place, later=later, notes=notes, further_notes=further)
