"""The attributions within one sentence."""

from __future__ import annotations

from pullquote.corpus.spans import Span
from pullquote.english.attribution.contents import content_end
from pullquote.english.attribution.cue_verbs import CUE_VERBS, Frame
from pullquote.english.attribution.drafts import Draft, end_within_others, without_doubles
from pullquote.english.attribution.inverted_subjects import following_subject
from pullquote.english.attribution.subjects import main_subject, subject
from pullquote.english.attribution.tokens import QUOTE, Tokens
from pullquote.english.attribution.verb_attributions import clause_after, of_verb
from pullquote.english.attribution.word_classes import DETERMINERS, looks_finite_or_auxiliary

_INTRODUCING = frozenset({":", ",", "—", "–", "--"})
"""The marks before a quotation that is attributed, whatever the verb."""
_BEFORE_NAME = frozenset({"—", "–", "--", "-", "]", QUOTE})
"""What may stand before the name in "- Ann Low: …"."""
_AND = frozenset("and but so yet meanwhile however also still".split())
"""What may stand before "according to" and is no content."""
_MOST_TOKENS = 400
"""A longer sentence is no prose: a table, a list of names."""
_LEAST_QUOTED = 40
"""A shorter quotation after a comma may be a title or a nickname, in characters."""
_FARTHEST_VERB = 12
"""The most tokens between a quotation and the verb after it."""
_LEAST_VERB = 5
"""The least letters of a word in "ed" that is taken for a verb."""


def in_sentence(tokens: Tokens) -> list[Draft]:
    """The attributions in a sentence; some wait for a content in another sentence."""
    words = tokens.words
    if len(words) > _MOST_TOKENS:
        return []
    found = []
    for number, word in enumerate(words):
        cue = CUE_VERBS.get(word)
        if cue is not None:
            draft = of_verb(tokens, number, cue)
        elif word == "according" and tokens.word(number + 1) == "to":
            draft = _according(tokens, number)
        else:
            continue
        if draft is not None:
            found.append(draft)
    if QUOTE in words:
        found += _of_quotations(tokens, found)
    if words[-1] == ":" and not any(draft.waits for draft in found):
        draft = _introduced(tokens, len(words) - 1, [])
        draft.waits = True
        found.append(draft)
    end_within_others(found)
    return without_doubles(found)


def _according(tokens: Tokens, at: int) -> Draft | None:
    """The attribution of "according to"."""
    words, last = tokens.words, tokens.last
    first = at + 2
    if first >= last:
        return None
    end = first
    while end < last and words[end] not in {",", QUOTE, ";", "—", "--"}:
        end += 1
    cue = tokens.span(at, at + 2)
    speaker = [tokens.span(first, max(first + 1, end))]
    if all(word == "," or word in _AND for word in words[:at]):
        begin = end + (tokens.word(end) == ",")
        if tokens.word(begin) in DETERMINERS and "," in words[begin:last]:
            comma = words.index(",", begin)
            if not any(looks_finite_or_auxiliary(tokens, number) for number in range(begin, comma)):
                # "According to Ann Low, the mayor, it is so"
                begin = comma + 1
                speaker = [tokens.span(first, comma)]
        if begin >= last:
            return None
        return Draft([tokens.span(begin, content_end(tokens, begin, Frame.CLAUSE))], cue, speaker)
    before = at
    while before and words[before - 1] in {",", "-", "—"}:
        before -= 1
    if not before:
        return None
    return Draft([tokens.span(0, before), *clause_after(tokens, before, end)], cue, speaker)


def _of_quotations(tokens: Tokens, found: list[Draft]) -> list[Draft]:
    """The attributions of quotations that no known verb attributes."""
    words = tokens.words
    taken = [span for draft in found for span in draft.content]
    further = []
    if words[0] == QUOTE and not any(span.start == tokens.start for span in taken):
        draft = _of_unknown_verb(tokens)
        if draft is not None:
            further.append(draft)
    for number, word in enumerate(words):
        if word != QUOTE or not number or words[number - 1] not in _INTRODUCING:
            continue
        span = tokens.span(number, number + 1)
        is_said = words[number - 1] == ":" or span.end - span.start > _LEAST_QUOTED
        if is_said and not any(span.overlaps(other) for other in taken):
            draft = _introduced(tokens, number - 1, [span])
            if draft.speaker or draft.cue.end - draft.cue.start > 1:
                further.append(draft)
    return further


def _of_unknown_verb(tokens: Tokens) -> Draft | None:
    """The attribution of a quotation that some verb follows: '"…," Ann Low barked'."""
    words = tokens.words
    if tokens.text[tokens.ends[0] - 2] not in ",?!":
        return None
    for number in range(1, min(len(words), _FARTHEST_VERB)):
        word = words[number]
        if word in {",", QUOTE, ":", ";"}:
            return None
        if word.endswith("ed") and len(word) >= _LEAST_VERB:
            owner = subject(tokens, number)
            found = (owner.first, owner.end) if owner else following_subject(tokens, number)
            cue = tokens.span(number, number + 1)
            return Draft([tokens.span(0, 1)], cue, [tokens.span(*found)]) if found else None
    return None


def _introduced(tokens: Tokens, mark: int, content: list[Span]) -> Draft:
    """The attribution of a quotation after a mark: of the name or of the verb before the mark."""
    words = tokens.words
    first = mark
    while first > 0 and (tokens.is_capital(first - 1) or words[first - 1] in {"and", "."}):
        first -= 1
    if first < mark and words[mark] == ":" and (first == 0 or words[first - 1] in _BEFORE_NAME):
        return Draft(content, tokens.span(mark, mark + 1), [tokens.span(first, mark)])
    for number in range(mark - 1, -1, -1):
        cue = CUE_VERBS.get(words[number])
        if cue is not None and cue.frame & Frame.CLAUSE:
            owner = subject(tokens, number)
            found = (owner.first, owner.end) if owner else None
            found = found or main_subject(tokens, number) or following_subject(tokens, number)
            speaker = [tokens.span(*found)] if found else []
            return Draft(content, tokens.span(number, number + 1), speaker)
    found = main_subject(tokens, mark)
    return Draft(content, tokens.span(mark, mark + 1), [tokens.span(*found)] if found else [])
