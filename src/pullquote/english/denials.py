"""Denials: what a sentence says is not so."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

_REPORT = r"(?:reports?|claims?|allegations?|accusations?|suggestions?|rumou?rs?|assertions?)"
_REPORTS = (
    r"(?:(?:any|all|the|these|those|such|media|recent|earlier|persistent|his|her|their|its)\s+)*"
    rf"(?:{_REPORT}|charges?|speculation|notion|idea)\s+(?:that|of|about)"
)
_CLAUSE = (
    r"(?=(?:any|having|ever|even|being|there|\w+ing)\s"
    r"|(?:it|he|she|they|(?:its|his|her|their)\s[\w’' ]{2,30}?)"
    r"\s(?:had|has|have|was|were|is|are|did|would|will)\b)"
)
"""What follows "deny" if it does not mean to refuse: "having known", "it had known"."""
_END = (
    r"(?=\s+(?:despite|after|while|when|saying|but|amid|although|though|because)\b"
    r"|\s*[.;:,?!”\"]|\s*$)"
)
_EXPLICIT = re.compile(
    rf"\b(?:(?P<deny>den(?:y|ies|ied|ying))\s+(?:that|{_CLAUSE}|{_REPORTS})"
    r"|(?:reject|dismiss|disput|refut|rebut|contradict)(?:e|es|s|ed|ted|ing)?"
    rf"\s+(?:(?:as\s+\w+\s+)?{_REPORTS}|that)"
    r"|(?:untrue|not\s+true|false|a\s+lie|wrong|incorrect|nonsense)\s+that"
    rf")\s*(?P<denied>[^.;:,?!]+?){_END}",
    re.IGNORECASE,
)
_FALSE = r"(?:false|untrue|wrong|baseless|unfounded|fabricated|nonsense|lies|a\s+lie|not\s+true)"
_FALSE_REPORT = re.compile(
    rf"\b{_REPORT}\s+that\s+(?P<denied>[^.;:,?!]+?)\s+(?:(?:is|are|was|were)\s+|as\s+)?"
    rf"[“\"‘']?(?:(?:completely|simply|totally|entirely)\s+)?{_FALSE}\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:been|being|was|were|is|are|be)\s+$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that|what)\s+$", re.IGNORECASE)
"""Before the negation of a relative clause, which is not what the sentence says."""
_GERUND = re.compile(r"(?:(?:ever|even|having)\s+)*\w+ing\b|having\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"(?:\b(?:did|do|does|has|have|had|is|are|was|were|will|would)(?:\s+not|n['’]t)"
    r"|\bwon['’]t|\b(?:has|have|had|did|was|were|is|are)\s+never|\bnever"
    r"|\b(?P<none>nobody|no\s+one|none|no))\b(?P<denied>[^.;:,?!]+)",
    re.IGNORECASE,
)
_NOT_A_DENIAL = re.compile(
    r"\s+(?:only|just|yet|all|every\w*|always|necessarily|enough|because|longer|doubt|more|fewer"
    r"|less|matter|later|sooner|least|until|so|really|simply|merely|otherwise|surprise|wonder"
    r"|reason|evidence|immediate\w*|comment|word|sign|plans?|a\s+word|want|need|know\s+(?:if"
    r"|whether|how|what|why|when|where|who)|say|immediately|respond|identify|expect|think|believe"
    r"|comment|mention|name|specify|elaborate|give|provide|clear|known|explain|answer|reply)\b",
    re.IGNORECASE,
)
"""After a negation: what is said does not contradict the same sentence without it."""
_CONDITION = re.compile(r"\b(?:if|unless|until|before|yet|whether|anymore)\b", re.IGNORECASE)
_NEGATIVE_WORDS = frozenset(
    "not no never nobody none neither nor without deny denies denied denying fail fails failed "
    "refuse refuses refused refusing reject rejects rejected rejecting dismiss dismisses "
    "dismissed dismissing dispute disputes disputed disputing refute refutes refuted refuting "
    "rebut rebuts rebutted contradict contradicts contradicted untrue false lie lies baseless "
    "unfounded fabricated wrong incorrect nonsense unlikely t".split()
)
"""One of these is in every sentence that denies something; "t" is that of "isn't"."""
_UNCERTAIN_WORDS = frozenset("if whether unless could may might would whose".split())


class Denial(NamedTuple):
    """What a sentence denies.

    Attributes:
        subject: the words before the denial.
        denied: the words that say what is denied.
        is_explicit: whether a verb says so ("denied"), and not a negation ("did not").
        is_of_subject: whether it is denied of the subject: "denied taking money", "did not take
            money".
    """

    subject: str
    denied: str
    is_explicit: bool = False
    is_of_subject: bool = False


def denial_in(sentence: str) -> Denial | None:
    """What a sentence denies, or None: the first denial by a verb, else the first negation."""
    for match in _EXPLICIT.finditer(sentence):
        before, denied = sentence[: match.start()], match["denied"]
        if not (match["deny"] and _PASSIVE.search(before)):  # "was denied its rights"
            of_subject = bool(_GERUND.match(denied) or re.match(r"(?:it|he|she|they)\b", denied))
            return Denial(before, denied, is_explicit=True, is_of_subject=of_subject)
    if report := _FALSE_REPORT.search(sentence):
        return Denial(sentence[: report.start()], report["denied"], is_explicit=True)
    negation = _NEGATION.search(sentence)
    if negation is None or _NOT_A_DENIAL.match(negation["denied"]) or _CONDITION.search(sentence):
        return None
    is_of_none = bool(negation["none"])  # "no soldiers fired"
    before = sentence[: negation.start()]
    if _RELATIVE.search(before):
        return None
    return Denial(before, negation["denied"], is_of_subject=not is_of_none)


def may_deny(words: AbstractSet[str]) -> bool:
    """Whether a sentence of these words, in lower case, may have a denial."""
    return not _NEGATIVE_WORDS.isdisjoint(words)


def may_assert(words: AbstractSet[str]) -> bool:
    """Whether a sentence of these words says that something is so, without any condition."""
    return _NEGATIVE_WORDS.isdisjoint(words) and _UNCERTAIN_WORDS.isdisjoint(words)
