"""Finds every attribution in the text of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pullquote.corpus.attributions import Attribution
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span, trimmed
from pullquote.english.attribution.cue_verbs import CUE_VERBS
from pullquote.english.attribution.drafts import Draft, kind_of
from pullquote.english.attribution.quotations import Quotation, quotations
from pullquote.english.attribution.resolution import Resolver
from pullquote.english.attribution.sentence_attributions import in_sentence
from pullquote.english.attribution.tokens import QUOTE, Tokens, sentence_tokens
from pullquote.english.datelines import dateline_length

_TRANSCRIPT = re.compile(
    r"[\"“]?(?P<name>(?:[A-Z][\w.'’-]*\s){0,5}[A-Z][\w.'’-]+(?:\s\([^)\n]{2,30}\))?)(?P<colon>:)"
    r"\s+(?=\S)"
)
_NO_SPEAKER = re.compile(
    r"(?i)(?:the latest|note|update|related|watch|read|photo|video|correction|breaking|here|what"
    r"|why|how|by|from|editing|reporting|sources?|editor|more|exclusive|opinion|analysis|fact check"
    r"|live|report|http\S*)\b"
)
_LONGEST_PARAGRAPH = 50_000
"""A longer paragraph, in characters, is no prose: its tokens would take 150 MB for a million."""
_WORDS_AFTER_QUOTE = 12
"""The number of words after a quotation within which its speaker may be named."""


def find_attributions(text: str, spans: Sequence[Span] | None = None) -> list[Attribution]:
    """The attributions in an English text, in the order of their contents.

    Args:
        text: an article's text.
        spans: the paragraphs that are searched, in order; by default all.
    """
    whole = Span(0, len(text))
    drafts: list[Draft] = []
    last: Draft | None = None
    quoted_spans: list[Span] = []
    for span in paragraphs(text, whole) if spans is None else spans:
        if span.end - span.start > _LONGEST_PARAGRAPH:
            last = None
            continue
        paragraph = Span(span.start + dateline_length(span.of(text)), span.end)
        quoted = quotations(text, paragraph)
        quoted_spans += [quotation.span for quotation in quoted]
        reader = _Paragraph(text, paragraph, quoted, last)
        drafts += reader.read()
        last = reader.goes_on
    labels = _Labels(text)
    resolver = Resolver(text, whole if not spans else Span(spans[0].start, spans[-1].end))
    found = []
    for draft in sorted(drafts, key=lambda draft: draft.cue):
        if draft.content and not (draft.is_transcript and labels.has(draft.speaker[0])):
            content = tuple(sorted(set(draft.content)))
            kind = kind_of(text, content, quoted_spans)
            for speaker in resolver.each(draft.speaker):
                name, description = resolver.resolve(speaker)
                found.append(
                    Attribution(kind, content, (draft.cue,), tuple(speaker), name, description)
                )
    return sorted(found, key=lambda item: (item.content[0], item.cue))


class _Labels:
    """Tells what stands before a colon and is no name: the text never has it again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: Counter[str] | None = None

    def has(self, span: Span) -> bool:
        """Whether a place before a colon is a label."""
        if self._counts is None:
            self._counts = Counter(re.findall(r"\b[A-Z]\w*", self._text))
        last = re.findall(r"\w+", span.of(self._text))[-1]
        return sum(self._counts[word] for word in {last, last.title()}) <= 1


class _Paragraph:
    """Reads one paragraph.

    Attributes:
        goes_on: after reading, the attribution to which a quotation at the beginning of the next
            paragraph belongs, if no verb attributes it.
    """

    def __init__(
        self, text: str, span: Span, quoted: Sequence[Quotation], last: Draft | None
    ) -> None:
        """Take a paragraph.

        Args:
            text: the article's text.
            span: the paragraph.
            quoted: its quotations, in order.
            last: the attribution that goes on from the paragraph before, if any does.
        """
        self._text = text
        self._span = span
        self._quoted = quoted
        begins_quoted = bool(quoted) and quoted[0].span.start <= span.start + 1
        self.goes_on = (
            last if begins_quoted or (last is not None and quoted and last.waits) else None
        )
        self._is_own = False
        self._unattributed: list[Span] = []

    def read(self) -> list[Draft]:
        """The attributions that begin in the paragraph."""
        transcript = self._transcript()
        if transcript is not None:
            self.goes_on = transcript
            return [transcript]
        last = self.goes_on
        if last is not None and last.is_transcript and not self._quoted[0].is_closed:
            last.content.append(Span(self._span.start + 1, self._span.end))
            return []
        drafts: list[Draft] = []
        for tokens in sentence_tokens(self._text, self._span, self._quoted):
            spans = tokens.quotations
            if tokens.is_quotation:
                self._take_quotation(spans)
            else:
                drafts += self._take_sentence(tokens, spans)
        current = self.goes_on
        if current is not None and not current.waits:
            is_quoting = self._is_own and self._quoted and current.ends_in_quotation(self._text)
            self.goes_on = current if is_quoting else None
        return drafts

    def _transcript(self) -> Draft | None:
        """The attribution of a paragraph of a transcript, or of a headline: "LOW: It is so"."""
        text = self._text
        match = _TRANSCRIPT.match(text, *self._span)
        if match is None or _NO_SPEAKER.match(match["name"]):
            return None
        content = trimmed(text, Span(match.end(), self._span.end))
        if text[content.end - 1] == "." and text[content.start] not in '“"':
            content = Span(content.start, content.end - 1)
        cue, speaker = Span(*match.span("colon")), Span(*match.span("name"))
        if content.start >= content.end:
            return None
        return Draft([content], cue, [speaker], is_transcript=True)

    def _take_quotation(self, spans: list[Span]) -> None:
        """Give a sentence that is a quotation to the attribution that it belongs to."""
        current = self.goes_on
        if current is not None and (self._is_own or current.waits or self._continues(current)):
            current.content += spans
            current.waits = False
            self._is_own = True
        else:
            self._unattributed += spans

    def _continues(self, draft: Draft) -> bool:
        """Whether the quotation at the paragraph's beginning goes on from the one before."""
        if not draft.ends_in_quotation(self._text):
            return False
        first = self._quoted[0].span
        rest = self._text[first.end : self._span.end].split(maxsplit=_WORDS_AFTER_QUOTE)
        has_own_verb = self._text[first.end - 2] in ",?!" and any(
            word.strip(".,").lower() in CUE_VERBS for word in rest[:_WORDS_AFTER_QUOTE]
        )
        return not has_own_verb

    def _take_sentence(self, tokens: Tokens, spans: list[Span]) -> list[Draft]:
        """The attributions of a sentence with words of its own."""
        found = in_sentence(tokens)
        if self._unattributed and found and not found[0].waits:
            first = found[0].content
            if not first or first[0] in spans:
                first[:0] = self._unattributed
                self._unattributed = []
        kept = [draft for draft in found if draft.content or draft.waits]
        if kept:
            quoting = [
                draft
                for draft in kept
                if draft.waits
                or any(span.overlaps(part) for span in spans for part in draft.content)
            ]
            self.goes_on = (quoting or kept)[-1]
            self._is_own = True
        elif QUOTE not in tokens.words and not self._is_own:
            self.goes_on = None
        return kept
