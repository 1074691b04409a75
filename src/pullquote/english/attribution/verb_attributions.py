"""The attribution that a verb of saying makes within its sentence."""

from __future__ import annotations

from pullquote.corpus.spans import Span
from pullquote.english.attribution.contents import (
    COMPLEMENTIZERS,
    Following,
    Next,
    content_end,
    following,
)
from pullquote.english.attribution.cue_verbs import BE, CueVerb, Form, Frame
from pullquote.english.attribution.drafts import Draft
from pullquote.english.attribution.inverted_subjects import following_subject
from pullquote.english.attribution.subjects import (
    Subject,
    group_start,
    main_subject,
    subject,
)
from pullquote.english.attribution.tokens import QUOTE, Tokens
from pullquote.english.attribution.word_classes import (
    DETERMINERS,
    JOINERS,
    LEADING,
    MARKS,
    PREPOSITIONS,
    is_adverb,
    looks_finite_or_auxiliary,
)

_BEFORE_SAID = frozenset({",", QUOTE, "—", "–", "--"})
"""What stands between a content and the attribution that follows it."""
_BEFORE_BASE = JOINERS | frozenset(
    "they we i you who will would can could may might must should n't not did do does don't didn't "
    "also".split()
)
"""What stands before a verb in its base form, where the same word may be a noun."""
_AFTER_QUOTE = frozenset(", and while as when in after . during at on".split())
"""What follows a quotation that is the whole content."""


def of_verb(tokens: Tokens, verb: int, cue: CueVerb) -> Draft | None:
    """The attribution of the verb at token `verb`; None if it makes none.

    Its content is empty where it stands in another sentence.
    """
    group = group_start(tokens, verb)
    is_passive = cue.form is Form.PAST and any(word in BE for word in tokens.words[group:verb])
    if is_passive or not _is_verb(tokens, verb, cue):
        return None
    after = following(tokens, verb, cue)
    owner = subject(tokens, verb)
    first = owner.first if owner else group
    if cue.frame & Frame.CLAUSE:
        if first > 0 and after.what is not Next.COLON and tokens.words[first - 1] in _BEFORE_SAID:
            draft = _behind_content(tokens, verb, owner, after)
            if draft is not None:
                return draft
        if after.what is Next.COLON or (
            first == 0 and owner and after.what in {Next.END, Next.COMMA}
        ):
            return Draft(
                [],
                tokens.span(group, verb + 1),
                _speaker(tokens, verb, cue, owner),
                waits=after.what is Next.COLON,
            )
    if after.what is not Next.CONTENT:
        return None
    return _before_content(tokens, verb, cue, owner, after.token)


def _before_content(
    tokens: Tokens, verb: int, cue: CueVerb, owner: Subject | None, at: int
) -> Draft | None:
    """An attribution before its content: "she said that it is so"."""
    speaker = _speaker(tokens, verb, cue, owner)
    content = _content(tokens, at, cue)
    if not speaker or content is None:
        return None
    return Draft([content], tokens.span(owner.group if owner else verb, verb + 1), speaker)


def _speaker(tokens: Tokens, verb: int, cue: CueVerb, owner: Subject | None) -> list[Span]:
    """Who a verb belongs to: its own subject, or that of the sentence."""
    group = group_start(tokens, verb)
    if owner is not None and cue.form is Form.ING and group == verb:
        first = owner.end
        while first > owner.first and tokens.is_capital(first - 1):
            first -= 1
        if first < owner.end:  # "footage of Ann Low saying"
            return [tokens.span(first, owner.end)]
        main = main_subject(tokens, group)
        if main is not None and main[1] < owner.end:  # "she issued a statement calling"
            return [tokens.span(*main)]
    if owner is not None:
        return [tokens.span(owner.first, owner.end)]
    main = main_subject(tokens, group)
    return [tokens.span(*main)] if main else []


def _content(tokens: Tokens, first: int, cue: CueVerb) -> Span | None:
    """The content that begins at a token."""
    if first >= tokens.last:
        return None
    if tokens.words[first] == QUOTE:
        end = first + 1
        if end < tokens.last and tokens.words[end] not in _AFTER_QUOTE:
            end = content_end(tokens, first, cue.frame)
        return tokens.span(first, end)
    is_clause = tokens.words[first] in COMPLEMENTIZERS or cue.frame & Frame.CLAUSE
    end = content_end(tokens, first, Frame.CLAUSE if is_clause else cue.frame)
    return tokens.span(first, end) if end > first else None


def _behind_content(
    tokens: Tokens, verb: int, owner: Subject | None, after: Following
) -> Draft | None:
    """An attribution after its content or within it: "It is so, she said, and will be"."""
    group = group_start(tokens, verb)
    before = owner.first if owner else group
    is_quoted = tokens.words[before - 1] == QUOTE
    at = after.token
    if owner is None:
        speaker = following_subject(tokens, verb)
        if speaker is None and not is_quoted:
            return None
        at = speaker[1] if speaker else at
    else:
        speaker = (owner.first, owner.end)
        if after.what in {Next.CONTENT, Next.NOTHING} and not (
            is_quoted or (tokens.word(at) == QUOTE and _is_torn(tokens, before))
        ):
            return None
        if after.what is Next.CONTENT and tokens.words[at] != QUOTE:
            at = tokens.last
    rest = _quoted_after(tokens, at, is_quoted=is_quoted) or clause_after(tokens, before, at)
    content = [_content_before(tokens, before), *rest]
    return Draft(content, tokens.span(group, verb + 1), [tokens.span(*speaker)] if speaker else [])


def _is_torn(tokens: Tokens, end: int) -> bool:
    """Whether the words before token `end` are half of a sentence: 'The ship, he said, "sank"'."""
    words = tokens.words
    return words[0] not in LEADING and not any(
        is_adverb(tokens, at) or looks_finite_or_auxiliary(tokens, at) for at in range(end - 1)
    )


def _content_before(tokens: Tokens, end: int) -> Span:
    """The content before an attribution that begins at token `end`."""
    words = tokens.words
    if words[end - 1] != QUOTE:
        return tokens.span(0, max(1, end - 1))
    first = end - 1
    if first and words[first - 1] not in {",", ":", QUOTE}:
        first = 0
    return tokens.span(first, end)


def _quoted_after(tokens: Tokens, at: int, *, is_quoted: bool) -> list[Span]:
    """The quotation with which the content goes on after the attribution."""
    words, last = tokens.words, tokens.last
    at += tokens.word(at) == ","
    for number in range(at, last):
        if words[number] == QUOTE and (
            number == at or words[number - 1] in {",", ":", ";", "—", "-"}
        ):
            return [tokens.span(number, number + 1 if is_quoted else last)]
    return []


def clause_after(tokens: Tokens, before: int, comma: int) -> list[Span]:
    """The rest of a clause that an attribution interrupts: "In May, she said, it closes".

    Args:
        tokens: the sentence.
        before: the token after the first part of the content.
        comma: the token after the attribution.
    """
    is_clause = any(
        looks_finite_or_auxiliary(tokens, at) and not tokens.is_capital(at) for at in range(before)
    )
    last = tokens.last
    if is_clause or tokens.word(comma) != "," or QUOTE in tokens.words[:last]:
        return []
    if not any(looks_finite_or_auxiliary(tokens, at) for at in range(comma + 1, last)):
        return []
    end = content_end(tokens, comma + 1, Frame.CLAUSE)
    return [tokens.span(comma + 1, end)] if end > comma + 1 else []


def _is_verb(tokens: Tokens, verb: int, cue: CueVerb) -> bool:
    """Whether a word that may be a verb of saying is one here."""
    before, after = tokens.word(verb - 1), tokens.word(verb + 1)
    if verb and tokens.is_capital(verb) and (cue.is_noun or not tokens.is_capital(verb - 1)):
        return False
    if before in DETERMINERS or before in PREPOSITIONS or (before == "'s" and cue.is_noun):
        return False
    if cue.form is Form.BASE:
        return bool(before) and (not cue.is_noun or before in _BEFORE_BASE or before.endswith("s"))
    if cue.form is Form.SINGULAR and cue.is_noun:
        return (
            before in {"he", "she", "it", "who", "also"}
            or (after in {"that", "to", QUOTE, ":"} and _follows_subject(tokens, verb))
            or (tokens.is_capital(verb - 1) and _follows_subject(tokens, verb))
        )
    return True


def _follows_subject(tokens: Tokens, verb: int) -> bool:
    """Whether a subject in the singular stands before a token, and not the rest of a clause.

    "The report claims that", "Ann Low demands", but not "amid Pakistani demands".
    """
    first = verb
    while first > 0 and tokens.words[first - 1] not in MARKS | JOINERS:
        first -= 1
        if looks_finite_or_auxiliary(tokens, first):
            return False
    return (
        first < verb
        and (tokens.is_capital(first) or tokens.words[first] in DETERMINERS)
        and not any(word in PREPOSITIONS for word in tokens.words[verb - 2 : verb])
    )
