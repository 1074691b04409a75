"""Finds every attribution in the text of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span, trimmed
from pullquote.english.attribution.contents import Next, content_end, following
from pullquote.english.attribution.cue_verbs import BE, CUE_VERBS, CueVerb, Form, Frame
from pullquote.english.attribution.quotations import Quotation, quotations
from pullquote.english.attribution.subjects import (
    DETERMINERS,
    JOINERS,
    PREPOSITIONS,
    following_subject,
    group_start,
    main_subject,
    subject,
)
from pullquote.english.attribution.tokens import QUOTE, Tokens, sentence_tokens

_TRANSCRIPT = re.compile(
    r"[\"“]?(?P<name>(?:[A-Z][\w.'’-]*\s){0,5}[A-Z][\w.'’-]+(?:\s\([^)\n]{2,30}\))?)(?P<colon>:)\s+(?=\S)"
)
_NO_SPEAKER = re.compile(
    r"(?i)(?:the latest|note|update|related|watch|read|photo|video|correction|breaking|here|what"
    r"|why|how|by|from|editing|reporting|sources?|editor|more|exclusive|opinion|analysis|fact check"
    r"|live|report|http\S*)\b"
)


@dataclass(slots=True)
class Draft:
    """An attribution that is being put together.

    Attributes:
        content, cue, speaker: as of an attribution; the content may be empty at first.
        waits: whether its content is the quotation that follows: it ends with a colon.
    """

    content: list[Span]
    cue: Span
    speaker: list[Span] = field(default_factory=list)
    waits: bool = False
    is_transcript: bool = False


def find_attributions(text: str, within: Span | None = None) -> list[Attribution]:
    """The attributions in a text, in the order of their contents.

    Args:
        text: an article's text.
        within: the part that is searched; all of it by default.
    """
    drafts: list[Draft] = []
    last: Draft | None = None
    quoted_spans: list[Span] = []
    for paragraph in paragraphs(text, within or Span(0, len(text))):
        quoted = quotations(text, paragraph)
        quoted_spans += [quotation.span for quotation in quoted]
        transcript = _transcript(text, paragraph, quoted)
        if transcript:
            drafts.append(transcript)
            last = transcript
            continue
        if last is not None and (not quoted or quoted[0].span.start > paragraph.start + 1):
            last = None if not (last.waits and quoted) else last
        if last is not None and last.is_transcript and not quoted[0].is_closed:
            last.content.append(Span(paragraph.start + 1, paragraph.end))
            continue
        last = _in_paragraph(text, paragraph, quoted, drafts, last)
    found = [_attribution(text, draft, quoted_spans) for draft in drafts if draft.content]
    return sorted(found, key=lambda item: (item.content[0], item.cue))


def _transcript(text: str, paragraph: Span, quoted: Sequence[Quotation]) -> Draft | None:
    """The attribution of a paragraph of a transcript or a headline: "LOW: It is so"."""
    match = _TRANSCRIPT.match(text, *paragraph)
    if match is None or _NO_SPEAKER.match(match["name"]):
        return None
    content = trimmed(text, Span(match.end(), paragraph.end))
    if content.end > content.start and text[content.end - 1] == "." and not text[content.start] in "“\"":
        content = Span(content.start, content.end - 1)
    return Draft([content], Span(*match.span("colon")), [Span(*match.span("name"))], is_transcript=True)


def _in_paragraph(
    text: str,
    paragraph: Span,
    quoted: Sequence[Quotation],
    drafts: list[Draft],
    last: Draft | None,
) -> Draft | None:
    """Add the attributions of a paragraph.

    Args:
        last: the attribution that a quotation without a cue belongs to.

    Returns:
        The attribution that one in the next paragraph belongs to.
    """
    current: Draft | None = last
    alone: list[Span] = []
    is_own = False
    for tokens in sentence_tokens(text, paragraph, quoted):
        spans = [
            tokens.span(number, number + 1)
            for number, word in enumerate(tokens.words)
            if word == QUOTE
        ]
        if tokens.is_quotation:
            if current is not None and (
                is_own or current.waits
                or (_only_quotes(current, text) and not _has_cue_after(text, paragraph, quoted))
            ):
                current = _attach(current, spans, drafts, text)
                is_own = True
            else:
                alone += spans
            continue
        found = list(_in_sentence(tokens))
        if alone and found and not found[0].waits and (not found[0].content or found[0].content[0].start in {s.start for s in spans}):
            found[0].content[:0] = alone
            alone = []
        kept = [draft for draft in found if draft.content or draft.waits]
        drafts += kept
        if kept:
            quoting = [d for d in kept if d.waits or any(_inside(span, spans) for span in d.content)]
            current = quoting[-1] if quoting else kept[-1]
            is_own = True
        elif not spans:
            current = None if not is_own else current
    if current is not None and (
        current.waits or (is_own and quoted and _only_quotes(current, text))
    ):
        return current
    return None


def _only_quotes(draft: Draft, text: str) -> bool:
    return bool(draft.content) and text[draft.content[-1].start] in "“\"‘'”«"


def _has_cue_after(text: str, paragraph: Span, quoted: Sequence[Quotation]) -> bool:
    """Whether a paragraph that begins with a quotation has its own verb of saying after it."""
    first = quoted[0].span
    rest = text[first.end : paragraph.end].split(maxsplit=12)[:12]
    return text[first.end - 2] in ",?!" and any(word.strip(".,").lower() in CUE_VERBS for word in rest)


def _attach(owner: Draft, spans: list[Span], drafts: list[Draft], text: str) -> Draft:
    """Give a quotation without a cue to the attribution that it belongs to."""
    if True:
        owner.content += spans
        owner.waits = False
        return owner
    drafts.append(Draft(spans, owner.cue, owner.speaker))
    return drafts[-1]


def _inside(span: Span, quoted: Sequence[Span]) -> bool:
    return any(quotation.overlaps(span) for quotation in quoted)


def _in_sentence(tokens: Tokens) -> Iterator[Draft]:
    words = tokens.words
    found = []
    for number, word in enumerate(words):
        if word == "according" and tokens.word(number + 1) == "to":
            found += _according(tokens, number)
        elif word in CUE_VERBS:
            cue = CUE_VERBS[word]
            draft = _of_verb(tokens, number, cue)
            if draft is not None:
                found.append(draft)
    if words[-1] == ":" and not any(draft.waits for draft in found):
        found.append(_introduced(tokens, len(words) - 1, []))
        found[-1].waits = True
    if words[0] == QUOTE and not any(tokens.start == part.start for draft in found for part in draft.content):
        draft = _unknown_verb(tokens)
        if draft:
            found.append(draft)
    if QUOTE in words:
        for number, word in enumerate(words):
            if word == QUOTE and number and words[number - 1] in {":", ",", "—", "–", "--"}:
                span = tokens.span(number, number + 1)
                is_long = span.end - span.start > 40 or words[number - 1] == ":"
                if is_long and not any(span.overlaps(part) for draft in found for part in draft.content):
                    draft = _introduced(tokens, number - 1, [span])
                    if draft.speaker or draft.cue.end - draft.cue.start > 1:
                        found.append(draft)
    return iter(found)


def _unknown_verb(tokens: Tokens) -> Draft | None:
    """The attribution of a quotation that a verb follows which is not known: "…," Low barked."""
    words = tokens.words
    if tokens.text[tokens.ends[0] - 2] not in ",?!":
        return None
    for number in range(1, min(len(words), 12)):
        if words[number] in {",", QUOTE, ":", ";"}:
            return None
        if words[number].endswith("ed") and len(words[number]) > 4:
            owner = subject(tokens, number)
            found = (owner.first, owner.end) if owner else following_subject(tokens, number)
            if found is None:
                return None
            content = [tokens.span(0, 1)]
            return Draft(content, tokens.span(number, number + 1), [tokens.span(*found)])
    return None


def _introduced(tokens: Tokens, mark: int, content: list[Span]) -> Draft:
    """The attribution of a quotation after a mark, whatever verb introduces it."""
    words = tokens.words
    first = mark
    while first > 0 and (tokens.is_capital(first - 1) or words[first - 1] in {"and", "."}):
        first -= 1
    if first < mark and words[mark] == ":" and (first == 0 or words[first - 1] in {"—", "–", "--", "-", "]", QUOTE}):
        return Draft(content, tokens.span(mark, mark + 1), [tokens.span(first, mark)])
    for number in range(mark - 1, -1, -1):
        if words[number] in CUE_VERBS and CUE_VERBS[words[number]].frame & Frame.CLAUSE:
            owner = subject(tokens, number)
            found = (owner.first, owner.end) if owner else main_subject(tokens, number) or following_subject(tokens, number)
            if found:
                return Draft(content, tokens.span(number, number + 1), [tokens.span(*found)])
            return Draft(content, tokens.span(number, number + 1))
    found = main_subject(tokens, mark)
    return Draft(content, tokens.span(mark, mark + 1), [tokens.span(*found)] if found else [])


def _according(tokens: Tokens, at: int) -> Iterator[Draft]:
    words, last = tokens.words, tokens.last
    first = at + 2
    if first >= last:
        return
    end = first
    while end < last and words[end] not in {",", QUOTE, ";", "—", "--"}:
        end += 1
    cue = tokens.span(at, at + 2)
    speaker = [tokens.span(first, max(first + 1, end))]
    if at == 0:
        if end + 1 < last:
            begin = end + (words[end] == ",")
            yield Draft([tokens.span(begin, content_end(tokens, begin, Frame.CLAUSE))], cue, speaker)
        return
    before = at
    while before and words[before - 1] in {",", "-", "—"}:
        before -= 1
    if before:
        yield Draft([tokens.span(0, before)], cue, speaker)


def _of_verb(tokens: Tokens, verb: int, cue: CueVerb) -> Draft | None:
    if not _is_verb(tokens, verb, cue):
        return None
    words = tokens.words
    group = group_start(tokens, verb)
    if any(word in BE for word in words[group:verb]) and cue.form is Form.PAST:
        return _passive(tokens, verb, cue)
    after = following(tokens, verb, cue)
    owner = subject(tokens, verb)
    before = owner.first if owner else group
    if (
        cue.frame & Frame.CLAUSE
        and before > 0
        and after.what is not Next.COLON
        and words[before - 1] in {",", QUOTE, "—", "–", "--"}
    ):
        draft = _parenthetical(tokens, verb, (owner.first, owner.end) if owner else None, before, after.what, after.token)
        if draft is not None:
            return draft
    if cue.frame & Frame.CLAUSE and owner and after.what in {Next.COLON, Next.END, Next.COMMA} and owner.first == 0:
        return Draft([], tokens.span(group, verb + 1), [tokens.span(owner.first, owner.end)], waits=after.what is Next.COLON)
    if after.what is Next.COLON and cue.frame & Frame.CLAUSE:
        return Draft([], tokens.span(group, verb + 1), _speaker(tokens, owner, verb), waits=True)
    if after.what is not Next.CONTENT:
        return None
    speaker = _speaker(tokens, owner, verb)
    if not speaker:
        return None
    content = _content(tokens, after.token, cue)
    if content is None:
        return None
    return Draft(content, tokens.span(group if owner else verb, verb + 1), speaker)


def _speaker(tokens: Tokens, owner: object, verb: int) -> list[Span]:
    found = subject(tokens, verb)
    if found is not None:
        return [tokens.span(found.first, found.end)]
    before = main_subject(tokens, group_start(tokens, verb))
    return [tokens.span(*before)] if before else []


def _content(tokens: Tokens, first: int, cue: CueVerb) -> list[Span] | None:
    if first >= tokens.last:
        return None
    if tokens.words[first] == QUOTE:
        end = first + 1
        if end < tokens.last and tokens.words[end] not in {",", "and", "while", "as", "when", "in", "after", ".", "during", "at", "on"}:
            end = content_end(tokens, first, cue.frame)
        return [tokens.span(first, end)]
    is_clause = tokens.words[first] in {"that", "how", "what", "why", "whether"} or cue.frame & Frame.CLAUSE
    end = content_end(tokens, first, Frame.CLAUSE if is_clause else cue.frame)
    return [tokens.span(first, end)] if end > first else None


def _parenthetical(
    tokens: Tokens, verb: int, owner: tuple[int, int] | None, before: int, what: Next, at: int
) -> Draft | None:
    """An attribution within or after its content: "It is so, she said, and will be"."""
    words, last = tokens.words, tokens.last
    is_quoted = words[before - 1] == QUOTE
    end = before if is_quoted else before - 1
    if end <= 0:
        return None
    group = group_start(tokens, verb)
    speaker = owner
    if speaker is None:
        speaker = following_subject(tokens, verb)
        if speaker is None and not is_quoted:
            return None
        if speaker is not None:
            at = speaker[1]
            what = Next.COMMA if tokens.word(at) == "," else Next.END
    elif what in {Next.CONTENT, Next.NOTHING} and not is_quoted:
        return None
    elif what is Next.CONTENT and words[at] != QUOTE:
        at = last
    content = []
    if is_quoted:
        first = before - 1
        leading = words[:first]
        if leading and not ({",", ":", QUOTE} & set(leading[-1:])):
            first = 0
        content.append(tokens.span(first, before))
    else:
        content.append(tokens.span(0, end))
    if tokens.word(at) == ",":
        at += 1
    for number in range(at, last):
        if words[number] == QUOTE and words[number - 1] in {",", ":", ";", "—", "-"} | ({words[at-1]} if number == at else set()):
            content.append(tokens.span(number, last if number + 1 < last and not is_quoted else number + 1))
            break
    return Draft(
        content,
        tokens.span(group, verb + 1),
        [tokens.span(*speaker)] if speaker else [],
    )


def _passive(tokens: Tokens, verb: int, cue: CueVerb) -> Draft | None:
    return None


def _is_verb(tokens: Tokens, verb: int, cue: CueVerb) -> bool:
    """Whether a word that may be a verb of saying is one here."""
    before = tokens.word(verb - 1)
    after = tokens.word(verb + 1)
    if before in DETERMINERS or before in {"'s"} and cue.is_noun:
        return False
    if cue.form is Form.ING:
        return before not in PREPOSITIONS
    if cue.form is Form.BASE:
        if before == "to":
            return False
        return bool(before) and before not in PREPOSITIONS and (not cue.is_noun or before in JOINERS or before in {"they", "we", "i", "you", "who", "will", "would", "can", "could", "n't", "not", "did", "do", "does", "don't", "didn't", "also"} or before.endswith("s"))
    if cue.is_noun:
        return before not in PREPOSITIONS and (after in {"that", "to", QUOTE, ",", ":"} or tokens.is_capital(verb - 1) or before in {"he", "she", "it", "who", "also"})
    if cue.form is Form.PAST and before in PREPOSITIONS:
        return False
    return True


def _attribution(text: str, draft: Draft, quoted: Sequence[Span]) -> Attribution:
    content = tuple(sorted(set(draft.content)))
    if _begins_and_ends_quoted(text, content) or all(
        _is_quoted(span, quoted) and not text.startswith("''", span.start) for span in content
    ):
        kind = AttributionKind.DIRECT
    elif any(quotation.overlaps(span) for span in content for quotation in quoted):
        kind = AttributionKind.MIXED
    else:
        kind = AttributionKind.INDIRECT
    return Attribution(kind, content, (draft.cue,), tuple(draft.speaker))


def _begins_and_ends_quoted(text: str, content: Sequence[Span]) -> bool:
    """Whether a content has quotation marks at both ends, whatever is between them."""
    ending = content[-1].of(text).rstrip("., \xa0")
    return text[content[0].start] in "“”\"«„" and ending[-1:] in set("“”\"»")


def _is_quoted(span: Span, quoted: Sequence[Span]) -> bool:
    return any(quotation.contains(span) and quotation.start == span.start for quotation in quoted)
